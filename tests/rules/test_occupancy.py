"""How full each month is, against the free places of every single day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.capacity import EffectivePlaces, Occupation, OccupationKind, Supply, free_timeline
from opvangloket.rules.occupancy import MonthOccupancy, PartOccupancy, months_of_occupancy
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.periods import Period

TODAY = date(2026, 3, 10)
MONDAY = WeekPattern.full_days("ma")
WEEK = (4,) * 10 + (0,) * 4


def occupation(start: date, end: date | None, kind: OccupationKind = OccupationKind.PLACEMENT) -> Occupation:
    return Occupation(pattern=MONDAY, period=Period(start, end), kind=kind)


def part(month: MonthOccupancy, code: str) -> PartOccupancy:
    return next(found for found in month.parts if found.part == code)


def test_a_month_is_as_full_as_its_fullest_day() -> None:
    supply = Supply(effective=(EffectivePlaces(places=WEEK, period=Period(date(2025, 1, 1))),))
    rows = [
        occupation(date(2026, 4, 28), None),
        occupation(date(2026, 4, 10), date(2026, 4, 20)),
        occupation(date(2026, 4, 12), date(2026, 4, 13), OccupationKind.HOLD),
    ]
    march, april, may = months_of_occupancy(supply, rows, from_on=TODAY, months=3)
    assert (march.period, april.period) == (
        Period(TODAY, date(2026, 4, 1)),
        Period(date(2026, 4, 1), date(2026, 5, 1)),
    )
    assert part(march, "ma_vm") == PartOccupancy("ma_vm", 4, 0, 0)
    assert part(april, "ma_vm") == PartOccupancy("ma_vm", 4, 1, 1)
    assert part(may, "ma_vm") == PartOccupancy("ma_vm", 4, 1, 0)
    assert march.free == WeekPattern.full_days("ma", "di", "wo", "do", "vr")


def test_what_was_taken_before_today_does_not_count() -> None:
    supply = Supply(licensed_places=2)
    [march] = months_of_occupancy(supply, [occupation(date(2026, 3, 1), TODAY)], from_on=TODAY, months=1)
    assert part(march, "ma_vm").free == 2


@pytest.mark.parametrize(
    ("places", "taken", "fullness"),
    [
        (4, 0, 0),
        (4, 2, 1),
        (4, 3, 2),
        (4, 4, 4),
        (4, 5, 4),
        (8, 4, 1),
        (8, 5, 2),
        (8, 7, 3),
        (18, 1, 1),
        (18, 16, 3),
        (36, 31, 2),
        (36, 32, 3),
        (1, 0, 0),
        (0, 0, 4),
    ],
)
def test_fullness_has_five_steps(places: int, taken: int, fullness: int) -> None:
    assert PartOccupancy("ma_vm", places, taken, 0).fullness == fullness


@given(
    st.lists(
        st.builds(
            occupation,
            st.integers(-40, 120).map(lambda day: TODAY + timedelta(days=day)),
            st.none() | st.integers(121, 200).map(lambda day: TODAY + timedelta(days=day)),
            st.sampled_from(OccupationKind),
        ),
        max_size=6,
    ),
    st.integers(1, 5),
)
def test_no_day_of_a_month_is_fuller_than_the_picture(rows: list[Occupation], months: int) -> None:
    supply = Supply(licensed_places=3)
    found = months_of_occupancy(supply, rows, from_on=TODAY, months=months)
    assert len(found) == months
    for month in found:
        timeline = free_timeline(supply, rows, month.period)
        lowest = tuple(min(places) for places in zip(*(day.places for day in timeline), strict=True))
        assert tuple(shown.free for shown in month.parts) == lowest
        assert [shown.part for shown in month.parts] == list(PART_CODES)
