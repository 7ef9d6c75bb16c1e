"""About the family: plain questions that may stay open, why we ask them, and room for own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.questions import (
    REPLY_LABELS,
    SPECIAL_NEED_PICTOGRAM,
    SPECIAL_NEED_TEXT,
    SPECIAL_NEED_WHY,
    URGENT_NONE,
    URGENT_OPTIONS,
    URGENT_PICTOGRAM,
    URGENT_TEXT,
    URGENT_WHY,
    Reply,
    declared,
    questions_for,
)
from opvangloket.web.family.ask.typed import Typed, TypedForm

_LONGEST_WORDS: Final = 1500


@dataclass(frozen=True, slots=True)
class PlainQuestion:
    """One question as the page draws it: the field and its pictogram."""

    field: BoundField
    pictogram: str


class SituationForm(TypedForm):
    """The questions of the rules in force, urgency, extra support, and own words. Nothing is mandatory."""

    def __init__(
        self, typed: Typed | None, *, today: date, procedure: Procedure, quiet: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(typed, quiet=quiet, **kwargs)
        self.procedure = procedure
        self.questions = questions_for(today, low_income_limit=procedure.low_income_limit)
        for question in self.questions:
            self.fields[_name(question.characteristic)] = _reply(question.text, question.help, question.why)
        self.fields["urgent"] = forms.ChoiceField(
            label=URGENT_TEXT,
            help_text=URGENT_WHY,
            choices=(("", URGENT_NONE), *URGENT_OPTIONS.items()),
            required=False,
        )
        if procedure.urgent_to_all:
            self.fields["urgent_to_all"] = forms.BooleanField(
                label=_("Dringend? Vraag het dan aan alle opvang in de buurt."), required=False
            )
        self.fields["special_need"] = _reply(SPECIAL_NEED_TEXT, SPECIAL_NEED_WHY)
        self.fields["support_needed"] = _words(
            _("Welke ondersteuning helpt je kind?"), _("Een diagnose hoef je niet te geven."), rows=2
        )
        self.fields["support_shared"] = forms.BooleanField(label=_("De opvang mag dit lezen."), required=False)
        self.fields["message"] = _words(
            _("Wil je iets vertellen aan de opvang?"), _("Elke opvang die je koos, leest dit."), rows=3
        )
        self.fields["own_words"] = _words(
            _("Past iets niet in onze vragen?"), _("Vertel het hier. Alleen het loket leest dit."), rows=3
        )

    @property
    def plain_questions(self) -> Iterator[PlainQuestion]:
        """Yield the questions about the family."""
        for question in self.questions:
            yield PlainQuestion(self[_name(question.characteristic)], question.pictogram)

    @property
    def urgent_to_all_field(self) -> BoundField | None:
        """The consent to ask all locations; None where the desk does not choose so."""
        return self["urgent_to_all"] if "urgent_to_all" in self.fields else None

    @property
    def urgency(self) -> PlainQuestion:
        """The question whether it is urgent."""
        return PlainQuestion(self["urgent"], URGENT_PICTOGRAM)

    @property
    def support(self) -> PlainQuestion:
        """The question whether the child needs extra support."""
        return PlainQuestion(self["special_need"], SPECIAL_NEED_PICTOGRAM)

    def replies(self) -> dict[Characteristic, Reply]:
        """Return what was answered, of a valid form; open questions are left out."""
        given = ((q.characteristic, self.cleaned_data[_name(q.characteristic)]) for q in self.questions)
        return {characteristic: Reply(value) for characteristic, value in given if value}

    def answers(self) -> dict[str, Any]:
        """Return the answers of a valid form by the names of `NewQuestion`."""
        answers = self.cleaned_data
        special_need = answers["special_need"] == Reply.YES
        return {
            "characteristics": declared(self.replies()),
            "urgent_reason": UrgentReason(answers["urgent"]) if answers["urgent"] else None,
            "special_need": special_need,
            "support_needed": answers["support_needed"] if special_need else "",
            "support_shared": special_need and answers["support_shared"],
            "message_to_locations": answers["message"],
            "own_words": answers["own_words"],
        }

    @property
    def urgent_to_all(self) -> bool:
        """Whether an urgent question may go to every location of the territory."""
        return bool(self.cleaned_data.get("urgent_to_all"))


def _name(characteristic: Characteristic) -> str:
    return f"about_{characteristic.name.lower()}"


def _reply(label: str, *hints: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=" ".join(hint for hint in hints if hint),
        choices=[(str(reply), words) for reply, words in REPLY_LABELS.items()],
        widget=forms.RadioSelect(attrs={"class": "is-inline"}),
        required=False,
    )


def _words(label: str, hint: str, *, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=_LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
