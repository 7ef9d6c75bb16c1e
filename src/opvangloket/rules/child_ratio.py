"""How many children the law allows with the caregivers who are there: the child-staff ratio (SPEC §6).

The rules below are those of `policies/childratio/*.yaml`, where a lawyer reads them with text and sources; a test holds
the two equal. In group care the number follows from the caregivers, and from 2027 from the ages too. In family care it
is one number. Who exceeds it gets a warning, never a block: only the licence and the agency decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from opvangloket.rules.capacity import AgeGroup, Places, Supply, pools_on, rows_on
from opvangloket.rules.patterns import PART_CODES, PART_COUNT, WeekPattern
from opvangloket.rules.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class PerCaregiver:
    """Children per caregiver, by the pool in which they are."""

    baby: int
    toddler: int
    mixed: int

    def of(self, group: AgeGroup) -> int:
        """Return the number of one pool."""
        return {AgeGroup.BABY: self.baby, AgeGroup.TODDLER: self.toddler, AgeGroup.MIXED: self.mixed}[group]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCareRatio:
    """Children per caregiver who is alone, and per caregiver where there are more of them."""

    alone: PerCaregiver
    together: PerCaregiver


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRest:
    """Children per caregiver while they rest, and for how many hours at most."""

    per_caregiver: int
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioRule:
    """One child-staff ratio over [valid_from, valid_until); `family_care` is the most children in family care."""

    id: str
    title: str
    valid_from: date
    valid_until: date | None
    group_care: GroupCareRatio
    baby_until_months: int | None
    at_rest: AtRest | None
    family_care: int

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_until)


RATIO_RULES: Final[tuple[RatioRule, ...]] = (
    RatioRule(
        id="KR2014",
        title="Kindratio tot en met 2026",
        valid_from=date(2014, 4, 1),
        valid_until=date(2027, 1, 1),
        group_care=GroupCareRatio(
            alone=PerCaregiver(baby=8, toddler=8, mixed=8), together=PerCaregiver(baby=9, toddler=9, mixed=9)
        ),
        baby_until_months=None,
        at_rest=AtRest(per_caregiver=14, hours=2),
        family_care=8,
    ),
    RatioRule(
        id="KR2027",
        title="Kindratio vanaf 2027",
        valid_from=date(2027, 1, 1),
        valid_until=None,
        group_care=GroupCareRatio(
            alone=PerCaregiver(baby=5, toddler=8, mixed=7), together=PerCaregiver(baby=5, toddler=8, mixed=7)
        ),
        baby_until_months=12,
        at_rest=None,
        family_care=7,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverRatio:
    """Day parts on which a location gives more places than the law allows with its caregivers, for an unbroken time.

    `caregivers` is None in family care, where the number of children does not follow from them.
    """

    rule: RatioRule
    period: Period
    pattern: WeekPattern
    age_group: AgeGroup
    places: int
    allowed: int
    caregivers: int | None


def ratio_rule_on(day: date) -> RatioRule:
    """Return the ratio that holds on a day; the oldest one before any is known."""
    return next((rule for rule in reversed(RATIO_RULES) if rule.valid_from <= day), RATIO_RULES[0])


def allowed_places(supply: Supply, day: date, rule: RatioRule) -> dict[AgeGroup, Places]:
    """Return how many children each pool of group care may have, with the caregivers who are known for that day.

    A pool without known caregivers is left out. One caregiver is alone when nobody is there in another pool either.
    """
    staff = {group: row.caregivers for group, row in rows_on(supply, day).items() if row.caregivers is not None}
    present = [sum(numbers) for numbers in zip(*staff.values(), strict=True)]
    return {
        group: tuple(
            number * (rule.group_care.alone if present[index] == 1 else rule.group_care.together).of(group)
            for index, number in enumerate(numbers)
        )
        for group, numbers in staff.items()
    }


def over_ratio(supply: Supply, *, is_family_care: bool, from_on: date) -> tuple[OverRatio, ...]:
    """Return where and when the places of a location are more than the law allows, the first moment first.

    Each rule has its own lines: who is over the ratio today and more so next year reads both.
    """
    found: list[OverRatio] = []
    running: dict[tuple[object, ...], int] = {}
    for span in _spans(supply, from_on):
        rule = ratio_rule_on(span.start)
        over = _over_in_family_care if is_family_care else _over_in_group_care
        still: dict[tuple[object, ...], int] = {}
        for line in over(supply, span, rule):
            key = (rule.id, line.pattern, line.age_group, line.places, line.allowed, line.caregivers)
            if key in running:
                still[key] = running[key]
                whole = Period(found[still[key]].period.start, span.end)
                found[still[key]] = replace(found[still[key]], period=whole)
            else:
                still[key] = len(found)
                found.append(line)
        running = still
    return tuple(found)


def _spans(supply: Supply, from_on: date) -> list[Period]:
    """Cut the time from a day on wherever the places, the caregivers or the rule may change."""
    ends = {end for row in supply.effective for end in (row.period.start, row.period.end)}
    edges = {edge for edge in ends | {rule.valid_from for rule in RATIO_RULES} if edge and edge > from_on}
    days = sorted(edges | {from_on})
    return [Period(start, end) for start, end in zip(days, [*days[1:], None], strict=True)]


def _over_in_group_care(supply: Supply, span: Period, rule: RatioRule) -> list[OverRatio]:
    allowed = allowed_places(supply, span.start, rule)
    lines = []
    for group, row in rows_on(supply, span.start).items():
        if row.caregivers is not None:
            lines += _lines(span, rule, group, row.places, allowed[group], row.caregivers)
    return lines


def _over_in_family_care(supply: Supply, span: Period, rule: RatioRule) -> list[OverRatio]:
    """Compare all children together: nobody in family care has a group apart."""
    present = tuple(sum(numbers) for numbers in zip(*pools_on(supply, span.start).values(), strict=True))
    allowed = (rule.family_care,) * PART_COUNT
    return _lines(span, rule, AgeGroup.MIXED, present, allowed, (None,) * PART_COUNT)


def _lines(
    span: Period,
    rule: RatioRule,
    group: AgeGroup,
    places: Places,
    allowed: Places,
    caregivers: Sequence[int | None],
) -> list[OverRatio]:
    """Take the day parts with the same numbers together."""
    parts: dict[tuple[int, int, int | None], list[str]] = {}
    for code, *numbers in zip(PART_CODES, places, allowed, caregivers, strict=True):
        has, may, staff = numbers
        if has is not None and may is not None and has > may:
            parts.setdefault((has, may, staff), []).append(code)
    return [
        OverRatio(
            rule=rule,
            period=span,
            pattern=WeekPattern.from_codes(codes),
            age_group=group,
            places=has,
            allowed=may,
            caregivers=staff,
        )
        for (has, may, staff), codes in parts.items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAllowance:
    """What the law allows with a number of caregivers, on the day parts that have that number, per rule in turn."""

    caregivers: int
    pattern: WeekPattern
    allowed: tuple[tuple[RatioRule, int], ...]


def staff_allowances(supply: Supply, group: AgeGroup, period: Period, *, from_on: date) -> tuple[StaffAllowance, ...]:
    """Return what each number of caregivers of a period of places allows, under each rule that it meets from a day on.

    A rule that allows the same as the one before it is left out. The most caregivers come first.
    """
    start = max(period.start, from_on)
    row = rows_on(supply, start).get(group)
    if row is None or row.caregivers is None:
        return ()
    rest = Period(start, period.end)
    rules = [rule for rule in RATIO_RULES if rule.period.overlaps(rest)]
    by_rule: Mapping[str, Places] = {rule.id: allowed_places(supply, start, rule)[group] for rule in rules}
    parts: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for index, code in enumerate(PART_CODES):
        if row.caregivers[index]:
            numbers = tuple(by_rule[rule.id][index] for rule in rules)
            parts.setdefault((row.caregivers[index], numbers), []).append(code)
    return tuple(
        StaffAllowance(
            caregivers=number,
            pattern=WeekPattern.from_codes(codes),
            allowed=tuple(
                (rule, may)
                for position, (rule, may) in enumerate(zip(rules, numbers, strict=True))
                if position == 0 or may != numbers[position - 1]
            ),
        )
        for (number, numbers), codes in sorted(parts.items(), reverse=True)
    )
