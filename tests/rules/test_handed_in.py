"""The quarter of a list, and the children that stand in it twice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.handed_in import doubles_within, quarter_of, quarter_to_remind_of, quarter_words
from opvangloket.rules.identity import Identity
from opvangloket.rules.periods import Period

LOU = Identity(
    child_first_name="Lou",
    child_last_name="Maes",
    birth_on=date(2026, 1, 3),
    applicant_first_name="Ann",
    applicant_last_name="Maes",
    phone="0499 11 22 33",
)
BO = replace(LOU, child_first_name="Bo", birth_on=date(2024, 5, 9))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_one_quarter_of_three_months(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.contains(day)
    assert quarter.start.day == 1
    assert quarter.start.month in {1, 4, 7, 10}
    assert quarter.end is not None
    assert quarter_of(quarter.end).start == quarter.end


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 3, 31), "kwartaal 1 van 2026"), (date(2026, 12, 1), "kwartaal 4 van 2026")]
)
def test_a_quarter_has_a_name(day: date, words: str) -> None:
    assert quarter_words(quarter_of(day)) == words


def test_a_quarter_is_a_period() -> None:
    assert quarter_of(date(2026, 3, 2)) == Period(date(2026, 1, 1), date(2026, 4, 1))


def test_a_child_that_stands_there_twice_is_found_with_the_reason() -> None:
    [(place, (first, likeness))] = doubles_within([BO, LOU, replace(LOU, child_first_name="Loe")]).items()
    assert (place, first) == (2, 1)
    assert "zelfde telefoonnummer" in likeness.reasons


def test_brothers_and_sisters_are_no_doubles() -> None:
    assert doubles_within([LOU, BO]) == {}


@pytest.mark.parametrize(
    ("today", "is_soon"),
    [
        (date(2026, 3, 17), False),
        (date(2026, 3, 18), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
        (date(2026, 12, 31), True),
    ],
)
def test_a_list_is_reminded_of_in_the_last_two_weeks_of_its_quarter(today: date, is_soon: bool) -> None:
    assert quarter_to_remind_of(today) == (quarter_of(today) if is_soon else None)
