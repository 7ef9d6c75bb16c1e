"""References: readable, typed in any way, and never taken for another one."""

import random
from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.references import (
    ALPHABET,
    LENGTH,
    check_character,
    displayed,
    is_valid,
    new_reference,
    normalise,
    one_time_code,
)

references = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(lambda body: body + check_character(body))


def test_the_alphabet_has_no_look_alikes_no_vowels_and_a_prime_size() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 23
    assert not set(ALPHABET) & set("AEIOU01LQ")
    for pair in ("8B", "6G", "5S", "2Z", "UV"):
        assert len(set(ALPHABET) & set(pair)) == 1


def test_the_same_seed_gives_the_same_references() -> None:
    first, second = random.Random(7), random.Random(7)
    assert [new_reference(first) for _ in range(20)] == [new_reference(second) for _ in range(20)]


def test_fresh_references_are_valid_and_spread_over_the_alphabet() -> None:
    rng = random.Random(1)
    fresh = [new_reference(rng) for _ in range(20_000)]
    assert all(map(is_valid, fresh))
    assert len(set(fresh)) == len(fresh)
    for place in range(LENGTH):
        counts = Counter(reference[place] for reference in fresh)
        assert set(counts) == set(ALPHABET)
        assert max(counts.values()) < 1.3 * min(counts.values())


@given(references)
def test_every_single_wrong_character_is_seen(reference: str) -> None:
    for place, right in enumerate(reference):
        for wrong in set(ALPHABET) - {right}:
            assert not is_valid(reference[:place] + wrong + reference[place + 1 :])


@given(references)
def test_every_swap_of_two_characters_is_seen(reference: str) -> None:
    for i, j in combinations(range(LENGTH), 2):
        swapped = list(reference)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        assert is_valid("".join(swapped)) == (reference[i] == reference[j])


@given(references)
def test_however_it_is_typed_it_is_the_same_reference(reference: str) -> None:
    typed = [
        displayed(reference),
        f"  {reference.lower()} ",
        "-".join(reference),
        reference.translate(str.maketrans("8652V", "BGSZU")),
        reference.lower().translate(str.maketrans("8652v", "bgszu")),
        displayed(reference).replace(" ", "\u00a0"),
    ]
    for text in typed:
        assert normalise(text) == reference
        assert is_valid(text)


@given(references, st.sampled_from("0O1ILQAE!é"))
def test_a_character_that_can_mean_more_than_one_is_not_guessed(reference: str, strange: str) -> None:
    assert not is_valid(strange + reference[1:])


def test_only_a_whole_reference_is_valid() -> None:
    reference = new_reference(random.Random(3))
    for text in ("", reference[:-1], reference + "2", "ß" * LENGTH):
        assert not is_valid(text)


def test_it_is_shown_in_two_groups_of_four() -> None:
    assert displayed("K7M4CXR9") == "K7M4 CXR9"


def test_one_time_codes_have_six_digits_and_use_them_all() -> None:
    rng = random.Random(5)
    codes = [one_time_code(rng) for _ in range(5_000)]
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert len(set(codes)) > 4_900
