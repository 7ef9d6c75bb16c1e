"""Exact hours per weekday, for families whose week does not fit in mornings and afternoons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opvangloket.rules.patterns import WEEKDAYS, WEEKEND, CareHours, DayHours
from opvangloket.rules.wording import WEEKDAY_NAMES

_TIME = re.compile(r"(\d{1,2})(?:[:.,u ]?(\d{2}))?\s*(?:u|uur)?")
_HOURS_PER_DAY = 24
_MINUTES_PER_HOUR = 60


class HoursWidget(forms.Widget):
    """Draws van and tot per weekday; posts `<name>_ma_start` and `<name>_ma_end` as people write a time."""

    template_name = "ui/forms/hours.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, weekend: bool = False) -> None:
        super().__init__(attrs)
        self.weekend = weekend

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The days to ask for."""
        return tuple(day for day in WEEKDAYS if self.weekend or day not in WEEKEND)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return one line per weekday with what was typed before."""
        context = super().get_context(name, value, attrs)
        typed = _typed(value)
        id_ = context["widget"]["attrs"].get("id", name)
        lines = [
            {"day": day, "name": WEEKDAY_NAMES[WEEKDAYS.index(day)], "typed": typed.get(day, ("", ""))}
            for day in self.weekdays
        ]
        return {**context, "lines": lines, "id": id_, "invalid": "aria-invalid" in context["widget"]["attrs"]}

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> dict[str, tuple[str, str]]:
        """Read what was typed, per weekday."""
        return {
            day: (str(data.get(f"{name}_{day}_start", "")).strip(), str(data.get(f"{name}_{day}_end", "")).strip())
            for day in self.weekdays
        }

    def first_id(self, auto_id: str) -> str:
        """Return the id of the first control, for the link in the error summary."""
        return f"{auto_id}_{WEEKDAYS[0]}_start"

    def id_for_label(self, _id: str | None) -> str:
        """Return no id: the fieldset names the group."""
        return ""


class HoursField(forms.Field):
    """Hours per weekday, cleaned to `CareHours`; an end before its start lies on the next day."""

    widget = HoursWidget
    default_error_messages = {
        "required": _("Vul voor minstens één dag in van wanneer tot wanneer."),
        "incomplete": _("Vul voor %(day)s het begin en het einde in."),
        "time": _("%(text)s is geen uur. Schrijf bijvoorbeeld 7.30."),
    }

    def __init__(self, *, weekend: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", HoursWidget(weekend=weekend))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> CareHours:
        """Return the hours; ValidationError names the day or the text that cannot be read."""
        typed = _typed(value)
        days = tuple(self._day(day, start, end) for day, (start, end) in typed.items() if start or end)
        if self.required and not days:
            raise ValidationError(self.error_messages["required"], code="required")
        return CareHours(days)

    def _day(self, day: str, start: str, end: str) -> DayHours:
        if not (start and end):
            params = {"day": WEEKDAY_NAMES[WEEKDAYS.index(day)]}
            raise ValidationError(self.error_messages["incomplete"], code="incomplete", params=params)
        return DayHours(day, self._minutes(start), self._minutes(end))

    def _minutes(self, text: str) -> int:
        found = _TIME.fullmatch(text.lower())
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (_HOURS_PER_DAY, 1)
        minutes = hour * _MINUTES_PER_HOUR + minute
        if minute >= _MINUTES_PER_HOUR or minutes > _HOURS_PER_DAY * _MINUTES_PER_HOUR:
            raise ValidationError(self.error_messages["time"], code="time", params={"text": text})
        return minutes

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was typed with what was shown."""
        return {day: pair for day, pair in _typed(data).items() if any(pair)} != _typed(initial)


def _typed(value: Any) -> dict[str, tuple[str, str]]:
    if isinstance(value, CareHours):
        return {day.weekday: (_shown(day.start), _shown(day.end)) for day in value.days}
    return value if isinstance(value, dict) else {}


def _shown(minutes: int) -> str:
    hour, minute = divmod(minutes, _MINUTES_PER_HOUR)
    return f"{hour}.{minute:02}"
