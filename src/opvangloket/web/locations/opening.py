"""What is filled in of a new location, by the desk or by its organiser; each answer is read as the register writes it."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from opvangloket.domains.exchange.lists.row_errors import CellError
from opvangloket.domains.exchange.register.format import COLUMNS
from opvangloket.foundation import geography
from opvangloket.rules.official_register import RegisterFacts

_KINDS: Final = {column.fact: column.kind for column in COLUMNS}


def words_field(label: Any, **more: Any) -> forms.CharField:
    """Return a field of a few words."""
    return forms.CharField(label=label, max_length=200, **more)


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect({"class": "is-inline"}))


class NewLocationForm(forms.Form):
    """What stands on the licence of a location, where it is, and how it is reached."""

    name = words_field(gettext_lazy("Naam van de opvang"))
    file_number = words_field(gettext_lazy("Dossiernummer"), required=False)
    type = _choice(
        gettext_lazy("Soort"),
        [("gezinsopvang", gettext_lazy("gezinsopvang")), ("groepsopvang", gettext_lazy("groepsopvang"))],
    )
    subsidy_step = _choice(gettext_lazy("Trap"), [(step, step) for step in ("T0", "T1", "T2A", "T2B", "T3")])
    tariff = _choice(
        gettext_lazy("Prijs"),
        [
            ("inkomenstarief", gettext_lazy("volgens het inkomen")),
            ("vrije prijs", gettext_lazy("vaste prijs")),
            ("beide", gettext_lazy("beide")),
        ],
    )
    licensed_places = words_field(
        gettext_lazy("Vergunde plaatsen"), widget=forms.TextInput({"inputmode": "numeric", "class": "width-2"})
    )
    street = words_field(gettext_lazy("Straat"))
    house_number = words_field(gettext_lazy("Huisnummer"), widget=forms.TextInput({"class": "width-4"}))
    postcode = words_field(
        gettext_lazy("Postcode"), widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"})
    )
    email = words_field(gettext_lazy("E-mailadres"), required=False)
    phone = words_field(gettext_lazy("Telefoon"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read each answer as the register would write it; ValidationError per field."""
        cleaned = super().clean() or {}
        for name in _KINDS.keys() & self.fields.keys():
            typed = str(cleaned.get(name, "")).strip()
            if not typed or name in self.errors:
                cleaned[name] = typed
                continue
            try:
                cleaned[name] = _KINDS[name].read(typed)
            except CellError as error:
                self.add_error(name, ValidationError(f"{error.wrong} {error.what_to_do}"))
        return cleaned

    def facts(self) -> RegisterFacts:
        """Return what a valid form says; the municipality follows from the postcode."""
        told = {"organiser_name": "", "kbo": ""}
        told |= {name: self.cleaned_data[name] for name in _KINDS.keys() & self.fields.keys()}
        place = geography.postcode(told["postcode"])
        return RegisterFacts(**told, nis_code=place.nis_code if place else "")  # type: ignore[arg-type]
