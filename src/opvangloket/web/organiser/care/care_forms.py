"""What changes while a child is in care, as forms: other days, another location, the last day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.care.placed_children import PlacedChild
from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.rules.change_proposals import LONGEST_MESSAGE
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.reasons import END_REASONS
from opvangloket.web.organiser.refusable import GoesOver
from opvangloket.web.ui.forms import DutchDateField, HintedRadios, OtherWeekForm

AGREED, ASK = "agreed", "ask"


class AgreedForm(GoesOver):
    """From when, and whether the family agreed or is asked."""

    instead = _("Kies iets anders, of schrijf waarom je het toch doet.")

    def __init__(self, data: Any = None, *, child: PlacedChild, today: date) -> None:
        super().__init__(data)
        self.fields["from_on"] = DutchDateField(
            label=_("Vanaf welke dag?"), earliest=child.real_start_on + ONE_DAY, initial=None
        )
        self.fields["how"] = forms.ChoiceField(
            label=_("Weet het gezin het al?"),
            choices=[(ASK, _("Nee, vraag het aan het gezin")), (AGREED, _("Ja, we spraken het af"))],
            widget=HintedRadios(
                hints={
                    ASK: str(_("Er verandert nog niets. Je hoort het zodra het gezin antwoordt.")),
                    AGREED: str(_("Het gezin krijgt een bericht met de dag van jullie afspraak.")),
                }
            ),
            initial=ASK,
        )
        self.fields["agreed_on"] = DutchDateField(
            label=_("Wanneer spraken jullie het af?"),
            help_text=_("Alleen als het gezin al ja zei."),
            latest=today,
            required=False,
        )
        self.fields["message"] = forms.CharField(
            label=_("Wil je het gezin er iets bij vertellen?"),
            required=False,
            max_length=LONGEST_MESSAGE,
            widget=forms.Textarea({"rows": 3}),
        )
        self.keep_over()

    def clean(self) -> dict[str, Any]:
        """Want the day of the agreement when there is one."""
        cleaned = super().clean() or {}
        if cleaned.get("how") == AGREED and not cleaned.get("agreed_on") and "agreed_on" not in self.errors:
            self.add_error("agreed_on", _("Vul in wanneer jullie dit afspraken."))
        return cleaned

    @property
    def is_asked(self) -> bool:
        """Whether the family has still to say yes."""
        return bool(self.cleaned_data["how"] == ASK)

    @property
    def agreed(self) -> dict[str, Any]:
        """The answers of a change that the family agreed to."""
        return self._always | {"family_agreed_on": self.cleaned_data["agreed_on"]}

    @property
    def asked(self) -> dict[str, Any]:
        """The answers of a change that the family is asked."""
        return self._always | {"message": self.cleaned_data["message"]}

    @property
    def _always(self) -> dict[str, Any]:
        return {"from_on": self.cleaned_data["from_on"], "over_capacity_reason": self.over_capacity_reason}


class DaysForm(AgreedForm, OtherWeekForm):
    """The week and the hours from a day on; they start from those of today."""

    def __init__(self, data: Any = None, *, child: PlacedChild, today: date) -> None:
        super().__init__(data, child=child, today=today)
        self.ask_week(
            child.care.pattern_on(today),
            child.care.hours_on(today),
            label=_("Op welke dagen komt het kind?"),
            hours_hint=_("Alleen als jullie uren afspraken. Bijvoorbeeld van 7.30 tot 17."),
        )
        self.order_fields(["week", "hours", "from_on", "how", "agreed_on", "message"])


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
        self.order_fields(["location", "from_on", "how", "agreed_on", "message"])

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


class AnswerForm(GoesOver):
    """Yes or no to what a family asks; a no may say why."""

    instead = _("Zeg nee, stel iets anders voor, of schrijf waarom het toch kan.")

    answer = forms.ChoiceField(
        label=_("Kan dit bij jou?"),
        choices=[("yes", _("Ja, dat kan")), ("no", _("Nee, dat lukt niet"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Wil je het gezin er iets bij vertellen?"),
        help_text=_("Alleen bij een nee. Het gezin leest dit."),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.keep_over()
