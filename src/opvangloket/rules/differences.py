"""In what an offer differs from the question, in sentences for the family (SPEC §5: asked beside offered)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.wording import count_words, dutch_date

NO_PARTS = WeekPattern()


class DifferenceKind(StrEnum):
    """What is different."""

    LATER = "later"
    EARLIER = "earlier"
    MISSING = "missing"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: its kind, and the sentence for the family."""

    kind: DifferenceKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the family asked; `parts_wanted` of None means every needed part."""

    start_on: date
    needed: WeekPattern
    also: WeekPattern = NO_PARTS
    parts_wanted: int | None = None


def differences(asked: Asked, *, start_on: date, pattern: WeekPattern) -> tuple[Difference, ...]:
    """Return in what an offer differs from the question: the start first, then what misses, then what is other."""
    found = []
    if start_on > asked.start_on:
        words = f"De start is later: {dutch_date(start_on)}. Je vroeg {dutch_date(asked.start_on)}."
        found.append(Difference(DifferenceKind.LATER, words))
    elif start_on < asked.start_on:
        words = f"De start is vroeger: {dutch_date(start_on)}. Je vroeg {dutch_date(asked.start_on)}."
        found.append(Difference(DifferenceKind.EARLIER, words))
    found += _week_differences(asked, pattern)
    return tuple(found)


def _week_differences(asked: Asked, pattern: WeekPattern) -> list[Difference]:
    found = []
    named = asked.needed | asked.also
    wanted = len(asked.needed) if asked.parts_wanted is None else min(asked.parts_wanted, len(named))
    missing = asked.needed - pattern
    if len(pattern & named) < wanted:
        if asked.parts_wanted is None:
            words = f"Niet bij dit voorstel: {missing.words()}."
        else:
            parts = count_words(wanted - len(pattern & named), "dagdeel", "dagdelen")
            words = f"Dit is {parts} minder dan je vroeg."
        found.append(Difference(DifferenceKind.MISSING, words))
    elif asked.parts_wanted is None and missing:
        words = f"Niet bij dit voorstel: {missing.words()}. Wel: {(pattern & asked.also).words()}."
        found.append(Difference(DifferenceKind.OTHER, words))
    if other := pattern - named:
        found.append(Difference(DifferenceKind.OTHER, f"Dit vroeg je niet: {other.words()}."))
    return found
