"""Free places that a location declares, confirms and takes away again (SPEC §6)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from opvangloket.domains.providers.models import AgeGroup, Tariff, Vacancy
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.upkeep import record_edit, record_edits
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.ids import new_id
from opvangloket.rules.asked_times import hours_beside
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.wording import dutch_date

MOST_PLACES: Final = 100
NO_HOURS: Final = CareHours()
_CHANGEABLE: Final = (
    *("parts", "hours", "start_on", "end_on", "age_group", "places", "tariff", "public"),
    "confirmed_on",
)
_AT_ONCE: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVacancy:
    """A free place: which week, from when until when (not included; None: no end), for whom, at what price.

    `hours` are those of days on which a child cannot come for the whole of its day parts.
    """

    pattern: WeekPattern
    start_on: date
    tariff: Tariff
    end_on: date | None = None
    hours: CareHours = NO_HOURS
    age_group: AgeGroup = AgeGroup.MIXED
    places: int = 1
    public: bool = True


class VacancyRefused(OpvangloketError):
    """A free place that cannot be declared as it is; `field` says what to put right."""

    code = "vacancy_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class VacancyNotFound(OpvangloketError):
    """No such open vacancy at this location."""

    code = "vacancy_not_found"
    message = "Deze vrije plaats staat er niet meer."


@transaction.atomic
def declare_vacancy(
    *, location_id: UUID, vacancy: NewVacancy, actor: Actor, now: datetime, as_id: UUID | None = None
) -> UUID:
    """Declare a free place and return its id; raise VacancyRefused.

    With an id that was kept for it, the same once more changes nothing, and another place gets an id of its own.
    """
    location = locked_location(location_id)
    check_vacancy(vacancy, noon=location.noon, today=brussels_date(now))
    facts = {"location": location, **_stored(vacancy)}
    if as_id and Vacancy.objects.filter(id=as_id, closed_on=None, **facts).exists():
        return as_id
    is_free = as_id is not None and not Vacancy.objects.filter(id=as_id).exists()
    row = Vacancy.objects.create(
        id=as_id if is_free else new_id(), declared_at=now, confirmed_on=brussels_date(now), **facts
    )
    record_edit(location, "vacancy_declared", actor=actor, now=now)
    return row.id


@transaction.atomic
def change_vacancy(*, location_id: UUID, vacancy_id: UUID, vacancy: NewVacancy, actor: Actor, now: datetime) -> None:
    """Write down a declared place as it is now, which confirms it; raise VacancyNotFound and VacancyRefused.

    What was taken of it since it was declared stays taken, as with confirming: a change frees no place that went.
    """
    location = locked_location(location_id)
    row = _open_vacancy(location.id, vacancy_id)
    check_vacancy(vacancy, noon=location.noon, today=brussels_date(now))
    _write(row, vacancy, brussels_date(now))
    row.save(update_fields=_CHANGEABLE)
    record_edit(location, "vacancy_changed", actor=actor, now=now)


@transaction.atomic
def confirm_vacancy(*, location_id: UUID, vacancy_id: UUID, actor: Actor, now: datetime) -> None:
    """Confirm that a declared place is still free; raise VacancyNotFound.

    What was taken of it since stays taken: confirming says that the place exists, not that it is free again.
    """
    location = locked_location(location_id)
    row = _open_vacancy(location.id, vacancy_id)
    row.confirmed_on = brussels_date(now)
    row.save(update_fields=["confirmed_on"])
    record_edit(location, "vacancy_confirmed", actor=actor, now=now)


@transaction.atomic
def confirm_vacancies(*, location_id: UUID, actor: Actor, now: datetime, only: Collection[UUID] | None = None) -> int:
    """Confirm every place that a location declared and that runs on or is still to come; return how many.

    With `only` no others than these.
    """
    location = locked_location(location_id)
    today = brussels_date(now)
    rows = running_vacancies(today).filter(location=location)
    count = (rows if only is None else rows.filter(id__in=only)).update(confirmed_on=today)
    if count:
        record_edit(location, "vacancy_confirmed", actor=actor, now=now)
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyEdits:
    """What becomes of the free places of one location at one moment; a place stands in one of these at most."""

    new: Sequence[NewVacancy]
    changed: Mapping[UUID, NewVacancy]
    closed: Collection[UUID]


@transaction.atomic
def edit_vacancies(*, location_id: UUID, edits: VacancyEdits, actor: Actor, now: datetime) -> None:
    """Declare, change and close many free places of a location, all or none, in a fixed number of queries.

    Each is checked and written down as by `declare_vacancy`, `change_vacancy` and `close_vacancy`. Raises what those
    raise.
    """
    location, today = locked_location(location_id), brussels_date(now)
    for vacancy in (*edits.new, *edits.changed.values()):
        check_vacancy(vacancy, noon=location.noon, today=today)
    touched = {*edits.changed, *edits.closed}
    rows = Vacancy.objects.in_bulk(touched)
    if any(row.location_id != location.id or row.closed_on for row in rows.values()) or len(rows) < len(touched):
        raise VacancyNotFound
    Vacancy.objects.bulk_create(
        Vacancy(location=location, declared_at=now, confirmed_on=today, **_stored(vacancy)) for vacancy in edits.new
    )
    for vacancy_id, vacancy in edits.changed.items():
        _write(rows[vacancy_id], vacancy, today)
    Vacancy.objects.bulk_update([rows[key] for key in edits.changed], _CHANGEABLE, batch_size=_AT_ONCE)
    Vacancy.objects.filter(id__in=edits.closed).update(closed_on=today)
    done = {"vacancy_declared": edits.new, "vacancy_changed": edits.changed, "vacancy_closed": edits.closed}
    codes = [[code] for code, places in done.items() for _place in places]
    record_edits(location, codes, actor=actor, now=now)


def running_vacancies(today: date) -> QuerySet[Vacancy]:
    """Return the places that were declared, not taken away, and not over."""
    return Vacancy.objects.filter(Q(end_on=None) | Q(end_on__gt=today), closed_on=None)


@transaction.atomic
def close_vacancy(*, location_id: UUID, vacancy_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a declared place away: it is no longer free. Raises VacancyNotFound."""
    location = locked_location(location_id)
    row = _open_vacancy(location.id, vacancy_id)
    row.closed_on = brussels_date(now)
    row.save(update_fields=["closed_on"])
    record_edit(location, "vacancy_closed", actor=actor, now=now)


