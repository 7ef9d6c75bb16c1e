"""Doorverwijzen: when an organiser may pass a family on to the desk, and what it may know of it afterwards (SPEC §5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from opvangloket.rules.care_requests import SEARCHING_STATES, RequestState

# Consent is for now: a family that agreed longer ago is asked again.
CONSENT_HOLDS_FOR: Final = timedelta(days=31)


class ConsentHow(StrEnum):
    """How a family gave its consent."""

    AT_THE_DOOR = "at_the_door"
    BY_PHONE = "by_phone"
    IN_WRITING = "in_writing"


CONSENT_LABELS: Final[Mapping[ConsentHow, str]] = {
    ConsentHow.AT_THE_DOOR: "mondeling",
    ConsentHow.BY_PHONE: "aan de telefoon",
    ConsentHow.IN_WRITING: "op papier of per mail",
}


class ReferralStep(StrEnum):
    """What whoever referred a family may know: never where it asked, who answered, or what it found."""

    WAITS = "waits"
    TAKEN_OVER = "taken_over"
    OVER = "over"


STEP_LABELS: Final[Mapping[ReferralStep, str]] = {
    ReferralStep.WAITS: "wacht op het loket",
    ReferralStep.TAKEN_OVER: "het loket helpt",
    ReferralStep.OVER: "afgerond",
}


def consent_holds(given_on: date, *, today: date) -> bool:
    """Tell whether consent given on a day may be used today."""
    return today - CONSENT_HOLDS_FOR <= given_on <= today


def step_of(state: RequestState, *, taken_over: bool) -> ReferralStep:
    """Return what may be known of a request; one without a search any more is over, however that came."""
    if state not in SEARCHING_STATES:
        return ReferralStep.OVER
    return ReferralStep.TAKEN_OVER if taken_over else ReferralStep.WAITS
