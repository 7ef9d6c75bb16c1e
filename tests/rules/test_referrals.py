"""Consent is for now, and whoever referred a family learns one of three things."""

from datetime import date, timedelta

import pytest

from opvangloket.rules.care_requests import LABELS, SEARCHING_STATES, RequestState
from opvangloket.rules.referrals import (
    CONSENT_HOLDS_FOR,
    CONSENT_LABELS,
    STEP_LABELS,
    ConsentHow,
    ReferralStep,
    consent_holds,
    step_of,
)

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("given_on", "holds"),
    [
        (TODAY, True),
        (TODAY - CONSENT_HOLDS_FOR, True),
        (TODAY - CONSENT_HOLDS_FOR - timedelta(days=1), False),
        (TODAY + timedelta(days=1), False),
    ],
)
def test_consent_holds_for_a_month_and_never_beforehand(given_on: date, holds: bool) -> None:
    assert consent_holds(given_on, today=TODAY) is holds


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("taken_over", [False, True])
def test_how_a_search_ended_is_not_told(state: RequestState, taken_over: bool) -> None:
    searching = ReferralStep.TAKEN_OVER if taken_over else ReferralStep.WAITS
    assert step_of(state, taken_over=taken_over) is (searching if state in SEARCHING_STATES else ReferralStep.OVER)


def test_every_choice_has_its_words_and_none_tells_an_outcome() -> None:
    assert set(CONSENT_LABELS) == set(ConsentHow)
    assert set(STEP_LABELS) == set(ReferralStep)
    assert not set(STEP_LABELS.values()) & set(LABELS.values())
