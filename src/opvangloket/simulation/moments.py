"""Time inside the simulation: whole minutes of local Brussels time, and days as ordinals.

Small whole numbers sort and add fast; they become dates and aware moments only when a row is written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from opvangloket.rules.periods import BRUSSELS

MINUTES_PER_DAY: Final = 1440
NIGHTLY: Final = 5  # sweeps do their work in the first minutes of a day

_WEEKEND = 5
_CLOCKS_ARE_RIGHT_FROM = 3 * 60


def moment(minute: int) -> datetime:
    """Return a minute of the simulation as an aware moment in UTC."""
    day, of_day = divmod(minute, MINUTES_PER_DAY)
    # Clocks change at night, at two or three hours: a day has at most two distances to UTC.
    return _since_midnight(day, of_day >= _CLOCKS_ARE_RIGHT_FROM) + timedelta(minutes=of_day)


@lru_cache(maxsize=20_000)
def _since_midnight(day: int, later: bool) -> datetime:
    """Return the moment in UTC from which the minutes of a day are counted, before or after a change of clocks."""
    then = datetime.combine(date.fromordinal(day), time(23 if later else 0), BRUSSELS)
    return then.astimezone(UTC) - timedelta(hours=23 if later else 0)


@lru_cache(maxsize=20_000)
def as_date(day: int) -> date:
    """Return a day of the simulation as a date."""
    return date.fromordinal(day)


def day_of(minute: int) -> int:
    """Return the day of a minute."""
    return minute // MINUTES_PER_DAY


def at(day: int, of_day: int) -> int:
    """Return a minute of a day."""
    return day * MINUTES_PER_DAY + of_day


def at_home(random: Random, day: int) -> int:
    """Return a moment on which families sit down for this: in the evening, or during a break."""
    return at(day, random.choices((570, 740, 1200), weights=(2, 3, 5))[0] + random.randrange(150))


def at_work(random: Random, day: int) -> int:
    """Return a moment in working hours, on this day or the Monday after it."""
    while date.fromordinal(day).weekday() >= _WEEKEND:
        day += 1
    return at(day, random.randrange(510, 990))
