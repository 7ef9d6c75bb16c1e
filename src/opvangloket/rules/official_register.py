"""The official register of locations beside what is known here: what is new, what differs, what is gone (SPEC §6).

The register decides what the licence says: type, subsidy step, places, address. What a location keeps up itself, its
name and how it is reached, is its own: a difference there is shown, and only taken over when a person says so for
that field. An empty cell of the register says nothing, so it never takes anything away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

_KEY_LENGTH: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFacts:
    """A location as the register writes it, or as it is known here; codes as in the exchange format."""

    file_number: str
    organiser_name: str
    kbo: str
    name: str
    type: str
    subsidy_step: str
    tariff: str
    licensed_places: int
    street: str
    house_number: str
    postcode: str
    nis_code: str
    email: str = ""
    phone: str = ""
    website: str = ""


class Owner(StrEnum):
    """Who decides about a fact: the register, or the location itself."""

    REGISTER = "register"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class RegisterField:
    """A fact that is compared: its column in a list, its label, and who decides about it."""

    name: str
    label: str
    owner: Owner


FIELDS: Final = (
    RegisterField("file_number", "dossiernummer", Owner.REGISTER),
    RegisterField("kbo", "ondernemingsnummer van de organisator", Owner.REGISTER),
    RegisterField("type", "soort", Owner.REGISTER),
    RegisterField("subsidy_step", "trap", Owner.REGISTER),
    RegisterField("licensed_places", "vergunde plaatsen", Owner.REGISTER),
    RegisterField("street", "straat", Owner.REGISTER),
    RegisterField("house_number", "huisnummer", Owner.REGISTER),
    RegisterField("postcode", "postcode", Owner.REGISTER),
    RegisterField("nis_code", "gemeente", Owner.REGISTER),
    RegisterField("name", "naam", Owner.LOCATION),
    RegisterField("tariff", "tarief", Owner.LOCATION),
    RegisterField("email", "e-mailadres", Owner.LOCATION),
    RegisterField("phone", "telefoon", Owner.LOCATION),
    RegisterField("website", "website", Owner.LOCATION),
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One fact that differs, as it is known here and as the register writes it."""

    field: RegisterField
    before: Any
    after: Any

    @property
    def is_own(self) -> bool:
        """Whether it would overwrite what the location itself filled in; filling in what is empty does not."""
        return self.field.owner is Owner.LOCATION and bool(self.before)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a register against what is known: rows without a location, pairs, and locations without a row."""

    new: tuple[RegisterFacts, ...]
    pairs: tuple[tuple[str, RegisterFacts], ...]
    gone: tuple[str, ...]


def sort_out(rows: Iterable[RegisterFacts], known: Mapping[str, RegisterFacts]) -> Sorted:
    """Find the known location of each row, by its file number; by name and postcode where none is known here yet.

    `known` goes by whatever key the caller has. A location without a file number is never gone: it may not be one
    that the register has.
    """
    by_number: dict[str, str] = {facts.file_number: key for key, facts in known.items() if facts.file_number}
    by_name: dict[tuple[str, str], list[str]] = {}
    for key, facts in known.items():
        if not facts.file_number:
            by_name.setdefault(_name_key(facts), []).append(key)
    new, pairs, met = [], [], set()
    for row in rows:
        named = by_name.get(_name_key(row), [])
        # Two without a number under one name cannot be told apart: then a person has to fill in the number.
        key = by_number.get(row.file_number, named[0] if len(named) == 1 else "")
        if not key or key in met:
            new.append(row)
        else:
            met.add(key)
            pairs.append((key, row))
    gone = tuple(key for key, facts in known.items() if facts.file_number and key not in met)
    return Sorted(tuple(new), tuple(pairs), gone)


def differences(known: RegisterFacts, row: RegisterFacts) -> tuple[FieldChange, ...]:
    """Return the facts in which a row of the register differs from what is known, in the order of `FIELDS`."""
    found = []
    for field in FIELDS:
        before, after = getattr(known, field.name), getattr(row, field.name)
        if after not in {"", None} and _plain(before) != _plain(after):
            found.append(FieldChange(field, before, after))
    return tuple(found)


def is_taken_over(changes: Iterable[FieldChange]) -> bool:
    """Tell whether another organiser runs the location: that changes who may see families, and is done by itself."""
    return any(change.field.name == "kbo" and change.before for change in changes)


def change_key(file_number: str, changes: Iterable[FieldChange]) -> str:
    """Return a name for exactly this change: whoever approves it approves what was shown, and nothing newer."""
    told = "\x1f".join(f"{change.field.name}={change.before}>{change.after}" for change in changes)
    return sha256(f"{file_number}\x1f{told}".encode()).hexdigest()[:_KEY_LENGTH]


def _name_key(facts: RegisterFacts) -> tuple[str, str]:
    return _plain(facts.name), facts.postcode


def _plain(value: object) -> str:
    """Return a value as it is compared: in small letters, with single spaces."""
    return " ".join(str(value).casefold().split())
