"""References that people read, type and say aloud, and one-time codes (SPEC §21).

A reference has seven random characters and one check character. A reference alone opens nothing: it only names.
"""

from __future__ import annotations

from typing import Final, Protocol

# No two of these look or sound alike, and there is no vowel to make a word. Their number, 23, is a prime:
# that is what lets the check character see every wrong and every swapped character.
ALPHABET: Final = "23456789CDFHJKMNPRTVWXY"
LENGTH: Final = 8
ONE_TIME_CODE_DIGITS: Final = 6

# A character outside the alphabet that can only have been meant as one inside it; O, 0, I, 1 and L stand for nothing.
_MEANT: Final = str.maketrans("BGSUZ", "865V2")
_SEPARATORS: Final = str.maketrans("", "", " \t\n\r\u00a0\u202f-.")
_HALF: Final = LENGTH // 2


class RandomSource(Protocol):
    """Where chance comes from: `random.Random(seed)` in tests and demo, `secrets.SystemRandom()` in a living desk."""

    def randrange(self, stop: int, /) -> int:
        """Return a whole number from 0 up to, not including, `stop`."""


def new_reference(rng: RandomSource) -> str:
    """Return a fresh reference of 8 characters; the caller makes sure that it is not in use yet."""
    body = "".join(ALPHABET[rng.randrange(len(ALPHABET))] for _ in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the character that makes the weighted sum of the reference a multiple of 23.

    The weights of the eight places differ, so no single substitution and no swap of two characters goes unseen.
    """
    return ALPHABET[-_weighted_sum(body) % len(ALPHABET)]


def normalise(text: str) -> str:
    """Return the reference as it is stored: capitals without spaces, and look-alikes as what they must have been."""
    return text.translate(_SEPARATORS).upper().translate(_MEANT)


def is_valid(text: str) -> bool:
    """Tell whether the text, however typed, is a whole reference with the right check character."""
    reference = normalise(text)
    if len(reference) != LENGTH or any(character not in ALPHABET for character in reference):
        return False
    return check_character(reference[:-1]) == reference[-1]


def displayed(reference: str) -> str:
    """Return a stored reference in two groups of four: "K7M4 CXR9"."""
    return f"{reference[:_HALF]} {reference[_HALF:]}"


def one_time_code(rng: RandomSource) -> str:
    """Return a code of six digits for a mail or a text message; a living desk passes `secrets.SystemRandom()`."""
    return f"{rng.randrange(10**ONE_TIME_CODE_DIGITS):0{ONE_TIME_CODE_DIGITS}}"


def _weighted_sum(body: str) -> int:
    """Add the values of the characters, the first one eight times and the last one of seven twice."""
    return sum((LENGTH - place) * ALPHABET.index(character) for place, character in enumerate(body))
