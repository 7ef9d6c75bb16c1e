"""What the desk fills in about a consultation: when, where and about what; who was there; the report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.cooperation.consultation_queries import ConsultationFacts, Invited
from opvangloket.domains.cooperation.consultations import (
    LONGEST_PLACE,
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    WhenAndWhere,
)
from opvangloket.rules.consultations import REPLY_LABELS, Reply
from opvangloket.rules.periods import BRUSSELS
from opvangloket.web.desk.documents_field import DocumentsField
from opvangloket.web.ui.forms import DutchDateField, FromUntilForm, KeepsReference


class WhenForm(FromUntilForm):
    """When, where and about what."""

    on = DutchDateField(label=_("Op welke dag?"))
    place = forms.CharField(label=_("Waar?"), max_length=LONGEST_PLACE)
    agenda = forms.CharField(
        label=_("Waarover gaat het?"),
        help_text=_("De agenda, punt per punt."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    field_order: tuple[str, ...] = ("on", "starts", "ends", "place", "agenda")

    @property
    def when(self) -> WhenAndWhere:
        """When and where it is; zero minutes or less when it ends before it begins."""
        return WhenAndWhere(
            starts_at=self.starts_at,
            minutes=self.minutes,
            place=self.cleaned_data["place"],
            agenda=self.cleaned_data["agenda"],
        )


class PlanForm(KeepsReference, WhenForm):
    """A new consultation."""

    title = forms.CharField(label=_("Titel"), max_length=LONGEST_TITLE)
    is_agreement_moment = forms.BooleanField(
        label=_("Dit is ons afsprakenmoment van dit jaar"),
        help_text=_("De regels vragen er elk jaar minstens één."),
        required=False,
    )
    documents = DocumentsField()

    field_order = ("title", "on", "starts", "ends", "place", "agenda", "is_agreement_moment", "documents")


def typed_when(facts: ConsultationFacts) -> dict[str, Any]:
    """Return when and where a consultation is as the form asks it."""
    starts = facts.starts_at.astimezone(BRUSSELS)
    last = starts.hour * 60 + starts.minute + facts.minutes
    return {
        "on": starts.date(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{last // 60 % 24:02}:{last % 60:02}",
        "place": facts.place,
        "agenda": facts.agenda,
    }


class CancelForm(forms.Form):
    """Why it does not take place."""

    because = forms.CharField(
        label=_("Waarom niet?"),
        help_text=_("Alle organisatoren lezen dit."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Zeg kort waarom.")},
    )


class PresentForm(forms.Form):
    """Who was there: whoever said to come is ticked already."""

    present = forms.MultipleChoiceField(label=_("Wie was er?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, invited: tuple[Invited, ...]) -> None:
        super().__init__(data)
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (str(one.number), f"{one.name} ({REPLY_LABELS[one.reply]})" if one.reply else one.name) for one in invited
        ]
        self.initial["present"] = [
            str(one.number)
            for one in invited
            if (one.attended if one.attended is not None else one.reply is Reply.COMES)
        ]

    @property
    def numbers(self) -> frozenset[int]:
        """The invitations of who was there."""
        return frozenset(int(number) for number in self.cleaned_data["present"])


class ReportForm(forms.Form):
    """The report, for everybody who was invited."""

    text = forms.CharField(
        label=_("Verslag"),
        help_text=_("Schrijf geen namen van gezinnen of kinderen."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Schrijf kort wat jullie afspraken.")},
    )
    documents = DocumentsField()
