"""The order at a location: law, own published criteria, wanted start, lot; and nothing else."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.characteristics import Characteristic, RuleSetId
from opvangloket.rules.location_order import Contender, LocationRules, OwnCriterion, location_order, lot, priority_words

START = date(2026, 9, 1)
RESIDENT, STAFF = OwnCriterion("resident", "woont in de gemeente"), OwnCriterion("staff", "kind van het personeel")
INCOME_TARIFF = LocationRules(subsidy_step="T2A", seed="s", own_criteria=(RESIDENT, STAFF))
FREE_PRICE = replace(INCOME_TARIFF, subsidy_step="T1")
PLUS = replace(INCOME_TARIFF, subsidy_step="T3")
BOTH = "absolute voorrang volgens de wet, met nog een voorrangsregel erbij"


def contender(reference: str, *codes: str, **facts: object) -> Contender:
    values = {"rule_set": RuleSetId.VR2014B, "wanted_start": START, **facts}
    return Contender(reference=reference, characteristics=frozenset(map(Characteristic, codes)), **values)  # type: ignore[arg-type]


def order(*contenders: Contender, rules: LocationRules = INCOME_TARIFF) -> list[str]:
    return [standing.reference for standing in location_order(contenders, rules)]


def test_priority_is_told_as_an_outcome() -> None:
    absolute, law = "absolute voorrang volgens de wet", "voorrang volgens de wet"
    assert priority_words(contender("none"), INCOME_TARIFF) == ""
    assert priority_words(contender("law", "Alleenstaanden"), INCOME_TARIFF) == law
    assert priority_words(contender("work", "WerkOpleiding"), INCOME_TARIFF) == absolute
    assert priority_words(contender("both", "WerkOpleiding", "LaagInkomen"), FREE_PRICE) == ""


def test_who_has_both_kinds_of_priority_reads_one_reason_that_says_so() -> None:
    both = contender("both", "WerkOpleiding", "LaagInkomen", wanted_start=date(2027, 1, 1))
    absolute = contender("absolute", "WerkOpleiding")
    first, second = location_order([absolute, both], INCOME_TARIFF)
    assert (first.reference, first.reasons[0]) == ("both", BOTH)
    assert (second.reference, second.reasons[0]) == ("absolute", "absolute voorrang volgens de wet")


def test_each_step_of_the_order_comes_before_the_next() -> None:
    later = contender("later", wanted_start=date(2026, 10, 1))
    earlier = contender("earlier")
    staff = contender("staff", meets=frozenset({"staff"}), wanted_start=date(2027, 1, 1))
    resident = contender("resident", meets=frozenset({"resident"}), wanted_start=date(2027, 2, 1))
    priority = contender("priority", "Alleenstaanden", wanted_start=date(2027, 3, 1))
    absolute = contender("absolute", "WerkOpleiding", wanted_start=date(2027, 4, 1))
    both = contender("both", "WerkOpleiding", "LaagInkomen", wanted_start=date(2027, 5, 1))
    expected = ["both", "absolute", "priority", "resident", "staff", "earlier", "later"]
    assert order(later, earlier, staff, resident, priority, absolute, both) == expected


def test_more_criteria_of_one_kind_give_no_higher_place() -> None:
    one = contender("one", "LaagInkomen", wanted_start=date(2026, 8, 1))
    three = contender("three", "LaagInkomen", "Alleenstaanden", "Pleegkinderen")
    assert order(three, one) == ["one", "three"]


def test_law_on_priority_does_not_bind_a_location_with_a_free_price() -> None:
    absolute, earlier = contender("absolute", "WerkOpleiding"), contender("earlier", wanted_start=date(2026, 8, 1))
    assert order(absolute, earlier, rules=FREE_PRICE) == ["earlier", "absolute"]
    assert order(absolute, earlier) == ["absolute", "earlier"]


def test_a_sibling_counts_only_where_the_sibling_is() -> None:
    here, elsewhere = contender("here", sibling_here=True), contender("elsewhere", "BroerZus")
    reasons = {standing.reference: standing.reasons for standing in location_order([here, elsewhere], INCOME_TARIFF)}
    assert reasons["here"][0] == "voorrang volgens de wet"
    assert reasons["elsewhere"][0] == "gewenste start op dinsdag 1 september 2026"


def test_each_request_keeps_the_rules_of_its_own_date() -> None:
    worker = contender("worker", "WerkOpleiding", rule_set=RuleSetId.VR2024)
    foster = contender("foster", "Pleegkinderen", rule_set=RuleSetId.VR2024)
    assert order(worker, foster) == ["foster", "worker"]


def test_a_location_with_plus_subsidy_looks_at_vulnerable_families() -> None:
    vulnerable = contender("vulnerable", "LaagOpleidingsniveau", "GezinslidHandicap")
    earlier = contender("earlier", wanted_start=date(2026, 8, 1))
    assert order(vulnerable, earlier, rules=PLUS) == ["vulnerable", "earlier"]
    assert order(vulnerable, earlier) == ["earlier", "vulnerable"]


def test_reasons_tell_the_outcome_and_never_the_facts() -> None:
    asked = contender("asked", "WerkOpleiding", "LaagInkomen", meets=frozenset({"resident"}))
    (standing,) = location_order([asked], INCOME_TARIFF)
    assert standing.reasons == (
        BOTH,
        "woont in de gemeente",
        "gewenste start op dinsdag 1 september 2026",
        "bij gelijke stand: het lot",
    )


contenders = st.lists(
    st.builds(
        Contender,
        reference=st.text("CDFHJ", min_size=8, max_size=8),
        rule_set=st.sampled_from([RuleSetId.VR2014, RuleSetId.VR2024, RuleSetId.VR2014B]),
        wanted_start=st.dates(date(2026, 8, 1), date(2026, 8, 3)),
        characteristics=st.frozensets(st.sampled_from(Characteristic), max_size=3),
        sibling_here=st.booleans(),
        meets=st.frozensets(st.sampled_from(["resident", "staff"])),
    ),
    unique_by=lambda one: one.reference,
    max_size=12,
)


@given(contenders, st.sampled_from([INCOME_TARIFF, FREE_PRICE, PLUS]), st.randoms())
def test_the_order_of_entry_does_not_matter(
    given_order: list[Contender], rules: LocationRules, rng: random.Random
) -> None:
    assert location_order(rng.sample(given_order, len(given_order)), rules) == location_order(given_order, rules)


@given(contenders, st.data())
def test_who_leaves_changes_nothing_for_the_others(given_order: list[Contender], data: st.DataObject) -> None:
    everyone = order(*given_order)
    stays = data.draw(st.sets(st.sampled_from(everyone)) if everyone else st.just(set()))
    left = [one for one in given_order if one.reference in stays]
    assert order(*left) == [reference for reference in everyone if reference in stays]


def test_the_lot_is_fair_and_can_be_checked() -> None:
    equals = [contender(reference) for reference in ("C1", "C2", "C3", "C4")]
    first = Counter(order(*equals, rules=replace(INCOME_TARIFF, seed=str(seed)))[0] for seed in range(2_000))
    assert min(first.values()) == pytest.approx(500, abs=80)
    assert max(first.values()) == pytest.approx(500, abs=80)
    assert order(*equals) == sorted(("C1", "C2", "C3", "C4"), key=lambda reference: lot(reference, seed="s"))
