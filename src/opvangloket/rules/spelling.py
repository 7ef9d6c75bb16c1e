"""Names as people write them: one name in several spellings is still one name (SPEC §4, uniqueness)."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Final

# Words before a family name that one writes apart, another joins and a third leaves out.
PARTICLES: Final = frozenset(
    {"van", "vande", "vanden", "vander", "de", "den", "der", "des", "het", "t", "ten", "ter", "op", "in", "te"}
    | {"du", "d", "le", "la", "les", "di", "da", "dos", "von", "zu", "o", "mc", "mac"}
    | {"el", "al", "ait", "ben", "bin", "ibn", "abu", "ould"}
)
_NO_COMBINING_FORM: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_APOSTROPHES: Final = str.maketrans("", "", "'’‘`´ʼ.")
_SHORTEST_CALL_NAME: Final = 3
_SHORTEST_TYPO: Final = 4
_SHORTEST_SKELETON: Final = 3
_VOWELS: Final = str.maketrans("", "", "aeiou")

# What sounds alike in Dutch, French, English, Arabic or Turkish spelling is written in one way; the order matters.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch", "s"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"gh|ch", "g"),
        (r"ck|qu?", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"tz|ts|z", "s"),
        (r"dt?$", "t"),
        (r"ij|ei|ey|ie|ee|ea|y|j", "i"),
        (r"oe|ou|oo", "u"),
        (r"ae|aa", "a"),
        (r"w", "v"),
        (r"(?<=.)h", ""),
        (r"(.)\1+", r"\1"),
    )
)


class Agreement(IntEnum):
    """How well two names agree, from not at all to letter by letter."""

    DIFFERENT = 0
    SIMILAR = 1
    SAME_SOUND = 2
    SAME = 3


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a name in small letters, without accents, apostrophes and full stops."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_NO_COMBINING_FORM).translate(_APOSTROPHES))
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return tuple("".join(kept).split())


@lru_cache(maxsize=65_536)
def forms(name: str) -> frozenset[str]:
    """Return the name in small letters without accents and spaces, with and without the particles before it."""
    words = plain_words(name)
    stem = list(words)
    while len(stem) > 1 and stem[0] in PARTICLES:
        del stem[0]
    return frozenset({"".join(words), "".join(stem)} - {""})


@lru_cache(maxsize=65_536)
def sounds(name: str) -> frozenset[str]:
    """Return how the name sounds, roughly, in each of its forms: Lina and Leena, Desmet and De Smedt are alike."""
    return frozenset(_sound(form) for form in forms(name))


def agreement(a: str, b: str) -> Agreement:
    """Return how well two first names or two family names agree; an empty name agrees with nothing."""
    if forms(a) & forms(b):
        return Agreement.SAME
    if sounds(a) & sounds(b):
        return Agreement.SAME_SOUND
    if any(_is_call_name(one, other) or _one_typo_apart(one, other) for one in forms(a) for other in forms(b)):
        return Agreement.SIMILAR
    return Agreement.SIMILAR if _skeletons(a) & _skeletons(b) else Agreement.DIFFERENT


def _sound(form: str) -> str:
    for pattern, sound in _SOUNDS:
        form = pattern.sub(sound, form)
    return form


def _skeletons(name: str) -> frozenset[str]:
    """Return how the name sounds without its later vowels, when enough is left: Mohamed and Muhammad are alike."""
    bare = (sound[:1] + sound[1:].translate(_VOWELS) for sound in sounds(name))
    return frozenset(re.sub(r"(.)\1+", r"\1", skeleton) for skeleton in bare if len(skeleton) >= _SHORTEST_SKELETON)


def _is_call_name(a: str, b: str) -> bool:
    """Tell whether one name begins the other: Lies and Liesbeth, Lina and Lina Marie."""
    short, long = sorted((a, b), key=len)
    return len(short) >= _SHORTEST_CALL_NAME and long.startswith(short)


def _one_typo_apart(a: str, b: str) -> bool:
    """Tell whether one letter more, less, wrong or swapped with its neighbour makes one name into the other."""
    short, long = sorted((a, b), key=len)
    if len(short) < _SHORTEST_TYPO or len(long) - len(short) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]
