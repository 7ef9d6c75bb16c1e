"""Many questions on one form: a choice per question, and what all answers share."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.answering.answers import NewAnswer
from opvangloket.domains.distribution.answering.proposals import Proposal
from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.domains.providers.own_locations import Tariff
from opvangloket.rules.inquiries import ANSWER_LABELS, AnswerKind
from opvangloket.rules.reasons import NO_REASONS, NoReason
from opvangloket.rules.terms import LATEST_REPLY, reply_by
from opvangloket.web.organiser.questions.answer_forms import LONGEST_MESSAGE, TARIFFS
from opvangloket.web.organiser.questions.several_choices import (
    LATER,
    Choice,
    InCommon,
    answer_of,
    choices_for,
    detail_of,
    proposed,
)
from opvangloket.web.questions.question_words import child_title
from opvangloket.web.ui.forms import DutchDateField

WHAT_FITS, ALL_NO = "past", "nee"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the form: what is asked, the field with its choices, and what was chosen."""

    question: OrganiserQuestion
    field: BoundField
    choice: Choice | None
    detail: str
    proposal: Proposal

    @property
    def words(self) -> str:
        """What was chosen, in two words."""
        return str(ANSWER_LABELS[self.choice.kind]) if self.choice else ""


class SeveralForm(forms.Form):
    """What to answer to each of these questions.

    `prefill` chooses for each question what its location's places suggest, or no; `again` are the questions whose answer
    was refused: what fits now is chosen for those, and `initial` keeps what all answers shared. A posted choice counts as it was
    seen, also when other places came free meanwhile; whether there is still room is for the act to say.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[OrganiserQuestion],
        proposals: Mapping[UUID, Proposal],
        today: date,
        prefill: str = "",
        again: Collection[UUID] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.questions, self.proposals, self.today = {_key(one): one for one in questions}, proposals, today
        for key, question in self.questions.items():
            chosen_again = question.inquiry_id in again
            self.fields[key] = self._choice_field(key, question, WHAT_FITS if chosen_again else prefill)
        self._add_shared()

    def _choice_field(self, key: str, question: OrganiserQuestion, prefill: str) -> forms.ChoiceField:
        proposal = self.proposals[question.inquiry_id]
        offered = {choice.code(): ANSWER_LABELS[choice.kind] for choice in choices_for(question, proposal)}
        posted = str(self.data.get(key, ""))
        if posted not in offered and (seen := _parsed(posted, question)):
            offered[posted] = ANSWER_LABELS[seen.kind]
        return forms.ChoiceField(
            label=child_title(question),
            choices=[(LATER, _("Nog niet")), *offered.items()],
            initial=_first_choice(question, proposal, prefill),
            required=False,
            widget=forms.Select({"class": "input"}),
        )

    def _add_shared(self) -> None:
        # The day to reply by counts from the shortest term among the desks that ask.
        days = min((question.reply_by_days for question in self.questions.values()), default=0)
        self.fields["reason"] = forms.ChoiceField(
            label=_("Waarom lukt het niet, bij een nee?"),
            choices=[(str(reason), label) for reason, label in NO_REASONS.labels.items()],
            initial=NoReason.FULL.value,
        )
        if any(question.location_tariff is Tariff.MIXED for question in self.questions.values()):
            self.fields["tariff"] = forms.ChoiceField(
                label=_("Prijs, waar er twee zijn"), choices=TARIFFS, widget=forms.RadioSelect({"class": "is-inline"})
            )
        self.fields["reply_by"] = DutchDateField(
            label=_("Gezinnen antwoorden ten laatste op"),
            earliest=self.today,
            latest=self.today + LATEST_REPLY,
            initial=reply_by(self.today, reply_by_days=days),
        )
        self.fields["message"] = forms.CharField(
            label=_("Boodschap aan elk gezin"),
            help_text=_("Elk gezin krijgt zijn eigen bericht. Zet hier geen namen."),
            required=False,
            max_length=LONGEST_MESSAGE,
            widget=forms.Textarea({"rows": 3}),
        )

    @property
    def shared(self) -> Iterator[BoundField]:
        """The fields that count for all answers."""
        return (self[name] for name in ("reason", "tariff", "reply_by", "message") if name in self.fields)

    @property
    def asked(self) -> Iterator[Asked]:
        """The questions, each with its field."""
        for key, question in self.questions.items():
            proposal = self.proposals[question.inquiry_id]
            choice = _parsed(str(self[key].value() or ""), question)
            told = choice or proposed(question, proposal)
            yield Asked(question, self[key], choice, detail_of(told, question) if told else "", proposal)

    @cached_property
    def chosen(self) -> tuple[Asked, ...]:
        """The questions that get an answer."""
        return tuple(one for one in self.asked if one.choice)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one answer."""
        if not any(self.cleaned_data.get(key) for key in self.questions):
            raise forms.ValidationError(_("Kies bij minstens één vraag een antwoord."))
        return self.cleaned_data

    def shared_values(self) -> dict[str, Any]:
        """Return what a valid form holds for all answers."""
        return {field.name: self.cleaned_data[field.name] for field in self.shared}

    def answers(self) -> dict[UUID, NewAnswer]:
        """Return the answers of a valid form, by inquiry."""
        cleaned = self.cleaned_data
        common = InCommon(
            reason=NoReason(cleaned["reason"]),
            tariff=Tariff(cleaned["tariff"]) if cleaned.get("tariff") else None,
            reply_by_on=cleaned["reply_by"],
            message=cleaned["message"],
        )
        return {
            one.question.inquiry_id: answer_of(one.choice, one.question, common) for one in self.chosen if one.choice
        }


def _key(question: OrganiserQuestion) -> str:
    return f"{question.reference}.{question.location_slug}"


def _parsed(code: str, question: OrganiserQuestion) -> Choice | None:
    """Return a choice that was posted, when it is one that this question may get."""
    try:
        choice = Choice.parse(code)
    except ValueError:
        return None
    complete = choice.kind is not AnswerKind.ALTERNATIVE or bool(choice.pattern and choice.start_on)
    return choice if complete and choice.kind in question.may_answer else None


def _first_choice(question: OrganiserQuestion, proposal: Proposal, prefill: str) -> str:
    """Return what stands chosen when the page opens."""
    choice: Choice | None = None
    if prefill == WHAT_FITS:
        choice = proposed(question, proposal)
    elif prefill == ALL_NO:
        choice = next((one for one in choices_for(question, proposal) if one.kind is AnswerKind.NO), None)
    return choice.code() if choice else LATER
