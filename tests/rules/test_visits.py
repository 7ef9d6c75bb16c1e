"""Moments for a visit: in a row, in time, and across the change of the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from opvangloket.rules.visits import may_be_booked, may_be_published, moments_in_a_row, reminder_is_due, time_words

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_moments_follow_each_other() -> None:
    assert [time_words(one) for one in moments_in_a_row(NOW, minutes=30, count=3)] == [
        "10.30 uur",
        "11 uur",
        "11.30 uur",
    ]


@pytest.mark.parametrize(
    ("ahead", "allowed"),
    [(timedelta(0), False), (timedelta(minutes=1), True), (timedelta(days=365), True), (timedelta(days=366), False)],
)
def test_a_moment_lies_ahead_and_within_a_year(ahead: timedelta, allowed: bool) -> None:
    assert may_be_published(NOW + ahead, now=NOW) is allowed


def test_booking_ends_two_hours_before() -> None:
    assert may_be_booked(NOW + timedelta(hours=2), now=NOW)
    assert not may_be_booked(NOW + timedelta(minutes=119), now=NOW)


def test_the_reminder_is_of_the_day_before_in_brussels() -> None:
    late_in_the_evening = datetime(2026, 3, 3, 22, 59, tzinfo=UTC)  # still 3 March in Brussels
    assert reminder_is_due(late_in_the_evening, now=NOW)
    assert not reminder_is_due(late_in_the_evening + timedelta(minutes=1), now=NOW)
    assert not reminder_is_due(NOW, now=NOW)
