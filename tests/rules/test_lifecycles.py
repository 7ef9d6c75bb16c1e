"""The lifecycles as tables: every pair of states is either a move that is written here, or no move at all."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules import care_requests, inquiries, offers
from opvangloket.rules.care_requests import CLOSING_STATES, UNCOUNTED_STATES, RequestState
from opvangloket.rules.inquiries import AnswerKind, InquiryState
from opvangloket.rules.lifecycles import Actor, Lifecycle
from opvangloket.rules.offers import OfferState

DUE_ON = date(2025, 12, 4)

# One line per state: where it can go. (p)arent, (h)elper, (o)rganiser, (d)esk, (s)ystem may make the move.
REQUEST_MOVES = """
draft             registered:phods
registered        open:phds found_elsewhere:phd lapsed:phd withdrawn:phd not_genuine:d merged:d
open              placed:phods found_elsewhere:phd lapsed:phd withdrawn:phd closed_unanswered:phd not_genuine:d merged:d
placed            open:phds found_elsewhere:phd lapsed:phd withdrawn:phd closed_unanswered:phd not_genuine:d merged:d
found_elsewhere   open:phd lapsed:d closed_unanswered:d not_genuine:d merged:d
lapsed            open:phd found_elsewhere:d closed_unanswered:d not_genuine:d merged:d
withdrawn         open:phd found_elsewhere:phd lapsed:phd closed_unanswered:phd not_genuine:d merged:d
closed_unanswered open:phd found_elsewhere:d lapsed:d not_genuine:d merged:d
not_genuine
merged
"""
INQUIRY_MOVES = """
waiting_release      sent:ds withdrawn:phds
sent                 answered_yes:od answered_alternative:od answered_no:od closed_no_answer:d withdrawn:phds
answered_yes         answered_yes:od answered_alternative:od answered_no:od
answered_alternative answered_yes:od answered_alternative:od answered_no:od
answered_no          answered_yes:od answered_alternative:od answered_no:od
closed_no_answer
withdrawn
"""
OFFER_MOVES = """
open      accepted:phd declined:phds expired:s withdrawn:ods
accepted
declined
expired
withdrawn
"""
LIFECYCLES: tuple[tuple[Lifecycle[StrEnum], type[StrEnum], str], ...] = (
    (care_requests.LIFECYCLE, RequestState, REQUEST_MOVES),  # type: ignore[arg-type]
    (inquiries.LIFECYCLE, InquiryState, INQUIRY_MOVES),  # type: ignore[arg-type]
    (offers.LIFECYCLE, OfferState, OFFER_MOVES),  # type: ignore[arg-type]
)


def written(moves: str) -> dict[tuple[str, str], set[Actor]]:
    actors = {actor.value[0]: actor for actor in Actor}
    table = {}
    for old, *targets in (line.split() for line in moves.strip().splitlines()):
        for new, letters in (target.split(":") for target in targets):
            table[old, new] = {actors[letter] for letter in letters}
    return table


@pytest.mark.parametrize(("lifecycle", "states", "moves"), LIFECYCLES, ids=["request", "inquiry", "offer"])
def test_every_pair_of_states(lifecycle: Lifecycle[StrEnum], states: type[StrEnum], moves: str) -> None:
    expected = written(moves)
    for old, new in product(states, repeat=2):
        assert lifecycle.can_move(old, new) == ((old, new) in expected)
        for actor in Actor:
            assert lifecycle.can_move(old, new, by=actor) == (actor in expected.get((old, new), ())), (old, new, actor)


@pytest.mark.parametrize(("lifecycle", "states", "moves"), LIFECYCLES, ids=["request", "inquiry", "offer"])
def test_every_state_has_a_label_of_its_own(
    lifecycle: Lifecycle[StrEnum], states: type[StrEnum], moves: Iterable[str]
) -> None:
    assert set(lifecycle.labels) == set(lifecycle.moves) == set(states)
    assert len(set(lifecycle.labels.values())) == len(states)


@pytest.mark.parametrize(("lifecycle", "states", "moves"), LIFECYCLES, ids=["request", "inquiry", "offer"])
def test_a_button_is_always_a_move_that_the_actor_may_make(
    lifecycle: Lifecycle[StrEnum], states: type[StrEnum], moves: Iterable[str]
) -> None:
    for state, actor in product(states, Actor):
        buttons = lifecycle.buttons(state, by=actor)
        assert all(lifecycle.can_move(state, button.to, by=actor) for button in buttons)
        assert len({button.label for button in buttons}) == len(buttons)


def test_a_parent_sees_plain_buttons_on_an_open_request() -> None:
    assert [button.label for button in care_requests.buttons(RequestState.OPEN, by=Actor.PARENT)] == [
        "Elders opvang gevonden",
        "Niet meer nodig",
        "Vraag intrekken",
        "Stoppen met zoeken",
    ]


def test_care_that_started_is_never_undone() -> None:
    assert care_requests.next_states(RequestState.PLACED, care_started=True) == UNCOUNTED_STATES
    assert care_requests.buttons(RequestState.PLACED, by=Actor.PARENT, care_started=True) == ()
    assert care_requests.can_move(RequestState.PLACED, RequestState.OPEN, by=Actor.PARENT)


def test_care_starts_on_its_agreed_day() -> None:
    agreed = date(2026, 2, 2)
    assert not care_requests.care_started(agreed_start=agreed, today=agreed - timedelta(days=1))
    assert care_requests.care_started(agreed_start=agreed, today=agreed)
    assert not care_requests.care_started(agreed_start=None, today=agreed)


def test_every_closing_can_be_undone_but_counting_out_is_final() -> None:
    for state in CLOSING_STATES:
        assert care_requests.can_move(state, RequestState.OPEN)
    for state in UNCOUNTED_STATES:
        assert care_requests.next_states(state) == frozenset()


@pytest.mark.parametrize("state", RequestState)
def test_who_may_still_search(state: RequestState) -> None:
    assert care_requests.may_still_search(state, may_stay_listed=False) == (state == "open")
    assert care_requests.may_still_search(state, may_stay_listed=True) == (state in {"open", "placed"})


@pytest.mark.parametrize("state", InquiryState)
def test_only_a_sent_inquiry_can_be_overdue_and_its_last_day_counts(state: InquiryState) -> None:
    assert not inquiries.is_overdue(state, due_on=DUE_ON, today=DUE_ON)
    assert inquiries.is_overdue(state, due_on=DUE_ON, today=DUE_ON + timedelta(days=1)) == (state == "sent")
    assert not inquiries.is_overdue(state, due_on=None, today=DUE_ON)


def test_an_overdue_inquiry_says_so_in_words() -> None:
    assert inquiries.label(InquiryState.SENT, due_on=DUE_ON, today=DUE_ON) == "verstuurd"
    assert inquiries.label(InquiryState.SENT, due_on=DUE_ON, today=date(2025, 12, 5)) == "te laat met antwoorden"
    assert inquiries.label(InquiryState.ANSWERED_NO, due_on=DUE_ON, today=date(2026, 1, 5)) == "heeft geen plaats"


def test_an_answer_is_late_from_the_day_after_the_term() -> None:
    assert not inquiries.is_late(answered_on=DUE_ON, due_on=DUE_ON)
    assert inquiries.is_late(answered_on=DUE_ON + timedelta(days=1), due_on=DUE_ON)
    assert not inquiries.is_late(answered_on=DUE_ON, due_on=None)


def test_before_the_answering_date_a_location_may_only_say_no() -> None:
    opens_on = date(2026, 3, 1)
    sent = InquiryState.SENT
    assert inquiries.allowed_answers(sent, answer_from_on=opens_on, today=date(2026, 2, 28)) == {AnswerKind.NO}
    assert inquiries.allowed_answers(sent, answer_from_on=opens_on, today=opens_on) == set(AnswerKind)
    assert inquiries.allowed_answers(sent, answer_from_on=None, today=opens_on) == set(AnswerKind)


def test_nothing_can_be_answered_before_sending_or_after_the_search() -> None:
    for state in (InquiryState.WAITING_RELEASE, InquiryState.CLOSED_NO_ANSWER, InquiryState.WITHDRAWN):
        assert inquiries.allowed_answers(state, answer_from_on=None, today=DUE_ON) == frozenset()
    answered = inquiries.allowed_answers(
        InquiryState.ANSWERED_NO, answer_from_on=None, today=DUE_ON, request_searches=False
    )
    assert answered == frozenset()


@given(st.sampled_from(OfferState), st.integers(-5, 5))
def test_an_offer_can_be_replied_to_exactly_until_its_date(state: OfferState, days: int) -> None:
    today = DUE_ON + timedelta(days=days)
    assert offers.may_reply(state, reply_by_on=DUE_ON, today=today) == (state == "open" and days <= 0)
    expired = state == "expired" or (state == "open" and days > 0)
    assert offers.is_expired(state, reply_by_on=DUE_ON, today=today) == expired
    assert (offers.label(state, reply_by_on=DUE_ON, today=today) == "verlopen") == expired


@pytest.mark.parametrize(
    ("new_reply_by_on", "today", "allowed"),
    [
        (DUE_ON + timedelta(days=1), DUE_ON, True),
        (DUE_ON, DUE_ON, False),
        (DUE_ON - timedelta(days=1), DUE_ON - timedelta(days=2), False),
        (DUE_ON + timedelta(days=9), DUE_ON + timedelta(days=1), False),
    ],
)
def test_more_time_is_given_only_while_the_offer_stands(new_reply_by_on: date, today: date, allowed: bool) -> None:
    assert (
        offers.may_extend(OfferState.OPEN, reply_by_on=DUE_ON, new_reply_by_on=new_reply_by_on, today=today) == allowed
    )
