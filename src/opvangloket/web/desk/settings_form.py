"""The form of a new version: one field per setting of the table, so that no setting can be forgotten on the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.rules.procedure import SETTINGS, Procedure
from opvangloket.rules.settings import Choice, Codes, InvalidSettingsError, Number, Numbers, Setting
from opvangloket.web.ui.forms import DutchDateField

YES, NO = "ja", "nee"
_LONGEST_REASON: Final = 500
_ABOUT_THE_VERSION: Final = ("valid_from", "reason", "consultation_advice")
_NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", "step"})


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """A part of the page: its heading and its fields."""

    title: str
    fields: tuple[forms.BoundField, ...]


class VersionForm(forms.Form):
    """Every setting, from when it holds, and why. Cleans to `procedure`."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom veranderen jullie dit?"),
        max_length=_LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consultation_advice = forms.CharField(
        label=gettext_lazy("Wat adviseerde het lokaal overleg kinderopvang?"),
        help_text=gettext_lazy("Schrijf ook de datum van het overleg erbij."),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, now_in_force: Procedure, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.procedure = now_in_force
        self.fields["valid_from"] = DutchDateField(
            label=_("Vanaf welke dag geldt dit?"),
            help_text=_("Vragen die al verstuurd zijn, houden hun oude termijn."),
            earliest=today,
            initial=today,
        )
        for setting in SETTINGS:
            self.fields[setting.key] = _field_of(setting)
            self.initial.setdefault(setting.key, _shown(setting, getattr(now_in_force, setting.key)))

    @property
    def groups(self) -> Iterator[SettingGroup]:
        """Yield the settings under their headings, in the order of the table."""
        for title in dict.fromkeys(setting.group for setting in SETTINGS):
            yield SettingGroup(title, tuple(self[setting.key] for setting in SETTINGS if setting.group == title))

    @property
    def about(self) -> tuple[forms.BoundField, ...]:
        """The fields about the version itself."""
        return tuple(self[name] for name in _ABOUT_THE_VERSION)

    def clean(self) -> dict[str, Any]:
        """Read the settings as the rules do; what they refuse stands beside the field it is about."""
        settings = {setting.key: _read(setting, self.cleaned_data) for setting in SETTINGS}
        if self.errors.keys() & settings.keys():
            return self.cleaned_data
        try:
            self.procedure = Procedure.from_mapping(settings)
        except InvalidSettingsError as error:
            for key, sentence in error.errors.items():
                self.add_error(key, sentence)
        return self.cleaned_data

    @property
    def typed(self) -> Iterator[tuple[str, str]]:
        """Yield what was posted, name by name, to carry it through the preview."""
        for name in self.data:
            if name not in _NOT_TYPED:
                yield from ((name, value) for value in _values(self.data, name))


def _values(data: Mapping[str, Any], name: str) -> list[str]:
    values: list[str] = data.getlist(name) if hasattr(data, "getlist") else [data[name]]
    return values


def _field_of(setting: Setting) -> forms.Field:
    """Return the field that fits the allowed values of a setting."""
    words: dict[str, Any] = {"label": setting.label, "help_text": setting.help}
    inline = {"class": "is-inline"}
    match setting.kind:
        case Number() as kind:
            widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "width-4", "autocomplete": "off"})
            words["help_text"] = f"{setting.help} {_in_units(kind)}"
            return forms.IntegerField(required=not kind.when_empty, widget=widget, **words)
        case Numbers() as kind:
            words["help_text"] = f"{setting.help} {_('Zet een komma tussen de getallen.')}"
            return _NumbersField(widget=forms.TextInput(attrs={"class": "width-8", "autocomplete": "off"}), **words)
        case Choice() as kind:
            labels = [(code.value, label.capitalize()) for code, label in kind.labels.items()]
            return forms.ChoiceField(choices=labels, widget=forms.RadioSelect, **words)
        case Codes() as kind:
            labels = [(code.value, label.capitalize()) for code, label in kind.labels.items()]
            return forms.MultipleChoiceField(
                choices=labels, widget=forms.CheckboxSelectMultiple(attrs={"class": "is-inline"}), **words
            )
        case _:
            choices = ((YES, _("Ja")), (NO, _("Nee")))
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(attrs=inline), **words)


def _in_units(kind: Number) -> str:
    return _("In %(unit)s, van %(least)s tot %(most)s.") % {
        "unit": kind.unit.many,
        "least": kind.minimum,
        "most": kind.maximum,
    }


class _NumbersField(forms.CharField):
    """Whole numbers with commas between them, cleaned to a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> list[int]:
        """Return the numbers as typed; the rules decide whether they may be."""
        texts = [text.strip() for text in str(value or "").split(",") if text.strip()]
        if not all(text.isascii() and text.isdigit() for text in texts):
            raise forms.ValidationError(_("Schrijf getallen met een komma ertussen, bijvoorbeeld 3, 1."))
        return [int(text) for text in texts]


def _shown(setting: Setting, value: object) -> object:
    """Return a value as its field shows it."""
    plain = setting.kind.plain(value)
    if isinstance(plain, bool):
        return YES if plain else NO
    if isinstance(setting.kind, Numbers) and isinstance(plain, list):
        return ", ".join(str(number) for number in plain)
    return plain


def _read(setting: Setting, cleaned: Mapping[str, Any]) -> object:
    """Return a field's answer as the rules read it."""
    value = cleaned.get(setting.key)
    return value == YES if value in (YES, NO) else value
