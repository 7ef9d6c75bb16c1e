"""The five categories of a request, told in words to those who may know why."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.categories import (
    CATEGORY_LABELS,
    CHARACTERISTIC_LABELS,
    Category,
    Declaration,
    categories_of,
    reasons,
)
from opvangloket.rules.characteristics import URGENT_REASONS, Characteristic, UrgentReason
from opvangloket.rules.patterns import CareHours, WeekPattern

WORKDAYS = WeekPattern.full_days("ma", "di")


def asked(**declared: object) -> Declaration:
    facts = {"registered_on": date(2025, 6, 2), "original_start": date(2026, 1, 5), "pattern": WORKDAYS, **declared}
    return Declaration(**facts)  # type: ignore[arg-type]


def test_an_ordinary_request_falls_in_no_category() -> None:
    categories = categories_of(asked())
    assert categories.names == ()
    assert categories.words() == ""
    assert reasons(asked()) == {}


def test_each_category_says_why() -> None:
    declaration = asked(
        original_start=date(2025, 6, 20),
        pattern=WORKDAYS | WeekPattern.of("za_vm"),
        hours=CareHours.parse("ma 06:30-18:30|di 22:00-06:00|feestdag"),
        characteristics=frozenset({Characteristic.LOW_INCOME, Characteristic.SINGLE_PARENT}),
        urgent_reason=UrgentReason.START_WORK,
        special_need=True,
    )
    assert reasons(declaration) == {
        Category.URGENT: ("een ouder begint te werken", "de opvang start binnen 18 dagen"),
        Category.ATYPICAL: (
            "opvang op zaterdag",
            "opvang voor 7 uur",
            "opvang na 18 uur",
            "opvang in de nacht",
            "opvang op een feestdag",
        ),
        Category.PRIORITY: ("alleenstaande ouder", "laag inkomen"),
        Category.VULNERABLE: ("alleenstaande ouder", "laag inkomen"),
        Category.SPECIAL_NEED: ("het kind heeft extra ondersteuning nodig",),
    }
    assert categories_of(declaration).words() == (
        "dringend, atypische openingsmomenten, voorrangsgroep, kwetsbaar gezin en specifieke zorgbehoefte"
    )


def test_a_family_can_have_priority_because_it_is_vulnerable() -> None:
    family = frozenset({Characteristic.LOW_EDUCATION, Characteristic.WORK_OR_TRAINING})
    assert reasons(asked(characteristics=family))[Category.PRIORITY] == ("kwetsbaar gezin",)


def test_the_same_family_under_the_rules_of_2024() -> None:
    family = frozenset({Characteristic.LOW_INCOME, Characteristic.SINGLE_PARENT})
    declaration = asked(registered_on=date(2024, 6, 2), characteristics=family)
    categories = categories_of(declaration)
    assert (categories.vulnerable, categories.priority, categories.rule_set) == (True, False, "VR2024")


def test_a_start_that_has_passed_is_urgent_at_once() -> None:
    late = asked(original_start=date(2025, 5, 1), urgent_reason=UrgentReason.CARE_FELL_AWAY)
    assert reasons(late)[Category.URGENT][1] == "de opvang start meteen"


def test_a_town_may_choose_another_threshold() -> None:
    declaration = asked(original_start=date(2025, 7, 10), urgent_reason=UrgentReason.START_WORK)
    assert not categories_of(declaration).urgent
    assert categories_of(declaration, urgent_within_days=40).urgent


@given(
    registered_on=st.dates(date(2019, 1, 1), date(2027, 1, 1)),
    original_start=st.dates(date(2019, 1, 1), date(2027, 1, 1)),
    pattern=st.integers(1, 2**14 - 1).map(WeekPattern.from_mask),
    hours=st.sampled_from(["", "ma 06:00-17:00", "nacht", "zo 09:00-12:00", "di 10:00-19:00"]).map(CareHours.parse),
    characteristics=st.frozensets(st.sampled_from(Characteristic)),
    urgent_reason=st.none() | st.sampled_from(UrgentReason),
    special_need=st.booleans(),
)
def test_every_category_that_applies_has_a_reason_and_no_other(**declared: object) -> None:
    declaration = asked(**declared)
    why = reasons(declaration)
    assert tuple(why) == categories_of(declaration).names
    assert all(why.values())


def test_every_code_has_words() -> None:
    assert set(CHARACTERISTIC_LABELS) == set(Characteristic)
    assert set(URGENT_REASONS) == set(UrgentReason)
    assert set(CATEGORY_LABELS) == set(Category)
