"""Another week for a child that is in care: its days and hours, starting from those of today."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.rules.patterns import WEEKEND, CareHours, WeekPattern
from opvangloket.web.ui.forms.hours import HoursField
from opvangloket.web.ui.forms.weeks import WeekPartsField


class OtherWeekForm(forms.Form):
    """Asks for a week and its hours; whoever extends it calls `ask_week` with those of today."""

    known = CareHours()

    def ask_week(self, pattern: WeekPattern, hours: CareHours, *, label: Any, hours_hint: Any) -> None:
        """Ask for the week and the hours; the weekend only where the child comes then already."""
        weekend = bool(set(pattern.weekdays) & set(WEEKEND))
        self.known = hours
        self.fields["week"] = WeekPartsField(label=label, weekend=weekend, initial=pattern)
        self.fields["hours"] = HoursField(
            label=_("Van wanneer tot wanneer?"), help_text=hours_hint, required=False, weekend=weekend, initial=hours
        )

    @property
    def hours(self) -> CareHours:
        """The hours of a valid form, on days on which the child comes; nights and public holidays stay as they were."""
        week: WeekPattern = self.cleaned_data["week"]
        typed: CareHours = self.cleaned_data["hours"] or CareHours()
        return replace(self.known, days=typed.on_days_of(week).days)
