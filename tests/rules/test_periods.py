"""Days, months and periods against an independent walk over the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from opvangloket.rules.periods import (
    Period,
    add_months,
    brussels_date,
    brussels_midnight,
    end_of_brussels_day,
    months_between,
)

DAYS = st.dates(date(2000, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))
HORIZON_START = date(2026, 2, 20)
NEAR_DAYS = st.integers(0, 25).map(lambda days: HORIZON_START + timedelta(days=days))


@st.composite
def near_periods(draw: st.DrawFn) -> Period:
    start = draw(NEAR_DAYS)
    length = draw(st.none() | st.integers(1, 20))
    return Period(start, None if length is None else start + timedelta(days=length))


def clock_change(year: int, month: int) -> datetime:
    """The European clock changes at 1.00 UTC on the last Sunday of March and of October."""
    last_day = date(year, month, 31)
    return datetime(year, month, 31 - (last_day.weekday() + 1) % 7, 1, tzinfo=UTC)


def brussels_offset(moment: datetime) -> timedelta:
    in_summer = clock_change(moment.year, 3) <= moment < clock_change(moment.year, 10)
    return timedelta(hours=2 if in_summer else 1)


def last_day_of(year: int, month: int) -> int:
    day = date(year, month, 28)
    while (day + timedelta(days=1)).month == month:
        day += timedelta(days=1)
    return day.day


@given(MOMENTS)
@example(datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC))
@example(datetime(2025, 12, 31, 23, 0, tzinfo=UTC))
def test_the_brussels_date_is_the_utc_date_after_the_offset(moment: datetime) -> None:
    assert brussels_date(moment) == (moment + brussels_offset(moment)).date()


@given(DAYS)
@example(date(2026, 3, 29))
@example(date(2026, 10, 25))
@example(date(2024, 2, 29))
def test_a_brussels_day_holds_exactly_its_own_moments(day: date) -> None:
    start, end = brussels_midnight(day), end_of_brussels_day(day)
    assert start.tzinfo is UTC
    assert brussels_date(start) == day
    assert brussels_date(start - timedelta(microseconds=1)) == day - timedelta(days=1)
    assert brussels_date(end - timedelta(microseconds=1)) == day
    assert end == brussels_midnight(day + timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 21), 24), (date(2024, 2, 29), 24)],
)
def test_the_days_of_the_clock_change_are_shorter_and_longer(day: date, hours: int) -> None:
    assert end_of_brussels_day(day) - brussels_midnight(day) == timedelta(hours=hours)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        brussels_date(datetime(2026, 1, 1, 12))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 8, 31), 0, date(2026, 8, 31)),
    ],
)
def test_adding_months_stays_in_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(DAYS, st.integers(-60, 60))
def test_adding_months_walks_month_by_month(day: date, months: int) -> None:
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
    assert add_months(day, months) == date(year, month, min(day.day, last_day_of(year, month)))


@given(DAYS, st.integers(-1500, 1500))
@example(date(2026, 1, 31), 28)
def test_months_between_is_the_last_month_that_fits(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    months = months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


@given(near_periods())
def test_a_period_contains_its_start_and_not_its_end(period: Period) -> None:
    assert period.contains(period.start)
    assert not period.contains(period.start - timedelta(days=1))
    if period.end is None:
        assert period.days is None
        assert period.last_day is None
        assert period.contains(date(2100, 1, 1))
    else:
        assert not period.contains(period.end)
        assert period.last_day is not None
        assert period.contains(period.last_day)
        assert period.days == sum(period.contains(period.start + timedelta(days=n)) for n in range(60))


@given(near_periods(), near_periods())
def test_shared_days_are_those_that_both_contain(first: Period, second: Period) -> None:
    horizon = [HORIZON_START + timedelta(days=n) for n in range(60)]
    shared_days = [day for day in horizon if first.contains(day) and second.contains(day)]
    shared = first.intersection(second)
    assert first.overlaps(second) == second.overlaps(first) == bool(shared_days)
    assert [day for day in horizon if shared and shared.contains(day)] == shared_days
    assert first.covers(second) == all(first.contains(day) for day in horizon if second.contains(day))


def test_an_open_period_covers_only_what_starts_in_it() -> None:
    open_period = Period(date(2026, 9, 1))
    assert open_period.covers(Period(date(2026, 9, 1)))
    assert not open_period.covers(Period(date(2026, 8, 31)))
    assert not Period(date(2026, 9, 1), date(2099, 1, 1)).covers(open_period)


@pytest.mark.parametrize("end", [date(2026, 9, 1), date(2026, 8, 31)])
def test_a_period_without_days_is_refused(end: date) -> None:
    with pytest.raises(ValueError, match="must end after its start"):
        Period(date(2026, 9, 1), end)
