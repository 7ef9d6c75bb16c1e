"""The best alternative in the situations that organisers know."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from opvangloket.rules.alternatives import (
    REASON_WORDS,
    Alternative,
    AlternativeReason,
    Flexibility,
    Wish,
    best_alternative,
)
from opvangloket.rules.capacity import Occupation, OccupationKind, Supply
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period

FIRST_DAY = date(2026, 9, 1)
PERIOD = Period(FIRST_DAY, FIRST_DAY + timedelta(days=40))
LATER_ON = FIRST_DAY + timedelta(days=12)
FULL = WeekPattern.full_days


def wish_for(
    needed: WeekPattern,
    *,
    also_possible: WeekPattern | None = None,
    parts_wanted: int | None = None,
    flexibility: Flexibility | None = None,
) -> Wish:
    return Wish(
        needed=needed,
        also_possible=also_possible or WeekPattern(),
        parts_wanted=parts_wanted,
        period=PERIOD,
        born_on=date(2026, 3, 1),
        flexibility=flexibility or Flexibility(),
    )


def taken(pattern: WeekPattern, period: Period = PERIOD) -> Occupation:
    return Occupation(pattern=pattern, period=period, kind=OccupationKind.PLACEMENT)


ONE_PLACE = Supply(licensed_places=1, opening=FULL("ma", "di", "wo", "do", "vr", "zo"))
UNTIL_LATER = Period(FIRST_DAY, LATER_ON)
AT_START, FROM_LATER_ON = PERIOD, Period(LATER_ON, PERIOD.end)
MONTH_LATER = Flexibility(later_start_months=1)
FEWER = Flexibility(fewer_days=True)
LATER, OTHER, LESS, HALF, _HOURS = AlternativeReason


@pytest.mark.parametrize(
    ("wish", "occupations", "pattern", "period", "reasons"),
    [
        pytest.param(wish_for(FULL("ma", "di")), [], FULL("ma", "di"), AT_START, (), id="as asked"),
        pytest.param(
            wish_for(FULL("ma", "di"), flexibility=MONTH_LATER),
            [taken(FULL("di"), UNTIL_LATER)],
            FULL("ma", "di"),
            FROM_LATER_ON,
            (LATER,),
            id="the same days from the first day that all fits",
        ),
        pytest.param(
            wish_for(FULL("ma", "di"), also_possible=FULL("do")),
            [taken(FULL("di"), UNTIL_LATER)],
            FULL("ma", "do"),
            AT_START,
            (OTHER,),
            id="another day that the family named makes up the number",
        ),
        pytest.param(
            wish_for(FULL("ma", "di"), flexibility=FEWER),
            [taken(WeekPattern.of("di_nm"))],
            FULL("ma") | WeekPattern.of("di_vm"),
            AT_START,
            (LESS, HALF),
            id="the fewest missing parts",
        ),
        pytest.param(
            wish_for(FULL("ma", "di"), flexibility=Flexibility(other_days=True)),
            [taken(FULL("di") | WeekPattern.of("wo_vm"))],
            FULL("ma", "do"),
            AT_START,
            (OTHER,),
            id="a whole other day rather than loose halves",
        ),
        pytest.param(
            wish_for(
                WeekPattern.of("ma_nm", "di_nm"),
                also_possible=FULL("wo"),
                flexibility=Flexibility(other_days=True),
            ),
            [taken(FULL("di", "do", "vr"))],
            FULL("wo"),
            AT_START,
            (OTHER,),
            id="a day that the family named before a part that it did not",
        ),
        pytest.param(
            wish_for(FULL("ma", "di", "wo", "do", "vr"), parts_wanted=6),
            [taken(FULL("di") | WeekPattern.of("ma_nm"))],
            FULL("wo", "do", "vr"),
            AT_START,
            (),
            id="any three days are three whole days",
        ),
        pytest.param(
            wish_for(FULL("ma", "di", "wo"), parts_wanted=2),
            [taken(WeekPattern.of("ma_nm", "di_nm", "wo_nm"))],
            WeekPattern.of("ma_vm", "di_vm"),
            AT_START,
            (HALF,),
            id="two halves are not the whole day that was asked",
        ),
        pytest.param(
            wish_for(FULL("ma", "di", "wo"), parts_wanted=2, flexibility=MONTH_LATER),
            [taken(WeekPattern.of("ma_nm", "di_nm", "wo_nm"), UNTIL_LATER)],
            FULL("ma"),
            FROM_LATER_ON,
            (LATER,),
            id="a whole day later before two halves now",
        ),
        pytest.param(
            wish_for(FULL("ma"), flexibility=Flexibility(later_start_months=1, fewer_days=True)),
            [taken(FULL("ma"), UNTIL_LATER), taken(WeekPattern.of("ma_nm"))],
            WeekPattern.of("ma_vm"),
            FROM_LATER_ON,
            (LATER, LESS, HALF),
            id="later and fewer when nothing fits at the start",
        ),
    ],
)
def test_the_order_of_proposals(
    wish: Wish,
    occupations: list[Occupation],
    pattern: WeekPattern,
    period: Period,
    reasons: tuple[AlternativeReason, ...],
) -> None:
    found = best_alternative(wish, ONE_PLACE, occupations)
    assert found == Alternative(pattern=pattern, period=period, reasons=reasons)


@pytest.mark.parametrize(
    ("wish", "occupations"),
    [
        pytest.param(wish_for(FULL("ma", "di")), [taken(FULL("di"))], id="the family wants no fewer days"),
        pytest.param(
            wish_for(FULL("ma"), flexibility=MONTH_LATER),
            [taken(FULL("ma"), Period(FIRST_DAY, FIRST_DAY + timedelta(days=31)))],
            id="free only after the latest start",
        ),
        pytest.param(wish_for(WeekPattern()), [], id="no day part asked"),
        pytest.param(
            wish_for(FULL("di"), flexibility=Flexibility(other_days=True, fewer_days=True)),
            [taken(FULL("ma", "di", "wo", "do", "vr"))],
            id="other days are not the weekend",
        ),
        pytest.param(wish_for(FULL("za"), flexibility=FEWER), [], id="closed that day"),
    ],
)
def test_no_proposal_goes_beyond_what_the_family_accepts(wish: Wish, occupations: list[Occupation]) -> None:
    assert best_alternative(wish, ONE_PLACE, occupations) is None


def test_the_latest_start_itself_is_accepted() -> None:
    until_october = taken(FULL("ma"), Period(FIRST_DAY, date(2026, 10, 1)))
    found = best_alternative(wish_for(FULL("ma"), flexibility=MONTH_LATER), ONE_PLACE, [until_october])
    assert found is not None
    assert found.period.start == date(2026, 10, 1)


@pytest.mark.parametrize("closes_on", [FIRST_DAY, FIRST_DAY - timedelta(days=1)])
def test_nothing_starts_on_or_after_the_day_of_closing(closes_on: date) -> None:
    closing = replace(ONE_PLACE, closes_on=closes_on)
    assert best_alternative(wish_for(FULL("ma")), closing, []) is None


@pytest.mark.parametrize(("days_later", "fits"), [(0, False), (1, True)])
def test_a_later_start_comes_before_the_closing_or_not_at_all(days_later: int, fits: bool) -> None:
    closing = replace(ONE_PLACE, closes_on=LATER_ON + timedelta(days=days_later))
    full_until_later = taken(FULL("ma"), UNTIL_LATER)
    found = best_alternative(wish_for(FULL("ma"), flexibility=MONTH_LATER), closing, [full_until_later])
    assert (found is not None) is fits


def test_a_week_of_no_parts_cannot_be_wanted() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        wish_for(FULL("ma"), parts_wanted=0)


def test_every_reason_has_its_own_words() -> None:
    assert set(REASON_WORDS) == set(AlternativeReason)
    assert all(first != second for first, second in combinations(REASON_WORDS.values(), 2))
