"""The line of a question (vraaglijn): asked, sent, read, answered, chosen, with a date at each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from opvangloket.web.ui.components.lists import Act
from opvangloket.web.ui.components.marks import Chip


class StepState(StrEnum):
    """Where a step stands: behind us, here, still to come, or ended well or badly."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"
    GOOD = "good"
    BAD = "bad"

    @property
    def word(self) -> str:
        """What the dot says to who cannot see it."""
        words = {StepState.NOW: _("nu aan de beurt"), StepState.TODO: _("komt nog")}
        return words.get(self, "")


class AnswerKind(StrEnum):
    """The three answers a location can give (SPEC §5)."""

    YES = "yes"
    ALTERNATIVE = "alternative"
    NO = "no"


class ChoiceKind(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Reader(StrEnum):
    """Who reads the line: only the family is told "jij kiest"."""

    FAMILY = "family"
    ORGANISER = "organiser"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """The answer that counts now, and its day."""

    kind: AnswerKind
    on: date


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of the offer, and when."""

    kind: ChoiceKind
    on: date


@dataclass(frozen=True, slots=True)
class Step:
    """One dot: its word, its state, and its day once it happened."""

    label: str
    state: StepState
    on: date | None = None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """The steps in order; `stretches` pairs each with whether the line is drawn on to the next."""

    steps: tuple[Step, ...]
    ends_early: bool = False

    @property
    def stretches(self) -> tuple[tuple[Step, bool], ...]:
        """Each step, with whether the next one has been reached."""
        reached = [step.state is not StepState.TODO for step in self.steps[1:]] + [False]
        return tuple(zip(self.steps, reached, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One location in a request: its name, its line, what happens next in a chip or a sentence, and the acts."""

    name: str
    line: QuestionLine
    url: str = ""
    note: str = ""
    chip: Chip | None = None
    next_words: str = ""
    act_label: str = ""
    act_url: str = ""
    more: tuple[Act, ...] = ()


def question_line(
    *,
    asked_on: date,
    sent_on: date | None = None,
    seen_on: date | None = None,
    answer: AnswerGiven | None = None,
    choice: Choice | None = None,
    placed_on: date | None = None,
    closed_on: date | None = None,
    reader: Reader = Reader.FAMILY,
) -> QuestionLine:
    """Return the line of one question to one location.

    Asking and sending are one step when they fall on the same day; a later release shows both. A no ends the line,
    and so does what needs no answer any more: the child has its place there, or the question was closed.
    """
    steps = [] if asked_on == sent_on else [Step(_("gevraagd"), StepState.DONE, asked_on)]
    steps.append(Step(_("verstuurd"), StepState.DONE if sent_on else StepState.TODO, sent_on))
    steps.append(_seen_step(seen_on, answer))
    if answer is None and (end := _end_step(placed_on, closed_on)):
        return QuestionLine((*(step for step in steps if step.state is StepState.DONE), end), ends_early=True)
    steps.append(_answer_step(answer))
    refused = answer is not None and answer.kind is AnswerKind.NO
    if not refused:
        steps.append(_choice_step(choice, reader))
    return QuestionLine(_with_now(steps), ends_early=refused)


def _seen_step(seen_on: date | None, answer: AnswerGiven | None) -> Step:
    """An answer proves that the question was read, also when no page view did."""
    if seen_on is None and answer is None:
        return Step(_("gelezen"), StepState.TODO)
    return Step(_("gelezen"), StepState.DONE, seen_on)


def _end_step(placed_on: date | None, closed_on: date | None) -> Step | None:
    """Return how a line ends to which nobody answered."""
    if placed_on:
        return Step(_("plaats"), StepState.GOOD, placed_on)
    return Step(_("gesloten"), StepState.DONE, closed_on) if closed_on else None


def _answer_step(answer: AnswerGiven | None) -> Step:
    if answer is None:
        return Step(_("antwoord"), StepState.TODO)
    if answer.kind is AnswerKind.NO:
        return Step(_("geen plaats"), StepState.BAD, answer.on)
    return Step(_("voorstel"), StepState.GOOD, answer.on)


def _choice_step(choice: Choice | None, reader: Reader) -> Step:
    if choice is None:
        return Step(_("jij kiest") if reader is Reader.FAMILY else _("gezin kiest"), StepState.TODO)
    labels = {
        ChoiceKind.ACCEPTED: (_("gekozen"), StepState.GOOD),
        ChoiceKind.DECLINED: (_("niet gekozen"), StepState.DONE),
        ChoiceKind.EXPIRED: (_("vervallen"), StepState.BAD),
        ChoiceKind.WITHDRAWN: (_("ingetrokken"), StepState.BAD),
    }
    label, state = labels[choice.kind]
    return Step(label, state, choice.on)


def _with_now(steps: list[Step]) -> tuple[Step, ...]:
    """Mark the first step that has not happened as the present one."""
    waiting = next((index for index, step in enumerate(steps) if step.state is StepState.TODO), len(steps))
    return tuple(
        Step(step.label, StepState.NOW, step.on) if index == waiting else step for index, step in enumerate(steps)
    )
