"""The rijksregisternummer is recognised however it is written, and nothing else is taken for it."""

import pytest

from opvangloket.foundation.national_number import holds_national_number


@pytest.mark.parametrize(
    "text",
    [
        "93.05.18-223.61",
        "93051822361",
        "mijn nummer: 930518-223-61.",
        "93 05 18 223 61",
        "93/05/18-22361",
        "93.05.18 - 223.61",
        "2 kinderen, 93.05.18-223.61",
        "98.47.28-997.65",
        "17 07 30 033 84",
    ],
)
def test_a_national_number_is_seen(text: str) -> None:
    assert holds_national_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bel me op 0470 12 34 56 of 054 31 32 33",
        "+32 470 12 34 56",
        "KBO 0403.019.261",
        "93.05.18-223.62",
        "Rekening BE68 5390 0754 7034",
        "193051822361",
        "930518223610",
        "van 12.05.2026 tot 18.05.2026",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not holds_national_number(text)
