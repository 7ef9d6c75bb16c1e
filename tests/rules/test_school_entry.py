"""A place without an agreed end lasts until the child goes to school, never shorter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.periods import Period, add_months
from opvangloket.rules.school_entry import (
    SURELY_TOO_YOUNG,
    care_period,
    is_long_at_school,
    latest_school_entry,
    long_at_school_when_born_by,
    may_be_at_school,
)


@pytest.mark.parametrize(
    ("born_on", "entry_on"),
    [
        (date(2024, 3, 1), date(2026, 9, 1)),  # two and a half on the entry day itself
        (date(2023, 12, 10), date(2026, 9, 1)),  # in June: the whole summer still in care
        (date(2024, 3, 2), date(2026, 11, 9)),
        (date(2024, 5, 10), date(2027, 1, 10)),
        (date(2023, 8, 31), date(2026, 3, 15)),  # 30 months later is the last day of February
    ],
)
def test_a_child_goes_to_school_at_the_next_entry_day(born_on: date, entry_on: date) -> None:
    assert latest_school_entry(born_on) == entry_on


@given(born_on=st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_entry_comes_after_thirty_months_and_before_the_next_school_term_ends(born_on: date) -> None:
    old_enough = add_months(born_on, 30)
    assert old_enough <= latest_school_entry(born_on) <= old_enough + timedelta(days=90)


def test_an_agreed_end_counts_first() -> None:
    start_on, end_on = date(2026, 9, 1), date(2027, 7, 1)
    assert care_period(start_on, end_on, born_on=date(2026, 3, 1)) == Period(start_on, end_on)
    assert care_period(start_on, None, born_on=date(2026, 3, 1)) == Period(start_on, date(2028, 9, 1))


def test_a_child_old_enough_for_school_stays_without_an_end() -> None:
    assert care_period(date(2026, 9, 1), None, born_on=date(2023, 9, 1)) == Period(date(2026, 9, 1))


def test_a_year_after_it_could_go_to_school_a_child_is_gone_for_certain() -> None:
    care = care_period(date(2024, 1, 8), None, born_on=date(2023, 9, 1))  # to school on 15 March 2026
    assert not is_long_at_school(care, date(2027, 3, 14))
    assert is_long_at_school(care, date(2027, 3, 15))
    came_later = care_period(date(2026, 9, 1), None, born_on=date(2023, 9, 1))
    assert not is_long_at_school(came_later, date(2030, 1, 1))


@given(day=st.dates(date(2024, 1, 1), date(2032, 12, 31)), age=st.integers(0, 2000))
def test_who_may_be_at_school_is_who_entered_by_then(day: date, age: int) -> None:
    born = day - timedelta(days=age)
    assert may_be_at_school(born, born, day) == (latest_school_entry(born) <= day)
    assert not may_be_at_school(born, born + SURELY_TOO_YOUNG, day)


@given(day=st.dates(date(2024, 1, 1), date(2032, 12, 31)), earlier=st.integers(0, 2000))
def test_whoever_was_born_by_a_day_is_long_at_school_and_who_came_after_it_is_not(day: date, earlier: int) -> None:
    born_by = long_at_school_when_born_by(day)
    as_babies = [born_by - timedelta(days=earlier), born_by + timedelta(days=1)]
    gone, later = (is_long_at_school(care_period(born, None, born_on=born), day) for born in as_babies)
    assert gone
    assert not later
