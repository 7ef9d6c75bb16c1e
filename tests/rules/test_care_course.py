"""The course of a care: weeks that follow one another, the later change over the earlier one."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.care_course import NewDays, care_course, end_can_change, next_days, pattern_on
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period

START, END = date(2027, 1, 4), date(2028, 9, 1)
CARE = Period(START, END)
MONDAY, TUESDAY, WEEK = (WeekPattern.full_days(*days) for days in (("ma",), ("di",), ("ma", "di", "wo")))
DAYS = st.integers(-30, 700).map(lambda days: START + timedelta(days=days))
CHANGES = st.lists(st.builds(NewDays, DAYS, st.sampled_from([MONDAY, TUESDAY, WEEK])), max_size=6)


def test_without_a_change_the_week_stays() -> None:
    [stretch] = care_course(CARE, MONDAY)
    assert (stretch.period, stretch.pattern) == (CARE, MONDAY)
    assert next_days((stretch,), START) is None


def test_a_later_change_replaces_what_was_said_about_its_days() -> None:
    first, second = NewDays(date(2027, 6, 1), WEEK), NewDays(date(2027, 3, 1), TUESDAY)
    course = care_course(CARE, MONDAY, [first, second])
    assert [(one.period.start, one.pattern) for one in course] == [(START, MONDAY), (date(2027, 3, 1), TUESDAY)]
    other_order = care_course(CARE, MONDAY, [second, first])
    assert [one.pattern for one in other_order] == [MONDAY, TUESDAY, WEEK]
    ahead = next_days(other_order, date(2027, 3, 2))
    assert ahead is not None
    assert ahead.pattern == WEEK


def test_before_the_care_its_first_week_counts_and_after_it_the_last() -> None:
    course = care_course(CARE, MONDAY, [NewDays(date(2027, 6, 1), WEEK)])
    assert pattern_on(course, date(2026, 1, 1)) == MONDAY
    assert pattern_on(course, date(2030, 1, 1)) == WEEK


@given(changes=CHANGES, end=st.sampled_from([None, END]))
def test_the_stretches_join_up_and_each_day_follows_the_last_change_about_it(
    changes: list[NewDays], end: date | None
) -> None:
    course = care_course(Period(START, end), MONDAY, changes)
    assert (course[0].period.start, course[-1].period.end) == (START, end)
    assert all(one.period.end == following.period.start for one, following in pairwise(course))
    for day in (START + timedelta(days=days) for days in range(0, 600, 7)):
        said = [change.pattern for change in changes if change.from_on <= day]
        assert pattern_on(course, day) == (said[-1] if said else MONDAY)


@pytest.mark.parametrize(
    ("end_on", "told_on", "can"),
    [(11, 1, True), (10, 1, False), (10, 10, True), (2, 10, True), (2, 9, False)],
)
def test_an_end_can_change_until_it_came_and_on_the_day_it_was_told(end_on: int, told_on: int, can: bool) -> None:
    today = date(2027, 3, 10)
    days = {"end_on": date(2027, 3, end_on), "told_on": date(2027, 3, told_on)}
    assert end_can_change(**days, today=today) is can
