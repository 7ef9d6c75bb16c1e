"""Until when a proposed change of a running care can be answered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.change_proposals import ProposalState, change_words, last_day_to_answer, may_answer
from opvangloket.rules.patterns import WeekPattern

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("from_on", "last_day"),
    [
        (date(2026, 5, 1), date(2026, 3, 12)),
        (date(2026, 3, 13), date(2026, 3, 12)),
        (date(2026, 3, 10), date(2026, 3, 9)),
        (date(2026, 3, 3), date(2026, 3, 2)),
    ],
)
def test_the_last_day_is_a_term_away_and_before_the_change(from_on: date, last_day: date) -> None:
    assert last_day_to_answer(today=TODAY, from_on=from_on, term_days=10) == last_day


@pytest.mark.parametrize("days", [0, -1, -400])
def test_a_change_that_has_begun_cannot_be_asked(days: int) -> None:
    with pytest.raises(ValueError, match="cannot be asked"):
        last_day_to_answer(today=TODAY, from_on=TODAY + timedelta(days=days), term_days=10)


@given(ahead=st.integers(1, 400), term_days=st.integers(0, 60))
def test_there_is_always_a_day_to_answer(ahead: int, term_days: int) -> None:
    from_on = TODAY + timedelta(days=ahead)
    last_day = last_day_to_answer(today=TODAY, from_on=from_on, term_days=term_days)
    assert TODAY <= last_day < from_on
    assert may_answer(ProposalState.OPEN, reply_by_on=last_day, today=TODAY)


@pytest.mark.parametrize("state", list(ProposalState))
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_only_an_open_proposal_is_answered_and_on_its_last_day_too(state: ProposalState, days: int) -> None:
    may = may_answer(state, reply_by_on=TODAY, today=TODAY + timedelta(days=days))
    assert may == (state is ProposalState.OPEN and days <= 0)


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (("ma", "di"), ("di", "wo"), ("Erbij: woensdag hele dag.", "Niet meer: maandag hele dag.")),
        (("ma",), ("ma", "vr"), ("Erbij: vrijdag hele dag.",)),
        (("ma", "vr"), ("vr",), ("Niet meer: maandag hele dag.",)),
        (("ma",), ("ma",), ("De dagen blijven dezelfde.",)),
    ],
)
def test_what_becomes_different_is_said(now: tuple[str, ...], then: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert change_words(WeekPattern.full_days(*now), WeekPattern.full_days(*then)) == words
