"""Dates, times, lists and numbers as people read them."""

from datetime import date

import pytest

from opvangloket.rules.wording import count_words, dutch_date, dutch_list, dutch_time


def test_a_date_names_its_weekday_and_month() -> None:
    assert dutch_date(date(2026, 12, 4)) == "vrijdag 4 december 2026"
    assert dutch_date(date(2024, 2, 29), year=False) == "donderdag 29 februari"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(450, "7.30 uur"), (1080, "18 uur"), (545, "9.05 uur"), (0, "0 uur"), (1440, "24 uur")],
)
def test_a_time_leaves_whole_hours_short(minutes: int, words: str) -> None:
    assert dutch_time(minutes) == words


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_a_time_outside_the_day_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="no time of the day"):
        dutch_time(minutes)


def test_a_list_reads_as_a_sentence() -> None:
    assert dutch_list([]) == ""
    assert dutch_list(["a"]) == "a"
    assert dutch_list(["a", "b"]) == "a en b"
    assert dutch_list(("a", "b", "c"), conjunction="of") == "a, b of c"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "geen dagen"), (1, "1 dag"), (2, "2 dagen"), (1250, "1.250 dagen"), (1_000_000, "1.000.000 dagen")],
)
def test_a_number_takes_the_right_noun(count: int, words: str) -> None:
    assert count_words(count, "dag", "dagen") == words
