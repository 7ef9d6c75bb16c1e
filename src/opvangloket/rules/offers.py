"""The states of an offer: what a yes or an alternative proposes to a family (SPEC §5).

A passed reply-by date ends an offer at once, by rule; the stored state follows when the job writes it down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from opvangloket.rules.lifecycles import FAMILY, SYSTEM, Actor, Lifecycle, Move
from opvangloket.rules.terms import offer_has_expired


class OfferState(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


OPEN, ACCEPTED, DECLINED = OfferState.OPEN, OfferState.ACCEPTED, OfferState.DECLINED
EXPIRED, WITHDRAWN = OfferState.EXPIRED, OfferState.WITHDRAWN

LABELS: Mapping[OfferState, str] = {
    OPEN: "wacht op het gezin",
    ACCEPTED: "aangenomen",
    DECLINED: "geweigerd",
    EXPIRED: "verlopen",
    WITHDRAWN: "ingetrokken",
}

MOVES: Mapping[OfferState, Mapping[OfferState, Move]] = {
    OPEN: {
        ACCEPTED: Move(FAMILY, "Voorstel aannemen"),
        DECLINED: Move(FAMILY | SYSTEM, "Voorstel weigeren"),
        EXPIRED: Move(SYSTEM),
        WITHDRAWN: Move(frozenset({Actor.ORGANISER, Actor.DESK, Actor.SYSTEM}), "Voorstel intrekken"),
    },
    ACCEPTED: {},
    DECLINED: {},
    EXPIRED: {},
    WITHDRAWN: {},
}

LIFECYCLE = Lifecycle(LABELS, MOVES)
can_move = LIFECYCLE.can_move
next_states = LIFECYCLE.next_states
buttons = LIFECYCLE.buttons


def is_expired(state: OfferState, *, reply_by_on: date, today: date) -> bool:
    """Tell whether the time to reply has passed; the reply-by date itself still counts in full."""
    return state is EXPIRED or (state is OPEN and offer_has_expired(reply_by_on, today))


def may_reply(state: OfferState, *, reply_by_on: date, today: date) -> bool:
    """Tell whether the family can still accept or decline."""
    return state is OPEN and not offer_has_expired(reply_by_on, today)


def may_extend(state: OfferState, *, reply_by_on: date, new_reply_by_on: date, today: date) -> bool:
    """Tell whether the location may give the family more time: only later, and only while the offer stands."""
    return may_reply(state, reply_by_on=reply_by_on, today=today) and new_reply_by_on > reply_by_on


def label(state: OfferState, *, reply_by_on: date, today: date) -> str:
    """Return the words for where an offer stands today."""
    return LABELS[EXPIRED if is_expired(state, reply_by_on=reply_by_on, today=today) else state]
