"""Days left, pages, tables and offers beside questions."""

from datetime import date

import pytest

from opvangloket.rules.patterns import WeekPattern
from opvangloket.web.ui.components import Chrome, Column, DataTable, compare_offer, days_left, pagination

TODAY = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("due_on", "words", "nearness"),
    [
        (date(2026, 12, 14), "nog 9 dagen", ""),
        (date(2026, 12, 8), "nog 3 dagen", "soon"),
        (date(2026, 12, 6), "nog 1 dag", "late"),
        (date(2026, 12, 5), "vandaag", "late"),
        (date(2026, 12, 4), "1 dag te laat", "late"),
        (date(2026, 11, 30), "5 dagen te laat", "late"),
    ],
)
def test_days_left_in_words(due_on: date, words: str, nearness: str) -> None:
    left = days_left(due_on, today=TODAY)
    assert (left.words, left.nearness) == (words, nearness)


@pytest.mark.parametrize(
    ("page", "total", "pages", "before", "after"),
    [(1, 0, 1, "", ""), (1, 25, 1, "", ""), (1, 26, 2, "", "?2"), (2, 60, 3, "?1", "?3"), (3, 60, 3, "?2", "")],
)
def test_pages(page: int, total: int, pages: int, before: str, after: str) -> None:
    shown = pagination(page=page, per_page=25, total=total, url_of="?{}".format)
    assert (shown.pages, shown.previous_url, shown.next_url) == (pages, before, after)


def test_a_ragged_table_is_refused() -> None:
    columns = (Column("Opvang"), Column("Vragen", number=True))
    assert DataTable.of("Antwoorden", columns, (("Mia", "3"),)).rows[0][1].number
    with pytest.raises(ValueError, match="shorter"):
        DataTable.of("Antwoorden", columns, (("Mia",),))


def test_an_offer_says_every_difference() -> None:
    offer = compare_offer(
        asked=WeekPattern.full_days("ma", "di"),
        offered=WeekPattern.full_days("ma") | WeekPattern.of("vr_vm"),
        asked_from=date(2027, 1, 6),
        offered_from=date(2027, 2, 1),
    )
    assert [(line.words, line.kind.value) for line in offer.differences] == [
        ("Maandag hele dag past.", "fit"),
        ("Dinsdag hele dag lukt niet.", "miss"),
        ("Vrijdag voormiddag komt erbij.", "extra"),
        ("De start is later.", "miss"),
    ]


@pytest.mark.parametrize(
    ("phone", "address"),
    [("054 31 32 33", "tel:+3254313233"), ("+32 54 31 32 33", "tel:+3254313233"), ("0800/12.345", "tel:+3280012345")],
)
def test_a_phone_number_can_be_pressed(phone: str, address: str) -> None:
    assert Chrome(phone=phone).phone_href == address
