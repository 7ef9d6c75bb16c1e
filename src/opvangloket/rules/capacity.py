"""Places minus occupation over time: free = effective - occupied - held, per day part (SPEC §5 and §6).

The story: the effective places of a location are rows with a period. On a day the running row that started last
counts; when all rows have ended the last known places continue. Before the first row the licensed places stand in,
on the opening parts.

Babies and toddlers have a pool each when the rows are given by age group, else they share one. A child that passes
the border needs a place in each pool for its part of the period. Closing days are information: no place is used up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from opvangloket.rules.patterns import PART_CODES, PART_COUNT, WeekPattern
from opvangloket.rules.periods import Period, add_months

Places = tuple[int, ...]
NO_PLACES: Final[Places] = (0,) * PART_COUNT
EVERY_PART: Final = WeekPattern.from_codes(PART_CODES)
TODDLER_FROM_MONTHS: Final = 18


class AgeGroup(StrEnum):
    """The pool of children that shares places; mixed is one pool for all."""

    BABY = "baby"
    TODDLER = "toddler"
    MIXED = "mixed"


class OccupationKind(StrEnum):
    """Why a place is taken: an open offer holds it, a placement fills it, an organiser declares it filled."""

    HOLD = "hold"
    PLACEMENT = "placement"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivePlaces:
    """How many children of one age group can be present in each day part, with the staff of that period.

    `caregivers` tells how many are there then; None where the location did not tell.
    """

    places: Places
    period: Period
    age_group: AgeGroup = AgeGroup.MIXED
    caregivers: Places | None = None

    def __post_init__(self) -> None:
        """Refuse a row that does not give every day part a number of places."""
        for numbers in (self.places, self.caregivers):
            if numbers is not None and (len(numbers) != PART_COUNT or min(numbers) < 0):
                raise ValueError(f"places must be {PART_COUNT} numbers from zero up: {numbers}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """One child on its day parts; without age group it takes a place in every pool, so none is promised twice.

    A child that passes the border between baby and toddler is one row for each: see `age_group_periods`.
    """

    pattern: WeekPattern
    period: Period
    kind: OccupationKind
    age_group: AgeGroup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What a location offers: its effective places, and the licensed places that stand in until those are known.

    `closes_on` is the day from which it is closed for good: no care starts there any more from that day on.
    """

    effective: tuple[EffectivePlaces, ...] = ()
    licensed_places: int = 0
    opening: WeekPattern = EVERY_PART
    toddler_from_months: int = TODDLER_FROM_MONTHS
    closes_on: date | None = None

    def takes_starts_on(self, day: date) -> bool:
        """Tell whether care may still start on a day."""
        return self.closes_on is None or day < self.closes_on


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSlice:
    """A stretch of time in which nothing changes; each field counts places per day part."""

    period: Period
    effective: Places
    occupied: Places
    held: Places

    @property
    def places(self) -> Places:
        """The free places; below zero where the location went over, by a logged override or with less staff."""
        return tuple(map(self.free_on, range(PART_COUNT)))

    def free_on(self, index: int) -> int:
        """Return the free places of one day part, by its position in `PART_CODES`."""
        return self.effective[index] - self.occupied[index] - self.held[index]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A day part without a free place for an unbroken time; `free` is the lowest count in it, zero or below."""

    part: str
    period: Period
    free: int


def age_group_periods(
    period: Period, *, born_on: date, toddler_from_months: int
) -> tuple[tuple[AgeGroup, Period], ...]:
    """Split the period of a child into its time as a baby and as a toddler. `born_on` may be the due date."""
    toddler_on = add_months(born_on, toddler_from_months)
    if not period.contains(toddler_on) or toddler_on == period.start:
        return ((AgeGroup.TODDLER if toddler_on <= period.start else AgeGroup.BABY, period),)
    as_baby, as_toddler = Period(period.start, toddler_on), Period(toddler_on, period.end)
    return ((AgeGroup.BABY, as_baby), (AgeGroup.TODDLER, as_toddler))


def occupations_of_child(
    pattern: WeekPattern,
    period: Period,
    *,
    born_on: date,
    toddler_from_months: int,
    kind: OccupationKind = OccupationKind.PLACEMENT,
) -> tuple[Occupation, ...]:
    """Return what a child takes: one row for its time as a baby and one for its time as a toddler."""
    ages = age_group_periods(period, born_on=born_on, toddler_from_months=toddler_from_months)
    return tuple(
        Occupation(pattern=pattern, period=part_of_period, kind=kind, age_group=age_group)
        for age_group, part_of_period in ages
    )


def free_timeline(
    supply: Supply, occupations: Iterable[Occupation], horizon: Period, *, age_group: AgeGroup = AgeGroup.MIXED
) -> tuple[FreeSlice, ...]:
    """Return the places of one age group over the horizon, in slices that join up; mixed takes all pools together.

    Use mixed for a picture of the whole location, and `free_timeline_of_child` before promising a place.
    """
    occupations = tuple(occupations)
    slices: list[FreeSlice] = []
    for span in _cut(horizon, [row.period for row in supply.effective]):
        pools = pools_on(supply, span.start)
        effective = pools[age_group] if age_group in pools else _sum_of_places(pools.values())
        has_own_pool = age_group in pools and age_group is not AgeGroup.MIXED
        sharing = (age_group, AgeGroup.MIXED, None) if has_own_pool else (*AgeGroup, None)
        rows = [row for row in occupations if row.age_group in sharing and row.period.overlaps(span)]
        slices += _slices(span, effective, rows)
    return _joined(slices)


def free_timeline_of_child(
    supply: Supply, occupations: Iterable[Occupation], period: Period, *, born_on: date
) -> tuple[FreeSlice, ...]:
    """Return the places that a child could have over a period, each part of it from the pool of its age."""
    occupations = tuple(occupations)
    ages = age_group_periods(period, born_on=born_on, toddler_from_months=supply.toddler_from_months)
    slices = [
        free_slice
        for age_group, part_of_period in ages
        for free_slice in free_timeline(supply, occupations, part_of_period, age_group=age_group)
    ]
    return _joined(slices)


def shortfalls(
    pattern: WeekPattern, period: Period, supply: Supply, occupations: Iterable[Occupation], *, born_on: date
) -> tuple[Shortfall, ...]:
    """Return where and when a child finds no free place on the day parts it needs, by part and then by time."""
    timeline = free_timeline_of_child(supply, occupations, period, born_on=born_on)
    return tuple(shortfall for index in pattern.indexes for shortfall in _shortfalls_of_part(index, timeline))


def free_parts(period: Period, supply: Supply, occupations: Iterable[Occupation], *, born_on: date) -> WeekPattern:
    """Return the day parts on which a child finds a place on every day of a period."""
    timeline = free_timeline_of_child(supply, occupations, period, born_on=born_on)
    short = {index for row in timeline for index in range(PART_COUNT) if row.free_on(index) < 1}
    return WeekPattern(sum(1 << index for index in range(PART_COUNT) if index not in short))


def fits(
    pattern: WeekPattern, period: Period, supply: Supply, occupations: Iterable[Occupation], *, born_on: date
) -> bool:
    """Tell whether every day part that a child needs is free over its whole period."""
    return not shortfalls(pattern, period, supply, occupations, born_on=born_on)


def beyond(short: Iterable[Shortfall], kept: Iterable[tuple[WeekPattern, Period]]) -> tuple[Shortfall, ...]:
    """Return what is short besides what a child has already: nobody loses a place because others got one too."""
    kept = tuple(kept)
    found: list[Shortfall] = []
    for shortfall in short:
        had = [period for pattern, period in kept if shortfall.part in pattern]
        spans = (span for span in _cut(shortfall.period, had) if not any(period.contains(span.start) for period in had))
        found += [replace(shortfall, period=span) for span in spans]
    return tuple(found)


def closings_during(closings: Iterable[Period], period: Period) -> tuple[Period, ...]:
    """Return the part of each closing that falls in a period, in order of time."""
    shared = (closing.intersection(period) for closing in closings)
    return tuple(sorted((closing for closing in shared if closing), key=lambda closing: closing.start))


def pools_on(supply: Supply, day: date) -> dict[AgeGroup, Places]:
    """Return the places of each pool on a day: one mixed pool, or one for babies and one for toddlers."""
    rows = rows_on(supply, day)
    if not rows:
        licensed = (supply.licensed_places if code in supply.opening else 0 for code in PART_CODES)
        return {AgeGroup.MIXED: tuple(licensed)}
    if AgeGroup.MIXED in rows:
        return {AgeGroup.MIXED: rows[AgeGroup.MIXED].places}
    return {group: rows[group].places if group in rows else NO_PLACES for group in (AgeGroup.BABY, AgeGroup.TODDLER)}


def pools_during(supply: Supply, period: Period) -> frozenset[AgeGroup]:
    """Return the pools that a location has at any moment of a period."""
    spans = _cut(period, [row.period for row in supply.effective])
    return frozenset(pool for span in spans for pool in pools_on(supply, span.start))


def rows_on(supply: Supply, day: date) -> dict[AgeGroup, EffectivePlaces]:
    """Return the rows that count on a day: the mixed one, or one per age group; none as long as nothing is known."""
    latest = _row_in_force(supply.effective, day)
    if latest is None:
        return {}
    if latest.age_group is AgeGroup.MIXED:
        return {AgeGroup.MIXED: latest}
    found = {
        group: _row_in_force([row for row in supply.effective if row.age_group is group], day)
        for group in (AgeGroup.BABY, AgeGroup.TODDLER)
    }
    return {group: row for group, row in found.items() if row is not None}


def _row_in_force(rows: Iterable[EffectivePlaces], day: date) -> EffectivePlaces | None:
    """Return the running row that started last; when none runs, the one of the last day that had one."""
    started = [row for row in rows if row.period.start <= day]
    running = [row for row in started if row.period.contains(day)]

    def rank(row: EffectivePlaces) -> tuple[date, bool]:
        # Rows that start together differ in age group; pools apart say more than the mixed one.
        return row.period.start, row.age_group is not AgeGroup.MIXED

    if running:
        return max(running, key=rank)
    return max(started, key=lambda row: (row.period.end or day, *rank(row)), default=None)


def _slices(span: Period, effective: Places, rows: Sequence[Occupation]) -> Iterator[FreeSlice]:
    """Yield the slices of a span with constant effective places, following each start and end of an occupation."""
    changes: defaultdict[date, list[tuple[int, Occupation]]] = defaultdict(list)
    for row in rows:
        changes[max(row.period.start, span.start)].append((1, row))
        if row.period.end is not None:
            changes[row.period.end].append((-1, row))
    occupied, held = [0] * PART_COUNT, [0] * PART_COUNT
    for period in _cut(span, [row.period for row in rows]):
        for change, row in changes.get(period.start, ()):
            counts = held if row.kind is OccupationKind.HOLD else occupied
            for index in row.pattern.indexes:
                counts[index] += change
        yield FreeSlice(period=period, effective=effective, occupied=tuple(occupied), held=tuple(held))


def _cut(span: Period, periods: Iterable[Period]) -> list[Period]:
    """Cut a span at every start and end that falls inside it."""
    edges = {edge for period in periods for edge in (period.start, period.end) if edge and span.contains(edge)}
    starts = sorted(edges | {span.start})
    return [Period(start, end) for start, end in zip(starts, [*starts[1:], span.end], strict=True)]


def _joined(slices: Iterable[FreeSlice]) -> tuple[FreeSlice, ...]:
    """Join neighbouring slices with the same counts, so that equal facts give equal timelines."""
    joined: list[FreeSlice] = []
    for (effective, occupied, held), alike in groupby(slices, key=_counts):
        first, *more = alike
        if more:
            period = Period(first.period.start, more[-1].period.end)
            first = FreeSlice(period=period, effective=effective, occupied=occupied, held=held)
        joined.append(first)
    return tuple(joined)


def _counts(free_slice: FreeSlice) -> tuple[Places, Places, Places]:
    return free_slice.effective, free_slice.occupied, free_slice.held


def _sum_of_places(pools: Iterable[Places]) -> Places:
    return tuple(sum(places) for places in zip(*pools, strict=True))


def _shortfalls_of_part(index: int, timeline: Iterable[FreeSlice]) -> list[Shortfall]:
    found: list[Shortfall] = []
    for free_slice in timeline:
        free = free_slice.free_on(index)
        if free >= 1:
            continue
        if found and found[-1].period.end == free_slice.period.start:
            whole = Period(found[-1].period.start, free_slice.period.end)
            found[-1] = Shortfall(part=PART_CODES[index], period=whole, free=min(found[-1].free, free))
        else:
            found.append(Shortfall(part=PART_CODES[index], period=free_slice.period, free=free))
    return found
