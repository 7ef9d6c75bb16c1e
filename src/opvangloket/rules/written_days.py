"""Days and dates as people and spreadsheets write them in a cell: "ma, di voormiddag", "1/9/2026", "1 september 2026"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from opvangloket.rules.patterns import WEEKDAYS, WeekPattern
from opvangloket.rules.wording import MONTH_NAMES, WEEKDAY_NAMES

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BETWEEN_PARTS_OF_A_DATE: Final = re.compile(r"[\s/.-]+")
_BETWEEN_DAYS: Final = re.compile(r"[\s,;|+_]+")
_HALVES: Final = {"vm": "vm", "voormiddag": "vm", "nm": "nm", "namiddag": "nm"}
_HALF_NAMES: Final = {"vm": "voormiddag", "nm": "namiddag"}
_DAY_NAMES: Final = {name[:2]: name for name in WEEKDAY_NAMES}
_SHORTEST_MONTH: Final = 3
_DATE_PARTS: Final = 3


def read_week(cell: str) -> tuple[WeekPattern, str]:
    """Return the day parts of a cell, and the first word that is no day: a day alone is whole, "di voormiddag" half."""
    groups: list[tuple[str, set[str]]] = []
    for word in filter(None, _BETWEEN_DAYS.split(cell.casefold())):
        day, half = word[:2], _HALVES.get(word)
        if half and groups:
            groups[-1][1].add(half)
        elif word in {day, _DAY_NAMES.get(day)} and day in WEEKDAYS:
            groups.append((day, set()))
        else:
            return WeekPattern(), word
    codes = [f"{day}_{half}" for day, halves in groups for half in halves or _HALF_NAMES]
    return WeekPattern.from_codes(codes), ""


def write_week(pattern: WeekPattern) -> str:
    """Return day parts as a cell has them, so that `read_week` reads the same."""
    return ", ".join(_day_text(day, pattern) for day in pattern.weekdays)


def _day_text(day: str, pattern: WeekPattern) -> str:
    halves = [half for half in _HALF_NAMES if f"{day}_{half}" in pattern]
    return day if len(halves) == len(_HALF_NAMES) else f"{day} {_HALF_NAMES[halves[0]]}"


def date_parts(cell: str) -> list[str]:
    """Split a date as people and spreadsheets write it into day, month and year."""
    if iso := _ISO.match(cell):
        year, month, day = iso.groups()
        return [day, month, year]
    return _BETWEEN_PARTS_OF_A_DATE.split(cell, maxsplit=2)


def read_date(cell: str) -> date | None:
    """Return the date of a cell; None for what is no date, or no full one."""
    parts = date_parts(cell.strip())
    if len(parts) != _DATE_PARTS or len(parts[2]) != len("2026"):
        return None
    try:
        return date(int(parts[2]), _month(parts[1]), int(parts[0]))
    except ValueError:
        return None


def write_date(day: date | None) -> str:
    """Return a date as a cell has it: "1/9/2026"; nothing for none."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def _month(part: str) -> int:
    """Return the number of a month, a number or (the begin of) its name; 0 for no month."""
    if part.isdecimal():
        return int(part)
    word = part.casefold()
    named = (place for place, name in enumerate(MONTH_NAMES, start=1) if name.startswith(word))
    return next(named, 0) if len(word) >= _SHORTEST_MONTH else 0
