"""A conversation between a family, one location and the desk (SPEC §15): who takes part, until when, and who is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.inquiries import ANSWERED_STATES, InquiryState

LONGEST_MESSAGE: Final = 2000
BETWEEN_MAILS: Final = timedelta(hours=1)


class Side(StrEnum):
    """Who takes part."""

    FAMILY = "family"
    LOCATION = "location"
    DESK = "desk"


SIDE_LABELS: Final[Mapping[Side, str]] = {Side.FAMILY: "gezin", Side.LOCATION: "opvang", Side.DESK: "loket"}


class PlaceHere(StrEnum):
    """Whether the child has a place at the location."""

    NONE = "none"
    RUNS = "runs"
    ENDED = "ended"


class Closed(StrEnum):
    """Why nobody writes any more; what was written stays readable."""

    CARE_ENDED = "care_ended"
    NO_ANSWER = "no_answer"
    PLACED_ELSEWHERE = "placed_elsewhere"
    SEARCH_ENDED = "search_ended"
    TAKEN_OFF = "taken_off"


CLOSED_WORDS: Final[Mapping[Closed, str]] = {
    Closed.CARE_ENDED: "De opvang hier is gestopt. Schrijven kan niet meer.",
    Closed.NO_ANSWER: "Het loket sloot deze vraag, want er kwam geen antwoord. Schrijven kan niet meer.",
    Closed.PLACED_ELSEWHERE: "Er is een plaats bij een andere opvang. Schrijven kan niet meer.",
    Closed.SEARCH_ENDED: "De zoektocht is gestopt. Schrijven kan niet meer.",
    Closed.TAKEN_OFF: "Deze opvang staat niet meer in de vraag. Schrijven kan niet meer.",
}


def closed_reason(*, inquiry: InquiryState | None, request: RequestState, place: PlaceHere) -> Closed | None:
    """Return why a conversation is closed, or None while it is open.

    It is open as long as the location still has to do with the family: it is asked, its answer can still matter, or
    the child has a place there. `inquiry` is None for a child placed directly, which was never asked.
    """
    if place is PlaceHere.RUNS or (place is PlaceHere.NONE and inquiry is InquiryState.SENT):
        return None
    if place is PlaceHere.ENDED:
        return Closed.CARE_ENDED
    if request is RequestState.PLACED:
        return Closed.PLACED_ELSEWHERE
    if request is not RequestState.OPEN:
        return Closed.SEARCH_ENDED
    if inquiry in ANSWERED_STATES:
        return None
    return Closed.NO_ANSWER if inquiry is InquiryState.CLOSED_NO_ANSWER else Closed.TAKEN_OFF


def is_mail_due(*, newest: int, read: int, told: int, told_at: datetime | None, now: datetime) -> bool:
    """Tell whether a side is mailed that something waits: at most once an hour, and once about the same message.

    `newest`, `read` and `told` are numbers of messages: the last one for this side, the last one it read, and the
    last one it was mailed about.
    """
    return newest > max(read, told) and (told_at is None or now - told_at >= BETWEEN_MAILS)
