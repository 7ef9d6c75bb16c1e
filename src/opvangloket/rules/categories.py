"""The five categories of a request, and why it falls in each of them (SPEC §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from opvangloket.rules.characteristics import (
    RULE_SETS,
    URGENT_REASONS,
    URGENT_WITHIN_DAYS,
    VULNERABLE,
    Characteristic,
    RuleSetId,
    UrgentReason,
    is_atypical,
    is_priority,
    is_urgent,
    is_vulnerable,
    rule_set_for,
)
from opvangloket.rules.patterns import EARLIEST_USUAL_START, LATEST_USUAL_END, WEEKEND, CareHours, WeekPattern
from opvangloket.rules.wording import WEEKDAY_NAMES, count_words, dutch_list

NO_HOURS: Final = CareHours()


class Category(StrEnum):
    """A group of requests that the annual report counts apart."""

    URGENT = "urgent"
    ATYPICAL = "atypical"
    PRIORITY = "priority"
    VULNERABLE = "vulnerable"
    SPECIAL_NEED = "special_need"


CATEGORY_LABELS: Final[Mapping[Category, str]] = {
    Category.URGENT: "dringend",
    Category.ATYPICAL: "atypische openingsmomenten",
    Category.PRIORITY: "voorrangsgroep",
    Category.VULNERABLE: "kwetsbaar gezin",
    Category.SPECIAL_NEED: "specifieke zorgbehoefte",
}
CHARACTERISTIC_LABELS: Final[Mapping[Characteristic, str]] = {
    Characteristic.WORK_OR_TRAINING: "opvang nodig voor werk of opleiding",
    Characteristic.SINGLE_PARENT: "alleenstaande ouder",
    Characteristic.LOW_INCOME: "laag inkomen",
    Characteristic.FOSTER_CHILD: "pleegkind",
    Characteristic.DISABILITY_IN_FAMILY: "gezinslid met een handicap",
    Characteristic.REDUCED_SELF_CARE: "gezinslid dat niet goed voor zichzelf kan zorgen",
    Characteristic.SOCIAL_OR_PEDAGOGICAL: "opvang helpt het gezin of het kind vooruit",
    Characteristic.LOW_EDUCATION: "geen ouder met een diploma secundair onderwijs",
    Characteristic.SIBLING: "broer of zus in dezelfde opvang",
    Characteristic.FOUR_FIFTHS: "gemiddeld minstens 4/5 werk of opleiding",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a family declared when it asked; days are Brussels dates."""

    registered_on: date
    original_start: date
    pattern: WeekPattern
    hours: CareHours = NO_HOURS
    characteristics: frozenset[Characteristic] = frozenset()
    urgent_reason: UrgentReason | None = None
    special_need: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """In which categories a request falls, and the rule set that decided it: all that an organiser may see of it."""

    urgent: bool
    atypical: bool
    priority: bool
    vulnerable: bool
    special_need: bool
    rule_set: RuleSetId

    @property
    def names(self) -> tuple[Category, ...]:
        """The categories that apply, in the order of the report."""
        return tuple(category for category in Category if getattr(self, category.value))

    def words(self) -> str:
        """Return the categories as a Dutch list, empty when there are none."""
        return dutch_list([CATEGORY_LABELS[category] for category in self.names])


def categories_of(declaration: Declaration, *, urgent_within_days: int = URGENT_WITHIN_DAYS) -> Categories:
    """Return the categories of a request under the rules of its registration date."""
    rule_set = rule_set_for(declaration.registered_on)
    return Categories(
        urgent=is_urgent(
            declaration.urgent_reason,
            declaration.original_start,
            declaration.registered_on,
            within_days=urgent_within_days,
        ),
        atypical=is_atypical(declaration.pattern, declaration.hours),
        priority=is_priority(declaration.characteristics, rule_set),
        vulnerable=is_vulnerable(declaration.characteristics),
        special_need=declaration.special_need,
        rule_set=rule_set,
    )


def reasons(
    declaration: Declaration, *, urgent_within_days: int = URGENT_WITHIN_DAYS
) -> Mapping[Category, tuple[str, ...]]:
    """Return for each category that applies why it does, in Dutch words: for the family and the desk only."""
    found = categories_of(declaration, urgent_within_days=urgent_within_days)
    why = {
        Category.URGENT: _urgent_reasons,
        Category.ATYPICAL: _atypical_reasons,
        Category.PRIORITY: _priority_reasons,
        Category.VULNERABLE: _vulnerable_reasons,
        Category.SPECIAL_NEED: _special_need_reasons,
    }
    return {category: why[category](declaration) for category in found.names}


def _urgent_reasons(declaration: Declaration) -> tuple[str, ...]:
    days = (declaration.original_start - declaration.registered_on).days
    when = f"de opvang start binnen {count_words(days, 'dag', 'dagen')}" if days > 0 else "de opvang start meteen"
    return (URGENT_REASONS[declaration.urgent_reason], when) if declaration.urgent_reason else ()


def _atypical_reasons(declaration: Declaration) -> tuple[str, ...]:
    hours, named = declaration.hours, []
    weekdays = {*declaration.pattern.weekdays, *(day.weekday for day in hours.days)}
    named += [f"opvang op {WEEKDAY_NAMES[5 + i]}" for i, day in enumerate(WEEKEND) if day in weekdays]
    if any(day.start < EARLIEST_USUAL_START for day in hours.days):
        named.append("opvang voor 7 uur")
    if any(day.end > LATEST_USUAL_END for day in hours.days):
        named.append("opvang na 18 uur")
    if hours.night or any(day.passes_midnight for day in hours.days):
        named.append("opvang in de nacht")
    if hours.public_holiday:
        named.append("opvang op een feestdag")
    return tuple(named)


def _priority_reasons(declaration: Declaration) -> tuple[str, ...]:
    test = RULE_SETS[rule_set_for(declaration.registered_on)].reported_priority
    if test is None:
        return ()
    matching = test.any_of & declaration.characteristics
    if len(matching) >= test.at_least:
        return _labels(matching)
    return (CATEGORY_LABELS[Category.VULNERABLE],)


def _vulnerable_reasons(declaration: Declaration) -> tuple[str, ...]:
    return _labels(frozenset[Characteristic]().union(*VULNERABLE.groups.values()) & declaration.characteristics)


def _special_need_reasons(declaration: Declaration) -> tuple[str, ...]:
    return ("het kind heeft extra ondersteuning nodig",) if declaration.special_need else ()


def _labels(characteristics: frozenset[Characteristic]) -> tuple[str, ...]:
    return tuple(label for code, label in CHARACTERISTIC_LABELS.items() if code in characteristics)
