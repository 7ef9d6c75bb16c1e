"""The law as dated data: the lawyer's files and the code say the same, and every case comes out as written."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.characteristics import (
    RULE_SETS,
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
from opvangloket.rules.patterns import CareHours, WeekPattern

POLICIES = Path(__file__).parents[2] / "src" / "opvangloket" / "policies" / "rulesets"
LAWYERS_WORDS = {"text", "legal_basis", "sources", "meaning"}
CODES = [code.value for code in Characteristic]


def plain(value: Any) -> Any:
    """Turn a frozen rule into what its file holds; sets become sorted lists."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    return str(value) if isinstance(value, StrEnum) else value


def law(name: str) -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load((POLICIES / f"{name}.yaml").read_text(encoding="utf-8"))
    return written


def all_families() -> Iterator[frozenset[str]]:
    for size in range(len(CODES) + 1):
        yield from map(frozenset, combinations(CODES, size))


@pytest.mark.parametrize("rule_set", RuleSetId)
def test_the_lawyers_file_and_the_code_are_equal(rule_set: RuleSetId) -> None:
    written = {key: entry for key, entry in law(rule_set).items() if key not in LAWYERS_WORDS}
    if written["reported_priority"]:
        written["reported_priority"]["any_of"].sort()
    assert written == plain(RULE_SETS[rule_set])


def test_the_lawyers_file_on_vulnerable_families_and_the_code_are_equal() -> None:
    written = law("vulnerable")
    groups = {name: sorted(codes) for name, codes in written["groups"].items()}
    rule = {key: written[key] for key in ("at_least", "named", "at_least_named")}
    assert {"groups": groups, **rule} == plain(VULNERABLE)
    assert set(written["meaning"]) == {code for codes in groups.values() for code in codes}


@pytest.mark.parametrize("name", [*RuleSetId, "vulnerable"])
def test_a_lawyer_finds_text_basis_and_sources(name: str) -> None:
    written = law(name)
    assert written["id"] == name
    assert written["text"].strip()
    assert written["legal_basis"]
    assert all(source.startswith("https://") for source in written["sources"])


def test_every_file_is_a_rule_set_of_the_code() -> None:
    assert {path.stem for path in POLICIES.glob("*.yaml")} == {*RuleSetId, "vulnerable"}


@pytest.mark.parametrize(
    ("registered_on", "rule_set"),
    [
        (date(2013, 1, 1), "VR2014"),
        (date(2024, 3, 31), "VR2014"),
        (date(2024, 4, 1), "VR2024"),
        (date(2025, 4, 29), "VR2024"),
        (date(2025, 4, 30), "VR2014b"),
        (date(2040, 1, 1), "VR2014b"),
    ],
)
def test_the_date_of_registration_chooses_the_rules(registered_on: date, rule_set: str) -> None:
    assert rule_set_for(registered_on) == rule_set


@given(st.dates(min_value=date(2014, 4, 1)))
def test_a_chosen_rule_set_is_in_force_on_its_day(registered_on: date) -> None:
    rules = RULE_SETS[rule_set_for(registered_on)]
    assert rules.valid_from <= registered_on
    assert rules.valid_until is None or registered_on < rules.valid_until


def vulnerable_in_words(family: frozenset[str]) -> bool:
    """Say the rule of SPEC §7 once more, in another way than the code does."""
    care = bool(family & {"GezinslidHandicap", "GezinslidZelfzorgvermogen", "SociaalPedagogisch"})
    income, education = "LaagInkomen" in family, "LaagOpleidingsniveau" in family
    weak = [income, care, education].count(True)
    return weak >= 2 or (weak == 1 and bool(family & {"WerkOpleiding", "Alleenstaanden"}))


def test_vulnerable_for_every_possible_family() -> None:
    for family in all_families():
        assert is_vulnerable(family) == vulnerable_in_words(family), family


def test_priority_for_every_possible_family() -> None:
    old = {"WerkOpleiding", "Alleenstaanden", "LaagInkomen", "Pleegkinderen"}
    new = {"VierVijfden", "BroerZus", "Pleegkinderen"}
    for family in all_families():
        by_old_rules = vulnerable_in_words(family) or len(family & old) >= 2
        assert is_priority(family, RuleSetId.VR2014) == by_old_rules, family
        assert is_priority(family, RuleSetId.VR2014B) == by_old_rules, family
        assert is_priority(family, RuleSetId.VR2024) == bool(family & new), family


def test_rules_beside_the_priority_rules_make_nobody_a_priority_family() -> None:
    everything = frozenset(CODES)
    assert not is_priority(everything, RuleSetId.PLUS)
    assert not is_priority(everything, RuleSetId.BXL)


@pytest.mark.parametrize(
    ("family", "vulnerable"),
    [
        (set(), False),
        ({"LaagInkomen"}, False),
        ({"WerkOpleiding", "Alleenstaanden"}, False),
        ({"GezinslidHandicap", "SociaalPedagogisch"}, False),
        ({"WerkOpleiding", "LaagOpleidingsniveau"}, True),
        ({"Pleegkinderen", "LaagInkomen"}, False),
    ],
)
def test_two_of_five_groups_with_one_of_the_last_three(family: set[str], vulnerable: bool) -> None:
    assert is_vulnerable(family) == vulnerable


@given(st.integers(-400, 400), st.sampled_from([*UrgentReason, None]), st.integers(1, 93))
def test_urgent_needs_a_reason_and_a_start_soon(days: int, reason: UrgentReason | None, within: int) -> None:
    registered_on = date(2025, 6, 15)
    urgent = is_urgent(reason, registered_on + timedelta(days=days), registered_on, within_days=within)
    assert urgent == (reason is not None and days <= within)


def test_urgent_means_within_31_days_unless_a_town_says_otherwise() -> None:
    registered_on = date(2025, 1, 1)
    assert is_urgent(UrgentReason.START_WORK, date(2025, 2, 1), registered_on)
    assert not is_urgent(UrgentReason.START_WORK, date(2025, 2, 2), registered_on)
    assert is_urgent(UrgentReason.START_WORK, date(2024, 12, 1), registered_on)
    assert not is_urgent("", date(2025, 1, 2), registered_on)


@pytest.mark.parametrize(
    ("parts", "hours", "atypical"),
    [
        ("ma_vm vr_nm", "", False),
        ("ma_vm za_vm", "", True),
        ("zo_nm", "", True),
        ("ma_vm", "ma 07:00-18:00", False),
        ("ma_vm", "ma 06:59-18:00", True),
        ("ma_vm", "ma 07:00-18:01", True),
        ("ma_vm", "ma 20:00-06:00", True),
        ("ma_vm", "za 09:00-12:00", True),
        ("ma_vm", "nacht", True),
        ("ma_vm", "feestdag", True),
    ],
)
def test_atypical_hours(parts: str, hours: str, atypical: bool) -> None:
    assert is_atypical(WeekPattern.of(*parts.split()), CareHours.parse(hours)) == atypical
