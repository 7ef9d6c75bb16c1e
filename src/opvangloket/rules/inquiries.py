"""The states of an inquiry: the question as it lies with one location (SPEC §5).

*Overdue* is no state: it follows from the due date and today, so it is right also when no job has run.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from opvangloket.rules.lifecycles import DESK, FAMILY, SYSTEM, Actor, Lifecycle, Move
from opvangloket.rules.terms import inquiry_is_overdue, is_released


class InquiryState(StrEnum):
    """Where an inquiry stands."""

    WAITING_RELEASE = "waiting_release"
    SENT = "sent"
    ANSWERED_YES = "answered_yes"
    ANSWERED_ALTERNATIVE = "answered_alternative"
    ANSWERED_NO = "answered_no"
    CLOSED_NO_ANSWER = "closed_no_answer"
    WITHDRAWN = "withdrawn"


class AnswerKind(StrEnum):
    """What a location can say."""

    YES = "yes"
    ALTERNATIVE = "alternative"
    NO = "no"


WAITING_RELEASE, SENT = InquiryState.WAITING_RELEASE, InquiryState.SENT
ANSWERED_YES, ANSWERED_ALTERNATIVE, ANSWERED_NO = (
    InquiryState.ANSWERED_YES,
    InquiryState.ANSWERED_ALTERNATIVE,
    InquiryState.ANSWERED_NO,
)
CLOSED_NO_ANSWER, WITHDRAWN = InquiryState.CLOSED_NO_ANSWER, InquiryState.WITHDRAWN

LABELS: Mapping[InquiryState, str] = {
    WAITING_RELEASE: "wordt later verstuurd",
    SENT: "verstuurd",
    ANSWERED_YES: "heeft plaats",
    ANSWERED_ALTERNATIVE: "stelt iets anders voor",
    ANSWERED_NO: "heeft geen plaats",
    CLOSED_NO_ANSWER: "gesloten zonder antwoord",
    WITHDRAWN: "niet meer nodig",
}
OVERDUE_LABEL = "te laat met antwoorden"
ANSWER_LABELS: Mapping[AnswerKind, str] = {
    AnswerKind.YES: "Ja, zoals gevraagd",
    AnswerKind.ALTERNATIVE: "Ja, maar anders",
    AnswerKind.NO: "Nee",
}

OPEN_STATES = frozenset({WAITING_RELEASE, SENT})
ENDED_UNANSWERED = frozenset({CLOSED_NO_ANSWER, WITHDRAWN})
ANSWERED_STATES = frozenset({ANSWERED_YES, ANSWERED_ALTERNATIVE, ANSWERED_NO})
STATE_OF_ANSWER: Mapping[AnswerKind, InquiryState] = {
    AnswerKind.YES: ANSWERED_YES,
    AnswerKind.ALTERNATIVE: ANSWERED_ALTERNATIVE,
    AnswerKind.NO: ANSWERED_NO,
}

_ANSWERERS = frozenset({Actor.ORGANISER, Actor.DESK})
_ANSWER = {
    ANSWERED_YES: Move(_ANSWERERS, ANSWER_LABELS[AnswerKind.YES]),
    ANSWERED_ALTERNATIVE: Move(_ANSWERERS, ANSWER_LABELS[AnswerKind.ALTERNATIVE]),
    ANSWERED_NO: Move(_ANSWERERS, ANSWER_LABELS[AnswerKind.NO]),
}
# A correction is a new answer, also of the same kind: another alternative for the first one.
_CORRECT = {answered: Move(_ANSWERERS) for answered in _ANSWER}
_WITHDRAW = {WITHDRAWN: Move(FAMILY | SYSTEM, "Locatie schrappen")}

MOVES: Mapping[InquiryState, Mapping[InquiryState, Move]] = {
    WAITING_RELEASE: {SENT: Move(DESK | SYSTEM, "Nu versturen"), **_WITHDRAW},
    SENT: {**_ANSWER, CLOSED_NO_ANSWER: Move(DESK, "Sluiten zonder antwoord"), **_WITHDRAW},
    ANSWERED_YES: _CORRECT,
    ANSWERED_ALTERNATIVE: _CORRECT,
    ANSWERED_NO: _CORRECT,
    CLOSED_NO_ANSWER: {},
    WITHDRAWN: {},
}

LIFECYCLE = Lifecycle(LABELS, MOVES)
can_move = LIFECYCLE.can_move
next_states = LIFECYCLE.next_states
buttons = LIFECYCLE.buttons


def allowed_answers(
    state: InquiryState, *, answer_from_on: date | None, today: date, request_searches: bool = True
) -> frozenset[AnswerKind]:
    """Return what a location may answer today: before `answer_from_on` only no, after the search ended nothing."""
    if not request_searches:
        return frozenset()
    answers = frozenset(kind for kind, answered in STATE_OF_ANSWER.items() if can_move(state, answered))
    return answers if is_released(answer_from_on, today) else answers & {AnswerKind.NO}


def is_overdue(state: InquiryState, *, due_on: date | None, today: date) -> bool:
    """Tell whether the term passed without an answer; the due date itself still counts in full (SPEC §5)."""
    return state is SENT and due_on is not None and inquiry_is_overdue(due_on, today)


def is_late(*, answered_on: date, due_on: date | None) -> bool:
    """Tell whether an answer of that Brussels date came after the term."""
    return due_on is not None and inquiry_is_overdue(due_on, answered_on)


def label(state: InquiryState, *, due_on: date | None, today: date) -> str:
    """Return the words for where an inquiry stands today."""
    return OVERDUE_LABEL if is_overdue(state, due_on=due_on, today=today) else LABELS[state]
