"""A family that an organiser cannot help and passes on to the desk: the same screen, and the consent of the family."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.domains.referrals.referring import MOST_WORDS, Consent
from opvangloket.rules.referrals import CONSENT_HOLDS_FOR, CONSENT_LABELS, ConsentHow
from opvangloket.web.organiser.door.door_forms import FamilyAtTheDoor
from opvangloket.web.ui.forms import DutchDateField


class ReferralForm(FamilyAtTheDoor):
    """The family at the door, how and when it agreed, and what the desk should know."""

    def __init__(self, data: Any = None, *, locations: Sequence[OwnLocation], today: date) -> None:
        super().__init__(data, locations=locations, today=today, initial={"consent_on": today})
        self.fields |= {
            "consent_how": forms.ChoiceField(
                label=_("Hoe ging het gezin akkoord?"),
                choices=[(how.value, capfirst(words)) for how, words in CONSENT_LABELS.items()],
                widget=forms.RadioSelect({"class": "is-inline"}),
                error_messages={"required": _("Vraag het gezin of je dit mag doorgeven. Duid aan hoe het antwoordde.")},
            ),
            "consent_on": DutchDateField(label=_("Op welke dag?"), earliest=today - CONSENT_HOLDS_FOR, latest=today),
            "words": forms.CharField(
                label=_("Wat weet het loket best nog?"),
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea({"rows": 2}),
            ),
        }

    def consent(self) -> Consent:
        """Return how and when the family agreed."""
        return Consent(ConsentHow(self.cleaned_data["consent_how"]), self.cleaned_data["consent_on"])
