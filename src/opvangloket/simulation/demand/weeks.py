"""The weeks that families ask: which days, whole or half, what also fits, and exact hours when they matter."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import prod
from random import Random

from opvangloket.rules.patterns import WEEKDAYS
from opvangloket.simulation.chance import Weighted, happens

_DAYS = Weighted({1: 0.03, 2: 0.17, 3: 0.32, 4: 0.27, 5: 0.21})
# Wednesday and Friday are the days that parents work least.
_WANTED: tuple[float, ...] = (1.0, 1.05, 0.6, 1.05, 0.72)
_SETS_OF_DAYS = {
    count: Weighted({days: prod(_WANTED[day] for day in days) for days in combinations(range(5), count)})
    for count in _DAYS.values
}
_HALF_WEDNESDAY = 0.22
_HALF_DAYS_ONLY = 0.03
_ALSO_POSSIBLE = 0.28
_ANY_DAYS = 0.4
_WEEKEND_TOO = 0.012
_USUAL_HOURS = ("07:30-17:30", "08:00-17:00", "07:00-17:30", "08:00-18:00", "07:30-16:30")
_UNUSUAL_HOURS = ("06:00-15:00", "06:30-17:00", "07:00-19:00", "11:00-20:00", "06:00-18:30", "13:00-21:30")


@dataclass(frozen=True, slots=True)
class AskedWeek:
    """Day parts as masks, the number of parts that is enough, and exact hours in the exchange format."""

    parts: int
    also: int
    wanted: int | None
    hours: tuple[str, ...]


def ask_week(random: Random) -> AskedWeek:
    """Return a week as families ask it."""
    days = _SETS_OF_DAYS[_DAYS.draw(random)].draw(random)
    halves = 0b01 if happens(random, _HALF_DAYS_ONLY) else 0b11
    parts = 0
    for day in days:
        morning_only = day == 2 and len(days) > 2 and happens(random, _HALF_WEDNESDAY)
        parts |= (0b01 if morning_only else halves) << 2 * day
    if happens(random, _WEEKEND_TOO):
        parts |= 0b11 << 2 * 5
    also = _also(random, parts) if happens(random, _ALSO_POSSIBLE) else 0
    wanted = parts.bit_count() if also and happens(random, _ANY_DAYS) else None
    return AskedWeek(parts, also, wanted, _hours(random, parts))


def _also(random: Random, parts: int) -> int:
    others = [day for day in range(5) if not parts >> 2 * day & 0b11]
    return sum(0b11 << 2 * day for day in random.sample(others, min(len(others), random.choice((1, 1, 2)))))


def _hours(random: Random, parts: int) -> tuple[str, ...]:
    """Return exact hours for one family in eight; a third of those lie outside usual hours."""
    if not happens(random, 0.13):
        return ()
    unusual = happens(random, 0.34)
    hours = random.choice(_UNUSUAL_HOURS if unusual else _USUAL_HOURS)
    entries = [f"{WEEKDAYS[day]} {hours}" for day in range(7) if parts >> 2 * day & 0b11 == 0b11]
    if unusual and happens(random, 0.12):
        entries.append("nacht")
    return tuple(entries)
