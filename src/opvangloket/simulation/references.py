"""References for a whole town: each is used once, without remembering those that were given."""

from __future__ import annotations

from math import gcd
from typing import Final

from opvangloket.rules.references import ALPHABET, LENGTH, check_character
from opvangloket.simulation.chance import stream

_DIGITS: Final = LENGTH - 1
_ALL: Final = len(ALPHABET) ** _DIGITS


class References:
    """Gives references that look random: a step through all of them that comes back only after three billion."""

    def __init__(self, seed: int) -> None:
        random = stream(seed, "references")
        self._at, self._step = random.randrange(_ALL), 0
        while gcd(self._step, _ALL) != 1:
            self._step = random.randrange(_ALL // 3, _ALL)

    def next(self) -> str:
        """Return the next reference."""
        self._at = (self._at + self._step) % _ALL
        body, rest = "", self._at
        for _ in range(_DIGITS):
            rest, digit = divmod(rest, len(ALPHABET))
            body += ALPHABET[digit]
        return body + check_character(body)
