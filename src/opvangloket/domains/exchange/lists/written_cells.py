"""Cells of the lists that organisers keep themselves: days, weeks, hours and prices as people write them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from opvangloket.domains.exchange.lists.cells import FIRST_YEAR, HOURS, LAST_YEAR, Kind
from opvangloket.domains.exchange.lists.row_errors import CellError, shown
from opvangloket.domains.providers.own_locations import Tariff
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.written_days import read_date, read_week, write_date, write_week

_BETWEEN_HOURS: Final = re.compile(r"\s*[|,;]\s*")
_LONE_HOUR: Final = re.compile(r"(?<![\d:])(\d)(?=:)")
TARIFFS: Final[Mapping[str, Tariff]] = {"inkomenstarief": Tariff.INCOME, "vrije prijs": Tariff.FREE}


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


def key_cell(what_to_do: str) -> Kind:
    """Return the kind of a key of ours; an empty cell is no key."""

    def read(cell: str) -> UUID:
        try:
            return UUID(cell)
        except ValueError:
            raise CellError(f"{shown(cell)} is geen sleutel van ons.", what_to_do) from None

    return Kind(read, str)


DAY: Final = Kind(_read_day, write_date)
WEEK: Final = Kind(_read_week, write_week)
HOURS_OF_DAYS: Final = Kind(_read_hours, lambda hours: hours.text(), empty=CareHours())
