"""The three small forms on the way in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.rules.references import is_valid

_DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "width-8"}


class StaffAddressForm(forms.Form):
    """The mail address of somebody of a desk or an organiser."""

    address = forms.EmailField(label=_("Je e-mailadres"), widget=forms.EmailInput({"autocomplete": "username"}))


class FamilyAddressForm(forms.Form):
    """The mail address of a family, or the number of its request."""

    address = forms.CharField(
        label=_("Je e-mailadres of het nummer van je vraag"),
        help_text=_("Het nummer staat in onze mails. Het lijkt op K7M4 CXR9."),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "email"}),
        error_messages={"required": _("Vul je e-mailadres of het nummer van je vraag in.")},
    )

    def clean_address(self) -> str:
        """Take an address or a reference as it was typed; refuse what is neither."""
        typed = str(self.cleaned_data["address"]).strip()
        if "@" in typed:
            return str(forms.EmailField().clean(typed))
        if not is_valid(typed):
            raise forms.ValidationError(_("Kijk dit na: een e-mailadres heeft een @, een nummer 8 tekens."))
        return typed


class DigitsForm(forms.Form):
    """Six digits, from a mail or from a phone."""

    digits = forms.RegexField(
        r"^[\d ]{6,10}$",
        label=_("Code van 6 cijfers"),
        widget=forms.TextInput(_DIGITS),
        error_messages={"required": _("Vul de code in."), "invalid": _("De code heeft 6 cijfers.")},
    )
