"""What-if before the act equals the months after it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.rules.test_capacity import BIRTHS, FIRST_DAY, OCCUPATION_LISTS, PATTERNS, SUPPLIES, periods

from opvangloket.rules.capacity import EffectivePlaces, Occupation, Supply, fits
from opvangloket.rules.occupancy import months_of_occupancy
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import Period, month_of, week_of, weeks_during
from opvangloket.rules.place_hours import PlaceHours
from opvangloket.rules.what_if import WhatIf, occupations_of_child, what_if

MONTHS = 2


@given(SUPPLIES, OCCUPATION_LISTS, PATTERNS, periods(), BIRTHS)
def test_it_tells_the_months_after_the_act_and_whether_the_act_is_possible(
    supply: Supply, occupations: list[Occupation], pattern: WeekPattern, period: Period, born_on: date
) -> None:
    told = what_if(pattern, period, supply, occupations, born_on=born_on, from_on=FIRST_DAY, months=MONTHS)
    months = supply.toddler_from_months
    taken = [*occupations, *occupations_of_child(pattern, period, born_on=born_on, toddler_from_months=months)]
    assert told.before == months_of_occupancy(supply, occupations, from_on=FIRST_DAY, months=MONTHS)
    assert told.after == months_of_occupancy(supply, taken, from_on=FIRST_DAY, months=MONTHS)
    assert told.fits == fits(pattern, period, supply, occupations, born_on=born_on)
    assert told.overflowing.issubset(pattern)
    assert (told.overflows_from is None) == told.fits


def test_a_free_day_at_other_hours_does_not_fit() -> None:
    week = WeekPattern.full_days("ma")
    supply = Supply(effective=(EffectivePlaces(places=(1,) * 14, period=Period(FIRST_DAY)),))
    open_at = PlaceHours(CareHours.parse("ma 07:00-18:00"))

    def told(hours: str) -> WhatIf:
        asked = CareHours.parse(hours)
        return what_if(
            week, Period(FIRST_DAY), supply, (), born_on=date(2025, 10, 1), from_on=FIRST_DAY, months=1,
            place_hours=open_at, hours=asked,
        )  # fmt: skip

    assert told("ma 07:00-18:00").fits
    late = told("ma 08:00-18:30")
    assert (late.fits, late.shortfalls, [day.weekday for day in late.apart]) == (False, (), ["ma"])


def test_nobody_starts_at_a_location_that_is_closed_by_then() -> None:
    supply = Supply(
        effective=(EffectivePlaces(places=(1,) * 14, period=Period(FIRST_DAY)),), closes_on=date(2026, 9, 1)
    )

    def told(start: date) -> tuple[bool, date | None]:
        week = WeekPattern.full_days("ma")
        found = what_if(week, Period(start), supply, (), born_on=date(2025, 10, 1), from_on=FIRST_DAY, months=12)
        return found.fits, found.closed_from

    assert told(date(2026, 8, 31)) == (True, None)
    assert told(date(2026, 9, 1)) == (False, date(2026, 9, 1))


def test_a_full_tuesday_overflows_from_the_first_day_that_it_is_full() -> None:
    week = WeekPattern.full_days("ma", "di")
    supply = Supply(effective=(EffectivePlaces(places=(1,) * 10 + (0,) * 4, period=Period(FIRST_DAY)),))
    tuesday = WeekPattern.full_days("di")
    june = date(2026, 6, 1)
    present = occupations_of_child(tuesday, Period(june), born_on=date(2025, 11, 1), toddler_from_months=18)
    told = what_if(week, Period(FIRST_DAY), supply, present, born_on=date(2025, 10, 1), from_on=FIRST_DAY, months=12)
    assert (told.fits, told.overflowing, told.overflows_from) == (False, tuesday, june)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 60))
def test_weeks_and_months_cover_their_days(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    weeks = weeks_during(start, end)
    assert all(week.start.weekday() == 0 and week.days == 7 for week in weeks)
    assert [week for week in weeks if not week.overlaps(Period(start, end))] == []
    days = [start + timedelta(days=offset) for offset in range(length)]
    assert all(sum(week.contains(day) for week in weeks) == 1 for day in days)
    assert month_of(start).contains(start)
    assert (month_of(start).start.day, week_of(start).contains(start)) == (1, True)
