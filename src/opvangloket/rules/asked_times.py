"""Whether a family's from-to fits within the hours at which a place is free, or a location is open (SPEC §6, §14).

A free place may have narrower hours than its day parts: "Monday, from 9 to 15". Where a day has no hours of its own,
its day parts are all there is to go by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from opvangloket.rules.patterns import DEFAULT_BOUNDARY, WEEKDAYS, CareHours, DayHours, WeekPattern
from opvangloket.rules.wording import MINUTES_PER_DAY

_HALVES: Final = ("vm", "nm")


@dataclass(frozen=True, slots=True)
class Times:
    """From when until when a child must be able to come, on each day that it comes; minutes after midnight."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a time that ends before it starts: a night is another question."""
        if not 0 <= self.start < self.end <= MINUTES_PER_DAY:
            raise ValueError(f"{self.start} to {self.end} minutes is no time within one day")

    def within(self, half: str, boundary: int) -> tuple[int, int] | None:
        """Return what of it falls in a morning (`vm`) or an afternoon (`nm`); None when nothing does."""
        start, end = (self.start, min(self.end, boundary)) if half == "vm" else (max(self.start, boundary), self.end)
        return (start, end) if start < end else None


def parts_at(
    pattern: WeekPattern, offered: CareHours, asked: Times, *, boundary: int = DEFAULT_BOUNDARY
) -> WeekPattern:
    """Return the day parts of a pattern on which a child can be there at the asked times.

    A part on which nothing of the asked times falls stays: nobody needs hours there.
    """
    return WeekPattern.from_codes(code for code in pattern if _covers(code, offered, asked, boundary))


def days_at(pattern: WeekPattern, asked: Times, *, boundary: int = DEFAULT_BOUNDARY) -> tuple[str, ...]:
    """Return the weekdays on which a pattern has every part that the asked times fall in."""
    halves = [half for half in _HALVES if asked.within(half, boundary)]
    return tuple(day for day in WEEKDAYS if all(f"{day}_{half}" in pattern for half in halves))


def hours_beside(pattern: WeekPattern, hours: CareHours, *, boundary: int = DEFAULT_BOUNDARY) -> WeekPattern:
    """Return the day parts on which a pattern and its hours do not say the same, on the days that have hours."""
    touched = hours.parts(boundary)
    told = WeekPattern.full_days(*{day.weekday for day in hours.days})
    return (touched - pattern) | ((pattern & told) - touched)


def _covers(code: str, offered: CareHours, asked: Times, boundary: int) -> bool:
    weekday, half = code.split("_")
    told = [day for day in offered.days if day.weekday == weekday]
    needed = asked.within(half, boundary)
    if not told or needed is None:
        return True
    return any(day.start <= needed[0] and needed[1] <= _end_of(day) for day in told)


def _end_of(day: DayHours) -> int:
    return MINUTES_PER_DAY if day.passes_midnight else day.end
