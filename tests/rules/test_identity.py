"""Likely duplicates: one child asked for twice is found and explained; siblings, twins and neighbours are not."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.identity import (
    Identity,
    ScoreClass,
    blinded_keys,
    block_keys,
    likely_same,
)

SECRET = b"a shared secret of two desks, 32+"
LINA = Identity(
    child_first_name="Lina",
    child_last_name="De Smet",
    birth_on=date(2025, 3, 4),
    applicant_first_name="An",
    applicant_last_name="Peeters",
    email="an.peeters@example.be",
    phone="0470 12 34 56",
    street="Dorpsstraat",
    house_number="12",
    postcode="9400",
)
UNBORN = replace(LINA, child_first_name="", birth_on=None, due_on=date(2025, 3, 10))
STRANGER = Identity(
    child_first_name="Noah",
    child_last_name="Janssens",
    birth_on=date(2025, 3, 4),
    applicant_first_name="Tom",
    applicant_last_name="Janssens",
    email="tom@example.be",
    phone="0499 99 99 99",
    street="Kerkplein",
    house_number="1",
    postcode="9400",
)
ONLY_CHILD = Identity(child_first_name="Lina", child_last_name="De Smet", birth_on=LINA.birth_on)


def classed(a: Identity, b: Identity) -> str | None:
    return likely_same(a, b).score_class


@pytest.mark.parametrize(
    ("other", "score"),
    [
        (LINA, "certain"),
        (replace(LINA, child_first_name="Leena", child_last_name="Desmet"), "certain"),
        (replace(LINA, child_first_name="De Smet", child_last_name="Lina"), "certain"),
        (replace(LINA, email="", phone="", street=""), "likely"),
        (replace(ONLY_CHILD, phone="+32 470 12 34 56"), "likely"),
        (replace(ONLY_CHILD, street="DORPSSTR.", house_number="12 bus 1", postcode="9400"), "likely"),
        (ONLY_CHILD, "possible"),
        (UNBORN, "certain"),
        (replace(UNBORN, due_on=date(2025, 3, 25)), "certain"),
        (replace(UNBORN, due_on=date(2025, 5, 20)), "likely"),
        (replace(UNBORN, due_on=date(2025, 9, 1)), None),
        (replace(UNBORN, due_on=date(2025, 2, 1)), None),
        (replace(LINA, birth_on=date(2025, 4, 3)), "likely"),
        (replace(ONLY_CHILD, birth_on=date(2025, 4, 3), phone=LINA.phone), "possible"),
        (replace(LINA, birth_on=date(2023, 6, 1)), None),
        (replace(LINA, child_first_name="Noah"), None),
        (STRANGER, None),
        (Identity(), None),
    ],
)
def test_the_same_child_or_not(other: Identity, score: str | None) -> None:
    assert classed(LINA, other) == score
    assert likely_same(other, LINA) == likely_same(LINA, other)


def test_every_finding_says_why_in_words() -> None:
    again = replace(LINA, child_first_name="Leena", child_last_name="Smet", email="", street="")
    assert likely_same(LINA, again).reasons == (
        "zelfde geboortedatum",
        "naam van het kind bijna gelijk",
        "zelfde naam van de ouder",
        "zelfde telefoonnummer",
    )
    swapped = replace(ONLY_CHILD, child_first_name="Desmet", child_last_name="Lina", birth_on=date(2025, 3, 4))
    assert likely_same(LINA, swapped).reasons == (
        "zelfde geboortedatum",
        "naam van het kind gelijk, met voornaam en familienaam omgewisseld",
    )
    assert likely_same(LINA, STRANGER).reasons == ()


def test_two_parents_who_ask_for_one_child_are_found() -> None:
    father = replace(
        LINA, applicant_first_name="Bart", applicant_last_name="De Smet", email="bart@example.be", phone="0471 00 00 00"
    )
    assert classed(LINA, father) == "likely"


def test_twins_and_siblings_are_never_one_child() -> None:
    twin = replace(LINA, child_first_name="Noor")
    assert classed(LINA, twin) is None
    asked_together = replace(UNBORN, submission="s1")
    assert classed(asked_together, replace(asked_together)) is None
    assert classed(asked_together, replace(asked_together, submission="s2")) == "certain"


def test_an_unborn_child_may_get_another_name() -> None:
    with_working_name = replace(UNBORN, child_first_name="Boontje")
    assert classed(LINA, with_working_name) == "certain"


def test_a_child_that_was_born_after_asking_is_compared_by_its_best_fitting_date() -> None:
    born_since = replace(LINA, due_on=date(2025, 4, 20))
    assert classed(born_since, UNBORN) == "certain"
    assert classed(born_since, replace(UNBORN, due_on=date(2025, 4, 20))) == "certain"


people = st.builds(
    Identity,
    child_first_name=st.sampled_from(["", "Lina", "Leena", "Lena", "Noah", "Noa", "De Smet", "Muhammad", "Mohamed"]),
    child_last_name=st.sampled_from(["", "De Smet", "Desmedt", "Smet", "Peeters", "Pieters", "Lina"]),
    birth_on=st.none() | st.dates(date(2025, 2, 1), date(2025, 4, 30)),
    due_on=st.none() | st.dates(date(2025, 2, 1), date(2025, 6, 30)),
    applicant_first_name=st.sampled_from(["", "An", "Ann", "Anne", "Tom"]),
    applicant_last_name=st.sampled_from(["", "Peeters", "Peters", "Janssens", "Jansens"]),
    email=st.sampled_from(["", "an@example.be", "tom@example.be"]),
    phone=st.sampled_from(["", "0470123456", "+32 470 12 34 56", "054 31 32 33"]),
    street=st.sampled_from(["", "Dorpsstraat", "Dorpsstr."]),
    house_number=st.sampled_from(["", "1", "1 bus 2", "3"]),
    postcode=st.sampled_from(["", "9400"]),
)


@given(people, people)
def test_likeness_has_no_direction_and_always_has_reasons(a: Identity, b: Identity) -> None:
    likeness = likely_same(a, b)
    assert likeness == likely_same(b, a)
    assert bool(likeness.reasons) == (likeness.score_class is not None)
    assert all(likeness.reasons)


@given(people, people)
def test_no_certain_or_likely_pair_escapes_the_blocks(a: Identity, b: Identity) -> None:
    if likely_same(a, b).score_class in {ScoreClass.CERTAIN, ScoreClass.LIKELY}:
        assert block_keys(a) & block_keys(b)


def many(count: int, seed: int) -> list[Identity]:
    rng = random.Random(seed)
    syllables = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vo", "wi", "za")

    def name() -> str:
        return "".join(rng.choices(syllables, k=3))

    return [
        Identity(
            child_first_name=name(),
            child_last_name=name(),
            birth_on=date(2020, 1, 1) + timedelta(days=rng.randrange(1_800)),
            applicant_first_name=name(),
            applicant_last_name=name(),
            phone=f"0470{rng.randrange(10**6):06}",
        )
        for _ in range(count)
    ]


def test_few_strangers_share_a_key_and_whoever_asks_again_is_found() -> None:
    crowd = many(3_000, seed=1)
    holders = Counter(key for person in crowd for key in block_keys(person))
    assert sum(comb(count, 2) for count in holders.values()) < 3_000
    for person in crowd[:50]:
        again = replace(person, phone="")
        assert likely_same(person, again).score_class == ScoreClass.LIKELY
        assert block_keys(person) & block_keys(again)


def test_desks_compare_without_telling_who_asked() -> None:
    elsewhere = Identity(birth_on=LINA.birth_on, phone="+32470123456", child_first_name="Lina")
    common = blinded_keys(LINA, secret=SECRET) & blinded_keys(elsewhere, secret=SECRET)
    assert len(common) == 1
    assert all(len(key) == 64 and "470123456" not in key for key in common)
    renamed = Identity(birth_on=LINA.birth_on, child_first_name="Desmet", child_last_name="Leena")
    assert blinded_keys(LINA, secret=SECRET) & blinded_keys(renamed, secret=SECRET)


def test_a_sibling_at_another_desk_gives_no_match() -> None:
    sibling = replace(LINA, child_first_name="Noor", birth_on=date(2023, 3, 4))
    assert not blinded_keys(LINA, secret=SECRET) & blinded_keys(sibling, secret=SECRET)


def test_another_secret_gives_other_keys() -> None:
    assert not blinded_keys(LINA, secret=SECRET) & blinded_keys(LINA, secret=SECRET[::-1])
    with pytest.raises(ValueError, match="32 bytes"):
        blinded_keys(LINA, secret=b"short")


@given(people)
def test_nothing_known_gives_no_keys(person: Identity) -> None:
    assert blinded_keys(replace(person, birth_on=None, due_on=None), secret=SECRET) == frozenset()
    assert block_keys(Identity()) == frozenset()
