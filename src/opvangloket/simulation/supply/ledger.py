"""The places of one location in half months, to know in a blink whether a child fits.

A place is counted as taken in every half month that its period touches, so what fits here also fits by the exact
days of `rules.capacity`. Days are ordinals (`date.toordinal`) throughout the simulation: a town makes millions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from opvangloket.domains.providers.models import AgeGroup
from opvangloket.rules.capacity import TODDLER_FROM_MONTHS
from opvangloket.rules.patterns import PART_COUNT, WeekPattern
from opvangloket.rules.periods import add_months
from opvangloket.rules.school_entry import latest_school_entry
from opvangloket.simulation.supply.locations import PlannedLocation

_ONE_LESS = bytes([255, *range(255)])
_ONE_MORE = bytes([*range(1, 256), 0])
_WORKING_WEEK = WeekPattern.full_days("ma", "di", "wo", "do", "vr")
_MIDDLE_OF_MONTH = 15

Stay = tuple[tuple[AgeGroup, int, int], ...]


class Bins:
    """Which half month a day falls in, between two years."""

    __slots__ = ("_bin_of_day", "_first_day", "count")

    def __init__(self, first_year: int, last_year: int) -> None:
        self._first_day = date(first_year, 1, 1).toordinal()
        days = range(self._first_day, date(last_year + 1, 1, 1).toordinal())
        self._bin_of_day = [
            (day.year - first_year) * 24 + (day.month - 1) * 2 + (day.day > _MIDDLE_OF_MONTH)
            for day in map(date.fromordinal, days)
        ]
        self.count = (last_year - first_year + 1) * 24

    def of(self, day: int) -> int:
        """Return the half month of a day; days outside the years fall in the first or last."""
        index = min(max(day - self._first_day, 0), len(self._bin_of_day) - 1)
        return self._bin_of_day[index]


@lru_cache(maxsize=20_000)
def toddler_from(born: int) -> int:
    """Return the day on which a child born on this day counts as a toddler."""
    return add_months(date.fromordinal(born), TODDLER_FROM_MONTHS).toordinal()


@lru_cache(maxsize=20_000)
def school_from(born: int) -> int:
    """Return the day on which a child born on this day has certainly been able to start school."""
    return latest_school_entry(date.fromordinal(born)).toordinal()


def stay(start: int, end: int, *, born: int) -> Stay:
    """Return the period of a child as baby and as toddler, [start, end) each."""
    border = toddler_from(born)
    if border <= start:
        return ((AgeGroup.TODDLER, start, end),)
    if border >= end:
        return ((AgeGroup.BABY, start, end),)
    return ((AgeGroup.BABY, start, border), (AgeGroup.TODDLER, border, end))


class Ledger:
    """The free places of one location per pool, day part and half month."""

    __slots__ = ("_bins", "_pools", "opening")

    def __init__(self, planned: PlannedLocation, bins: Bins) -> None:
        self._bins = bins
        self.opening = (planned.opening or _WORKING_WEEK).mask
        self._pools: dict[AgeGroup, list[bytearray]] = {}
        rows = planned.effective
        if rows:
            for row in rows:
                pool = self._pools.setdefault(
                    AgeGroup(row.age_group), [bytearray(bins.count) for _ in range(PART_COUNT)]
                )
                self._fill(pool, row.places, row.start_on, row.end_on)
        else:
            licensed = planned.row.licensed_places
            pool = self._pools[AgeGroup.MIXED] = [bytearray(bins.count) for _ in range(PART_COUNT)]
            places = [licensed if self.opening >> index & 1 else 0 for index in range(PART_COUNT)]
            self._fill(pool, places, planned.row.opened_on, None)
        if planned.row.closed_on:
            closes = bins.of(planned.row.closed_on.toordinal())
            for part in (part for pool in self._pools.values() for part in pool):
                part[closes:] = bytes(bins.count - closes)

    def free(self, parts: Iterable[int], when: Stay) -> int:
        """Return for how many more children these day parts are free over the whole stay."""
        least = 255
        for pool, first, last in self._spans(when):
            for part in parts:
                lowest = min(pool[part][first:last])
                if not lowest:
                    return 0
                least = min(least, lowest)
        return least

    def free_parts(self, parts: Iterable[int], when: Stay) -> tuple[int, ...]:
        """Return which of these day parts are free over the whole stay."""
        return tuple(part for part in parts if self.free((part,), when))

    def take(self, parts: Iterable[int], when: Stay) -> None:
        """Take one place on these day parts for the whole stay; it has to be free."""
        self._change(parts, when, _ONE_LESS)

    def give_back(self, parts: Iterable[int], when: Stay) -> None:
        """Give back what was taken."""
        self._change(parts, when, _ONE_MORE)

    def _change(self, parts: Iterable[int], when: Stay, table: bytes) -> None:
        for pool, first, last in self._spans(when):
            for part in parts:
                pool[part][first:last] = pool[part][first:last].translate(table)

    def _spans(self, when: Stay) -> list[tuple[list[bytearray], int, int]]:
        """Return the half months of a stay with the pool that each needs; one pool counts the child once."""
        bin_of = self._bins.of
        if mixed := self._pools.get(AgeGroup.MIXED):
            return [(mixed, bin_of(when[0][1]), bin_of(when[-1][2] - 1) + 1)]
        return [(self._pools[age_group], bin_of(start), bin_of(end - 1) + 1) for age_group, start, end in when]

    def _fill(self, pool: list[bytearray], places: list[int], start_on: date | None, end_on: date | None) -> None:
        # Outward here too: a half month counts with the least that it has.
        first = self._bins.of(start_on.toordinal() - 1) + 1 if start_on else 0
        last = self._bins.of(end_on.toordinal() - 1) + 1 if end_on else self._bins.count
        for part, count in zip(pool, places, strict=True):
            part[first:last] = bytes([count]) * (last - first)
