"""The real start and days of a child with a place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.care.placed_children import PlacedChild
from opvangloket.rules.patterns import WEEKEND
from opvangloket.web.ui.forms import DutchDateField, WeekPartsField


class ConfirmForm(forms.Form):
    """When care really started and on which days; it starts from what was agreed."""

    def __init__(self, data: Any = None, *, child: PlacedChild) -> None:
        super().__init__(data)
        weekend = bool(set(child.real_pattern.weekdays) & set(WEEKEND))
        self.fields["start"] = DutchDateField(label=_("Wanneer startte de opvang echt?"), initial=child.real_start_on)
        self.fields["week"] = WeekPartsField(
            label=_("Op welke dagen komt het kind?"), weekend=weekend, initial=child.real_pattern
        )
