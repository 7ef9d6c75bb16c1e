"""Days and dates in a cell: read as people write them, and written so that they are read back the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.patterns import PART_COUNT, WeekPattern
from opvangloket.rules.written_days import date_parts, read_date, read_week, write_date, write_week


@pytest.mark.parametrize(
    ("cell", "pattern"),
    [
        ("ma", WeekPattern.full_days("ma")),
        ("ma, di voormiddag, vr", WeekPattern.full_days("ma", "vr") | WeekPattern.of("di_vm")),
        ("Maandag; dinsdag NM", WeekPattern.full_days("ma") | WeekPattern.of("di_nm")),
        ("ma_vm|ma_nm", WeekPattern.full_days("ma")),
        ("ma voormiddag, ma namiddag", WeekPattern.full_days("ma")),
        ("wo vm nm", WeekPattern.full_days("wo")),
        ("", WeekPattern()),
    ],
)
def test_a_week_as_people_write_it(cell: str, pattern: WeekPattern) -> None:
    assert read_week(cell) == (pattern, "")


@pytest.mark.parametrize(("cell", "word"), [("elke dag", "elke"), ("ma, namaandag", "namaandag"), ("vm", "vm")])
def test_the_first_word_that_is_no_day_is_told(cell: str, word: str) -> None:
    assert read_week(cell) == (WeekPattern(), word)


@given(st.integers(min_value=0, max_value=2**PART_COUNT - 1))
def test_a_week_that_is_written_is_read_back(mask: int) -> None:
    assert read_week(write_week(WeekPattern(mask))) == (WeekPattern(mask), "")


@pytest.mark.parametrize(
    "cell",
    ["1/9/2026", "01-09-2026", "1.9.2026", "2026-09-01", "2026-09-01 00:00:00", "1 sep 2026", "1 September 2026"],
)
def test_a_date_as_people_and_spreadsheets_write_it(cell: str) -> None:
    assert read_date(cell) == date(2026, 9, 1)


@pytest.mark.parametrize("cell", ["", "1/9", "1/9/26", "31/2/2026", "1/13/2026", "1 se 2026", "september", "0/1/2026"])
def test_what_is_no_full_date_is_none(cell: str) -> None:
    assert read_date(cell) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_that_is_written_is_read_back(day: date) -> None:
    assert read_date(write_date(day)) == day


def test_the_parts_of_half_a_date_stay_apart() -> None:
    assert date_parts("1 sep") == ["1", "sep"]
    assert write_date(None) == ""
