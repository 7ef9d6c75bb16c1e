"""Forms of the interface: how every field is drawn, and the fields that childcare needs.

`FORM_RENDERER = "opvangloket.web.ui.forms.Renderer"` makes every Django form accessible without further work.
"""

from opvangloket.web.ui.forms.dates import DutchDateField, DutchDateWidget
from opvangloket.web.ui.forms.hours import HoursField, HoursWidget
from opvangloket.web.ui.forms.kept_reference import KeepsId, KeepsReference
from opvangloket.web.ui.forms.other_week import OtherWeekForm
from opvangloket.web.ui.forms.renderer import HintedCheckboxes, HintedRadios, Renderer
from opvangloket.web.ui.forms.times import DutchTimeField, FromUntilForm
from opvangloket.web.ui.forms.weeks import (
    WeekAnswer,
    WeekPartsField,
    WeekPartsWidget,
    WeekPatternField,
    WeekPatternWidget,
)

__all__ = [
    "DutchDateField",
    "DutchDateWidget",
    "DutchTimeField",
    "FromUntilForm",
    "HintedCheckboxes",
    "HintedRadios",
    "HoursField",
    "HoursWidget",
    "KeepsId",
    "KeepsReference",
    "OtherWeekForm",
    "Renderer",
    "WeekAnswer",
    "WeekPartsField",
    "WeekPartsWidget",
    "WeekPatternField",
    "WeekPatternWidget",
]
