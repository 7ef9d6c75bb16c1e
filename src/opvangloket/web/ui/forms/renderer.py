"""How every form is drawn: label, hint, error and control, tied together for who listens instead of looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

# Django draws a control of three or four templates, and a list of one more for each option: half of the time of a form
# of a hundred fields. Ours say the same in one.
_INPUTS = ("text", "number", "email", "url", "search", "tel", "password", "hidden", "checkbox")
OWN_WIDGET_TEMPLATES = {
    "django/forms/widgets/radio.html": "ui/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/choices.html",
    "django/forms/widgets/select.html": "ui/forms/select.html",
    **{f"django/forms/widgets/{kind}.html": "ui/forms/input.html" for kind in _INPUTS},
}


class Renderer(TemplatesSetting):
    """Draws forms with the templates of the interface and keeps Django's for what it draws as well."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Return the template, ours where there is one."""
        return super().get_template(OWN_WIDGET_TEMPLATES.get(template_name, template_name))


class _HintedOptions:
    """Adds a line under each option: `hints` maps the value of a choice to its line."""

    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the option with its hint."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        return {**option, "hint": self.hints.get(str(value), "")}


class HintedRadios(_HintedOptions, forms.RadioSelect):
    """Radio buttons with a line of explanation each."""


class HintedCheckboxes(_HintedOptions, forms.CheckboxSelectMultiple):
    """Checkboxes with a line of explanation each."""
