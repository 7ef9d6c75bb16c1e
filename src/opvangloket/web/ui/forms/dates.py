"""A date as three short fields: day, month, year. The month may be a word."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opvangloket.rules.wording import MONTH_NAMES, dutch_date

PARTS = ("day", "month", "year")
SHORTEST_MONTH = 3
# What is typed outside these years is a slip, and the last days of the calendar know no tomorrow.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class DutchDateWidget(forms.MultiWidget):
    """Draws Dag, Maand and Jaar; posts `<name>_day`, `<name>_month` and `<name>_year`.

    `birth` adds the browser's help for the birth date of the person who fills in the form.
    """

    template_name = "ui/forms/date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, birth: bool = False) -> None:
        def part(name: str, width: int, most: int) -> forms.TextInput:
            own = {"inputmode": "numeric" if name != "month" else "text", "class": f"width-{width}", "maxlength": most}
            return forms.TextInput({**own, "autocomplete": f"bday-{name}" if birth else "off"})

        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": part("day", 2, 2),
            "month": part("month", 4, 10),
            "year": part("year", 4, 4),
        }
        super().__init__(widgets, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the three inputs, each with its own label."""
        context = super().get_context(name, value, attrs)
        labels = (_("Dag"), _("Maand"), _("Jaar"))
        for subwidget, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            subwidget["label"] = label
        return context

    def decompress(self, value: Any) -> list[Any]:
        """Split a date over the three inputs."""
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]

    def first_id(self, auto_id: str) -> str:
        """Return the id of the day, for the link in the error summary."""
        return f"{auto_id}_0"


class DutchDateField(forms.MultiValueField):
    """A date, cleaned to `datetime.date`; `earliest` and `latest` are the first and last day that are accepted."""

    widget = DutchDateWidget
    default_error_messages = {
        "required": _("Vul een datum in, bijvoorbeeld 27 3 2027."),
        "incomplete": _("Vul ook %(missing)s in."),
        "day": _("De dag is een getal van 1 tot 31."),
        "month": _("De maand is een getal van 1 tot 12, of een woord: maart."),
        "year": _("Het jaar heeft vier cijfers, bijvoorbeeld 2027."),
        "far": _("Dit jaar kan niet. Kijk het na."),
        "unknown": _("Deze datum bestaat niet. Kijk de dag en de maand na."),
        "earliest": _("Kies een datum vanaf %(day)s."),
        "latest": _("Kies een datum tot en met %(day)s."),
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        fields = tuple(forms.CharField(required=False) for _part in PARTS)
        super().__init__(fields, require_all_fields=False, **kwargs)
        self.earliest = earliest
        self.latest = latest

    def clean(self, value: Any) -> date | None:
        """Return the date, or None when nothing was filled in and nothing was asked."""
        day, month, year = ((str(part).strip() if part else "") for part in (value or ("", "", "")))
        if not (day or month or year):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        self._check_complete(day, month, year)
        found = self._date(day, month, year)
        self._check_bounds(found)
        return found

    def _check_complete(self, day: str, month: str, year: str) -> None:
        names = ((day, _("de dag")), (month, _("de maand")), (year, _("het jaar")))
        missing = str(_(" en ")).join(str(name) for part, name in names if not part)
        if missing:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete", params={"missing": missing})

    def _date(self, day: str, month: str, year: str) -> date:
        numbers = {"day": _number(day, 31), "month": _month(month), "year": _number(year, 9999)}
        if len(year) != len("2027"):
            numbers["year"] = None
        for part, number in numbers.items():
            if number is None:
                raise ValidationError(self.error_messages[part], code=part)
        if not FIRST_YEAR <= (numbers["year"] or 0) <= LAST_YEAR:
            raise ValidationError(self.error_messages["far"], code="far")
        try:
            return date(numbers["year"] or 0, numbers["month"] or 0, numbers["day"] or 0)
        except ValueError:
            raise ValidationError(self.error_messages["unknown"], code="unknown") from None

    def _check_bounds(self, found: date) -> None:
        if self.earliest and found < self.earliest:
            params = {"day": dutch_date(self.earliest)}
            raise ValidationError(self.error_messages["earliest"], code="earliest", params=params)
        if self.latest and found > self.latest:
            raise ValidationError(self.error_messages["latest"], code="latest", params={"day": dutch_date(self.latest)})


def _number(text: str, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= most else None


def _month(text: str) -> int | None:
    """Read "3", "03", "maart", "mrt" or "mar"."""
    word = text.lower().rstrip(".")
    if word == "mrt":
        return MONTH_NAMES.index("maart") + 1
    if len(word) >= SHORTEST_MONTH:
        return next((index for index, name in enumerate(MONTH_NAMES, 1) if name.startswith(word)), None)
    return _number(word, len(MONTH_NAMES))
