"""Nobody gives a far-reaching role alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.second_person import (
    SecondPerson,
    is_lapsed,
    last_day_to_confirm,
    mailbox_of,
    may_confirm,
    second_person,
)

ROSA, INES, TOM = "rosa@opvang.example", "ines@opvang.example", "tom@opvang.example"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (TOM, True),
        (ROSA, False),
        (INES, False),
        ("ROSA@opvang.example ", False),
        ("rosa+loket@opvang.example", False),
        ("Ines+2@Opvang.example", False),
        ("rosa@loket.example", True),
    ],
)
def test_neither_who_proposed_nor_who_is_proposed_confirms(who: str, may: bool) -> None:
    assert may_confirm(who, proposer=ROSA, candidate=INES) is may


@pytest.mark.parametrize(
    ("managers", "asked"),
    [
        ([ROSA], SecondPerson.DESK),
        ([], SecondPerson.DESK),
        ([ROSA, "rosa+thuis@opvang.example"], SecondPerson.DESK),
        ([ROSA, TOM], SecondPerson.COLLEAGUE),
    ],
)
def test_the_desk_is_asked_where_no_colleague_can(managers: list[str], asked: SecondPerson) -> None:
    assert second_person(managers, proposer=ROSA, candidate=INES) is asked


def test_a_proposal_waits_two_weeks_and_not_a_day_longer() -> None:
    proposed = date(2026, 3, 2)
    assert last_day_to_confirm(proposed) == date(2026, 3, 16)
    assert not is_lapsed(proposed, today=date(2026, 3, 16))
    assert is_lapsed(proposed, today=date(2026, 3, 17))


@given(st.emails(), st.emails(), st.text("abc", max_size=3))
def test_no_spelling_of_an_address_makes_a_second_person(proposer: str, candidate: str, label: str) -> None:
    name, _at, domain = proposer.rpartition("@")
    for spelled in (proposer.upper(), f" {proposer}", f"{name}+{label}@{domain}"):
        assert mailbox_of(spelled) == mailbox_of(proposer)
        assert not may_confirm(spelled, proposer=proposer, candidate=candidate)
