"""Computed free places: on top of each other they are the free places of every single day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.rules.test_capacity import (
    FIRST_DAY,
    HORIZON,
    HORIZON_DAYS,
    OCCUPATION_LISTS,
    SUPPLIES,
    counted_free,
    counted_places,
    day_at,
)

from opvangloket.rules.capacity import AgeGroup, EffectivePlaces, Occupation, OccupationKind, Supply
from opvangloket.rules.free_stretches import FreeStretch, free_stretches
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.periods import Period

MONDAY, TUESDAY = WeekPattern.full_days("ma"), WeekPattern.full_days("di")


@given(SUPPLIES, OCCUPATION_LISTS, st.booleans())
def test_put_together_they_are_the_free_places_of_each_day(
    supply: Supply, occupations: list[Occupation], open_end: bool
) -> None:
    found = free_stretches(supply, occupations, Period(FIRST_DAY) if open_end else HORIZON)
    for day in map(day_at, range(HORIZON_DAYS)):
        for age_group in counted_places(supply, day):
            for index, code in enumerate(PART_CODES):
                effective, occupied, held = counted_free(supply, occupations, day, age_group, index)
                running = [row for row in found if row.age_group is age_group and row.period.contains(day)]
                told = sum(row.places for row in running if code in row.pattern)
                assert told == max(0, effective - occupied - held)


@given(SUPPLIES, OCCUPATION_LISTS)
def test_no_stretch_could_be_longer(supply: Supply, occupations: list[Occupation]) -> None:
    found = free_stretches(supply, occupations, HORIZON)
    for stretch in found:
        assert stretch.pattern
        assert HORIZON.covers(stretch.period)
        for edge in (stretch.period.start - timedelta(days=1), stretch.period.end):
            if edge is None or not HORIZON.contains(edge):
                continue
            inside = stretch.period.start if edge < stretch.period.start else edge - timedelta(days=1)
            for index in stretch.pattern.indexes:
                at_edge, within = (_free(supply, occupations, day, stretch.age_group, index) for day in (edge, inside))
                assert at_edge < within


def _free(supply: Supply, occupations: list[Occupation], day: date, age_group: AgeGroup, index: int) -> int:
    if age_group not in counted_places(supply, day):
        return 0
    effective, occupied, held = counted_free(supply, occupations, day, age_group, index)
    return max(0, effective - occupied - held)


def test_a_child_that_leaves_leaves_its_week() -> None:
    supply = Supply(effective=(EffectivePlaces(places=(1,) * 4 + (0,) * 10, period=Period(FIRST_DAY)),))
    june, september = date(2026, 6, 1), date(2026, 9, 1)
    rows = [
        Occupation(pattern=MONDAY | TUESDAY, period=Period(FIRST_DAY, june), kind=OccupationKind.PLACEMENT),
        Occupation(pattern=MONDAY, period=Period(september), kind=OccupationKind.HOLD),
    ]
    mixed = AgeGroup.MIXED
    assert free_stretches(supply, rows, Period(FIRST_DAY)) == (
        FreeStretch(pattern=MONDAY, period=Period(june, september), places=1, age_group=mixed),
        FreeStretch(pattern=TUESDAY, period=Period(june), places=1, age_group=mixed),
    )
    assert [row.pattern for row in free_stretches(supply, rows, Period(FIRST_DAY), at_least_days=93)] == [TUESDAY]
