"""Distances as people say them."""

import pytest

from opvangloket.web.public.presenters import distance_words


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (None, ""),
        (3, "50 m"),
        (370, "350 m"),
        (974, "950 m"),
        (980, "1 km"),
        (1000, "1 km"),
        (1240, "1,2 km"),
        (12_040, "12 km"),
    ],
)
def test_distance_words(metres: float | None, words: str) -> None:
    assert distance_words(metres) == words
