"""What changes while a child is in care, as forms: other days, another location, the last day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.placed_children import PlacedChild
from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.rules.patterns import WEEKEND, CareHours, WeekPattern
from opvangloket.rules.reasons import END_REASONS
from opvangloket.web.ui.forms import DutchDateField, HoursField, WeekPartsField

ONE_DAY = timedelta(days=1)


class AgreedForm(forms.Form):
    """From when, and when the family agreed; asks for a reason only once a place turned out to be taken."""

    def __init__(self, data: Any = None, *, child: PlacedChild, today: date) -> None:
        super().__init__(data)
        self.fields["from_on"] = DutchDateField(
            label=_("Vanaf welke dag?"), earliest=child.real_start_on + ONE_DAY, initial=None
        )
        self.fields["agreed_on"] = DutchDateField(
            label=_("Wanneer sprak je dit af met het gezin?"),
            help_text=_("Het gezin krijgt bericht, en leest deze dag ook."),
            latest=today,
            initial=today,
        )
        if data is not None and "over_capacity_reason" in data:
            self.let_go_over()

    def let_go_over(self) -> None:
        """Ask why the location gives a place that is not free by its own count."""
        self.fields["over_capacity_reason"] = forms.CharField(
            label=_("Toch doen? Schrijf waarom."),
            help_text=_("Het kind telt er dan bij."),
            required=False,
            max_length=300,
        )

    @property
    def agreed(self) -> dict[str, Any]:
        """The answers that every change has."""
        cleaned = self.cleaned_data
        return {
            "from_on": cleaned["from_on"],
            "family_agreed_on": cleaned["agreed_on"],
            "over_capacity_reason": cleaned.get("over_capacity_reason", ""),
        }


class DaysForm(AgreedForm):
    """The week and the hours from a day on; they start from those of today."""

    def __init__(self, data: Any = None, *, child: PlacedChild, today: date) -> None:
        super().__init__(data, child=child, today=today)
        pattern = child.care.pattern_on(today)
        weekend = bool(set(pattern.weekdays) & set(WEEKEND))
        self.fields["week"] = WeekPartsField(label=_("Op welke dagen komt het kind?"), weekend=weekend, initial=pattern)
        self.fields["hours"] = HoursField(
            label=_("Van wanneer tot wanneer?"),
            help_text=_("Alleen als jullie uren afspraken. Bijvoorbeeld van 7.30 tot 17."),
            required=False,
            weekend=weekend,
            initial=child.care.hours_on(today),
        )
        self.known = child.care.hours_on(today)
        self.order_fields(["week", "hours", "from_on", "agreed_on"])

    @property
    def hours(self) -> CareHours:
        """The hours of a valid form, on days on which the child comes; nights and public holidays stay as they were."""
        week: WeekPattern = self.cleaned_data["week"]
        typed: CareHours = self.cleaned_data["hours"] or CareHours()
        kept = tuple(day for day in typed.days if day.weekday in week.weekdays)
        return CareHours(kept, night=self.known.night, public_holiday=self.known.public_holiday)


class MoveForm(AgreedForm):
    """To which own location a child goes."""

    def __init__(self, data: Any = None, *, child: PlacedChild, today: date, locations: Sequence[OwnLocation]) -> None:
        super().__init__(data, child=child, today=today)
        self.locations = {location.slug: location for location in locations}
        self.fields["location"] = forms.ChoiceField(
            label=_("Naar welke locatie?"),
            choices=[(location.slug, location.name) for location in locations],
            widget=forms.RadioSelect,
        )
        self.order_fields(["location", "from_on", "agreed_on"])

    @property
    def location(self) -> OwnLocation:
        """The location of a valid form."""
        return self.locations[self.cleaned_data["location"]]


class EndForm(forms.Form):
    """From which day a child comes no more, and why."""

    def __init__(self, data: Any = None, *, child: PlacedChild) -> None:
        super().__init__(data)
        ending = child.care.ending
        self.fields["end_on"] = DutchDateField(
            label=_("Vanaf welke dag komt het kind niet meer?"),
            earliest=child.real_start_on + ONE_DAY,
            initial=ending.on if ending else None,
        )
        self.fields["reason"] = forms.ChoiceField(
            label=_("Waarom stopt de opvang?"),
            choices=[(str(code), label) for code, label in END_REASONS.labels.items()],
            widget=forms.RadioSelect,
            initial=ending.reason if ending else None,
        )
