"""The form of a new complaint: the same for a family and for an organiser."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.rules.complaints import LONGEST_COMPLAINT
from opvangloket.web.ui.forms import KeepsReference


class NewComplaintForm(KeepsReference):
    """What it is about, and what there is to say; `hint` is what to think of while writing."""

    about = forms.ChoiceField(label=_("Waarover gaat het?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Wat wil je zeggen?"),
        max_length=LONGEST_COMPLAINT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Schrijf eerst wat je wil zeggen.")},
    )

    def __init__(self, data: Any = None, *, about: Iterable[tuple[str, Any]], hint: Any) -> None:
        super().__init__(data)
        self.fields["about"].choices = list(about)  # type: ignore[attr-defined]
        self.fields["text"].help_text = hint
