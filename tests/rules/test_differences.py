"""A family reads at once what an offer changes, and how old its child will be."""

from datetime import date

import pytest

from opvangloket.rules.ages import age_words
from opvangloket.rules.differences import Asked, DifferenceKind, differences
from opvangloket.rules.patterns import WeekPattern

START = date(2026, 9, 1)
MON_TUE = WeekPattern.full_days("ma", "di")
MON = WeekPattern.full_days("ma")
THU = WeekPattern.full_days("do")


@pytest.mark.parametrize(
    ("asked", "start_on", "pattern", "kinds"),
    [
        (Asked(start_on=START, needed=MON_TUE), START, MON_TUE, []),
        (Asked(start_on=START, needed=MON_TUE), date(2026, 10, 1), MON_TUE, ["later"]),
        (Asked(start_on=START, needed=MON_TUE), date(2026, 8, 1), MON, ["earlier", "missing"]),
        (Asked(start_on=START, needed=MON_TUE), START, MON | THU, ["missing", "other"]),
        (Asked(start_on=START, needed=MON_TUE, also=THU), START, MON | THU, ["other"]),
        (Asked(start_on=START, needed=MON_TUE | THU, parts_wanted=4), START, MON | THU, []),
        (Asked(start_on=START, needed=MON_TUE | THU, parts_wanted=4), START, MON, ["missing"]),
        (Asked(start_on=START, needed=MON, also=THU, parts_wanted=6), START, MON | THU, []),
    ],
)
def test_what_differs(asked: Asked, start_on: date, pattern: WeekPattern, kinds: list[str]) -> None:
    found = differences(asked, start_on=start_on, pattern=pattern)
    assert [difference.kind for difference in found] == [DifferenceKind(kind) for kind in kinds]


def test_the_words_name_days_and_dates() -> None:
    asked = Asked(start_on=START, needed=MON_TUE, also=THU)
    words = [difference.words for difference in differences(asked, start_on=date(2026, 11, 2), pattern=MON | THU)]
    assert words == [
        "De start is later: maandag 2 november 2026. Je vroeg dinsdag 1 september 2026.",
        "Niet bij dit voorstel: dinsdag hele dag. Wel: donderdag hele dag.",
    ]
    any_four = Asked(start_on=START, needed=MON_TUE | THU, parts_wanted=4)
    assert [one.words for one in differences(any_four, start_on=START, pattern=MON)] == [
        "Dit is 2 dagdelen minder dan je vroeg."
    ]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 2, 28), "nog niet geboren"),
        (date(2026, 3, 5), "pas geboren"),
        (date(2026, 3, 31), "4 weken"),
        (date(2026, 4, 1), "1 maand"),
        (date(2027, 2, 28), "11 maanden"),
        (date(2027, 3, 1), "1 jaar"),
        (date(2028, 4, 15), "2 jaar en 1 maand"),
    ],
)
def test_age_in_words(on: date, words: str) -> None:
    assert age_words(date(2026, 3, 1), on) == words
