"""Asked times against offered hours: per day part, and whole days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.asked_times import Times, days_at, hours_beside, parts_at
from opvangloket.rules.patterns import PART_COUNT, CareHours, WeekPattern

MONDAY, TUESDAY = WeekPattern.full_days("ma"), WeekPattern.full_days("di")
NINE_TO_THREE = CareHours.parse("ma 09:00-15:00")
EIGHT, NOON, FIVE = 8 * 60, 12 * 60 + 30, 17 * 60
times = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1])
patterns = st.integers(0, (1 << PART_COUNT) - 1).map(WeekPattern)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (Times(9 * 60, 15 * 60), MONDAY),
        (Times(10 * 60, 14 * 60), MONDAY),
        (Times(EIGHT, 15 * 60), WeekPattern.of("ma_nm")),
        (Times(9 * 60, FIVE), WeekPattern.of("ma_vm")),
        (Times(EIGHT, FIVE), WeekPattern()),
        (Times(EIGHT, 12 * 60), WeekPattern.of("ma_nm")),
    ],
)
def test_a_part_counts_when_what_is_asked_of_it_lies_within_the_hours(asked: Times, kept: WeekPattern) -> None:
    assert parts_at(MONDAY, NINE_TO_THREE, asked) == kept


def test_a_day_without_hours_goes_by_its_parts() -> None:
    assert parts_at(MONDAY | TUESDAY, NINE_TO_THREE, Times(EIGHT, FIVE)) == TUESDAY


def test_two_stretches_on_one_day_do_not_cover_the_time_between_them() -> None:
    closed_at_noon = CareHours.parse("ma 07:00-12:00|ma 13:00-18:00")
    assert parts_at(MONDAY, closed_at_noon, Times(EIGHT, FIVE)) == WeekPattern()
    assert parts_at(MONDAY, closed_at_noon, Times(EIGHT, 12 * 60)) == MONDAY


def test_care_that_passes_midnight_covers_the_evening() -> None:
    evening = CareHours.parse("ma 13:00-06:00")
    assert parts_at(WeekPattern.of("ma_nm"), evening, Times(18 * 60, 23 * 60)) == WeekPattern.of("ma_nm")


def test_a_whole_day_needs_both_parts_and_a_morning_only_one() -> None:
    week = MONDAY | WeekPattern.of("di_vm", "wo_nm")
    assert days_at(week, Times(EIGHT, FIVE)) == ("ma",)
    assert days_at(week, Times(EIGHT, NOON)) == ("ma", "di")
    assert days_at(week, Times(NOON, FIVE)) == ("ma", "wo")


@pytest.mark.parametrize(
    ("pattern", "hours", "beside"),
    [
        (MONDAY, "ma 09:00-15:00", WeekPattern()),
        (MONDAY | TUESDAY, "ma 09:00-15:00", WeekPattern()),
        (MONDAY, "", WeekPattern()),
        (WeekPattern.of("ma_vm"), "ma 09:00-15:00", WeekPattern.of("ma_nm")),
        (MONDAY, "ma 07:00-12:00", WeekPattern.of("ma_nm")),
        (MONDAY, "ma 09:00-15:00|wo 09:00-12:00", WeekPattern.of("wo_vm")),
    ],
)
def test_hours_and_parts_say_the_same(pattern: WeekPattern, hours: str, beside: WeekPattern) -> None:
    assert hours_beside(pattern, CareHours.parse(hours)) == beside


@given(pattern=patterns, asked=times)
def test_without_hours_every_part_stays(pattern: WeekPattern, asked: tuple[int, int]) -> None:
    assert parts_at(pattern, CareHours(), Times(*asked)) == pattern


@given(pattern=patterns, asked=times, late=st.integers(0, 300), early=st.integers(0, 300))
def test_asking_less_never_loses_a_part(pattern: WeekPattern, asked: tuple[int, int], late: int, early: int) -> None:
    start, end = asked
    shorter = Times(min(start + late, end - 1), end)
    shorter = Times(shorter.start, max(end - early, shorter.start + 1))
    hours = CareHours.parse("ma 09:00-15:00|wo 07:00-19:00|vr 12:00-20:00")
    assert parts_at(pattern, hours, Times(start, end)).issubset(parts_at(pattern, hours, shorter))


@pytest.mark.parametrize(("start", "end"), [(600, 600), (900, 600), (-1, 60), (0, 1441)])
def test_a_time_that_is_no_time_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no time within one day"):
        Times(start, end)