def _open_vacancy(location_id: UUID, vacancy_id: UUID) -> Vacancy:
    row = Vacancy.objects.filter(id=vacancy_id, location_id=location_id, closed_on=None).first()
    if row is None:
        raise VacancyNotFound
    return row


def _write(row: Vacancy, vacancy: NewVacancy, today: date) -> None:
    """Let a row say what a place is now, confirmed today."""
    for name, value in _stored(vacancy).items():
        setattr(row, name, value)
    row.confirmed_on = today


def _stored(vacancy: NewVacancy) -> dict[str, Any]:
    """Return what a row keeps of a place."""
    return {
        "parts": vacancy.pattern.mask,
        "hours": vacancy.hours.entries(),
        "start_on": vacancy.start_on,
        "end_on": vacancy.end_on,
        "age_group": vacancy.age_group,
        "places": vacancy.places,
        "tariff": vacancy.tariff,
        "public": vacancy.public,
    }


def check_vacancy(vacancy: NewVacancy, *, noon: int, today: date) -> None:
    """Refuse a place that cannot be: raise VacancyRefused. `noon` is where the location's afternoon begins."""
    if not vacancy.pattern:
        raise VacancyRefused("pattern", "Kies minstens één dagdeel waarop er plaats is.")
    if beside := hours_beside(vacancy.pattern, vacancy.hours, boundary=noon):
        words = f"De uren en de dagdelen kloppen niet met elkaar op {beside.words()}. Pas één van beide aan."
        raise VacancyRefused("hours", words)
    if vacancy.end_on is not None and vacancy.end_on <= max(vacancy.start_on, today):
        first = dutch_date(max(vacancy.start_on, today))
        raise VacancyRefused("end_on", f"De laatste dag kan niet voor {first} liggen. Kijk de datum na.")
    if not 1 <= vacancy.places <= MOST_PLACES:
        raise VacancyRefused("places", f"Kies een aantal van 1 tot {MOST_PLACES}.")
