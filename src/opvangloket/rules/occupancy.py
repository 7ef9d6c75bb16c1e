"""The picture of a location's places: month after month, how full each day part is (SPEC §6, planner).

A month shows each day part at its fullest moment: whoever reads "free" may count on it for the whole month.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from opvangloket.rules.capacity import FreeSlice, Occupation, Supply, free_timeline
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.periods import Period, add_months

EMPTY: Final = 0
FULL: Final = 4
# Most locations are nearly full: the steps are finest there, so that a few places left stand out from many.
_ALMOST_FULL, _MOSTLY_FULL, _WITH_ROOM = FULL - 1, FULL - 2, FULL - 3
_ALMOST_FULL_EIGHTHS, _MOSTLY_FULL_EIGHTHS = 1, 3


def fullness(free: int, places: int) -> int:
    """Return how full it is in five steps: 0 nobody yet, 3 hardly a place left (an eighth), 4 none."""
    if free <= 0:
        return FULL
    if free >= places:
        return EMPTY
    if 8 * free <= _ALMOST_FULL_EIGHTHS * places:
        return _ALMOST_FULL
    return _MOSTLY_FULL if 8 * free <= _MOSTLY_FULL_EIGHTHS * places else _WITH_ROOM


@dataclass(frozen=True, slots=True)
class PartOccupancy:
    """One day part at its fullest moment: the places with the staff of then, children in them, and open offers."""

    part: str
    places: int
    taken: int
    held: int

    @property
    def free(self) -> int:
        """The places left; below zero where the location went over."""
        return self.places - self.taken - self.held

    @property
    def fullness(self) -> int:
        """How full it is in five steps: 0 nobody yet, 4 no place left."""
        return fullness(self.free, self.places)


@dataclass(frozen=True, slots=True)
class MonthOccupancy:
    """A month, its first one from today, and each of the fourteen day parts in it."""

    period: Period
    parts: tuple[PartOccupancy, ...]

    @property
    def free(self) -> WeekPattern:
        """The day parts with at least one place during the whole month."""
        return WeekPattern.from_codes(part.part for part in self.parts if part.free > 0)


def months_of_occupancy(
    supply: Supply, occupations: Iterable[Occupation], *, from_on: date, months: int
) -> tuple[MonthOccupancy, ...]:
    """Return the months from this day on, all pools of children taken together."""
    first_days = [add_months(from_on.replace(day=1), offset) for offset in range(months + 1)]
    periods = [Period(max(first, from_on), end) for first, end in pairwise(first_days)]
    timeline = free_timeline(supply, occupations, Period(from_on, first_days[-1]))
    return tuple(MonthOccupancy(period, _fullest(period, timeline)) for period in periods)


def occupancy_during(supply: Supply, occupations: Iterable[Occupation], period: Period) -> MonthOccupancy:
    """Return one period, such as a week, at its fullest moments."""
    return MonthOccupancy(period, _fullest(period, free_timeline(supply, occupations, period)))


def _fullest(period: Period, timeline: Sequence[FreeSlice]) -> tuple[PartOccupancy, ...]:
    slices = [free_slice for free_slice in timeline if free_slice.period.overlaps(period)]
    parts = []
    for index, code in enumerate(PART_CODES):
        fullest = min(slices, key=lambda free_slice: (free_slice.free_on(index), -free_slice.effective[index]))
        parts.append(PartOccupancy(code, fullest.effective[index], fullest.occupied[index], fullest.held[index]))
    return tuple(parts)
