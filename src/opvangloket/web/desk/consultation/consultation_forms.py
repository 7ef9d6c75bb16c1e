"""What the desk fills in about a consultation: when, where and about what; who was there; the report."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final

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
from opvangloket.web.desk.documents_field import DocumentsField, SeveralFiles
from opvangloket.web.ui.forms import DutchDateField, KeepsReference

_FORMATS: Final = ["%H:%M", "%H.%M", "%Hu%M", "%H"]


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=_("Bijvoorbeeld 19.30."),
        input_formats=_FORMATS,
        widget=forms.TextInput(attrs={"class": "width-4", "autocomplete": "off"}),
        error_messages={"invalid": _("Vul een uur in, bijvoorbeeld 19.30.")},
    )


def _documents() -> DocumentsField:
    return DocumentsField(
        label=_("Documenten"),
        help_text=_("Hoogstens drie bestanden in PDF, elk tot 5 MB."),
        required=False,
        widget=SeveralFiles(attrs={"accept": "application/pdf,.pdf"}),
    )


class WhenForm(forms.Form):
    """When, where and about what."""

    on = DutchDateField(label=_("Op welke dag?"))
    starts = _time(_("Van hoe laat?"))
    ends = _time(_("Tot hoe laat?"))
    place = forms.CharField(label=_("Waar?"), max_length=LONGEST_PLACE)
    agenda = forms.CharField(
        label=_("Waarover gaat het?"),
        help_text=_("De agenda, punt per punt."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    @property
    def when(self) -> WhenAndWhere:
        """When and where it is; zero minutes or less when it ends before it begins."""
        starts, ends = self._at("starts"), self._at("ends")
        return WhenAndWhere(
            starts_at=starts,
            minutes=int((ends - starts).total_seconds()) // 60,
            place=self.cleaned_data["place"],
            agenda=self.cleaned_data["agenda"],
        )

    def _at(self, name: str) -> datetime:
        at: time = self.cleaned_data[name]
        return datetime.combine(self.cleaned_data["on"], at, tzinfo=BRUSSELS)


class PlanForm(KeepsReference, WhenForm):
    """A new consultation."""

    title = forms.CharField(label=_("Titel"), max_length=LONGEST_TITLE)
    is_agreement_moment = forms.BooleanField(
        label=_("Dit is ons afsprakenmoment van dit jaar"),
        help_text=_("De regels vragen er elk jaar minstens één."),
        required=False,
    )
    documents = _documents()

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
    documents = _documents()
