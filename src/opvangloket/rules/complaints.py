"""A complaint (klacht, SPEC §11): who complains about whom, who answers by when, and what may follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

LONGEST_COMPLAINT: Final = 3000
NEAR_DAYS: Final = 7


class Party(StrEnum):
    """Who has a part in a complaint."""

    FAMILY = "family"
    ORGANISER = "organiser"
    DESK = "desk"


class Topic(StrEnum):
    """What a complaint is about."""

    LOCATION = "location"
    DESK = "desk"
    COOPERATION = "cooperation"


class ComplaintState(StrEnum):
    """Where a complaint is."""

    RECEIVED = "received"
    ANSWERED = "answered"
    HANDED_ON = "handed_on"
    CLOSED = "closed"


class StepKind(StrEnum):
    """What somebody did about a complaint; a note is for the desk alone."""

    REPLY = "reply"
    REMARK = "remark"
    NOTE = "note"
    HAND_ON = "hand_on"
    CLOSE = "close"


class HandedTo(StrEnum):
    """To whom a desk hands a complaint on."""

    AGENCY = "agency"
    OMBUDSMAN = "ombudsman"
    MUNICIPALITY = "municipality"


class Result(StrEnum):
    """How a complaint ended."""

    SETTLED = "settled"
    EXPLAINED = "explained"
    TAKEN_BACK = "taken_back"
    NOT_OURS = "not_ours"


TOPIC_LABELS: Final[Mapping[Topic, str]] = {
    Topic.LOCATION: "een opvang",
    Topic.DESK: "het loket",
    Topic.COOPERATION: "de samenwerking",
}
STATE_LABELS: Final[Mapping[ComplaintState, str]] = {
    ComplaintState.RECEIVED: "wacht op antwoord",
    ComplaintState.ANSWERED: "beantwoord",
    ComplaintState.HANDED_ON: "doorgegeven",
    ComplaintState.CLOSED: "afgesloten",
}
HANDED_TO_LABELS: Final[Mapping[HandedTo, str]] = {
    HandedTo.AGENCY: "het agentschap Opgroeien",
    HandedTo.OMBUDSMAN: "de ombudsdienst",
    HandedTo.MUNICIPALITY: "het lokaal bestuur",
}
RESULT_LABELS: Final[Mapping[Result, str]] = {
    Result.SETTLED: "opgelost",
    Result.EXPLAINED: "uitgelegd",
    Result.TAKEN_BACK: "ingetrokken",
    Result.NOT_OURS: "niet voor het loket",
}
# An organiser answers for its own house only, so it complains about no other organiser here.
TOPICS_OF: Final[Mapping[Party, tuple[Topic, ...]]] = {
    Party.FAMILY: (Topic.LOCATION, Topic.DESK),
    Party.ORGANISER: (Topic.DESK, Topic.COOPERATION),
}
MOVES: Final[Mapping[ComplaintState, frozenset[ComplaintState]]] = {
    ComplaintState.RECEIVED: frozenset({ComplaintState.ANSWERED, ComplaintState.HANDED_ON, ComplaintState.CLOSED}),
    ComplaintState.ANSWERED: frozenset({ComplaintState.RECEIVED, ComplaintState.HANDED_ON, ComplaintState.CLOSED}),
    ComplaintState.HANDED_ON: frozenset({ComplaintState.CLOSED}),
    ComplaintState.CLOSED: frozenset(),
}
# The state in which each step leaves a complaint; a note leaves it where it is.
_LEADS_TO: Final[Mapping[StepKind, ComplaintState]] = {
    StepKind.REPLY: ComplaintState.ANSWERED,
    StepKind.REMARK: ComplaintState.RECEIVED,
    StepKind.HAND_ON: ComplaintState.HANDED_ON,
    StepKind.CLOSE: ComplaintState.CLOSED,
}
_OF_THE_DESK: Final = frozenset({StepKind.NOTE, StepKind.HAND_ON, StepKind.CLOSE})
_TALKING: Final = frozenset({ComplaintState.RECEIVED, ComplaintState.ANSWERED})


def answerer_of(topic: Topic) -> Party:
    """Return who answers: the organiser for its location, the desk for itself and for the cooperation."""
    return Party.ORGANISER if topic is Topic.LOCATION else Party.DESK


def due_on(from_on: date, *, days: int) -> date:
    """Return the last day on which an answer comes in time."""
    return from_on + timedelta(days=days)


def steps_open_to(party: Party, *, complainant: Party, topic: Topic, state: ComplaintState) -> frozenset[StepKind]:
    """Return what somebody may do now.

    Who complained may come back to it once, after each answer; who answers may add to the answer; the desk follows.
    """
    if state is ComplaintState.CLOSED:
        return frozenset()
    steps = set(_OF_THE_DESK) if party is Party.DESK else set()
    if party is answerer_of(topic) and state in _TALKING:
        steps.add(StepKind.REPLY)
    if party is complainant and state is ComplaintState.ANSWERED:
        steps.add(StepKind.REMARK)
    if state is ComplaintState.HANDED_ON:
        steps.discard(StepKind.HAND_ON)
    return frozenset(steps)


def state_after(step: StepKind, state: ComplaintState) -> ComplaintState:
    """Return the state in which a step leaves a complaint."""
    return _LEADS_TO.get(step, state)


class Standing(StrEnum):
    """How an unanswered complaint stands to its term."""

    CALM = "calm"
    NEAR = "near"
    LATE = "late"


def standing(due: date, *, today: date) -> Standing:
    """Tell how near the term of an unanswered complaint is; the last day itself is still in time."""
    if today > due:
        return Standing.LATE
    return Standing.NEAR if due - today <= timedelta(days=NEAR_DAYS) else Standing.CALM
