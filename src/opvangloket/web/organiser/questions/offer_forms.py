"""What a location can still do with its offer, as forms."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.web.ui.forms import DutchDateField

A_WEEK = timedelta(days=7)
LONGEST = timedelta(days=90)


class MoreTimeForm(forms.Form):
    """A later day to reply by; it starts a week further."""

    def __init__(self, data: Any = None, *, reply_by_on: date) -> None:
        super().__init__(data, prefix="time")
        self.fields["reply_by"] = DutchDateField(
            label=_("Tot wanneer mag het gezin antwoorden?"),
            earliest=reply_by_on + timedelta(days=1),
            latest=reply_by_on + LONGEST,
            initial=reply_by_on + A_WEEK,
        )
