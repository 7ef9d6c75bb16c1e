"""The free places that follow from a plan: which day parts, from when, for how long, how many (SPEC §6, vacancy).

Free places per day part rise and fall; a family asks a week over a period. So each level of a day part becomes one
stretch as long as it lasts, and day parts that are free for the same time are one stretch. Put on top of each other
again, the stretches give exactly the free places of every day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from opvangloket.rules.capacity import (
    NO_PLACES,
    AgeGroup,
    FreeSlice,
    Occupation,
    Supply,
    free_timeline,
    pools_during,
    pools_on,
)
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeStretch:
    """So many places, free on these day parts for this whole period, for children of one age group."""

    pattern: WeekPattern
    period: Period
    places: int
    age_group: AgeGroup


def free_stretches(
    supply: Supply, occupations: Iterable[Occupation], horizon: Period, *, at_least_days: int = 1
) -> tuple[FreeStretch, ...]:
    """Return what is free in the horizon, the earliest first, and of those the widest week first.

    Whatever lasts fewer than `at_least_days` days is left out. With an open horizon, what stays free has no end.
    """
    occupations = tuple(occupations)
    pools = pools_during(supply, horizon)
    found = [stretch for pool in pools for stretch in _stretches_of_pool(supply, occupations, horizon, pool)]
    lasting = [row for row in found if row.period.days is None or row.period.days >= at_least_days]
    return tuple(sorted(lasting, key=_order))


def _order(stretch: FreeStretch) -> tuple[date, int, date, str, int]:
    end = stretch.period.end or date.max
    return stretch.period.start, -len(stretch.pattern), end, stretch.age_group, stretch.pattern.mask


def _stretches_of_pool(
    supply: Supply, occupations: Sequence[Occupation], horizon: Period, age_group: AgeGroup
) -> Iterator[FreeStretch]:
    """Yield the stretches of one pool, for as long as the location keeps its places in that pool."""
    timeline = free_timeline(supply, occupations, horizon, age_group=age_group)
    kept = [(row.period, row.places if _keeps(supply, row, age_group) else NO_PLACES) for row in timeline]
    parts_of: defaultdict[tuple[Period, int], list[str]] = defaultdict(list)
    for index, code in enumerate(PART_CODES):
        free = [(period, places[index]) for period, places in kept]
        for level, period in _runs(free):
            parts_of[period, level].append(code)
    # The same week for the same time on several levels is one stretch of several places.
    same: defaultdict[tuple[Period, int], int] = defaultdict(int)
    for (period, _), codes in parts_of.items():
        same[period, WeekPattern.from_codes(codes).mask] += 1
    for (period, mask), places in same.items():
        yield FreeStretch(pattern=WeekPattern(mask), period=period, places=places, age_group=age_group)


def _keeps(supply: Supply, row: FreeSlice, age_group: AgeGroup) -> bool:
    return age_group in pools_on(supply, row.period.start)


def _runs(free: Sequence[tuple[Period, int]]) -> Iterator[tuple[int, Period]]:
    """Yield for each level the unbroken periods in which so many places are free; the rows join up in time.

    What is open at a moment is a pile, one start on top of the other: the highest level ends first.
    """
    started: list[date] = []
    for period, places in free:
        while len(started) > max(places, 0):
            yield len(started), Period(started.pop(), period.start)
        started += [period.start] * (places - len(started))
    while started:
        yield len(started), Period(started.pop(), free[-1][0].end)
