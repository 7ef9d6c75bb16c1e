"""The best for many at once: together they fit, and nobody gets more than when served alone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.alternatives import Flexibility, Wish, best_alternative, best_in_turn, taken_by
from opvangloket.rules.capacity import EffectivePlaces, Occupation, Supply, free_timeline, shortfalls
from opvangloket.rules.patterns import PART_COUNT, WeekPattern
from opvangloket.rules.periods import Period, add_months

START = date(2027, 1, 1)
MONDAY, TUESDAY = WeekPattern.full_days("ma"), WeekPattern.full_days("di")


def supply(places: int) -> Supply:
    return Supply(effective=(EffectivePlaces(places=(places,) * PART_COUNT, period=Period(START)),))


def wish(pattern: WeekPattern, *, months: int = 0, **flexible: bool) -> Wish:
    start = add_months(START, months)
    return Wish(
        needed=pattern,
        period=Period(start, add_months(start, 12)),
        born_on=add_months(START, -6),
        flexibility=Flexibility(**flexible),
    )


def test_the_first_gets_the_place_and_the_next_what_is_left() -> None:
    wishes = [wish(MONDAY), wish(MONDAY), wish(MONDAY | TUESDAY, fewer_days=True)]
    first, second, third = best_in_turn(wishes, supply(1), ())
    assert [best and best.pattern for best in (first, second, third)] == [MONDAY, None, TUESDAY]


def test_who_comes_after_the_others_left_is_not_in_their_way() -> None:
    found = best_in_turn([wish(MONDAY), wish(MONDAY, months=12)], supply(1), ())
    assert [best is not None and best.is_as_asked for best in found] == [True, True]


weeks = st.integers(1, 2**10 - 1).map(WeekPattern)
wishes = st.lists(
    st.builds(wish, weeks, months=st.integers(0, 18), other_days=st.booleans(), fewer_days=st.booleans()),
    max_size=6,
)


@given(wishes, st.integers(0, 3))
def test_all_of_them_together_stay_within_the_places(asked: list[Wish], places: int) -> None:
    here = supply(places)
    found = best_in_turn(asked, here, ())
    taken = taken_by(asked, found, here)
    horizon = Period(START, add_months(START, 40))
    assert all(min(one.places) >= 0 for one in free_timeline(here, taken, horizon))


@given(wishes, st.integers(0, 3))
def test_each_gets_the_best_that_those_before_it_left(asked: list[Wish], places: int) -> None:
    here = supply(places)
    found = best_in_turn(asked, here, ())
    before: list[Occupation] = []
    for one, best in zip(asked, found, strict=True):
        assert best == best_alternative(one, here, before)
        if best:
            assert not shortfalls(best.pattern, best.period, here, before, born_on=one.born_on)
        before += taken_by([one], [best], here)
