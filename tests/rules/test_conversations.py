"""Until when people write to each other, and when they are mailed."""

from datetime import UTC, datetime, timedelta

import pytest

from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.conversations import CLOSED_WORDS, Closed, PlaceHere, closed_reason, is_mail_due
from opvangloket.rules.inquiries import InquiryState

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NONE, RUNS, ENDED = PlaceHere
OPEN, PLACED = RequestState.OPEN, RequestState.PLACED


@pytest.mark.parametrize(
    ("inquiry", "request_state", "place", "reason"),
    [
        (InquiryState.SENT, OPEN, NONE, None),
        (InquiryState.SENT, PLACED, NONE, None),  # the family may stay listed
        (InquiryState.ANSWERED_NO, OPEN, NONE, None),  # a no can still become a yes
        (InquiryState.ANSWERED_YES, OPEN, NONE, None),
        (InquiryState.ANSWERED_YES, PLACED, RUNS, None),
        (None, PLACED, RUNS, None),
        (InquiryState.WITHDRAWN, PLACED, RUNS, None),
        (InquiryState.ANSWERED_YES, PLACED, ENDED, Closed.CARE_ENDED),
        (InquiryState.ANSWERED_YES, PLACED, NONE, Closed.PLACED_ELSEWHERE),
        (InquiryState.WITHDRAWN, PLACED, NONE, Closed.PLACED_ELSEWHERE),
        (InquiryState.ANSWERED_NO, RequestState.WITHDRAWN, NONE, Closed.SEARCH_ENDED),
        (InquiryState.WITHDRAWN, RequestState.LAPSED, NONE, Closed.SEARCH_ENDED),
        (InquiryState.WITHDRAWN, OPEN, NONE, Closed.TAKEN_OFF),
        (InquiryState.CLOSED_NO_ANSWER, OPEN, NONE, Closed.NO_ANSWER),
    ],
)
def test_a_conversation_is_open_while_the_location_has_to_do_with_the_family(
    inquiry: InquiryState | None, request_state: RequestState, place: PlaceHere, reason: Closed | None
) -> None:
    assert closed_reason(inquiry=inquiry, request=request_state, place=place) is reason


def test_every_reason_has_words() -> None:
    assert set(CLOSED_WORDS) == set(Closed)


@pytest.mark.parametrize(
    ("newest", "read", "told", "minutes", "due"),
    [
        (1, 0, 0, None, True),
        (1, 1, 0, None, False),  # read already
        (1, 0, 1, 120, False),  # told already, however long ago
        (2, 0, 1, 59, False),
        (2, 0, 1, 60, True),
        (2, 1, 1, 60, True),
        (0, 0, 0, None, False),
    ],
)
def test_a_side_is_mailed_once_about_a_message_and_once_an_hour(
    newest: int, read: int, told: int, minutes: int | None, due: bool
) -> None:
    told_at = None if minutes is None else NOW - timedelta(minutes=minutes)
    assert is_mail_due(newest=newest, read=read, told=told, told_at=told_at, now=NOW) is due
