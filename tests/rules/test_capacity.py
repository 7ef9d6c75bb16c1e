"""Free places against a count per day and per part."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.capacity import (
    EVERY_PART,
    AgeGroup,
    EffectivePlaces,
    FreeSlice,
    Occupation,
    OccupationKind,
    Shortfall,
    Supply,
    age_group_periods,
    beyond,
    closings_during,
    fits,
    free_parts,
    free_timeline,
    free_timeline_of_child,
    shortfalls,
)
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.periods import Period, add_months

FIRST_DAY = date(2026, 1, 5)
HORIZON_DAYS = 30
HORIZON = Period(FIRST_DAY, FIRST_DAY + timedelta(days=HORIZON_DAYS))
TODDLER_ON_MIDWAY = add_months(FIRST_DAY + timedelta(days=12), -18)
OLD_CHILD = date(2023, 1, 1)
MONDAY = WeekPattern.full_days("ma")


def day_at(offset: int) -> date:
    return FIRST_DAY + timedelta(days=offset)


def same_places(number: int) -> tuple[int, ...]:
    return (number,) * 14


DAYS = st.integers(-5, HORIZON_DAYS + 5).map(day_at)
PATTERNS = st.integers(0, 0b111111).map(WeekPattern)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(1, 25))
    return Period(start, None if length is None else start + timedelta(days=length))


OCCUPATIONS = st.builds(
    Occupation,
    pattern=PATTERNS,
    period=periods(),
    kind=st.sampled_from(OccupationKind),
    age_group=st.none() | st.sampled_from(AgeGroup),
)
EFFECTIVE = st.builds(
    EffectivePlaces,
    places=st.tuples(*[st.integers(0, 4)] * 14),
    period=periods(),
    age_group=st.sampled_from(AgeGroup),
)
SUPPLIES = st.builds(
    Supply,
    effective=st.lists(EFFECTIVE, max_size=4, unique_by=lambda row: row.period.start).map(tuple),
    licensed_places=st.integers(0, 4),
    opening=PATTERNS,
)
OCCUPATION_LISTS = st.lists(OCCUPATIONS, max_size=8)
BIRTHS = st.integers(-10, 40).map(lambda offset: add_months(FIRST_DAY, -18) + timedelta(days=offset))


def counted_places(supply: Supply, day: date) -> dict[AgeGroup, tuple[int, ...]]:
    """The pools of one day, by reading the rows one by one."""

    def latest(rows: Sequence[EffectivePlaces]) -> EffectivePlaces | None:
        for looking_back in range(80):
            earlier_day = day - timedelta(days=looking_back)
            running = [row for row in rows if row.period.contains(earlier_day)]
            if running:
                return max(running, key=lambda row: row.period.start)
        return None

    row = latest(supply.effective)
    if row is None:
        return {AgeGroup.MIXED: tuple(supply.licensed_places * (code in supply.opening) for code in PART_CODES)}
    if row.age_group is AgeGroup.MIXED:
        return {AgeGroup.MIXED: row.places}
    babies = latest([row for row in supply.effective if row.age_group is AgeGroup.BABY])
    toddlers = latest([row for row in supply.effective if row.age_group is AgeGroup.TODDLER])
    return {
        AgeGroup.BABY: babies.places if babies else same_places(0),
        AgeGroup.TODDLER: toddlers.places if toddlers else same_places(0),
    }


def counted_free(
    supply: Supply, occupations: Sequence[Occupation], day: date, age_group: AgeGroup, index: int
) -> tuple[int, int, int]:
    """Effective, occupied and held places of one part on one day."""
    pools = counted_places(supply, day)
    own_pool = age_group is not AgeGroup.MIXED and age_group in pools
    effective = pools[age_group][index] if own_pool else sum(places[index] for places in pools.values())
    other = AgeGroup.TODDLER if age_group is AgeGroup.BABY else AgeGroup.BABY
    taken = [
        row.kind
        for row in occupations
        if row.period.contains(day) and PART_CODES[index] in row.pattern and not (own_pool and row.age_group is other)
    ]
    held = taken.count(OccupationKind.HOLD)
    return effective, len(taken) - held, held


def slice_on(timeline: Sequence[FreeSlice], day: date) -> FreeSlice:
    (found,) = [free_slice for free_slice in timeline if free_slice.period.contains(day)]
    return found


@given(SUPPLIES, OCCUPATION_LISTS, st.sampled_from(AgeGroup), st.booleans())
def test_the_timeline_equals_a_count_per_day(
    supply: Supply, occupations: list[Occupation], age_group: AgeGroup, open_end: bool
) -> None:
    horizon = Period(HORIZON.start) if open_end else HORIZON
    timeline = free_timeline(supply, occupations, horizon, age_group=age_group)
    for offset in range(HORIZON_DAYS):
        day = day_at(offset)
        free_slice = slice_on(timeline, day)
        for index in range(14):
            effective, occupied, held = counted_free(supply, occupations, day, age_group, index)
            counted = free_slice.effective[index], free_slice.occupied[index], free_slice.held[index]
            assert counted == (effective, occupied, held)
            assert free_slice.places[index] + occupied + held == effective


@given(SUPPLIES, OCCUPATION_LISTS, st.sampled_from(AgeGroup))
def test_slices_join_up_and_differ_from_their_neighbours(
    supply: Supply, occupations: list[Occupation], age_group: AgeGroup
) -> None:
    timeline = free_timeline(supply, occupations, HORIZON, age_group=age_group)
    assert timeline[0].period.start == HORIZON.start
    assert timeline[-1].period.end == HORIZON.end
    for earlier, later in pairwise(timeline):
        assert earlier.period.end == later.period.start
        assert (earlier.effective, earlier.occupied, earlier.held) != (later.effective, later.occupied, later.held)


@given(SUPPLIES, OCCUPATION_LISTS, OCCUPATIONS, st.sampled_from(AgeGroup))
def test_one_more_occupation_never_frees_a_place(
    supply: Supply, occupations: list[Occupation], extra: Occupation, age_group: AgeGroup
) -> None:
    before = free_timeline(supply, occupations, HORIZON, age_group=age_group)
    after = free_timeline(supply, [extra, *occupations], HORIZON, age_group=age_group)
    for offset in range(HORIZON_DAYS):
        pairs = zip(slice_on(before, day_at(offset)).places, slice_on(after, day_at(offset)).places, strict=True)
        assert all(0 <= free_before - free_after <= 1 for free_before, free_after in pairs)


@given(SUPPLIES, OCCUPATION_LISTS)
def test_the_order_of_the_rows_does_not_matter(supply: Supply, occupations: list[Occupation]) -> None:
    assert free_timeline(supply, occupations, HORIZON) == free_timeline(supply, occupations[::-1], HORIZON)
    turned = Supply(effective=supply.effective[::-1], licensed_places=supply.licensed_places, opening=supply.opening)
    assert free_timeline(turned, occupations, HORIZON) == free_timeline(supply, occupations, HORIZON)


@given(SUPPLIES, OCCUPATION_LISTS, PATTERNS, periods().filter(lambda period: period.end is not None), BIRTHS)
def test_a_week_fits_when_every_part_is_free_on_every_day(
    supply: Supply, occupations: list[Occupation], pattern: WeekPattern, period: Period, born_on: date
) -> None:
    short: dict[str, dict[date, int]] = {}
    for offset in range(period.days or 0):
        day = period.start + timedelta(days=offset)
        age_group = AgeGroup.TODDLER if add_months(born_on, 18) <= day else AgeGroup.BABY
        for code in pattern:
            effective, occupied, held = counted_free(supply, occupations, day, age_group, PART_CODES.index(code))
            if effective - occupied - held < 1:
                short.setdefault(code, {})[day] = effective - occupied - held
    found = shortfalls(pattern, period, supply, occupations, born_on=born_on)
    assert fits(pattern, period, supply, occupations, born_on=born_on) == (not found) == (not short)
    assert {shortfall.part for shortfall in found} == set(short)
    for code, days in short.items():
        runs = [shortfall for shortfall in found if shortfall.part == code]
        assert sum(run.period.days or 0 for run in runs) == len(days)
        for run in runs:
            assert run.free == min(days[day] for day in days if run.period.contains(day))
            assert run.period.end not in days


@given(SUPPLIES, OCCUPATION_LISTS, periods(), BIRTHS)
def test_the_free_parts_are_those_without_a_shortfall(
    supply: Supply, occupations: list[Occupation], period: Period, born_on: date
) -> None:
    short = shortfalls(EVERY_PART, period, supply, occupations, born_on=born_on)
    free = free_parts(period, supply, occupations, born_on=born_on)
    assert free == EVERY_PART - WeekPattern.from_codes(shortfall.part for shortfall in short)


@given(SUPPLIES, OCCUPATION_LISTS, PATTERNS, BIRTHS)
def test_what_fits_and_is_placed_takes_exactly_one_place(
    supply: Supply, occupations: list[Occupation], pattern: WeekPattern, born_on: date
) -> None:
    fitted = fits(pattern, HORIZON, supply, occupations, born_on=born_on)
    placed = [
        Occupation(pattern=pattern, period=period, kind=OccupationKind.PLACEMENT, age_group=age_group)
        for age_group, period in age_group_periods(HORIZON, born_on=born_on, toddler_from_months=18)
    ]
    timeline = free_timeline_of_child(supply, occupations + placed, HORIZON, born_on=born_on)
    assert fitted == all(free_slice.places[index] >= 0 for free_slice in timeline for index in pattern.indexes)


def test_accepting_an_offer_turns_the_hold_into_occupation() -> None:
    supply = Supply(licensed_places=1)
    held = Occupation(pattern=MONDAY, period=HORIZON, kind=OccupationKind.HOLD)
    placed = Occupation(pattern=MONDAY, period=HORIZON, kind=OccupationKind.PLACEMENT)
    for occupation in (held, placed):
        (free_slice,) = free_timeline(supply, [occupation], HORIZON)
        assert free_slice.places == (0, 0, *same_places(1)[2:])
    assert shortfalls(MONDAY, HORIZON, supply, [held], born_on=OLD_CHILD) == (
        Shortfall(part="ma_vm", period=HORIZON, free=0),
        Shortfall(part="ma_nm", period=HORIZON, free=0),
    )


def test_licensed_places_stand_in_on_the_opening_parts_until_rows_are_known() -> None:
    row = EffectivePlaces(places=same_places(2), period=Period(day_at(10)))
    supply = Supply(effective=(row,), licensed_places=8, opening=MONDAY)
    before, after = free_timeline(supply, [], HORIZON)
    assert (before.period, before.places) == (Period(day_at(0), day_at(10)), (8, 8, *same_places(0)[2:]))
    assert (after.period, after.places) == (Period(day_at(10), HORIZON.end), same_places(2))


def test_a_temporary_row_counts_in_its_period_and_the_last_known_places_continue() -> None:
    usual = EffectivePlaces(places=same_places(7), period=Period(day_at(0), day_at(20)))
    summer = EffectivePlaces(places=same_places(3), period=Period(day_at(5), day_at(10)))
    timeline = free_timeline(Supply(effective=(usual, summer)), [], Period(day_at(0)))
    assert [(free_slice.period.start, free_slice.places[0]) for free_slice in timeline] == [
        (day_at(0), 7),
        (day_at(5), 3),
        (day_at(10), 7),
    ]
    assert timeline[-1].period == Period(day_at(10))


def test_places_by_age_group_win_over_mixed_places_of_the_same_day() -> None:
    period = Period(day_at(0))
    mixed = EffectivePlaces(places=same_places(9), period=period)
    babies = EffectivePlaces(places=same_places(1), period=period, age_group=AgeGroup.BABY)
    for rows in ((mixed, babies), (babies, mixed)):
        (free_slice,) = free_timeline(Supply(effective=rows), [], HORIZON)
        assert free_slice.places == same_places(1)


def test_a_child_that_passes_the_border_needs_a_place_in_both_pools() -> None:
    babies = EffectivePlaces(places=same_places(1), period=Period(day_at(0)), age_group=AgeGroup.BABY)
    toddlers = EffectivePlaces(places=same_places(0), period=Period(day_at(0)), age_group=AgeGroup.TODDLER)
    supply = Supply(effective=(babies, toddlers))
    found = shortfalls(WeekPattern.of("ma_vm"), HORIZON, supply, [], born_on=TODDLER_ON_MIDWAY)
    assert found == (Shortfall(part="ma_vm", period=Period(day_at(12), HORIZON.end), free=0),)
    mixed = Supply(effective=(EffectivePlaces(places=same_places(1), period=Period(day_at(0))),))
    assert fits(MONDAY, HORIZON, mixed, [], born_on=TODDLER_ON_MIDWAY)


def test_a_location_with_two_pools_never_promises_one_place_to_a_child_of_unknown_age() -> None:
    rows = tuple(
        EffectivePlaces(places=same_places(1), period=Period(day_at(0)), age_group=age_group)
        for age_group in (AgeGroup.BABY, AgeGroup.TODDLER)
    )
    unknown = Occupation(pattern=MONDAY, period=HORIZON, kind=OccupationKind.DECLARED)
    for age_group, free in ((AgeGroup.BABY, 0), (AgeGroup.TODDLER, 0), (AgeGroup.MIXED, 1)):
        (free_slice,) = free_timeline(Supply(effective=rows), [unknown], HORIZON, age_group=age_group)
        assert free_slice.places[0] == free


def test_more_children_than_places_shows_below_zero() -> None:
    placed = Occupation(pattern=MONDAY, period=HORIZON, kind=OccupationKind.PLACEMENT)
    (free_slice,) = free_timeline(Supply(licensed_places=1), [placed, placed, placed], HORIZON)
    assert free_slice.places[:2] == (-2, -2)


@given(periods(), BIRTHS)
def test_the_ages_of_a_child_divide_its_period(period: Period, born_on: date) -> None:
    pieces = age_group_periods(period, born_on=born_on, toddler_from_months=18)
    assert pieces[0][1].start == period.start
    assert pieces[-1][1].end == period.end
    assert len(pieces) == 1 or pieces[0][1].end == pieces[1][1].start
    for age_group, piece in pieces:
        assert (age_group is AgeGroup.TODDLER) == (add_months(born_on, 18) <= piece.start)
        last_day = piece.last_day or date(2030, 1, 1)
        assert (age_group is AgeGroup.TODDLER) == (add_months(born_on, 18) <= last_day)


def test_closings_are_told_and_use_no_place() -> None:
    closings = [Period(day_at(20), day_at(40)), Period(day_at(-3), day_at(2)), Period(day_at(31))]
    assert closings_during(closings, HORIZON) == (
        Period(day_at(0), day_at(2)),
        Period(day_at(20), HORIZON.end),
    )


@pytest.mark.parametrize("places", [(1,) * 13, (1,) * 13 + (-1,)])
def test_a_row_counts_every_day_part(places: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="14 numbers"):
        EffectivePlaces(places=places, period=HORIZON)


def test_what_a_child_has_already_is_not_short() -> None:
    whole = Period(date(2027, 1, 1), date(2027, 12, 1))
    short = [Shortfall(part="ma_vm", period=whole, free=0), Shortfall(part="di_vm", period=whole, free=-1)]
    kept = [
        (WeekPattern.of("ma_vm"), Period(date(2027, 1, 1), date(2027, 3, 1))),
        (WeekPattern.of("ma_vm"), Period(date(2027, 6, 1), None)),
    ]
    assert beyond(short, kept) == (
        Shortfall(part="ma_vm", period=Period(date(2027, 3, 1), date(2027, 6, 1)), free=0),
        short[1],
    )
    assert beyond(short, ()) == tuple(short)
