"""Reading a list of free places beside what the locations declared: which place each row is, every error with its cell."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from opvangloket.domains.exchange.lists.columns import ColumnList, ListRow, WrongCell, lines_of
from opvangloket.domains.exchange.lists.row_errors import RowError
from opvangloket.domains.exchange.lists.sheets import Line
from opvangloket.domains.exchange.vacancies.columns import COLUMNS
from opvangloket.domains.providers.many_locations import home_procedures
from opvangloket.domains.providers.own_locations import (
    AgeGroup,
    DeclaredVacancy,
    OwnLocation,
    Tariff,
    own_locations,
    vacancies_of,
)
from opvangloket.domains.providers.vacancies import NewVacancy, VacancyRefused, check_vacancy
from opvangloket.rules.periods import ONE_DAY

MOST_ROWS: Final = 1_000
_FIELDS: Final = {"pattern": "pattern", "hours": "hours", "end_on": "last_on", "places": "places"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlaces:
    """The own locations by id, what they declared, and which of them show a place to everybody unless told otherwise."""

    locations: Mapping[UUID, OwnLocation]
    vacancies: Mapping[UUID, DeclaredVacancy]
    public: Collection[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlace:
    """A row: at which location, the declared place that its key names, and what is free; None when nothing is."""

    location_id: UUID
    known: DeclaredVacancy | None
    vacancy: NewVacancy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVacancies:
    """What a list holds: its places, or what is wrong with it; `over` counts rows that are past and unknown here."""

    places: tuple[ListedPlace, ...]
    over: int
    errors: tuple[RowError, ...]
    error_count: int


def own_places(location_ids: Collection[UUID], *, today: date) -> OwnPlaces:
    """Return what these locations declared, as far as the scope sees them, in a fixed number of queries."""
    locations = {one.id: one for one in own_locations(location_ids)}
    procedures = home_procedures(locations, today=today)
    return OwnPlaces(
        locations=locations,
        vacancies={one.id: one for one in vacancies_of(locations, today=today)},
        public={key for key, procedure in procedures.items() if procedure.vacancy_public_default},
    )


def known_lines(content: bytes) -> list[Line]:
    """Return the lines of a file with the columns of a list of free places; raise ListRefused for what is no list."""
    return lines_of(content, COLUMNS)


def read_vacancies(lines: Sequence[Line], file_name: str, known: OwnPlaces, *, today: date) -> ReadVacancies:
    """Read a list of free places; with one error it has none. Raises ListRefused for what is no list at all."""
    read = ColumnList(file_name, COLUMNS, iter(lines), MOST_ROWS)
    reader = _Reader(read, known, today)
    places = tuple(reader.places())
    return ReadVacancies(
        places=() if read.errors else places,
        over=reader.over,
        errors=read.errors.in_order((file_name,)),
        error_count=read.errors.count,
    )


def facts_of(declared: DeclaredVacancy) -> NewVacancy:
    """Return a declared place as if it were declared now."""
    return NewVacancy(
        pattern=declared.pattern,
        hours=declared.hours,
        start_on=declared.start_on,
        end_on=declared.end_on,
        age_group=declared.age_group,
        places=declared.places,
        tariff=declared.tariff,
        public=declared.public,
    )


@dataclass(slots=True)
class _Reader:
    """Tells for each row which place it is; what cannot be is added to the errors of the list."""

    read: ColumnList
    known: OwnPlaces
    today: date
    over: int = 0
    _lines_of: dict[UUID, int] = field(default_factory=dict)

    def places(self) -> Iterator[ListedPlace]:
        for row in self.read.rows():
            try:
                place = self._place(row)
            except WrongCell as wrong:
                self.read.refuse(row, wrong)
                continue
            if place is None:
                self.over += 1
            else:
                yield place

    def _place(self, row: ListRow) -> ListedPlace | None:
        """Return what a row says; None for a place that is over and that nobody declared here."""
        values = row.values
        known = self._known(row)
        location = self._location(values, known)
        last_on = values["last_on"]
        if values["places"] == 0 or (last_on is not None and last_on < self.today):
            return ListedPlace(location_id=location.id, known=known, vacancy=None) if known else None
        if values["key"] and known is None:
            what = "Maak de cel leeg als ze toch vrij is, of haal de rij weg."
            raise WrongCell("key", "Deze plaats staat er niet meer.", what)
        vacancy = self._vacancy(values, location, known)
        return ListedPlace(location_id=location.id, known=known, vacancy=vacancy)

    def _known(self, row: ListRow) -> DeclaredVacancy | None:
        key = row.values["key"]
        if key is None:
            return None
        first = self._lines_of.setdefault(key, row.line)
        if first != row.line:
            raise WrongCell(
                "key", f"Deze sleutel staat ook op regel {first}.", "Laat de cel leeg bij een nieuwe plaats."
            )
        return self.known.vacancies.get(key)

    def _location(self, values: Mapping[str, Any], known: DeclaredVacancy | None) -> OwnLocation:
        """Return the location of a row: by its file number, else by its name; a known place stays where it is."""
        found = self._named(values)
        if known is not None:
            own = self.known.locations[known.location_id]
            if any(one.id != own.id for one in found):
                raise WrongCell(
                    "location", f"Deze rij hoort bij {own.name}.", "Zet die naam terug, of maak de sleutel leeg."
                )
            return own
        if len(found) > 1:
            told = f"Meer dan één opvang heet {values['location']}."
            raise WrongCell("location", told, "Vul ook het dossiernummer in.")
        if not found:
            fact = "file_number" if values["file_number"] else "location"
            raise WrongCell(fact, "We vinden deze opvang niet bij jouw locaties.", "Kijk de cel na.")
        return found[0]

    def _named(self, values: Mapping[str, Any]) -> list[OwnLocation]:
        number, name = values["file_number"], _plain(values["location"])
        locations = self.known.locations.values()
        if number:
            return [one for one in locations if _number(one.file_number) == _number(number)]
        return [one for one in locations if _plain(one.name) == name]

    def _vacancy(self, values: Mapping[str, Any], location: OwnLocation, known: DeclaredVacancy | None) -> NewVacancy:
        vacancy = NewVacancy(
            pattern=values["pattern"],
            hours=values["hours"],
            start_on=values["start_on"],
            end_on=values["last_on"] + ONE_DAY if values["last_on"] else None,
            age_group=AgeGroup(values["age_group"] or AgeGroup.MIXED),
            places=values["places"],
            tariff=_tariff(values["tariff"], location, known),
            public=values["public"] == "yes" if values["public"] else location.id in self.known.public,
        )
        if known is None or vacancy != facts_of(known):
            try:
                check_vacancy(vacancy, noon=location.noon, today=self.today)
            except VacancyRefused as refused:
                raise WrongCell(_FIELDS[refused.field], refused.message, "Verbeter deze cel.") from refused
        return vacancy


def _tariff(told: str | None, location: OwnLocation, known: DeclaredVacancy | None) -> Tariff:
    """Return the price type of a row: the only one of its location, unless it tells one that can be."""
    if known is not None and told == known.tariff:
        return known.tariff
    choices = location.vacancy_tariffs
    if not told and len(choices) > 1:
        raise WrongCell("tariff", "De cel prijs is leeg.", "Schrijf inkomenstarief of vrije prijs.")
    if told and told not in choices:
        raise WrongCell("tariff", f"{location.name} heeft een andere prijs.", "Kijk de cel na, of laat ze leeg.")
    return Tariff(told) if told else choices[0]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _number(written: str) -> str:
    """Return a file number as it is compared: a spreadsheet drops the zeros in front."""
    return written.replace(" ", "").replace(".", "").lstrip("0")
