"""Days, months and periods as the desk counts them: whole Brussels days, half-open `[start, end)`.

Moments are stored in UTC and every term ends at the end of a Brussels day (SPEC §5), so a day of 23 or 25 hours is
still one day. Functions that take a moment refuse one without a time zone.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

BRUSSELS: Final = ZoneInfo("Europe/Brussels")
ONE_DAY: Final = timedelta(days=1)
MONTHS_PER_YEAR: Final = 12


def brussels_date(moment: datetime) -> date:
    """Return the day on which an aware moment falls in Brussels. ValueError for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(BRUSSELS).date()


def brussels_midnight(day: date) -> datetime:
    """Return the moment, in UTC, at which this Brussels day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=BRUSSELS).astimezone(UTC)


def end_of_brussels_day(day: date) -> datetime:
    """Return the first moment, in UTC, that no longer belongs to this Brussels day."""
    return brussels_midnight(day + ONE_DAY)


def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the last day of that month when it is shorter.

    31 January + 1 month is the last day of February (EXCHANGE, outcome rule 2). Negative numbers go back.
    """
    year, month = divmod(day.year * MONTHS_PER_YEAR + day.month - 1 + months, MONTHS_PER_YEAR)
    last_day_of_month = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last_day_of_month))


def months_between(start: date, end: date) -> int:
    """Count the whole months from `start` to `end`: the largest n with `add_months(start, n) <= end`.

    The age in months of a child on a day; below zero when `end` lies before `start`.
    """
    months = (end.year - start.year) * MONTHS_PER_YEAR + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


@dataclass(frozen=True, slots=True)
class Period:
    """A run of at least one day: the start counts, the end no longer; an end of None stays open."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse a period without days."""
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"a period must end after its start: {self.start} to {self.end}")

    @property
    def days(self) -> int | None:
        """The number of days, or None when the end is open."""
        return None if self.end is None else (self.end - self.start).days

    @property
    def last_day(self) -> date | None:
        """The last day that still counts, as people write it ("tot en met"), or None when the end is open."""
        return None if self.end is None else self.end - ONE_DAY

    def contains(self, day: date) -> bool:
        """Tell whether this day lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def covers(self, other: Period) -> bool:
        """Tell whether every day of the other period lies in this one."""
        return self.intersection(other) == other

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two periods share at least one day."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def intersection(self, other: Period) -> Period | None:
        """Return the days that both periods share, or None when they share no day."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)


def month_of(day: date) -> Period:
    """Return the calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, add_months(first, 1))


def week_of(day: date) -> Period:
    """Return the week of a day, from its Monday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=7))


def weeks_during(start: date, end: date) -> tuple[Period, ...]:
    """Return the whole weeks that share a day with [start, end), the earliest first."""
    weeks = [week_of(start)]
    while (monday := weeks[-1].start + timedelta(days=7)) < end:
        weeks.append(week_of(monday))
    return tuple(weeks)
