"""Forms of an organiser that say themselves why what they ask cannot be, and what can be done."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.foundation.errors import OpvangloketError

_WHY_OVER: Final = "over_capacity_reason"


class Refusable(forms.Form):
    """A form that shows why its act was refused."""

    def refuse(self, refused: OpvangloketError) -> None:
        """Show a refusal on the form."""
        self.add_error(None, refused.message)


class GoesOver(Refusable):
    """A form that asks why a location goes over its own count, once a place turned out not to be free.

    `instead` says what else can be done then; a form calls `keep_over` when it has made its other fields.
    """

    over_label: Any = _("Toch doen? Schrijf waarom.")
    over_hint: Any = _("Het kind telt er dan bij.")
    instead: Any

    def let_go_over(self) -> None:
        """Ask why the location gives a place that is not free by its own count."""
        self.fields[_WHY_OVER] = forms.CharField(
            label=self.over_label, help_text=self.over_hint, required=False, max_length=300
        )

    def keep_over(self) -> None:
        """Ask it again on a form that had asked it already."""
        if self.add_prefix(_WHY_OVER) in self.data:
            self.let_go_over()

    @property
    def over_capacity_reason(self) -> str:
        """Why a valid form goes over; empty when it does not."""
        return str(self.cleaned_data.get(_WHY_OVER, ""))

    def refuse(self, refused: OpvangloketError) -> None:
        """Show a refusal, and what can be done when a place is taken."""
        if not isinstance(refused, PlaceTaken):
            super().refuse(refused)
            return
        self.add_error(None, f"{refused.message} {self.instead}")
        self.let_go_over()
