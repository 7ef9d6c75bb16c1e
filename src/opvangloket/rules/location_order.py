"""The order of the requests at one location: law first, then its own published criteria, then a lot (SPEC §7).

The order is a tuple, never a sum of weights. An organiser decides; this says which request the rules put first, and
why, without the facts behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

from opvangloket.rules.characteristics import RULE_SETS, Characteristic, RuleSetId, is_vulnerable
from opvangloket.rules.wording import dutch_date

PLUS_STEPS = RULE_SETS[RuleSetId.PLUS].applies_to
_PRIORITY: Final = "voorrang volgens de wet"
_ABSOLUTE: Final = f"absolute {_PRIORITY}"
_ABSOLUTE_AND_MORE: Final = f"{_ABSOLUTE}, met nog een voorrangsregel erbij"


@dataclass(frozen=True, slots=True)
class OwnCriterion:
    """A lawful criterion that a location publishes in its house rules."""

    key: str
    label: str


class CriterionKey(StrEnum):
    """The own criteria that count in an order: a closed list, for whatever else a location prefers may discriminate.

    They are those that the agency's manual names and that a request tells without asking more of a family
    (flanders.md §4.3: a brother or sister, residents; an official reason of urgency).
    """

    SIBLING = "broer_zus"
    RESIDENT = "inwoner"
    URGENT = "dringend"


OWN_CRITERIA: Final[Mapping[CriterionKey, OwnCriterion]] = {
    key: OwnCriterion(key.value, label)
    for key, label in (
        (CriterionKey.SIBLING, "een broer of zus bij deze opvang"),
        (CriterionKey.RESIDENT, "woont in de gemeente van de opvang"),
        (CriterionKey.URGENT, "dringende vraag volgens het loket"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRules:
    """What orders the requests of a location: its subsidy step, its own criteria in order, and the recorded seed."""

    subsidy_step: str
    seed: str
    own_criteria: tuple[OwnCriterion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A request as the order sees it; `sibling_here` is about this location only."""

    reference: str
    rule_set: RuleSetId
    wanted_start: date
    characteristics: frozenset[Characteristic] = frozenset()
    sibling_here: bool = False
    meets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """A request in its place, with the reasons in Dutch words in the order in which they counted."""

    reference: str
    reasons: tuple[str, ...]


def location_order(contenders: Iterable[Contender], rules: LocationRules) -> tuple[Standing, ...]:
    """Return the requests in the order of the rules; the order in which they are given does not matter."""
    ordered = sorted(contenders, key=lambda contender: _rank(contender, rules))
    return tuple(Standing(contender.reference, _reasons(contender, rules)) for contender in ordered)


def priority_words(contender: Contender, rules: LocationRules) -> str:
    """Return which priority a location must give by law, in words: the outcome, never the facts behind it (SPEC §5).

    One reason for one family, empty without any. Who has both kinds comes before who has absolute priority alone.
    """
    has_priority = _has_priority(contender, rules)
    if _has_absolute_priority(contender, rules):
        return _ABSOLUTE_AND_MORE if has_priority else _ABSOLUTE
    return _PRIORITY if has_priority else ""


def lot(reference: str, *, seed: str) -> str:
    """Return the lot of a request: chance to people, and the same for whoever checks it with the seed."""
    return sha256(f"{seed}:{reference}".encode()).hexdigest()


def _rank(contender: Contender, rules: LocationRules) -> tuple[bool, bool, tuple[bool, ...], date, str]:
    return (
        not _has_absolute_priority(contender, rules),
        not _has_priority(contender, rules),
        tuple(criterion.key not in contender.meets for criterion in rules.own_criteria),
        contender.wanted_start,
        lot(contender.reference, seed=rules.seed),
    )


def _reasons(contender: Contender, rules: LocationRules) -> tuple[str, ...]:
    reasons = [words] if (words := priority_words(contender, rules)) else []
    reasons += [criterion.label for criterion in rules.own_criteria if criterion.key in contender.meets]
    return (*reasons, f"gewenste start op {dutch_date(contender.wanted_start)}", "bij gelijke stand: het lot")


def _has_absolute_priority(contender: Contender, rules: LocationRules) -> bool:
    law = RULE_SETS[contender.rule_set]
    return rules.subsidy_step in law.applies_to and bool(_counting_here(contender) & {*law.absolute})


def _has_priority(contender: Contender, rules: LocationRules) -> bool:
    """Tell whether one of the priority criteria holds; a location with plus subsidy also looks at vulnerable families."""
    if rules.subsidy_step in PLUS_STEPS and is_vulnerable(contender.characteristics):
        return True
    law = RULE_SETS[contender.rule_set]
    return rules.subsidy_step in law.applies_to and bool(_counting_here(contender) & {*law.priority})


def _counting_here(contender: Contender) -> frozenset[Characteristic]:
    """Return the characteristics, with that of a sibling only when the sibling is at this location."""
    others = contender.characteristics - {Characteristic.SIBLING}
    return others | {Characteristic.SIBLING} if contender.sibling_here else others
