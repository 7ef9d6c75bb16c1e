"""Coded reasons: closed lists, each with its version (SPEC §4).

A code that once stood in a list stays readable for ever: a new version adds a list, it never edits one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NoReason(StrEnum):
    """Why a location says no."""

    FULL = "volzet"
    DAYS_FULL = "dagen_volzet"
    START_TOO_EARLY = "start_te_vroeg"
    AGE_GROUP = "leeftijdsgroep"
    HOURS_IMPOSSIBLE = "uren_niet_mogelijk"
    SUPPORT_IMPOSSIBLE = "ondersteuning_niet_mogelijk"
    CLOSING = "sluiting"
    OTHER = "andere"


class DeclineReason(StrEnum):
    """Why a family declines an offer."""

    DAYS = "dagen"
    START = "start"
    PRICE = "prijs"
    DISTANCE = "afstand"
    FOUND_ELSEWHERE = "elders_gevonden"
    NO_LONGER_NEEDED = "niet_meer_nodig"
    OTHER = "andere"


class LapseReason(StrEnum):
    """Why a request lapses."""

    NO_LONGER_NEEDED = "niet_meer_nodig"
    MISCARRIAGE = "miskraam"
    MOVED = "verhuisd"


class ElsewhereReason(StrEnum):
    """Where a family found care outside the desk."""

    OWN_MUNICIPALITY = "eigen_gemeente"
    OTHER_MUNICIPALITY = "andere_gemeente"
    UNKNOWN = "onbekend"


class EndReason(StrEnum):
    """Why care that had started ends."""

    SCHOOL = "naar_school"
    MOVED = "verhuisd"
    OTHER_CARE = "andere_opvang"
    AT_HOME = "thuis"
    BY_LOCATION = "opzeg_door_opvang"
    CLOSING = "sluiting"
    OTHER = "andere"


class Possible(StrEnum):
    """What a location can tell beside its no."""

    DAYS = "days"
    START = "start"


@dataclass(frozen=True, slots=True)
class ReasonList:
    """One version of a closed list: the codes in the order of the screen, each with its label."""

    name: str
    version: int
    labels: Mapping[StrEnum, str]

    def label(self, code: str) -> str:
        """Return the label of a code; raises KeyError for a code outside the list."""
        return {str(reason): label for reason, label in self.labels.items()}[code]

    def __contains__(self, code: str) -> bool:
        return code in {str(reason) for reason in self.labels}


NO_REASONS = ReasonList(
    "no",
    1,
    {
        NoReason.FULL: "Alles is volzet",
        NoReason.DAYS_FULL: "Deze dagen zijn volzet",
        NoReason.START_TOO_EARLY: "De start is te vroeg",
        NoReason.AGE_GROUP: "Geen plaats voor deze leeftijd",
        NoReason.HOURS_IMPOSSIBLE: "Deze uren zijn niet mogelijk",
        NoReason.SUPPORT_IMPOSSIBLE: "We kunnen de nodige ondersteuning niet geven",
        NoReason.CLOSING: "De opvang sluit",
        NoReason.OTHER: "Een andere reden",
    },
)
DECLINE_REASONS = ReasonList(
    "decline",
    1,
    {
        DeclineReason.DAYS: "De dagen passen niet",
        DeclineReason.START: "De start past niet",
        DeclineReason.PRICE: "De prijs past niet",
        DeclineReason.DISTANCE: "De opvang ligt te ver",
        DeclineReason.FOUND_ELSEWHERE: "Ik heb elders opvang gevonden",
        DeclineReason.NO_LONGER_NEEDED: "Ik heb geen opvang meer nodig",
        DeclineReason.OTHER: "Een andere reden",
    },
)
LAPSE_REASONS = ReasonList(
    "lapse",
    1,
    {
        LapseReason.NO_LONGER_NEEDED: "Opvang is niet meer nodig",
        LapseReason.MISCARRIAGE: "Miskraam",
        LapseReason.MOVED: "Verhuisd",
    },
)
ELSEWHERE_REASONS = ReasonList(
    "elsewhere",
    1,
    {
        ElsewhereReason.OWN_MUNICIPALITY: "In de eigen gemeente",
        ElsewhereReason.OTHER_MUNICIPALITY: "In een andere gemeente",
        ElsewhereReason.UNKNOWN: "Niet bekend waar",
    },
)
END_REASONS = ReasonList(
    "end",
    1,
    {
        EndReason.SCHOOL: "Het kind gaat naar school",
        EndReason.MOVED: "Het gezin verhuist",
        EndReason.OTHER_CARE: "Het gezin koos andere opvang",
        EndReason.AT_HOME: "Het kind blijft thuis",
        EndReason.BY_LOCATION: "De opvang zegt op",
        EndReason.CLOSING: "De opvang sluit",
        EndReason.OTHER: "Een andere reden",
    },
)

# What a family reads when a location says no: first what is, in a whole sentence.
NO_SENTENCES: Mapping[NoReason, str] = {
    NoReason.FULL: "Alle plaatsen zijn ingenomen.",
    NoReason.DAYS_FULL: "Op de dagen die je vroeg, is er geen plaats.",
    NoReason.START_TOO_EARLY: "Op je startdatum is er nog geen plaats.",
    NoReason.AGE_GROUP: "Er is geen plaats voor kinderen van deze leeftijd.",
    NoReason.HOURS_IMPOSSIBLE: "De opvang is niet open op de uren die je vroeg.",
    NoReason.SUPPORT_IMPOSSIBLE: "De opvang kan de nodige ondersteuning niet geven. Het loket zoekt met je mee.",
    NoReason.CLOSING: "Deze opvang stopt.",
    NoReason.OTHER: "De opvang heeft geen plaats voor je kind.",
}

_ASKED_BESIDE: Mapping[NoReason, frozenset[Possible]] = {
    NoReason.FULL: frozenset({Possible.START}),
    NoReason.DAYS_FULL: frozenset({Possible.DAYS, Possible.START}),
    NoReason.START_TOO_EARLY: frozenset({Possible.START}),
    NoReason.AGE_GROUP: frozenset({Possible.START}),
    NoReason.HOURS_IMPOSSIBLE: frozenset({Possible.DAYS}),
}


def asked_beside(reason: NoReason) -> frozenset[Possible]:
    """Return what a location is asked to tell as possible beside this no; empty when nothing is (SPEC §5)."""
    return _ASKED_BESIDE.get(reason, frozenset())
