"""The week as an answer: per morning and afternoon niet, nodig, or kan ook; or simply yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opvangloket.rules.patterns import PART_CODES, WEEKDAYS, WEEKEND, WeekPattern
from opvangloket.web.ui.components.week_strip import NO_PARTS, WeekStrip, asked_strip

NEED, CAN, NONE, YES = "need", "can", "none", "yes"


@dataclass(frozen=True, slots=True)
class WeekAnswer:
    """The parts a family needs, and the parts that are fine too; the two never overlap."""

    needed: WeekPattern = NO_PARTS
    also: WeekPattern = NO_PARTS

    def __bool__(self) -> bool:
        return bool(self.needed or self.also)


@dataclass(frozen=True, slots=True)
class WeekChoice:
    """What the controls of a week start with, whether a part is chosen yet, and whether a part is only in it or not."""

    name: str
    id: str
    answered: bool
    parts: bool = False


@lru_cache(maxsize=512)
def _drawn(strip: WeekStrip, choice: WeekChoice, _language: str | None) -> SafeString:
    """Return the controls of a week: fourteen parts of three choices each, and most forms begin with an empty one."""
    return render_to_string("ui/components/week_strip.html", {"strip": strip, "size": "xl", "choice": choice})


class _WeekWidget(forms.Widget):
    """A week of which the parts can be chosen; `weekend` shows Saturday and Sunday, and so does care in the weekend."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, weekend: bool = False) -> None:
        super().__init__(attrs)
        self.weekend = weekend

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - Django passes it to every widget
        """Draw the week with the name and id that its controls start with."""
        id_ = self.build_attrs(self.attrs, attrs).get("id", name)
        strip, choice = self.chosen(value, name, id_)
        return _drawn(strip, choice, get_language())

    def chosen(self, value: Any, name: str, id_: str) -> tuple[WeekStrip, WeekChoice]:
        """Return the week to draw and its controls."""
        raise NotImplementedError

    @property
    def shown_days(self) -> tuple[str, ...]:
        """The days to show even when nothing is chosen on them."""
        return WEEKDAYS if self.weekend else ()

    def id_for_label(self, _id: str | None) -> str:
        """Return no id: the fieldset names the group."""
        return ""


class WeekPatternWidget(_WeekWidget):
    """Draws the week strip as choices; without script the same cells are plain radio buttons.

    Each part posts `<name>_ma_vm` = "none", "need" or "can".
    """

    def chosen(self, value: Any, name: str, id_: str) -> tuple[WeekStrip, WeekChoice]:
        """Return the answer so far; nothing posted is an empty week."""
        answer = value if isinstance(value, WeekAnswer) else WeekAnswer()
        caption = str(_("Kies per dag en dagdeel"))
        strip = asked_strip(answer.needed, answer.also, weekdays=self.shown_days, caption=caption)
        return strip, WeekChoice(name, id_, answered=bool(answer))

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> WeekAnswer:
        """Read the chosen parts; an unknown value counts as not chosen."""
        chosen = {code: data.get(f"{name}_{code}") for code in PART_CODES}
        return WeekAnswer(
            WeekPattern.from_codes(code for code, value in chosen.items() if value == NEED),
            WeekPattern.from_codes(code for code, value in chosen.items() if value == CAN),
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        """Tell whether the form held no week at all."""
        return all(f"{name}_{code}" not in data for code in PART_CODES)

    def first_id(self, auto_id: str) -> str:
        """Return the id of the first control, for the link in the error summary."""
        return f"{auto_id}_{PART_CODES[0]}_none"


class WeekPatternField(forms.Field):
    """A week, cleaned to a `WeekAnswer`; required means at least one part, needed or possible."""

    widget = WeekPatternWidget
    default_error_messages = {
        "required": _("Kies minstens één moment waarop je opvang zoekt."),
        "weekend": _("In het weekend is hier geen opvang. Kies een weekdag."),
    }

    def __init__(self, *, weekend: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", WeekPatternWidget(weekend=weekend))
        super().__init__(**kwargs)
        self.weekend = weekend

    def to_python(self, value: Any) -> WeekAnswer:
        """Return the answer as it is; nothing posted is an empty week."""
        return value if isinstance(value, WeekAnswer) else WeekAnswer()

    def validate(self, value: WeekAnswer) -> None:
        """Refuse an empty week when one is required, and weekend parts where none were offered."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if not self.weekend and set((value.needed | value.also).weekdays) & set(WEEKEND):
            raise ValidationError(self.error_messages["weekend"], code="weekend")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the parts, not the objects."""
        return self.to_python(initial) != self.to_python(data)


class WeekPartsWidget(_WeekWidget):
    """Draws the week strip as checkboxes, for a week that is offered or free: a part is in it or not.

    Each chosen part posts `<name>_ma_vm` = "yes".
    """

    def chosen(self, value: Any, name: str, id_: str) -> tuple[WeekStrip, WeekChoice]:
        """Return the parts chosen so far."""
        parts = value if isinstance(value, WeekPattern) else NO_PARTS
        strip = asked_strip(parts, weekdays=self.shown_days, caption=str(_("Kies per dag en dagdeel")))
        words = f"{capfirst(parts.words())}."
        return replace(strip, words=words), WeekChoice(name, id_, answered=bool(parts), parts=True)

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> WeekPattern:
        """Read the chosen parts."""
        return WeekPattern.from_codes(code for code in PART_CODES if data.get(f"{name}_{code}") == YES)

    def value_omitted_from_data(self, _data: Mapping[str, Any], _files: Any, _name: str) -> bool:
        """Tell nothing: a week without any part posts nothing and is still an answer."""
        return False

    def first_id(self, auto_id: str) -> str:
        """Return the id of the first control, for the link in the error summary."""
        return f"{auto_id}_{PART_CODES[0]}"


class WeekPartsField(forms.Field):
    """A week without shades, cleaned to a `WeekPattern`; required means at least one part."""

    widget = WeekPartsWidget
    default_error_messages = {
        "required": _("Kies minstens één dagdeel."),
        "weekend": _("In het weekend is hier geen opvang. Kies een weekdag."),
    }

    def __init__(self, *, weekend: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", WeekPartsWidget(weekend=weekend))
        super().__init__(**kwargs)
        self.weekend = weekend

    def to_python(self, value: Any) -> WeekPattern:
        """Return the parts as they are; nothing posted is an empty week."""
        return value if isinstance(value, WeekPattern) else NO_PARTS

    def validate(self, value: WeekPattern) -> None:
        """Refuse an empty week when one is required, and weekend parts where none were offered."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if not self.weekend and set(value.weekdays) & set(WEEKEND):
            raise ValidationError(self.error_messages["weekend"], code="weekend")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the parts, not the objects."""
        return self.to_python(initial) != self.to_python(data)
