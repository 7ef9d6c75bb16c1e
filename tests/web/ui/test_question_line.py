"""The line of a question: which steps it has, and where it stands."""

from datetime import date

import pytest

from opvangloket.web.ui.components import (
    AnswerGiven,
    AnswerKind,
    Choice,
    ChoiceKind,
    QuestionLine,
    Reader,
    StepState,
    question_line,
)

ASKED = date(2026, 11, 20)
SEEN = date(2026, 11, 21)
ANSWERED = date(2026, 11, 25)
CHOSEN = date(2026, 12, 1)


def states(line: QuestionLine) -> list[tuple[str, str]]:
    return [(step.label, step.state.value) for step in line.steps]


def test_a_question_waits_to_be_read() -> None:
    assert states(question_line(asked_on=ASKED, sent_on=ASKED)) == [
        ("verstuurd", "done"),
        ("gelezen", "now"),
        ("antwoord", "todo"),
        ("jij kiest", "todo"),
    ]


def test_a_question_that_is_sent_later_shows_both_steps() -> None:
    assert states(question_line(asked_on=ASKED))[:2] == [("gevraagd", "done"), ("verstuurd", "now")]
    later = question_line(asked_on=ASKED, sent_on=CHOSEN)
    assert [(step.label, step.on) for step in later.steps[:2]] == [("gevraagd", ASKED), ("verstuurd", CHOSEN)]


def test_an_answer_proves_that_the_question_was_read() -> None:
    line = question_line(asked_on=ASKED, sent_on=ASKED, answer=AnswerGiven(AnswerKind.YES, ANSWERED))
    assert states(line) == [("verstuurd", "done"), ("gelezen", "done"), ("voorstel", "good"), ("jij kiest", "now")]
    assert line.steps[1].on is None


def test_a_no_ends_the_line() -> None:
    line = question_line(asked_on=ASKED, sent_on=ASKED, seen_on=SEEN, answer=AnswerGiven(AnswerKind.NO, ANSWERED))
    assert states(line)[-1] == ("geen plaats", "bad")
    assert line.ends_early
    assert StepState.NOW not in {step.state for step in line.steps}


def test_what_needs_no_answer_any_more_ends_the_line() -> None:
    closed = question_line(asked_on=ASKED, sent_on=ASKED, seen_on=SEEN, closed_on=CHOSEN)
    assert states(closed) == [("verstuurd", "done"), ("gelezen", "done"), ("gesloten", "done")]
    never_sent = question_line(asked_on=ASKED, closed_on=CHOSEN)
    assert states(never_sent) == [("gevraagd", "done"), ("gesloten", "done")]
    placed = question_line(asked_on=ASKED, sent_on=ASKED, placed_on=CHOSEN, closed_on=CHOSEN)
    assert states(placed) == [("verstuurd", "done"), ("plaats", "good")]
    for line in (closed, never_sent, placed):
        assert line.steps[-1].on == CHOSEN
        assert line.ends_early


def test_an_answer_tells_more_than_that_the_question_was_closed() -> None:
    line = question_line(asked_on=ASKED, sent_on=ASKED, answer=AnswerGiven(AnswerKind.NO, ANSWERED), closed_on=CHOSEN)
    assert states(line)[-1] == ("geen plaats", "bad")


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (ChoiceKind.ACCEPTED, ("gekozen", "good")),
        (ChoiceKind.DECLINED, ("niet gekozen", "done")),
        (ChoiceKind.EXPIRED, ("vervallen", "bad")),
        (ChoiceKind.WITHDRAWN, ("ingetrokken", "bad")),
    ],
)
def test_the_offer_ends_the_line(kind: ChoiceKind, step: tuple[str, str]) -> None:
    answer = AnswerGiven(AnswerKind.ALTERNATIVE, ANSWERED)
    line = question_line(asked_on=ASKED, sent_on=ASKED, answer=answer, choice=Choice(kind, CHOSEN))
    assert states(line)[-1] == step
    assert line.steps[-1].on == CHOSEN


def test_only_the_family_is_told_that_it_chooses() -> None:
    assert states(question_line(asked_on=ASKED, sent_on=ASKED, reader=Reader.DESK))[-1][0] == "gezin kiest"


def test_the_line_is_drawn_up_to_where_it_stands() -> None:
    line = question_line(asked_on=ASKED, sent_on=ASKED, seen_on=SEEN)
    assert [leads_on for _step, leads_on in line.stretches] == [True, True, False, False]
