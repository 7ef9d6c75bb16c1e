"""The meters of a subsidised location: which share of its children the law asks, and how far it is (SPEC §7).

The norms come from the dated rule sets: 20 % priority families with the income tariff, 30 % vulnerable families with
the plus subsidy. They count children per calendar year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from opvangloket.rules.characteristics import RULE_SETS, RuleSet, is_vulnerable

Characteristics = Set[str]
PRIORITY, VULNERABLE = "priority", "vulnerable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of the children of a year count for one norm; `asked` is in whole percents."""

    of: str
    asked: int
    counted: int
    total: int

    @property
    def percent(self) -> int:
        """The share in whole percents, rounded down; 0 without children."""
        return self.counted * 100 // self.total if self.total else 0

    @property
    def is_reached(self) -> bool:
        """Whether the norm is reached."""
        return self.total > 0 and self.counted * 100 >= self.asked * self.total


def shares(subsidy_step: str, children: Iterable[Characteristics], *, on: date) -> tuple[Share, ...]:
    """Return how a location of this subsidy step stands, by the rules in force on a day; nothing without norms.

    `children` are the declared characteristics of the family of each child of the year.
    """
    present = tuple(children)
    found = []
    for rules in _in_force(subsidy_step, on):
        for norm in rules.norms:
            counts = _tests(rules).get(norm.of)
            if counts is not None and norm.bound == "at_least":
                counted = sum(counts(child) for child in present)
                found.append(Share(of=norm.of, asked=norm.percent, counted=counted, total=len(present)))
    return tuple(found)


def _in_force(subsidy_step: str, on: date) -> Iterator[RuleSet]:
    for rules in RULE_SETS.values():
        has_begun = rules.valid_from <= on and (rules.valid_until is None or on < rules.valid_until)
        if has_begun and subsidy_step in rules.applies_to and not rules.only_in_brussels:
            yield rules


def _tests(rules: RuleSet) -> Mapping[str, Callable[[Characteristics], bool]]:
    """Return who counts for each kind of norm."""
    tests: dict[str, Callable[[Characteristics], bool]] = {VULNERABLE: is_vulnerable}
    if (wanted := rules.reported_priority) is not None:
        tests[PRIORITY] = partial(_has_enough, wanted.any_of, wanted.at_least)
    return tests


def _has_enough(any_of: Characteristics, at_least: int, child: Characteristics) -> bool:
    return len(any_of & child) >= at_least


SHARE_WORDS: Final = {PRIORITY: "uit voorrangsgroepen", VULNERABLE: "uit kwetsbare gezinnen"}
