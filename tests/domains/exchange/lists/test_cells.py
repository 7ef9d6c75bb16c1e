"""What an export writes is what an import reads: for every kind of cell, and for whole rows."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.domains.exchange.folder.formats import DESKS, EVENTS, FORMATS, LOCATIONS, REQUESTS, Column, FileFormat
from opvangloket.domains.exchange.lists.cells import FIRST_YEAR, LAST_YEAR
from opvangloket.rules.characteristics import Characteristic
from opvangloket.rules.patterns import PART_COUNT

DAYS = st.dates(date(FIRST_YEAR, 1, 2), date(LAST_YEAR, 12, 30))
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MASKS = st.integers(1, 2**PART_COUNT - 1)


def column(layout: FileFormat[Any], name: str) -> Column:
    return next(column for column in layout.columns if column.name == name)


def again(layout: FileFormat[Any], name: str, value: Any) -> Any:
    kind = column(layout, name).kind
    return kind.read(kind.write(value))


@given(DAYS)
def test_a_date_comes_back(day: date) -> None:
    assert again(REQUESTS, "start_on", day) == day


@given(st.datetimes(datetime(FIRST_YEAR, 1, 2), datetime(LAST_YEAR, 12, 30)), OFFSETS)
def test_a_moment_comes_back_and_is_written_in_one_form(moment: datetime, offset: timezone) -> None:
    there = moment.replace(tzinfo=offset)
    kind = column(EVENTS, "at").kind
    assert again(EVENTS, "at", there) == there
    assert kind.read(there.isoformat()) == there
    assert kind.write(there) == kind.write(there.astimezone(UTC))


@given(MASKS)
def test_day_parts_come_back(mask: int) -> None:
    assert again(EVENTS, "pattern", mask) == mask


@given(st.floats(-90, 90, allow_nan=False))
def test_a_coordinate_comes_back_without_exponent(degrees: float) -> None:
    written = column(LOCATIONS, "lat").kind.write(round(degrees, 12))
    assert "e" not in written.casefold()
    assert again(LOCATIONS, "lat", round(degrees, 12)) == round(degrees, 12)


@given(st.decimals(0, 99_999, places=2))
def test_a_price_comes_back(price: Decimal) -> None:
    assert again(LOCATIONS, "price_day", price) == price


@given(st.sets(st.sampled_from([str(code) for code in Characteristic]), min_size=1))
def test_characteristics_come_back_sorted(codes: set[str]) -> None:
    assert again(REQUESTS, "characteristics", sorted(codes)) == sorted(codes)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1440)), min_size=1, max_size=6))
def test_opening_hours_come_back_once_they_lie_within_days(spans: list[tuple[int, int, int]]) -> None:
    within_days = column(LOCATIONS, "opening").kind.read(column(LOCATIONS, "opening").kind.write(spans))
    assert again(LOCATIONS, "opening", within_days) == within_days
    assert all(opens < closes for _weekday, opens, closes in within_days)


@pytest.mark.parametrize(
    ("layout", "name"),
    [(layout, column.name) for layout in FORMATS for column in layout.columns if not column.required],
)
def test_an_empty_cell_comes_back_as_what_empty_means(layout: FileFormat[Any], name: str) -> None:
    kind = column(layout, name).kind
    written = kind.write(kind.empty)
    assert (kind.read(written) if written else kind.empty) == kind.empty


def test_the_digest_hears_a_value_move_to_another_column() -> None:
    row = DESKS.row("a", "b", "c", "d", ["35013"], "central", "residence")
    assert DESKS.digest(row) != DESKS.digest(row._replace(name="", operator="bc"))
    assert DESKS.differing(row, row._replace(operator="x", mode="desk_only")) == "operator"
    assert DESKS.differing(row, row) is None
