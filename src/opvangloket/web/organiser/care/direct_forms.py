"""A child that an organiser places itself, on one screen and in under a minute."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.placements import Agreed
from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.web.organiser.door.door_forms import FamilyAtTheDoor


class DirectPlacementForm(FamilyAtTheDoor):
    """The family at the door; why the child comes all the same, once the places turn out to be taken."""

    def __init__(self, data: Any = None, *, locations: Sequence[OwnLocation], today: date) -> None:
        super().__init__(data, locations=locations, today=today)
        if data is not None and "over_capacity_reason" in data:
            self.let_go_over()

    def let_go_over(self) -> None:
        """Ask why the location gives a place that is not free by its own count."""
        self.fields["over_capacity_reason"] = forms.CharField(
            label=_("Toch plaatsen? Schrijf waarom."),
            help_text=_("Het kind telt er dan bij."),
            required=False,
            max_length=300,
        )

    def agreed(self) -> Agreed:
        """Return what was agreed: the same as asked."""
        return Agreed(over_capacity_reason=self.cleaned_data.get("over_capacity_reason", ""))
