"""Who asks, and how we reach them. No account: a name, a mail address or mobile number, and where the family lives."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from opvangloket.domains.requests.actions import Applicant
from opvangloket.foundation import geography
from opvangloket.rules.contacts import comparable_phone
from opvangloket.web.family.ask.typed import Typed, TypedForm, first

_POSTCODE: Final = re.compile(r"\b[1-9]\d{3}\b")


class ContactForm(TypedForm):
    """First and last name, mail or mobile, postcode or municipality."""

    def __init__(
        self, typed: Typed | None, *, territory: Collection[str] = (), quiet: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(typed, quiet=quiet, **kwargs)
        self.territory = territory
        self.fields["first_name"] = _text(_("Voornaam"), "given-name", required=_("Vul je voornaam in."))
        self.fields["last_name"] = _text(_("Familienaam"), "family-name", required=_("Vul je familienaam in."))
        self.fields["email"] = forms.EmailField(
            label=_("E-mailadres"),
            help_text=_("Hierop krijg je de antwoorden. Geen e-mail? Dan is een gsm-nummer genoeg."),
            required=not first(typed or {}, "phone").strip(),
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={
                "required": _("Vul een e-mailadres of een gsm-nummer in. Zo kunnen we je antwoorden."),
                "invalid": _("Dit e-mailadres klopt niet. Kijk na of er een @ en een punt in staan."),
            },
        )
        self.fields["phone"] = forms.CharField(
            label=_("Gsm-nummer"),
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "width-12"}),
        )
        self.fields["place"] = _text(
            _("Postcode of gemeente"),
            "postal-code",
            hint=_("Verhuis je binnenkort? Vul in waar je gaat wonen."),
            required=_("Vul je postcode of gemeente in, bijvoorbeeld 9400."),
        )

    def clean_phone(self) -> str:
        """Refuse a number that names no phone."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not comparable_phone(phone):
            raise forms.ValidationError(_("Dit nummer klopt niet. Schrijf het zo: 0470 12 34 56."))
        return phone

    def clean_place(self) -> str:
        """Refuse a place that nobody knows; a Belgian postcode outside Flanders is fine."""
        place = str(self.cleaned_data["place"]).strip()
        if not geography.place_point(place, prefer=self.territory) and not _POSTCODE.search(place):
            raise forms.ValidationError(_("We kennen deze plaats niet. Vul je postcode in, bijvoorbeeld 9400."))
        return place

    def applicant(self) -> Applicant:
        """Return the applicant of a valid form."""
        answers, place = self.cleaned_data, self.cleaned_data["place"]
        point = geography.place_point(place, prefer=self.territory)
        postcode = _POSTCODE.search(place)
        return Applicant(
            first_name=answers["first_name"],
            last_name=answers["last_name"],
            email=answers["email"],
            phone=answers["phone"],
            postcode=postcode[0] if postcode else "",
            residence_nis=point.nis_code if point else "",
        )


def _text(label: str, autocomplete: str, *, required: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": required},
    )
