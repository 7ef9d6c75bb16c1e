"""A list that is handed in: read line by line, whatever program wrote it, and refused kindly when it is no list."""

import pytest
from tests import workbooks

from opvangloket.domains.exchange.lists.sheets import MOST_BYTES, MOST_LINES, ListRefused, filled_lines

LINES = [(1, ["naam", "plaats"]), (3, ["Zoé; Zoë", "Sint-Gillis"])]


def refusal(content: bytes) -> str:
    with pytest.raises(ListRefused) as refused:
        list(filled_lines(content))
    return refused.value.message


@pytest.mark.parametrize(
    "content",
    [
        'naam;plaats\r\n;\r\n"Zoé; Zoë";Sint-Gillis\r\n'.encode("cp1252"),
        'naam,plaats\n,\n"Zoé; Zoë",Sint-Gillis'.encode(),
        'naam\tplaats\n\nZoé; Zoë\t"Sint-Gillis"'.encode("utf-8-sig"),
        workbooks.workbook(("naam", "plaats"), (), (" Zoé; Zoë ", "Sint-Gillis")),
    ],
    ids=["Windows", "comma", "tab", "workbook"],
)
def test_the_same_list_in_every_shape(content: bytes) -> None:
    assert [(number, list(cells)) for number, cells in filled_lines(content)] == LINES


def test_a_whole_number_keeps_no_decimals() -> None:
    assert [cells[0] for _line, cells in filled_lines(workbooks.workbook((9400.0,), (1.5,), (True,)))] == [
        "9400",
        "1.5",
        "True",
    ]


@pytest.mark.parametrize("damage", workbooks.that_is_damaged())
def test_a_damaged_workbook_is_refused(damage: str) -> None:
    assert "We kunnen dit Excel-bestand niet openen." in refusal(workbooks.that_is_damaged()[damage])


def test_a_workbook_that_unfolds_is_refused() -> None:
    assert "niet openen" in refusal(workbooks.that_laughs())


def test_a_cell_in_the_last_corner_is_not_walked_to() -> None:
    assert refusal(workbooks.with_a_far_cell()) == "Je blad telt te veel regels. Bewaar alleen de regels van je lijst."
    beyond = MOST_LINES + 1
    assert "te veel regels" in refusal(workbooks.with_sheet(f'<row r="{beyond}"><c r="A{beyond}"><v>1</v></c></row>'))
    last = workbooks.with_sheet(f'<row r="{MOST_LINES}"><c r="A{MOST_LINES}"><v>1</v></c></row>')
    assert [line for line, _cells in filled_lines(last)] == [MOST_LINES]


def test_what_is_no_list_is_refused() -> None:
    assert "groter dan 5 MB" in refusal(b"a" * (MOST_BYTES + 1))
    assert "Dit is geen CSV of Excel." in refusal("naam;plaats".encode("utf-16"))
    assert "aanhalingstekens" in refusal(b'naam\n"' + b"x" * 200_000)
