"""The best alternative against every week and every start that could be proposed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opvangloket.rules.alternatives import AlternativeReason, Flexibility, Wish, best_alternative, best_for_each
from opvangloket.rules.capacity import AgeGroup, EffectivePlaces, Occupation, OccupationKind, Supply, fits
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.periods import Period, add_months

FIRST_DAY = date(2026, 9, 1)
PERIOD = Period(FIRST_DAY, FIRST_DAY + timedelta(days=40))
TODDLER_ON = FIRST_DAY + timedelta(days=12)
OPEN_PARTS = PART_CODES[:6]
EVERY_WEEK = [WeekPattern(mask) for mask in range(1, 1 << len(OPEN_PARTS))]

PATTERNS = st.integers(0, (1 << len(OPEN_PARTS)) - 1).map(WeekPattern)
PERIODS = st.builds(
    lambda start, length: Period(FIRST_DAY + timedelta(days=start), FIRST_DAY + timedelta(days=start + length)),
    st.integers(-5, 38),
    st.integers(1, 45),
)
OCCUPATIONS = st.lists(
    st.builds(
        Occupation,
        pattern=PATTERNS,
        period=PERIODS,
        kind=st.sampled_from(OccupationKind),
        age_group=st.none() | st.sampled_from(AgeGroup),
    ),
    max_size=6,
)
WISHES = st.builds(
    Wish,
    needed=PATTERNS,
    also_possible=PATTERNS,
    parts_wanted=st.none() | st.integers(1, 7),
    period=st.just(PERIOD),
    born_on=st.sampled_from([date(2026, 3, 1), add_months(TODDLER_ON, -18)]),
    flexibility=st.builds(
        Flexibility,
        later_start_months=st.integers(0, 2),
        other_days=st.booleans(),
        fewer_days=st.booleans(),
    ),
)
SUPPLIES = st.builds(
    lambda babies, toddlers: Supply(
        effective=tuple(
            EffectivePlaces(places=(number,) * 6 + (0,) * 8, period=Period(FIRST_DAY), age_group=age_group)
            for number, age_group in ((babies, AgeGroup.BABY), (toddlers, AgeGroup.TODDLER))
        )
    ),
    st.integers(0, 3),
    st.integers(0, 3),
) | st.builds(Supply, licensed_places=st.integers(0, 3), opening=st.just(WeekPattern.from_codes(OPEN_PARTS)))


def loose_halves(wish: Wish, week: WeekPattern) -> int:
    """Days with one half, where the family named the whole day at once or did not name the day."""
    count = 0
    for weekday in ("ma", "di", "wo"):
        day = {f"{weekday}_vm", f"{weekday}_nm"}
        asked = day & set(wish.needed) or day & set(wish.also_possible) or day
        count += asked == day and len(day & set(week)) == 1
    return count


def is_full_and_named(wish: Wish, size: int, week: WeekPattern) -> bool:
    """A week of the full size with every needed part, or with needed parts only when fewer are wanted."""
    if len(week) != size:
        return False
    if size < len(wish.needed):
        return week.issubset(wish.needed)
    return wish.needed.issubset(week) and week.issubset(wish.needed | wish.also_possible)


def every_proposal(
    wish: Wish, supply: Supply, occupations: list[Occupation]
) -> Iterator[tuple[tuple[int, int, int, int, int, int], WeekPattern, date]]:
    """Every acceptable week with every acceptable start, with its rank: the lowest is best."""
    named = wish.needed | wish.also_possible
    size = min(len(wish.needed) if wish.parts_wanted is None else wish.parts_wanted, len(named))
    full_weeks = [week for week in EVERY_WEEK if is_full_and_named(wish, size, week)]
    fewest_loose = min((loose_halves(wish, week) for week in full_weeks), default=0)
    latest_start = add_months(FIRST_DAY, wish.flexibility.later_start_months)
    assert PERIOD.end is not None
    start, free = PERIOD.end, set(OPEN_PARTS)
    while start > FIRST_DAY:
        start -= timedelta(days=1)
        today = Period(start, start + timedelta(days=1))
        free = {code for code in free if fits(WeekPattern.of(code), today, supply, occupations, born_on=wish.born_on)}
        if start > latest_start:
            continue
        for week in EVERY_WEEK:
            accepted = week.issubset(named) or wish.flexibility.other_days
            if not set(week) <= free or len(week) > size or not accepted:
                continue
            missing, loose, days = size - len(week), loose_halves(wish, week), (start - FIRST_DAY).days
            preference = (loose, -len(week & named), -len(week & wish.needed))
            if week in full_weeks and loose == fewest_loose:
                yield (1 if days == 0 else 2, days, 0, *preference), week, start
            elif missing == 0 or wish.flexibility.fewer_days:
                rank = (3, missing, 0) if days == 0 else (4, missing, days)
                yield (*rank, *preference), week, start


@settings(max_examples=150, deadline=None)
@given(WISHES, SUPPLIES, OCCUPATIONS)
def test_no_proposal_is_better_than_the_best_alternative(
    wish: Wish, supply: Supply, occupations: list[Occupation]
) -> None:
    found = best_alternative(wish, supply, occupations)
    proposals = list(every_proposal(wish, supply, occupations))
    if found is None:
        assert proposals == []
        return
    assert fits(found.pattern, found.period, supply, occupations, born_on=wish.born_on)
    assert found.period.end == PERIOD.end
    best_rank, _, _ = min(proposals, key=lambda proposal: proposal[0])
    assert (best_rank, found.pattern, found.period.start) in proposals
    assert found.is_as_asked == (best_rank[0] == 1)


@settings(max_examples=60, deadline=None)
@given(WISHES, SUPPLIES, OCCUPATIONS)
def test_the_reasons_tell_every_difference(wish: Wish, supply: Supply, occupations: list[Occupation]) -> None:
    found = best_alternative(wish, supply, occupations)
    if found is None:
        return
    assert (AlternativeReason.LATER_START in found.reasons) == (found.period.start > PERIOD.start)
    assert (AlternativeReason.FEWER_DAYS in found.reasons) == (len(found.pattern) < wish.size)
    named_only = found.pattern.issubset(wish.needed | wish.also_possible)
    assert named_only or AlternativeReason.OTHER_DAYS in found.reasons
    assert named_only or wish.flexibility.other_days
    assert wish.flexibility.fewer_days or AlternativeReason.FEWER_DAYS not in found.reasons
    assert wish.flexibility.later_start_months or AlternativeReason.LATER_START not in found.reasons


@given(WISHES, SUPPLIES, OCCUPATIONS)
def test_equal_facts_give_an_equal_proposal(wish: Wish, supply: Supply, occupations: list[Occupation]) -> None:
    assert best_alternative(wish, supply, occupations) == best_alternative(wish, supply, occupations[::-1])


@given(wish=WISHES, supply=SUPPLIES, occupations=OCCUPATIONS, others=st.lists(WISHES, max_size=3))
def test_the_best_for_several_flexibilities_is_the_best_for_each_alone(
    wish: Wish, supply: Supply, occupations: list[Occupation], others: list[Wish]
) -> None:
    accepted = [wish.flexibility, *(other.flexibility for other in others)]
    alone = [best_alternative(replace(wish, flexibility=one), supply, occupations) for one in accepted]
    assert list(best_for_each(accepted, wish, supply, occupations)) == alone
