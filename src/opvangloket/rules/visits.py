"""Visits to get to know each other: which moments a location may publish, until when they are booked, when we remind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from opvangloket.rules.periods import BRUSSELS, MONTHS_PER_YEAR, ONE_DAY, add_months, brussels_date
from opvangloket.rules.wording import dutch_time

SHORTEST_MINUTES: Final = 10
LONGEST_MINUTES: Final = 180
MOST_IN_A_ROW: Final = 12
_BOOK_BEFORE: Final = timedelta(hours=2)


def moments_in_a_row(first: datetime, *, minutes: int, count: int) -> tuple[datetime, ...]:
    """Return so many moments that follow each other without a gap."""
    return tuple(first + timedelta(minutes=minutes * number) for number in range(count))


def may_be_published(starts_at: datetime, *, now: datetime) -> bool:
    """Tell whether a moment lies ahead, and no more than a year."""
    return now < starts_at and brussels_date(starts_at) <= add_months(brussels_date(now), MONTHS_PER_YEAR)


def may_be_booked(starts_at: datetime, *, now: datetime) -> bool:
    """Tell whether there is still time to book: until two hours before, so the location can see it."""
    return now <= starts_at - _BOOK_BEFORE


def reminder_is_due(starts_at: datetime, *, now: datetime) -> bool:
    """Tell whether today is the day before; a reminder that comes later is no use."""
    return brussels_date(now) + ONE_DAY == brussels_date(starts_at)


def time_words(starts_at: datetime) -> str:
    """Write the time of a moment on a Brussels clock: "10 uur"."""
    local = starts_at.astimezone(BRUSSELS)
    return dutch_time(local.hour * 60 + local.minute)
