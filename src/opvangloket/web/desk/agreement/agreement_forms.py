"""What the desk fills in about its agreement: own points, a paper that was signed, the yearly look."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from opvangloket.domains.cooperation.agreements import LONGEST_WORDS
from opvangloket.domains.cooperation.signing import LONGEST_NAME, LONGEST_REASON
from opvangloket.rules.cooperation_agreement import OwnPoints, own_points
from opvangloket.web.desk.documents_field import DocumentField
from opvangloket.web.ui.forms import DutchDateField

_LONGEST_TEXT: Final = 8000


class PointsField(forms.CharField):
    """One point on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=_LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=kwargs.pop("help_text", gettext_lazy("Eén afspraak per regel. Leeg mag ook.")),
            **kwargs,
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the points, or say what is too much."""
        text = super().clean(value)
        try:
            return own_points(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class VersionForm(forms.Form):
    """What desk and organisers agreed besides the law and the procedure."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    everyone = PointsField(label=gettext_lazy("Wat belooft elke organisator nog?"))
    income_tariff = PointsField(label=gettext_lazy("Wat belooft opvang met inkomenstarief ook?"))
    plus = PointsField(label=gettext_lazy("Wat belooft opvang met plussubsidie ook?"))
    desk = PointsField(label=gettext_lazy("Wat belooft het loket nog?"))

    @property
    def own(self) -> OwnPoints:
        """The points that were filled in."""
        answers = self.cleaned_data
        return OwnPoints(
            desk=answers["desk"],
            everyone=answers["everyone"],
            income_tariff=answers["income_tariff"],
            plus=answers["plus"],
        )


def typed_points(own: OwnPoints) -> dict[str, str]:
    """Return the points as they are typed, to go on from."""
    return {
        "desk": "\n".join(own.desk),
        "everyone": "\n".join(own.everyone),
        "income_tariff": "\n".join(own.income_tariff),
        "plus": "\n".join(own.plus),
    }


class PaperForm(forms.Form):
    """A paper that came back with a signature on it."""

    name = forms.CharField(
        label=gettext_lazy("Wie tekende?"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Typ de naam die op het papier staat.")},
    )
    signed_on = DutchDateField(label=gettext_lazy("Wanneer?"))
    paper = DocumentField(
        label=gettext_lazy("Het papier, ingescand"),
        help_text=gettext_lazy("Een PDF, tot 5 MB."),
        error_messages={"required": gettext_lazy("Kies het ingescande papier.")},
    )


class TakeBackForm(forms.Form):
    """Why a paper does not belong here."""

    because = forms.CharField(
        label=gettext_lazy("Waarom neem je het terug?"),
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Zeg kort waarom.")},
    )


class ReviewForm(forms.Form):
    """When the partners looked at the agreement together, and what came of it."""

    reviewed_on = DutchDateField(label=gettext_lazy("Wanneer bekeken jullie ze samen?"))
    words = forms.CharField(
        label=gettext_lazy("Wat spraken jullie af?"),
        help_text=gettext_lazy("Kort. Schrijf geen namen van gezinnen of kinderen."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Schrijf kort wat jullie afspraken.")},
    )
