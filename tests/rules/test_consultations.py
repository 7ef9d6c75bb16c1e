"""When a consultation may be planned, when it asks for a reply, and the moment of each year."""

from datetime import UTC, date, datetime, timedelta

from opvangloket.rules.consultations import has_begun, may_be_planned, moment_is_missing, reminder_is_due

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_week_ahead_counted_in_days_of_brussels() -> None:
    assert may_be_planned(datetime(2026, 3, 9, 8, 0, tzinfo=UTC), now=NOW), "a week later, an hour earlier"
    assert not may_be_planned(datetime(2026, 3, 8, 22, 59, tzinfo=UTC), now=NOW)
    assert may_be_planned(datetime(2026, 3, 8, 23, 0, tzinfo=UTC), now=NOW), "in Brussels it is the ninth already"
    assert not may_be_planned(NOW + 367 * DAY, now=NOW)


def test_the_reminder_comes_in_the_week_before() -> None:
    starts = NOW + 20 * DAY
    due = [day for day in range(22) if reminder_is_due(starts, now=NOW + day * DAY)]
    assert due == list(range(13, 20))
    assert has_begun(starts, now=starts)
    assert not has_begun(starts, now=starts - timedelta(seconds=1))


def test_each_calendar_year_has_its_moment() -> None:
    assert moment_is_missing([], today=date(2026, 3, 2))
    assert moment_is_missing([date(2025, 12, 31)], today=date(2026, 3, 2))
    assert not moment_is_missing([date(2025, 12, 31), date(2026, 11, 3)], today=date(2026, 3, 2)), "planned is enough"
