"""A complaint: who may do what in each state, and how near its term is."""

from datetime import date, timedelta
from itertools import product

import pytest

from opvangloket.rules.complaints import (
    HANDED_TO_LABELS,
    MOVES,
    RESULT_LABELS,
    STATE_LABELS,
    TOPIC_LABELS,
    TOPICS_OF,
    ComplaintState,
    HandedTo,
    Party,
    Result,
    Standing,
    StepKind,
    Topic,
    answerer_of,
    due_on,
    standing,
    state_after,
    steps_open_to,
)

DUE = date(2026, 4, 1)
RECEIVED, ANSWERED, HANDED_ON, CLOSED = ComplaintState
DESK_ALWAYS = {StepKind.NOTE, StepKind.HAND_ON, StepKind.CLOSE}


def test_everything_has_its_words() -> None:
    assert set(TOPIC_LABELS) == set(Topic)
    assert set(STATE_LABELS) == set(MOVES) == set(ComplaintState)
    assert set(HANDED_TO_LABELS) == set(HandedTo)
    assert set(RESULT_LABELS) == set(Result)


@pytest.mark.parametrize(
    ("party", "complainant", "topic", "state", "steps"),
    [
        (Party.ORGANISER, Party.FAMILY, Topic.LOCATION, RECEIVED, {StepKind.REPLY}),
        (Party.ORGANISER, Party.FAMILY, Topic.LOCATION, ANSWERED, {StepKind.REPLY}),
        (Party.ORGANISER, Party.FAMILY, Topic.LOCATION, HANDED_ON, set()),
        (Party.FAMILY, Party.FAMILY, Topic.LOCATION, RECEIVED, set()),
        (Party.FAMILY, Party.FAMILY, Topic.LOCATION, ANSWERED, {StepKind.REMARK}),
        (Party.DESK, Party.FAMILY, Topic.LOCATION, RECEIVED, DESK_ALWAYS),
        (Party.DESK, Party.FAMILY, Topic.DESK, RECEIVED, DESK_ALWAYS | {StepKind.REPLY}),
        (Party.DESK, Party.ORGANISER, Topic.COOPERATION, ANSWERED, DESK_ALWAYS | {StepKind.REPLY}),
        (Party.DESK, Party.FAMILY, Topic.LOCATION, HANDED_ON, {StepKind.NOTE, StepKind.CLOSE}),
        (Party.ORGANISER, Party.ORGANISER, Topic.DESK, ANSWERED, {StepKind.REMARK}),
        (Party.DESK, Party.FAMILY, Topic.DESK, CLOSED, set()),
    ],
)
def test_who_may_do_what(
    party: Party, complainant: Party, topic: Topic, state: ComplaintState, steps: set[StepKind]
) -> None:
    assert steps_open_to(party, complainant=complainant, topic=topic, state=state) == steps


@pytest.mark.parametrize(("party", "state"), list(product(Party, ComplaintState)))
def test_a_step_that_is_open_never_makes_a_forbidden_move(party: Party, state: ComplaintState) -> None:
    for complainant, topics in TOPICS_OF.items():
        for topic in topics:
            for step in steps_open_to(party, complainant=complainant, topic=topic, state=state):
                after = state_after(step, state)
                assert after is state or after in MOVES[state]


def test_nobody_answers_a_complaint_of_its_own() -> None:
    assert all(answerer_of(topic) is not party for party, topics in TOPICS_OF.items() for topic in topics)


@pytest.mark.parametrize(
    ("days", "stands"),
    [(-1, Standing.LATE), (0, Standing.NEAR), (7, Standing.NEAR), (8, Standing.CALM)],
)
def test_the_last_day_is_still_in_time(days: int, stands: Standing) -> None:
    assert standing(DUE, today=DUE - timedelta(days=days)) is stands


def test_the_term_is_counted_from_the_day_of_the_complaint() -> None:
    assert due_on(date(2026, 3, 2), days=30) == DUE
