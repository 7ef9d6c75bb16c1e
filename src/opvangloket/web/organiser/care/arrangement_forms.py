"""What is arranged before a start, as forms: the items of the agreement, and one settling-in moment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.care.arrangements import Arrangements
from opvangloket.rules.care_agreement import AgreementItem
from opvangloket.rules.wording import dutch_date
from opvangloket.web.ui.forms import DutchDateField, FromUntilForm


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


class MomentForm(FromUntilForm):
    """A settling-in moment."""

    on = DutchDateField(label=_("Op welke dag komt het kind wennen?"))

    field_order = ("on", "starts", "ends")
