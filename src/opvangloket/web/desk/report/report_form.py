"""What is asked around the report: as of which day, and why it is filed again."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.rules.indicators import default_as_of
from opvangloket.web.desk.report.report_links import DAY
from opvangloket.web.ui.forms import DutchDateField

_LONGEST_REASON: Final = 500


class DayForm(forms.Form):
    """The day whose state the report tells."""

    def __init__(self, *args: Any, year: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[DAY] = DutchDateField(label=_("Stand op"), earliest=_earliest(year), latest=today)


class FilingForm(forms.Form):
    """What goes with a filing: which one it is, the figures that were seen, and why when it is a correction."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    # The action asks for it when it is a correction: only it knows, when two people file at once.
    reason = forms.CharField(
        label=gettext_lazy("Waarom verbeter je het verslag?"),
        help_text=gettext_lazy("Schrijf geen namen van gezinnen op."),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def usual_day(year: int, today: date) -> date:
    """Return the day that the report of a year is about: 28 February of the next year, or today before that."""
    return min(default_as_of(year), today)


def chosen_day(query: Mapping[str, str], year: int, today: date) -> date:
    """Return the day in an address, else the usual one; a day to come, or no day at all, is the usual one too."""
    try:
        day = date.fromisoformat(query.get(DAY, ""))
    except ValueError:
        return usual_day(year, today)
    return day if _earliest(year) <= day <= today else usual_day(year, today)


def _earliest(year: int) -> date:
    """Return the first day on which a report makes sense: requests come in up to a year before the care starts."""
    return date(year - 1, 1, 1)
