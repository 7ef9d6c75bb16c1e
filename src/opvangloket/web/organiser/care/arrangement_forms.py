"""What is arranged before a start, as forms: the items of the agreement, and one settling-in moment."""

from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.arrangements import Arrangements
from opvangloket.rules.care_agreement import AgreementItem
from opvangloket.rules.periods import BRUSSELS
from opvangloket.rules.wording import dutch_date
from opvangloket.web.ui.forms import DutchDateField

_TIME: Final = {"inputmode": "numeric", "class": "width-4"}
_FORMATS: Final = ["%H.%M", "%H:%M", "%H"]


class AgreementForm(forms.Form):
    """Which items of the written agreement are arranged; each says since when."""

    def __init__(self, data: Any = None, *, arrangements: Arrangements) -> None:
        super().__init__(data)
        self.fields["items"] = forms.MultipleChoiceField(
            label=_("Wat is in orde?"),
            choices=[(str(item), _label(item, label, arrangements)) for item, label in arrangements.items.items()],
            widget=forms.CheckboxSelectMultiple,
            initial=[str(item) for item in arrangements.arranged],
            required=False,
        )

    @property
    def items(self) -> frozenset[AgreementItem]:
        """The items that a valid form ticks."""
        return frozenset(AgreementItem(item) for item in self.cleaned_data["items"])


def _label(item: AgreementItem, label: str, arrangements: Arrangements) -> str:
    since = arrangements.arranged.get(item)
    return f"{label} ({dutch_date(since)})" if since else label


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=_("Bijvoorbeeld 9.30."),
        input_formats=_FORMATS,
        widget=forms.TextInput(attrs=_TIME),
        error_messages={"invalid": _("Vul een uur in, bijvoorbeeld 9.30.")},
    )


class MomentForm(forms.Form):
    """A day, from when until when."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields |= {
            "on": DutchDateField(label=_("Op welke dag komt het kind wennen?")),
            "starts": _time(_("Van hoe laat?")),
            "ends": _time(_("Tot hoe laat?")),
        }

    @property
    def starts_at(self) -> datetime:
        """When the moment begins."""
        return self._at("starts")

    @property
    def minutes(self) -> int:
        """How long it lasts; zero or less when it ends before it begins."""
        return int((self._at("ends") - self._at("starts")).total_seconds()) // 60

    def _at(self, name: str) -> datetime:
        at: time = self.cleaned_data[name]
        return datetime.combine(self.cleaned_data["on"], at, tzinfo=BRUSSELS)
