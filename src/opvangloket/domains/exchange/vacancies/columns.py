"""The list of free places as an organiser keeps it in a spreadsheet: its columns, read and written alike (SPEC §6)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from opvangloket.domains.exchange.lists.cells import FIRST_YEAR, HOURS, LAST_YEAR, Kind, text
from opvangloket.domains.exchange.lists.columns import ListColumn, word
from opvangloket.domains.exchange.lists.row_errors import CellError, shown
from opvangloket.domains.providers.own_locations import AgeGroup, DeclaredVacancy, OwnLocation, Tariff
from opvangloket.domains.providers.vacancies import MOST_PLACES
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.written_days import read_date, read_week, write_date, write_week

_BETWEEN_HOURS: Final = re.compile(r"\s*[|,;]\s*")
_LONE_HOUR: Final = re.compile(r"(?<![\d:])(\d)(?=:)")
_WHOLE_NUMBER: Final = re.compile(r"\d{1,3}")
_AGES: Final = {
    "alle leeftijden": AgeGroup.MIXED,
    "baby’s": AgeGroup.BABY,
    "baby's": AgeGroup.BABY,
    "peuters": AgeGroup.TODDLER,
}
_TARIFFS: Final = {"inkomenstarief": Tariff.INCOME, "vrije prijs": Tariff.FREE}
_EVERYBODY, _DESK = "iedereen", "alleen het loket"
_SEEN_BY: Final = {_EVERYBODY: "yes", _DESK: "no"}


def _read_day(cell: str) -> date:
    day = read_date(cell)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellError(f"{shown(cell)} is geen datum.", "Schrijf dag, maand en jaar, bijvoorbeeld 1/9/2026.")
    return day


def _read_week(cell: str) -> WeekPattern:
    pattern, unknown = read_week(cell)
    if unknown:
        raise CellError(f"{shown(unknown)} kennen we niet.", "Schrijf bijvoorbeeld: ma, di voormiddag, vr.")
    return pattern


def _read_hours(cell: str) -> CareHours:
    entries = "|".join(filter(None, _BETWEEN_HOURS.split(_LONE_HOUR.sub(r"0\1", cell.casefold()))))
    try:
        return CareHours.parse("|".join(HOURS.read(entries)))
    except CellError:
        raise CellError(
            f"{shown(cell)} zijn geen uren.", "Schrijf bijvoorbeeld: ma 09:00-15:00, di 09:00-15:00."
        ) from None


def _read_places(cell: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(cell) or int(cell) > MOST_PLACES:
        told = f"Schrijf een getal van 1 tot {MOST_PLACES}, of 0 als de plaats niet meer vrij is."
        raise CellError(f"{shown(cell)} is geen aantal.", told)
    return int(cell)


def _read_key(cell: str) -> UUID:
    try:
        return UUID(cell)
    except ValueError:
        raise CellError(f"{shown(cell)} is geen sleutel van ons.", "Laat de cel leeg bij een nieuwe plaats.") from None


_DAY: Final = Kind(_read_day, write_date)
COLUMNS: Final = (
    ListColumn("opvang", "location", text(200), "De Regenboog Centrum"),
    ListColumn("dossiernummer", "file_number", text(20), "", required=False),
    ListColumn("van", "start_on", _DAY, "1/9/2026"),
    ListColumn("tot en met", "last_on", _DAY, "30/6/2027", required=False),
    ListColumn("dagen", "pattern", Kind(_read_week, write_week), "ma, di voormiddag, vr"),
    ListColumn(
        "uren",
        "hours",
        Kind(_read_hours, lambda hours: hours.text(), empty=CareHours()),
        "ma 09:00-15:00",
        required=False,
    ),
    ListColumn("aantal", "places", Kind(_read_places, str), "2"),
    ListColumn(
        "leeftijd", "age_group", word(_AGES, told="alle leeftijden, baby’s, peuters"), "peuters", required=False
    ),
    ListColumn("prijs", "tariff", word(_TARIFFS, told=", ".join(_TARIFFS)), "inkomenstarief", required=False),
    ListColumn("zichtbaar voor", "public", word(_SEEN_BY, told=", ".join(_SEEN_BY)), _EVERYBODY, required=False),
    # Only we write the last two: when a place was last confirmed, and which row of ours it is.
    ListColumn("bevestigd op", "confirmed_on", text(40), "", required=False),
    ListColumn("sleutel", "key", Kind(_read_key, str), "", required=False),
)
HEADING_OF: Final[Mapping[str, str]] = {column.fact: column.heading for column in COLUMNS}


def cells_of(location: OwnLocation, vacancy: DeclaredVacancy) -> tuple[Any, ...]:
    """Return the cells of a declared place, in the order of `COLUMNS`; days are dates, and a number is a number."""
    return (
        location.name,
        location.file_number,
        vacancy.start_on,
        vacancy.end_on - ONE_DAY if vacancy.end_on else None,
        write_week(vacancy.pattern),
        vacancy.hours.text().replace("|", ", "),
        vacancy.places,
        _written(_AGES, vacancy.age_group),
        _written(_TARIFFS, vacancy.tariff),
        _EVERYBODY if vacancy.public else _DESK,
        vacancy.confirmed_on,
        str(vacancy.id),
    )


def _written(words: Mapping[str, str], value: str) -> str:
    """Return the (first) word by which a cell says a value; nothing for one that has none."""
    return next((told for told, own in words.items() if own == value), "")
