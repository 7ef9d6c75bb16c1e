"""What the fields of Django say when an answer is missing or wrong, in our own words."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WORDS: dict[type[forms.Field], "dict[str, StrPromise]"] = {
    forms.Field: {"required": _("Vul dit nog in.")},
    forms.CharField: {
        "max_length": _("Hou dit korter: hoogstens %(limit_value)d tekens."),
        "null_characters_not_allowed": _("Hier staat een teken in dat we niet kunnen lezen. Typ het opnieuw."),
    },
    forms.ChoiceField: {"required": _("Kies een antwoord."), "invalid_choice": _("Kies een antwoord uit de lijst.")},
    forms.MultipleChoiceField: {
        "required": _("Kies minstens één antwoord."),
        "invalid_choice": _("Kies een antwoord uit de lijst."),
    },
    forms.BooleanField: {"required": _("Zet een vinkje om verder te gaan.")},
    forms.IntegerField: {
        "required": _("Vul een getal in."),
        "invalid": _("Vul een getal in, zonder letters."),
        "min_value": _("Kies een getal vanaf %(limit_value)s."),
        "max_value": _("Kies een getal tot %(limit_value)s."),
    },
    forms.FileField: {"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg. Kies een ander.")},
    forms.EmailField: {
        "required": _("Vul een e-mailadres in."),
        "invalid": _("Kijk dit e-mailadres na. Een voorbeeld: naam@voorbeeld.be."),
    },
}


def speak_plainly() -> None:
    """Give every field without messages of its own our words; called once, before any form is made."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
