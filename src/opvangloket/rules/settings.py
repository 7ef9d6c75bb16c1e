"""What a town may choose, as data: each setting has its words, its help and its allowed values.

A settings page, a check of stored values and a list of changes are all made from one table of `Setting`s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from opvangloket.rules.wording import count_words, dutch_list

Code = TypeVar("Code", bound=StrEnum)


class InvalidSettingsError(ValueError):
    """Settings that may not be stored; `errors` has one Dutch sentence per setting key."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{key}: {sentence}" for key, sentence in self.errors.items()))


class SettingError(ValueError):
    """A value that a setting refuses; the message is a Dutch sentence that says what to do."""


class Kind(Protocol):
    """The allowed values of a setting."""

    @property
    def widget(self) -> str:
        """The sort of field that a page draws for it."""

    def read(self, raw: object) -> object:
        """Return the checked value, or raise SettingError."""

    def plain(self, value: object) -> object:
        """Return the value as JSON knows it."""

    def words(self, value: object) -> str:
        """Return the value in Dutch words."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    widget = "yes_no"

    def read(self, raw: object) -> bool:
        """Return the truth value, or raise SettingError."""
        if not isinstance(raw, bool):
            raise SettingError("Kies ja of nee.")
        return raw

    def plain(self, value: object) -> object:
        """Return the value as JSON knows it."""
        return value

    def words(self, value: object) -> str:
        """Return ja or nee."""
        return "ja" if value else "nee"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in Dutch, in singular and plural."""

    one: str
    many: str

    def count(self, number: int) -> str:
        """Return the number with the unit that fits it."""
        return count_words(number, self.one, self.many)


DAYS = Unit("dag", "dagen")
WEEKS = Unit("week", "weken")
MONTHS = Unit("maand", "maanden")
LOCATIONS = Unit("locatie", "locaties")
EUROS = Unit("euro", "euro")


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within a range; `when_empty` says in words what no number means, and allows it."""

    minimum: int
    maximum: int
    unit: Unit
    when_empty: str = ""

    widget = "number"

    def read(self, raw: object) -> int | None:
        """Return the number, or raise SettingError."""
        if raw is None and self.when_empty:
            return None
        if not isinstance(raw, int) or isinstance(raw, bool) or not self.minimum <= raw <= self.maximum:
            raise SettingError(f"Kies een getal van {self.minimum} tot en met {self.maximum}.")
        return raw

    def plain(self, value: object) -> object:
        """Return the value as JSON knows it."""
        return value

    def words(self, value: object) -> str:
        """Return the number with its unit."""
        return self.unit.count(value) if isinstance(value, int) else self.when_empty


@dataclass(frozen=True, slots=True)
class Numbers:
    """A short list of different whole numbers, kept from high to low; it may be empty."""

    minimum: int
    maximum: int
    unit: Unit
    at_most: int

    widget = "numbers"

    def read(self, raw: object) -> tuple[int, ...]:
        """Return the numbers from high to low, or raise SettingError."""
        one = Number(self.minimum, self.maximum, self.unit)
        if not isinstance(raw, list | tuple) or len(raw) > self.at_most:
            raise SettingError(f"Geef ten hoogste {self.at_most} getallen.")
        numbers = {number for entry in raw if (number := one.read(entry)) is not None}
        if len(numbers) != len(raw):
            raise SettingError("Geef elk getal maar één keer.")
        return tuple(sorted(numbers, reverse=True))

    def plain(self, value: object) -> object:
        """Return the value as JSON knows it."""
        return list(value) if isinstance(value, tuple) else value

    def words(self, value: object) -> str:
        """Return the numbers as a Dutch list with their unit."""
        if not isinstance(value, tuple) or not value:
            return "geen"
        return f"{dutch_list([str(number) for number in value])} {self.unit.one if value[-1] == 1 else self.unit.many}"


@dataclass(frozen=True, slots=True)
class Choice(Generic[Code]):
    """One value out of a closed list."""

    labels: Mapping[Code, str]

    widget = "choice"

    def read(self, raw: object) -> Code:
        """Return the chosen value, or raise SettingError."""
        for option in self.labels:
            if raw == option.value:
                return option
        raise SettingError("Kies een antwoord uit de lijst.")

    def plain(self, value: object) -> object:
        """Return the code of the value."""
        return str(value)

    def words(self, value: object) -> str:
        """Return the label of the value."""
        return self.labels[self.read(value)]


@dataclass(frozen=True, slots=True)
class Codes(Generic[Code]):
    """Some values out of a closed list, kept in the order of the list; `always` can not be left out."""

    labels: Mapping[Code, str]
    always: tuple[Code, ...] = ()

    widget = "codes"

    def read(self, raw: object) -> tuple[Code, ...]:
        """Return the values in the order of the list, or raise SettingError."""
        if not isinstance(raw, list | tuple) or not all(isinstance(code, str) for code in raw):
            raise SettingError("Kies uit de lijst.")
        if unknown := [code for code in raw if code not in {option.value for option in self.labels}]:
            raise SettingError(f"Kies uit de lijst. Dit staat er niet in: {dutch_list(list(map(str, unknown)))}.")
        if missing := [self.labels[option] for option in self.always if option.value not in raw]:
            raise SettingError(f"Dit hoort er altijd bij: {dutch_list(missing)}.")
        return tuple(option for option in self.labels if option.value in raw)

    def plain(self, value: object) -> object:
        """Return the codes of the values."""
        return [str(code) for code in value] if isinstance(value, tuple) else value

    def words(self, value: object) -> str:
        """Return the labels as a Dutch list."""
        return dutch_list([self.labels[code] for code in self.read(value)]) or "geen"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a town may choose: the field it fills, its words on the page and its allowed values."""

    key: str
    group: str
    label: str
    help: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that differs between two versions, in words."""

    key: str
    label: str
    before: str
    after: str


def read_settings(table: tuple[Setting, ...], values: Mapping[str, object]) -> dict[str, object]:
    """Return the checked values of every setting that `values` names.

    Raises InvalidSettingsError with one sentence per wrong or unknown key.
    """
    kinds = {setting.key: setting.kind for setting in table}
    errors, checked = {}, {}
    for key, raw in values.items():
        if key not in kinds:
            errors[key] = "Deze instelling bestaat niet."
            continue
        try:
            checked[key] = kinds[key].read(raw)
        except SettingError as error:
            errors[key] = str(error)
    if errors:
        raise InvalidSettingsError(errors)
    return checked


def plain_settings(table: tuple[Setting, ...], values: object) -> dict[str, object]:
    """Return every setting of the object `values` as JSON knows it, in the order of the table."""
    return {setting.key: setting.kind.plain(getattr(values, setting.key)) for setting in table}


def changes(table: tuple[Setting, ...], before: object, after: object) -> tuple[Change, ...]:
    """Return what differs between two objects with the settings of the table, in words."""
    return tuple(
        Change(setting.key, setting.label, setting.kind.words(old), setting.kind.words(new))
        for setting in table
        if (old := getattr(before, setting.key)) != (new := getattr(after, setting.key))
    )
