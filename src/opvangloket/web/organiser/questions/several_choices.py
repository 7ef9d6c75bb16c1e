"""The choices for one question among several: what can be sent as it stands, each written so that a form can carry it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from opvangloket.domains.distribution.answering.answers import Alternative, NewAnswer, No, Yes
from opvangloket.domains.distribution.answering.proposals import Proposal
from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.domains.providers.own_locations import Tariff
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.place_hours import week_words
from opvangloket.rules.reasons import NoReason
from opvangloket.web.organiser.questions.sending_words import place_words, possible_words
from opvangloket.web.questions.question_words import day_words

LATER: Final = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be sent as it stands; a yes and a no may come without days, a yes without a day to start.

    `hours` are those of a place that has its own.
    """

    kind: AnswerKind
    pattern: WeekPattern | None = None
    start_on: date | None = None
    hours: CareHours = NO_HOURS

    def code(self) -> str:
        """Return the choice as the value of a form field: what was seen is what is sent."""
        mask = self.pattern.mask if self.pattern else ""
        return ".".join([self.kind.value, str(mask), str(self.start_on or ""), *filter(None, [self.hours.text()])])

    @classmethod
    def parse(cls, code: str) -> Choice:
        """Return the choice of a form field; raise ValueError for what `code` never writes."""
        kind, mask, start_on, hours = [*code.split("."), ""][:4]
        return cls(
            AnswerKind(kind),
            WeekPattern(int(mask)) if mask else None,
            date.fromisoformat(start_on) if start_on else None,
            CareHours.parse(hours),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InCommon:
    """What all answers that are sent together share."""

    reason: NoReason = NoReason.FULL
    tariff: Tariff | None = None
    reply_by_on: date | None = None
    message: str = ""


def choices_for(question: OrganiserQuestion, proposal: Proposal) -> Iterator[Choice]:
    """Yield what can be answered without looking closer, the proposal of the location's own places first."""
    may, care, best = question.may_answer, question.care, proposal.alternative
    if best and best.is_as_asked and AnswerKind.YES in may:
        leaves_choice = care.leaves_choice
        yield Choice(AnswerKind.YES, best.pattern if leaves_choice else None)
    elif best and AnswerKind.ALTERNATIVE in may:
        yield Choice(AnswerKind.ALTERNATIVE, best.pattern, best.period.start, best.hours)
    elif not proposal.is_counted and AnswerKind.YES in may and not care.leaves_choice:
        yield Choice(AnswerKind.YES)
    if AnswerKind.NO in may:
        yield Choice(AnswerKind.NO, proposal.possible_pattern, proposal.possible_from_on)


def proposed(question: OrganiserQuestion, proposal: Proposal) -> Choice | None:
    """Return what the places of the location suggest; None where nothing is known, or where offering is too early."""
    offers = [choice for choice in choices_for(question, proposal) if choice.kind is not AnswerKind.NO]
    if not proposal.is_counted:
        return None
    if offers or proposal.alternative:
        return offers[0] if offers else None
    return next(choices_for(question, proposal), None)


def detail_of(choice: Choice, question: OrganiserQuestion) -> str:
    """Write what a choice says beyond its kind: which days, from when; empty when it says no more."""
    if choice.kind is AnswerKind.NO:
        return possible_words(choice.pattern, day_words(choice.start_on) if choice.start_on else "")
    if choice.pattern is None:
        return ""
    later = choice.start_on if choice.start_on != question.care.start_on else None
    return place_words(week_words(choice.pattern, choice.hours), day_words(later) if later else "")


def answer_of(choice: Choice, question: OrganiserQuestion, common: InCommon) -> NewAnswer:
    """Return a choice as the answer to send. Hours without any of the place stay as asked, on the days offered."""
    if choice.kind is AnswerKind.NO:
        return No(
            reason=common.reason,
            possible_pattern=choice.pattern,
            possible_from_on=choice.start_on,
            message=common.message,
        )
    tariff = common.tariff if question.location_tariff is Tariff.MIXED else None
    if choice.kind is AnswerKind.YES:
        return Yes(pattern=choice.pattern, tariff=tariff, reply_by_on=common.reply_by_on, message=common.message)
    asked, week = question.care.hours, choice.pattern or WeekPattern()
    return Alternative(
        pattern=week,
        start_on=choice.start_on or question.care.start_on,
        hours=choice.hours or asked.on_days_of(week),
        tariff=tariff,
        reply_by_on=common.reply_by_on,
        message=common.message,
    )
