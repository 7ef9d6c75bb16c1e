"""An answer that a location gave by phone or on paper, entered by the desk and marked as such (SPEC §2, §5)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.answering.answers import Alternative, NewAnswer, No, Yes
from opvangloket.domains.distribution.answering.given import AnswerDoor
from opvangloket.domains.distribution.answering.giving import answer, correct
from opvangloket.rules.inquiries import ANSWER_LABELS, ANSWERED_STATES, AnswerKind
from opvangloket.rules.reasons import NO_REASONS, NoReason, asked_beside
from opvangloket.web.desk.acts.lines import name_of
from opvangloket.web.desk.acts.page import ActForm, FileAct
from opvangloket.web.desk.case import Case
from opvangloket.web.ui.components import asked_strip
from opvangloket.web.ui.forms import DutchDateField, WeekPartsField

_LONGEST_MESSAGE = 1000
_LONGEST_REASON = 300
_INLINE = {"class": "is-inline"}


class AnswerForm(ActForm):
    """Yes, something else, or no; what belongs to the other answers is left alone."""

    door = forms.ChoiceField(
        label=gettext_lazy("Hoe antwoordde de opvang?"),
        choices=((AnswerDoor.PHONE.value, gettext_lazy("Telefoon")), (AnswerDoor.PAPER.value, gettext_lazy("Papier"))),
        widget=forms.RadioSelect(attrs=_INLINE),
        initial=AnswerDoor.PHONE.value,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat is het antwoord?"),
        choices=[(kind.value, label) for kind, label in ANSWER_LABELS.items()],
        widget=forms.RadioSelect(attrs=_INLINE),
    )
    pattern = WeekPartsField(label=gettext_lazy("Welke dagen biedt de opvang aan?"), weekend=True, required=False)
    start_on = DutchDateField(label=gettext_lazy("Vanaf wanneer?"), required=False)
    reply_by_on = DutchDateField(
        label=gettext_lazy("Tot welke dag kan het gezin antwoorden?"),
        help_text=gettext_lazy("Laat leeg voor de gewone termijn."),
        required=False,
    )
    over_capacity_reason = forms.CharField(
        label=gettext_lazy("Waarom toch, als er geen plaats vrij is?"),
        help_text=gettext_lazy("Alleen als de opvang zelf beslist om over haar plaatsen te gaan."),
        max_length=_LONGEST_REASON,
        required=False,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Waarom niet?"),
        choices=[
            ("", gettext_lazy("Kies een reden")),
            *((str(code), label) for code, label in NO_REASONS.labels.items()),
        ],
        required=False,
    )
    possible_pattern = WeekPartsField(label=gettext_lazy("Welke dagen kunnen wel?"), weekend=True, required=False)
    possible_from_on = DutchDateField(label=gettext_lazy("Vanaf wanneer kan het wel?"), required=False)
    nothing_possible = forms.BooleanField(label=gettext_lazy("De opvang weet nu niet wat wel kan"), required=False)
    message = forms.CharField(
        label=gettext_lazy("Boodschap van de opvang voor het gezin"),
        max_length=_LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        wish = case.file.current.wish
        self.initial.update({"pattern": wish.pattern, "start_on": wish.start_on})

    def part(self, *names: str) -> tuple[forms.BoundField, ...]:
        """Return some fields, for the template to put under their own heading."""
        return tuple(self[name] for name in names)

    @property
    def offer_fields(self) -> tuple[forms.BoundField, ...]:
        """What a yes or an alternative tells."""
        return self.part("reply_by_on", "over_capacity_reason")

    @property
    def other_fields(self) -> tuple[forms.BoundField, ...]:
        """What is only asked when it is not as the family asked."""
        return self.part("pattern", "start_on")

    @property
    def no_fields(self) -> tuple[forms.BoundField, ...]:
        """What a no tells."""
        return self.part("reason", "possible_pattern", "possible_from_on", "nothing_possible")

    def clean(self) -> dict[str, Any]:
        """Ask what the chosen answer needs, and no more."""
        answers, kind = self.cleaned_data, self.cleaned_data.get("kind")
        if kind == AnswerKind.ALTERNATIVE:
            if not answers.get("pattern") and "pattern" not in self.errors:
                self.add_error("pattern", _("Kies minstens één dagdeel."))
            if not answers.get("start_on") and "start_on" not in self.errors:
                self.add_error("start_on", _("Vul de start in die de opvang voorstelt."))
        if kind == AnswerKind.NO and not answers.get("reason"):
            self.add_error("reason", _("Kies waarom de opvang nee zegt."))
        if kind == AnswerKind.NO and answers.get("reason") and not self._tells_what_is_possible():
            self.add_error("possible_from_on", _("Vraag de opvang wat wel kan: andere dagen of een latere start."))
        return answers

    def _tells_what_is_possible(self) -> bool:
        """Tell whether a no comes with what is possible, where its reason leaves something possible (SPEC §5)."""
        answers = self.cleaned_data
        told = answers.get("possible_pattern") or answers.get("possible_from_on") or answers.get("nothing_possible")
        return bool(told) or not asked_beside(NoReason(answers["reason"]))

    def given(self) -> NewAnswer:
        """Return the answer of a valid form."""
        answers = self.cleaned_data
        if answers["kind"] == AnswerKind.NO:
            return No(
                reason=NoReason(answers["reason"]),
                possible_pattern=answers["possible_pattern"] or None,
                possible_from_on=answers["possible_from_on"],
                message=answers["message"],
            )
        shared = {
            "reply_by_on": answers["reply_by_on"],
            "message": answers["message"],
            "over_capacity_reason": answers["over_capacity_reason"],
        }
        if answers["kind"] == AnswerKind.YES:
            wish = self.case.file.current.wish
            return Yes(pattern=answers["pattern"] if wish.parts_wanted else None, **shared)
        return Alternative(start_on=answers["start_on"], pattern=answers["pattern"], **shared)


def _enter(case: Case, form: AnswerForm) -> str:
    assert case.line is not None  # noqa: S101 - the address names it
    assert case.line.inquiry_id is not None  # noqa: S101 - the button stands on a question that was sent
    act = correct if case.line.state in ANSWERED_STATES else answer
    answered = act(
        inquiry_id=case.line.inquiry_id,
        given=form.given(),
        door=AnswerDoor(form.cleaned_data["door"]),
        actor=case.visit.actor,
        now=case.visit.now,
    )
    if answered.offer_id is None:
        return _("Ingegeven: %(location)s zegt nee.") % {"location": name_of(case)}
    return _("Ingegeven: %(location)s doet een voorstel. Het gezin krijgt bericht.") % {"location": name_of(case)}


def _title(case: Case) -> str:
    answered = case.line is not None and case.line.state in ANSWERED_STATES
    words = _("Antwoord van %(location)s verbeteren") if answered else _("Antwoord van %(location)s ingeven")
    return words % {"location": name_of(case)}


def _shown(case: Case) -> dict[str, Any]:
    wish = case.file.current.wish
    return {"asked": asked_strip(wish.pattern, wish.also), "wish": wish}


ENTER_ANSWER = FileAct(
    right="inquiry.enter_answer",
    title=_title,
    lead=lambda _case: _("Dit antwoord kwam per telefoon of op papier. Dat staat erbij."),
    button=gettext_lazy("Antwoord ingeven"),
    form=AnswerForm,
    do=_enter,
    template="desk/act_answer.html",
    shown=_shown,
)
