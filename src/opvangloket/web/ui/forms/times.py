"""A time of the day as people write it, and a moment on a day: from when until when."""

from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from opvangloket.rules.periods import BRUSSELS

# A phone set to Dutch offers a comma on its small keyboard, and no colon.
_FORMATS: Final = ("%H.%M", "%H:%M", "%H,%M", "%Hu%M", "%H")


class DutchTimeField(forms.TimeField):
    """A time of the day, typed as 9.30, 9:30, 9u30 or 9; `example` is one that fits the question."""

    def __init__(self, *, label: Any, example: str = "9.30") -> None:
        asked_again = format_lazy(_("Vul een uur in, bijvoorbeeld {example}."), example=example)
        super().__init__(
            label=label,
            help_text=format_lazy(_("Bijvoorbeeld {example}."), example=example),
            input_formats=_FORMATS,
            widget=forms.TextInput({"inputmode": "decimal", "class": "width-4", "autocomplete": "off"}),
            error_messages={"required": asked_again, "invalid": asked_again},
        )


class FromUntilForm(forms.Form):
    """From when until when on one day; whoever extends it asks for the day as `on`."""

    starts = DutchTimeField(label=_("Van hoe laat?"))
    ends = DutchTimeField(label=_("Tot hoe laat?"))

    @property
    def starts_at(self) -> datetime:
        """When the moment of a valid form begins."""
        return self._at("starts")

    @property
    def minutes(self) -> int:
        """How long it lasts; zero or less when it ends before it begins."""
        return int((self._at("ends") - self.starts_at).total_seconds()) // 60

    def _at(self, name: str) -> datetime:
        at: time = self.cleaned_data[name]
        return datetime.combine(self.cleaned_data["on"], at, tzinfo=BRUSSELS)
