"""The states of a care request, the same words for everyone (SPEC §4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from opvangloket.rules.lifecycles import DESK, FAMILY, SYSTEM, Actor, Lifecycle, Move


class RequestState(StrEnum):
    """Where a care request stands."""

    DRAFT = "draft"
    REGISTERED = "registered"
    OPEN = "open"
    PLACED = "placed"
    FOUND_ELSEWHERE = "found_elsewhere"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CLOSED_UNANSWERED = "closed_unanswered"
    NOT_GENUINE = "not_genuine"
    MERGED = "merged"


DRAFT, REGISTERED, OPEN, PLACED = (
    RequestState.DRAFT,
    RequestState.REGISTERED,
    RequestState.OPEN,
    RequestState.PLACED,
)
FOUND_ELSEWHERE, LAPSED, WITHDRAWN, CLOSED_UNANSWERED = (
    RequestState.FOUND_ELSEWHERE,
    RequestState.LAPSED,
    RequestState.WITHDRAWN,
    RequestState.CLOSED_UNANSWERED,
)
NOT_GENUINE, MERGED = RequestState.NOT_GENUINE, RequestState.MERGED

LABELS: Mapping[RequestState, str] = {
    DRAFT: "nog niet verstuurd",
    REGISTERED: "ontvangen",
    OPEN: "wacht op antwoord",
    PLACED: "plaats gevonden",
    FOUND_ELSEWHERE: "elders opvang gevonden",
    LAPSED: "niet meer nodig",
    WITHDRAWN: "ingetrokken",
    CLOSED_UNANSWERED: "gestopt zonder plaats",
    NOT_GENUINE: "geen echte vraag",
    MERGED: "samengevoegd met een andere vraag",
}

# Still without a place: sent in, and nothing found or ended.
SEARCHING_STATES = frozenset({REGISTERED, OPEN})
# The search is over and the request is counted: what happened can still be told better later.
CLOSING_STATES = frozenset({FOUND_ELSEWHERE, LAPSED, WITHDRAWN, CLOSED_UNANSWERED})
# Counted out for good: EXCHANGE.md keeps these out of every report, whatever comes after.
UNCOUNTED_STATES = frozenset({NOT_GENUINE, MERGED})

_SUBMITTERS = FAMILY | {Actor.ORGANISER, Actor.SYSTEM}
_CLOSED_BY_FAMILY = {
    FOUND_ELSEWHERE: Move(FAMILY, "Elders opvang gevonden"),
    LAPSED: Move(FAMILY, "Niet meer nodig"),
    WITHDRAWN: Move(FAMILY, "Vraag intrekken"),
}
_COUNTED_OUT = {
    NOT_GENUINE: Move(DESK, "Geen echte vraag"),
    MERGED: Move(DESK, "Samenvoegen met een andere vraag"),
}


def _told_later(state: RequestState, by: frozenset[Actor]) -> dict[RequestState, Move]:
    """Return the moves out of a closing state: undo it, or say better how the search ended."""
    ends = {
        FOUND_ELSEWHERE: Move(by, "Elders opvang gevonden"),
        LAPSED: Move(by, "Niet meer nodig"),
        CLOSED_UNANSWERED: Move(by, "Geen plaats gevonden"),
    }
    return {
        OPEN: Move(FAMILY, "Opnieuw openen"),
        **{end: move for end, move in ends.items() if end is not state},
        **_COUNTED_OUT,
    }


MOVES: Mapping[RequestState, Mapping[RequestState, Move]] = {
    DRAFT: {REGISTERED: Move(_SUBMITTERS, "Vraag versturen")},
    REGISTERED: {OPEN: Move(FAMILY | SYSTEM, "Contact bevestigen"), **_CLOSED_BY_FAMILY, **_COUNTED_OUT},
    OPEN: {
        # Through an accepted offer or a direct placement, never by a button on the request itself.
        PLACED: Move(FAMILY | {Actor.ORGANISER, Actor.SYSTEM}),
        **_CLOSED_BY_FAMILY,
        CLOSED_UNANSWERED: Move(FAMILY, "Stoppen met zoeken"),
        **_COUNTED_OUT,
    },
    # Care that ended after its start ends the placement, not the request: asking again is a new request.
    PLACED: {
        # By itself when the location closes before care starts.
        OPEN: Move(FAMILY | SYSTEM, "De opvang gaat niet door", only_before_care=True),
        **{end: Move(FAMILY, only_before_care=True) for end in (*_CLOSED_BY_FAMILY, CLOSED_UNANSWERED)},
        **_COUNTED_OUT,
    },
    FOUND_ELSEWHERE: _told_later(FOUND_ELSEWHERE, DESK),
    LAPSED: _told_later(LAPSED, DESK),
    # A withdrawal has no reason: the family can still give one, for instance in the certainty round.
    WITHDRAWN: _told_later(WITHDRAWN, FAMILY),
    CLOSED_UNANSWERED: _told_later(CLOSED_UNANSWERED, DESK),
    NOT_GENUINE: {},
    MERGED: {},
}

LIFECYCLE = Lifecycle(LABELS, MOVES)
can_move = LIFECYCLE.can_move
next_states = LIFECYCLE.next_states
buttons = LIFECYCLE.buttons


def care_started(*, agreed_start: date | None, today: date) -> bool:
    """Tell whether the care of a placement has started: then nothing undoes it any more (EXCHANGE.md, outcome 2)."""
    return agreed_start is not None and agreed_start <= today


def may_still_search(state: RequestState, *, may_stay_listed: bool) -> bool:
    """Tell whether the request may have open inquiries: a placed one only where the desk lets it stay listed."""
    return state is OPEN or (state is PLACED and may_stay_listed)
