"""The child-staff ratio: the lawyer's files and the code say the same, and a place too many is told on its day."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.capacity import AgeGroup, EffectivePlaces, Supply
from opvangloket.rules.child_ratio import (
    RATIO_RULES,
    OverRatio,
    RatioRule,
    allowed_places,
    over_ratio,
    ratio_rule_on,
    staff_allowances,
)
from opvangloket.rules.patterns import PART_COUNT, WeekPattern
from opvangloket.rules.periods import Period

POLICIES = Path(__file__).parents[2] / "src" / "opvangloket" / "policies" / "childratio"
LAWYERS_WORDS = {"text", "legal_basis", "sources"}
UNTIL_2026, FROM_2027 = RATIO_RULES
SUMMER, NEW_YEAR = date(2026, 7, 1), date(2027, 1, 1)
WEEK = WeekPattern.full_days("ma", "di", "wo", "do", "vr")


def plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def week(number: int) -> tuple[int, ...]:
    return (number,) * 10 + (0,) * 4


def row(
    places: int,
    caregivers: int | None,
    group: AgeGroup = AgeGroup.MIXED,
    start: date = SUMMER,
    end: date | None = None,
) -> EffectivePlaces:
    staff = None if caregivers is None else week(caregivers)
    return EffectivePlaces(places=week(places), period=Period(start, end), age_group=group, caregivers=staff)


def told(*rows: EffectivePlaces, family: bool = False, licensed: int = 0) -> list[tuple[Any, ...]]:
    supply = Supply(effective=rows, licensed_places=licensed, opening=WEEK)
    found = over_ratio(supply, is_family_care=family, from_on=SUMMER)
    return [(line.rule.id, line.period.start, line.period.end, line.places, line.allowed) for line in found]


@pytest.mark.parametrize("rule", RATIO_RULES, ids=lambda rule: rule.id)
def test_the_lawyers_file_and_the_code_are_equal(rule: RatioRule) -> None:
    written = yaml.safe_load((POLICIES / f"{rule.id}.yaml").read_text(encoding="utf-8"))
    assert written["text"].strip()
    assert written["legal_basis"]
    assert all(source.startswith("https://") for source in written["sources"])
    assert {key: entry for key, entry in written.items() if key not in LAWYERS_WORDS} == plain(rule)


def test_every_file_is_a_rule_of_the_code() -> None:
    assert {path.stem for path in POLICIES.glob("*.yaml")} == {rule.id for rule in RATIO_RULES}


def test_the_rules_follow_each_other_without_a_gap() -> None:
    assert [rule.valid_until for rule in RATIO_RULES] == [rule.valid_from for rule in RATIO_RULES[1:]] + [None]


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2013, 1, 1), UNTIL_2026),
        (date(2026, 12, 31), UNTIL_2026),
        (NEW_YEAR, FROM_2027),
        (date(2040, 1, 1), FROM_2027),
    ],
)
def test_a_rule_holds_from_its_day(day: date, rule: RatioRule) -> None:
    assert ratio_rule_on(day) is rule


@pytest.mark.parametrize(
    ("rule", "group", "caregivers", "allowed"),
    [
        (UNTIL_2026, AgeGroup.MIXED, 1, 8),
        (UNTIL_2026, AgeGroup.MIXED, 2, 18),
        (UNTIL_2026, AgeGroup.BABY, 3, 27),
        (FROM_2027, AgeGroup.BABY, 1, 5),
        (FROM_2027, AgeGroup.BABY, 2, 10),
        (FROM_2027, AgeGroup.TODDLER, 2, 16),
        (FROM_2027, AgeGroup.MIXED, 2, 14),
    ],
)
def test_the_law_by_number_of_caregivers(rule: RatioRule, group: AgeGroup, caregivers: int, allowed: int) -> None:
    supply = Supply(effective=(row(0, caregivers, group),))
    assert allowed_places(supply, SUMMER, rule)[group] == week(allowed)


def test_one_in_each_group_is_not_alone() -> None:
    supply = Supply(effective=(row(9, 1, AgeGroup.BABY), row(9, 1, AgeGroup.TODDLER)))
    assert allowed_places(supply, SUMMER, UNTIL_2026) == {AgeGroup.BABY: week(9), AgeGroup.TODDLER: week(9)}


def test_what_fits_today_is_too_much_from_new_year() -> None:
    assert told(row(18, 2)) == [("KR2027", NEW_YEAR, None, 18, 14)]


def test_who_is_over_both_rules_reads_both() -> None:
    assert told(row(20, 2)) == [("KR2014", SUMMER, NEW_YEAR, 20, 18), ("KR2027", NEW_YEAR, None, 20, 14)]


def test_each_group_has_its_own_number() -> None:
    assert told(row(9, 2, AgeGroup.BABY), row(18, 2, AgeGroup.TODDLER)) == [("KR2027", NEW_YEAR, None, 18, 16)]


def test_without_known_caregivers_nothing_is_told_in_group_care() -> None:
    assert told(row(40, None), licensed=40) == []
    assert told(licensed=40) == []


def test_family_care_has_one_number_with_or_without_caregivers() -> None:
    assert told(row(8, None), family=True) == [("KR2027", NEW_YEAR, None, 8, 7)]
    assert told(row(4, 1, AgeGroup.BABY), row(4, 1, AgeGroup.TODDLER), family=True) == [
        ("KR2027", NEW_YEAR, None, 8, 7)
    ]
    assert told(family=True, licensed=8) == [("KR2027", NEW_YEAR, None, 8, 7)]
    assert told(row(7, None), family=True) == []


def test_another_team_from_a_day_ends_the_warning() -> None:
    march = date(2027, 3, 1)
    assert told(row(18, 2, end=march), row(14, 2, start=march)) == [("KR2027", NEW_YEAR, march, 18, 14)]


def test_the_same_numbers_in_two_periods_are_one_time() -> None:
    september = date(2026, 9, 1)
    assert told(row(20, 2, end=september), row(20, 2, start=september))[0] == ("KR2014", SUMMER, NEW_YEAR, 20, 18)


def test_the_last_known_team_continues() -> None:
    september = date(2026, 9, 1)
    assert told(row(18, 2, end=september)) == [("KR2027", NEW_YEAR, None, 18, 14)]


def test_places_without_anybody_there_are_too_many() -> None:
    places = EffectivePlaces(places=week(4), period=Period(SUMMER), caregivers=(1, 0) + (1,) * 8 + (0,) * 4)
    line = over_ratio(Supply(effective=(places,)), is_family_care=False, from_on=SUMMER)[0]
    assert (line.pattern.codes, line.places, line.allowed, line.caregivers) == (("ma_nm",), 4, 0, 0)


def test_the_allowance_of_a_team_tells_what_changes() -> None:
    staff = EffectivePlaces(places=week(18), period=Period(SUMMER), caregivers=(2, 1) + (2,) * 8 + (0,) * 4)
    two, one = staff_allowances(Supply(effective=(staff,)), AgeGroup.MIXED, staff.period, from_on=SUMMER)
    assert (two.caregivers, two.allowed) == (2, ((UNTIL_2026, 18), (FROM_2027, 14)))
    assert (one.caregivers, one.pattern.codes, one.allowed) == (1, ("ma_nm",), ((UNTIL_2026, 8), (FROM_2027, 7)))


def test_the_allowance_looks_no_further_than_its_period() -> None:
    autumn = row(18, 2, end=date(2026, 12, 1))
    supply = Supply(effective=(autumn,))
    (allowance,) = staff_allowances(supply, AgeGroup.MIXED, autumn.period, from_on=SUMMER)
    assert allowance.allowed == ((UNTIL_2026, 18),)


ROWS = st.builds(
    row,
    st.integers(0, 30),
    st.none() | st.integers(0, 4),
    st.sampled_from(AgeGroup),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)


@given(st.lists(ROWS, max_size=4), st.booleans())
def test_every_line_is_over_the_rule_of_its_days(rows: list[EffectivePlaces], is_family_care: bool) -> None:
    lines = over_ratio(Supply(effective=tuple(rows)), is_family_care=is_family_care, from_on=SUMMER)
    for line in lines:
        assert line.places > line.allowed
        assert line.rule.period.covers(line.period)
        assert line.period.start >= SUMMER
    assert not any(_same(one, other) for one in lines for other in lines if one is not other)


def _same(one: OverRatio, other: OverRatio) -> bool:
    """Tell whether two lines speak of the same place at the same moment."""
    meets = one.period.overlaps(other.period) and one.age_group is other.age_group
    return meets and bool(one.pattern & other.pattern)


@given(st.integers(0, 12), st.sampled_from(AgeGroup))
def test_the_new_rule_never_allows_more_than_the_old_one(caregivers: int, group: AgeGroup) -> None:
    supply = Supply(effective=(row(0, caregivers, group),))
    old, new = (allowed_places(supply, SUMMER, rule)[group] for rule in RATIO_RULES)
    assert all(later <= now for now, later in zip(old, new, strict=True))
    assert len(new) == PART_COUNT
