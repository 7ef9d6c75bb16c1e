"""The official register beside what is known: nobody is lost, nothing is taken away by an empty cell."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.official_register import (
    FIELDS,
    Owner,
    RegisterFacts,
    change_key,
    differences,
    is_taken_over,
    sort_out,
)

KNOWN = RegisterFacts(
    file_number="410480012",
    organiser_name="De Regenboog vzw",
    kbo="0403170701",
    name="De Regenboog Centrum",
    type="group",
    subsidy_step="T2B",
    tariff="income",
    licensed_places=18,
    street="Dreefstraat",
    house_number="1",
    postcode="9400",
    nis_code="41048",
    email="centrum@regenboog.example",
)


def changed(**different: Any) -> list[tuple[str, object, object]]:
    found = differences(KNOWN, replace(KNOWN, **different))
    return [(change.field.name, change.before, change.after) for change in found]


def test_equal_facts_have_no_differences() -> None:
    assert differences(KNOWN, KNOWN) == ()
    assert changed(name="de  regenboog CENTRUM", email="Centrum@Regenboog.example") == []


def test_each_difference_tells_before_and_after() -> None:
    assert changed(licensed_places=21, street="Kerkplein") == [
        ("licensed_places", 18, 21),
        ("street", "Dreefstraat", "Kerkplein"),
    ]


def test_an_empty_cell_takes_nothing_away() -> None:
    assert changed(email="", kbo="", phone="") == []


def test_what_the_location_filled_in_is_its_own_and_what_is_empty_is_not() -> None:
    row = replace(KNOWN, email="info@agentschap.example", phone="054 1", licensed_places=20)
    own = {change.field.name: change.is_own for change in differences(KNOWN, row)}
    assert own == {"email": True, "phone": False, "licensed_places": False}


def test_another_organiser_is_a_takeover_and_a_first_number_is_not() -> None:
    assert is_taken_over(differences(KNOWN, replace(KNOWN, kbo="0200000000")))
    assert not is_taken_over(differences(replace(KNOWN, kbo=""), KNOWN))


def test_every_fact_but_the_organisers_name_is_compared() -> None:
    assert {field.name for field in FIELDS} == {field.name for field in fields(RegisterFacts)} - {"organiser_name"}
    assert {field.name for field in FIELDS if field.owner is Owner.LOCATION} == {
        "name",
        "tariff",
        "email",
        "phone",
        "website",
    }


def test_a_location_is_found_by_its_number_whatever_its_name() -> None:
    row = replace(KNOWN, name="Regenboog")
    assert sort_out([row], {"a": KNOWN}).pairs == (("a", row),)


def test_without_a_number_the_name_and_the_postcode_find_it() -> None:
    unnumbered = replace(KNOWN, file_number="")
    assert sort_out([KNOWN], {"a": unnumbered}).pairs == (("a", KNOWN),)
    assert sort_out([replace(KNOWN, postcode="9402")], {"a": unnumbered}).new
    assert sort_out([KNOWN], {"a": unnumbered, "b": unnumbered}).new == (KNOWN,)


def test_who_is_not_in_the_list_is_gone_unless_it_has_no_number() -> None:
    assert sort_out([], {"a": KNOWN, "b": replace(KNOWN, file_number="")}).gone == ("a",)


def test_a_name_for_a_change_changes_with_it() -> None:
    one = differences(KNOWN, replace(KNOWN, licensed_places=21))
    other = differences(KNOWN, replace(KNOWN, licensed_places=22))
    assert change_key("1", one) == change_key("1", one)
    assert len({change_key("1", one), change_key("1", other), change_key("2", one)}) == 3


FACTS = st.builds(
    lambda number, name, postcode: replace(KNOWN, file_number=number, name=name, postcode=postcode),
    st.sampled_from(["", "1", "2", "3"]),
    st.sampled_from(["Mia", "Noor"]),
    st.sampled_from(["9400", "9402"]),
)


def numbered_once(rows: list[RegisterFacts]) -> list[RegisterFacts]:
    return list({row.file_number: row for row in rows if row.file_number}.values())


@given(st.lists(FACTS), st.lists(FACTS))
def test_every_row_and_every_location_is_somewhere_once(rows: list[RegisterFacts], here: list[RegisterFacts]) -> None:
    rows = numbered_once(rows)
    numbered = numbered_once(here) + [facts for facts in here if not facts.file_number]
    known = {str(index): facts for index, facts in enumerate(numbered)}
    found = sort_out(rows, known)
    met = [key for key, _row in found.pairs]
    assert len(found.new) + len(found.pairs) == len(rows)
    assert len(set(met)) == len(met)
    unnumbered = {key for key, facts in known.items() if not facts.file_number}
    assert set(found.gone) == set(known) - set(met) - unnumbered


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_taking_a_difference_over_leaves_none(field: Any) -> None:
    other = 99 if field.name == "licensed_places" else "anders"
    row = replace(KNOWN, **{field.name: other})
    assert [change.field for change in differences(KNOWN, row)] == [field]
    assert differences(row, row) == ()
