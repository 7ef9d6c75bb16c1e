"""What the page of a location tells, and how old each fact is."""

from datetime import date

import pytest

from opvangloket.rules.location_page import (
    FACTS_OF_PART,
    PART_OF_FIELD,
    WHY_IT_HELPS,
    PageFact,
    PagePart,
    confirmed_on,
)
from opvangloket.rules.procedure import PageField

MARCH, MAY = date(2026, 3, 2), date(2026, 5, 4)


def test_every_fact_is_filled_in_on_one_form_but_what_the_register_tells() -> None:
    told = [fact for facts in FACTS_OF_PART.values() for fact in facts]
    assert sorted(told) == sorted(set(PageFact) - {PageFact.REGISTER})
    assert set(FACTS_OF_PART) == set(PagePart)


def test_whatever_a_desk_may_ask_says_why_it_helps() -> None:
    assert set(WHY_IT_HELPS) == set(PageField)
    assert set(PageField) - {PageField.PHOTO} <= set(PART_OF_FIELD)


@pytest.mark.parametrize(
    ("page", "own", "expected"),
    [
        (None, {}, None),
        (MARCH, {}, MARCH),
        (None, {PageFact.PRICE: MAY}, MAY),
        (MARCH, {PageFact.PRICE: MAY}, MAY),
        (MAY, {PageFact.PRICE: MARCH}, MAY),
        (None, {PageFact.TEXT: MAY}, None),
    ],
)
def test_a_fact_is_as_fresh_as_the_later_of_its_two_dates(
    page: date | None, own: dict[PageFact, date], expected: date | None
) -> None:
    assert confirmed_on(PageFact.PRICE, page=page, own=own) == expected
