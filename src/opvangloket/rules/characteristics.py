"""Characteristics of a family, and what the law makes of them: dated rule sets and five categories (SPEC §7).

The rule sets below are those of `policies/rulesets/*.yaml`, where a lawyer reads them with text and sources; a test
holds the two equal. A rule set is chosen by the date of registration, stored on each decision, and never applied again
to a decision that was already taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from opvangloket.rules.patterns import CareHours, WeekPattern


class Characteristic(StrEnum):
    """What a family declares about itself; codes of the official forms FO-RE-19 and FO-RE-30, and two of our own."""

    WORK_OR_TRAINING = "WerkOpleiding"
    SINGLE_PARENT = "Alleenstaanden"
    LOW_INCOME = "LaagInkomen"
    FOSTER_CHILD = "Pleegkinderen"
    DISABILITY_IN_FAMILY = "GezinslidHandicap"
    REDUCED_SELF_CARE = "GezinslidZelfzorgvermogen"
    SOCIAL_OR_PEDAGOGICAL = "SociaalPedagogisch"
    LOW_EDUCATION = "LaagOpleidingsniveau"
    SIBLING = "BroerZus"
    FOUR_FIFTHS = "VierVijfden"


class UrgentReason(StrEnum):
    """Why care is needed at short notice; codes of the official form FO-RE-28."""

    START_WORK = "StartWerk"
    START_TRAINING = "StartOpleiding"
    CARE_FELL_AWAY = "WegvallenOpvang"
    CRISIS_WITHOUT_CARE = "CrisisgeenZorg"
    CRISIS_WITH_CARE = "CrisisZorg"


class RuleSetId(StrEnum):
    """The rule sets for priority, by the name under which a decision stores them."""

    VR2014 = "VR2014"
    VR2024 = "VR2024"
    VR2014B = "VR2014b"
    PLUS = "PLUS"
    BXL = "BXL"


URGENT_REASONS: Final[Mapping[UrgentReason, str]] = {
    UrgentReason.START_WORK: "een ouder begint te werken",
    UrgentReason.START_TRAINING: "een ouder begint een opleiding",
    UrgentReason.CARE_FELL_AWAY: "de opvang van nu valt weg",
    UrgentReason.CRISIS_WITHOUT_CARE: "een crisis in het gezin, zonder hulp",
    UrgentReason.CRISIS_WITH_CARE: "een crisis in het gezin, met hulp",
}
URGENT_WITHIN_DAYS: Final = 31

_CODE = Characteristic


@dataclass(frozen=True, slots=True, kw_only=True)
class Vulnerability:
    """When a family is vulnerable: enough groups hold, and among them enough of the named ones."""

    groups: Mapping[str, frozenset[Characteristic]]
    at_least: int
    named: tuple[str, ...]
    at_least_named: int

    def holding(self, characteristics: Set[str]) -> tuple[str, ...]:
        """Return the names of the groups of which the family has a characteristic."""
        return tuple(name for name, group in self.groups.items() if group & characteristics)

    def applies(self, characteristics: Set[str]) -> bool:
        """Tell whether a family with these characteristics is vulnerable."""
        holding = self.holding(characteristics)
        return len(holding) >= self.at_least and len({*holding} & {*self.named}) >= self.at_least_named


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPriority:
    """Who counts as a priority family in the annual report under one rule set (EXCHANGE.md, report rules)."""

    any_of: frozenset[Characteristic]
    at_least: int
    vulnerable_counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A share of the children per year that the law asks (or allows), in whole percents."""

    percent: int
    bound: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One dated set of priority rules; it holds from `valid_from` until the day before `valid_until`."""

    id: RuleSetId
    title: str
    valid_from: date
    valid_until: date | None
    applies_to: tuple[str, ...]
    only_in_brussels: bool = False
    absolute: tuple[Characteristic, ...] = ()
    priority: tuple[Characteristic, ...] = ()
    norms: tuple[Norm, ...] = ()
    reported_priority: ReportedPriority | None = None


VULNERABLE: Final = Vulnerability(
    groups={
        "G1": frozenset({_CODE.WORK_OR_TRAINING}),
        "G2": frozenset({_CODE.SINGLE_PARENT}),
        "G3": frozenset({_CODE.LOW_INCOME}),
        "G4": frozenset({_CODE.DISABILITY_IN_FAMILY, _CODE.REDUCED_SELF_CARE, _CODE.SOCIAL_OR_PEDAGOGICAL}),
        "G5": frozenset({_CODE.LOW_EDUCATION}),
    },
    at_least=2,
    named=("G3", "G4", "G5"),
    at_least_named=1,
)

_OLD_CRITERIA: Final = ReportedPriority(
    any_of=frozenset({_CODE.WORK_OR_TRAINING, _CODE.SINGLE_PARENT, _CODE.LOW_INCOME, _CODE.FOSTER_CHILD}),
    at_least=2,
    vulnerable_counts=True,
)
_OLD_PRIORITY: Final = (_CODE.SINGLE_PARENT, _CODE.LOW_INCOME, _CODE.FOSTER_CHILD, _CODE.SIBLING)
_PRIORITY_NORM: Final = Norm(percent=20, bound="at_least", of="priority")
_INCOME_TARIFF_STEPS: Final = ("T2A", "T2B", "T3")

RULE_SETS: Final[Mapping[RuleSetId, RuleSet]] = {
    rules.id: rules
    for rules in (
        RuleSet(
            id=RuleSetId.VR2014,
            title="Voorrangsregels van 2014",
            valid_from=date(2014, 4, 1),
            valid_until=date(2024, 4, 1),
            applies_to=_INCOME_TARIFF_STEPS,
            absolute=(_CODE.WORK_OR_TRAINING,),
            priority=_OLD_PRIORITY,
            norms=(_PRIORITY_NORM,),
            reported_priority=_OLD_CRITERIA,
        ),
        RuleSet(
            id=RuleSetId.VR2024,
            title="Voorrangsregels van 2024 (vernietigd)",
            valid_from=date(2024, 4, 1),
            valid_until=date(2025, 4, 30),
            applies_to=("T2A", "T2B"),
            absolute=(_CODE.FOUR_FIFTHS, _CODE.SIBLING, _CODE.FOSTER_CHILD),
            norms=(Norm(percent=10, bound="at_most", of="deviation"),),
            reported_priority=ReportedPriority(
                any_of=frozenset({_CODE.FOUR_FIFTHS, _CODE.SIBLING, _CODE.FOSTER_CHILD}),
                at_least=1,
                vulnerable_counts=False,
            ),
        ),
        RuleSet(
            id=RuleSetId.VR2014B,
            title="Voorrangsregels van 2014, opnieuw van toepassing",
            valid_from=date(2025, 4, 30),
            valid_until=None,
            applies_to=_INCOME_TARIFF_STEPS,
            absolute=(_CODE.WORK_OR_TRAINING,),
            priority=_OLD_PRIORITY,
            norms=(_PRIORITY_NORM,),
            reported_priority=_OLD_CRITERIA,
        ),
        RuleSet(
            id=RuleSetId.PLUS,
            title="Plussubsidie",
            valid_from=date(2014, 4, 1),
            valid_until=None,
            applies_to=("T3",),
            norms=(Norm(percent=30, bound="at_least", of="vulnerable"),),
        ),
        RuleSet(
            id=RuleSetId.BXL,
            title="Voorrang voor Nederlandstalige gezinnen in Brussel",
            valid_from=date(2014, 4, 1),
            valid_until=None,
            applies_to=_INCOME_TARIFF_STEPS,
            only_in_brussels=True,
            norms=(Norm(percent=55, bound="at_most", of="dutch_speaking"),),
        ),
    )
}


def rule_set_for(registered_on: date) -> RuleSetId:
    """Return the priority rules for a request registered on that Brussels date.

    Dates before the law of 2014 fall under its first rule set (EXCHANGE.md, report rules).
    """
    if registered_on < RULE_SETS[RuleSetId.VR2024].valid_from:
        return RuleSetId.VR2014
    return RuleSetId.VR2024 if registered_on < RULE_SETS[RuleSetId.VR2014B].valid_from else RuleSetId.VR2014B


def is_vulnerable(characteristics: Set[str]) -> bool:
    """Tell whether the family is vulnerable: at least two of the five groups, at least one of the last three."""
    return VULNERABLE.applies(characteristics)


def is_priority(characteristics: Set[str], rule_set: RuleSetId) -> bool:
    """Tell whether the family counts as a priority family in the report, under the rules of its registration date."""
    test = RULE_SETS[rule_set].reported_priority
    if test is None:
        return False
    if test.vulnerable_counts and is_vulnerable(characteristics):
        return True
    return len(test.any_of & characteristics) >= test.at_least


def is_urgent(
    reason: UrgentReason | str | None,
    original_start: date,
    registered_on: date,
    *,
    within_days: int = URGENT_WITHIN_DAYS,
) -> bool:
    """Tell whether the request is urgent: an official reason, and a start within so many days of its registration."""
    return bool(reason) and (original_start - registered_on).days <= within_days


def is_atypical(pattern: WeekPattern, hours: CareHours) -> bool:
    """Tell whether care is asked early, late, at night, in the weekend or on a public holiday (form FO-RE-29)."""
    return any(weekday in {"za", "zo"} for weekday in pattern.weekdays) or hours.is_atypical()
