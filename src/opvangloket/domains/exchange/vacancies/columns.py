"""The list of free places as an organiser keeps it in a spreadsheet: its columns, read and written alike (SPEC §6)."""

import re
from collections.abc import Mapping
from typing import Any, Final

from opvangloket.domains.exchange.lists.cells import Kind, text
from opvangloket.domains.exchange.lists.columns import ListColumn, word
from opvangloket.domains.exchange.lists.row_errors import CellError, shown
from opvangloket.domains.exchange.lists.written_cells import DAY, HOURS_OF_DAYS, TARIFFS, WEEK, key_cell
from opvangloket.domains.providers.own_locations import AgeGroup, DeclaredVacancy, OwnLocation
from opvangloket.domains.providers.vacancies import MOST_PLACES
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.written_days import write_week

_WHOLE_NUMBER: Final = re.compile(r"\d{1,3}")
_AGES: Final = {
    "alle leeftijden": AgeGroup.MIXED,
    "baby’s": AgeGroup.BABY,
    "baby's": AgeGroup.BABY,
    "peuters": AgeGroup.TODDLER,
}
_EVERYBODY, _DESK = "iedereen", "alleen het loket"
_SEEN_BY: Final = {_EVERYBODY: "yes", _DESK: "no"}


def _read_places(cell: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(cell) or int(cell) > MOST_PLACES:
        told = f"Schrijf een getal van 1 tot {MOST_PLACES}, of 0 als de plaats niet meer vrij is."
        raise CellError(f"{shown(cell)} is geen aantal.", told)
    return int(cell)


COLUMNS: Final = (
    ListColumn("opvang", "location", text(200), "De Regenboog Centrum"),
    ListColumn("dossiernummer", "file_number", text(20), "", required=False),
    ListColumn("van", "start_on", DAY, "1/9/2026"),
    ListColumn("tot en met", "last_on", DAY, "30/6/2027", required=False),
    ListColumn("dagen", "pattern", WEEK, "ma, di voormiddag, vr"),
    ListColumn("uren", "hours", HOURS_OF_DAYS, "ma 09:00-15:00", required=False),
    ListColumn("aantal", "places", Kind(_read_places, str), "2"),
    ListColumn(
        "leeftijd", "age_group", word(_AGES, told="alle leeftijden, baby’s, peuters"), "peuters", required=False
    ),
    ListColumn("prijs", "tariff", word(TARIFFS, told=", ".join(TARIFFS)), "inkomenstarief", required=False),
    ListColumn("zichtbaar voor", "public", word(_SEEN_BY, told=", ".join(_SEEN_BY)), _EVERYBODY, required=False),
    # Only we write the last two: when a place was last confirmed, and which row of ours it is.
    ListColumn("bevestigd op", "confirmed_on", text(40), "", required=False),
    ListColumn("sleutel", "key", key_cell("Laat de cel leeg bij een nieuwe plaats."), "", required=False),
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
        _written(TARIFFS, vacancy.tariff),
        _EVERYBODY if vacancy.public else _DESK,
        vacancy.confirmed_on,
        str(vacancy.id),
    )


def _written(words: Mapping[str, str], value: str) -> str:
    """Return the (first) word by which a cell says a value; nothing for one that has none."""
    return next((told for told, own in words.items() if own == value), "")
