"""The form of the annual report: its columns, headings and definitions per year."""

from datetime import date

import pytest
from tests.rules.report_oracle import HEADER

from opvangloket.rules.categories import Category
from opvangloket.rules.report_definitions import (
    ALL_CATEGORIES,
    COLUMNS,
    DEFINITIONS,
    PARTLY_HEADING,
    REPORT_COLUMNS,
    Block,
    Column,
    default_as_of,
    definition_for,
    form_status,
    form_title,
)

COLUMN = {column.code: column for column in COLUMNS}


def test_the_columns_are_the_csv_contract() -> None:
    assert ",".join(REPORT_COLUMNS) == HEADER


@pytest.mark.parametrize(
    ("year", "version", "categories"),
    [
        (2016, "2019", set()),
        (2019, "2019", set()),
        (2020, "2020", set(ALL_CATEGORIES)),
        (2023, "2020", set(ALL_CATEGORIES)),
        (2024, "2024", {Category.URGENT, Category.ATYPICAL, Category.VULNERABLE, Category.SPECIAL_NEED}),
        (2025, "2025", set(ALL_CATEGORIES)),
        (2031, "2025", set(ALL_CATEGORIES)),
    ],
)
def test_each_year_has_its_definition(year: int, version: str, categories: set[Category]) -> None:
    definition = definition_for(year)
    assert (definition.version, definition.categories) == (version, categories)


def test_the_headings_of_the_form_are_the_agencys_words() -> None:
    assert COLUMN["municipality"].heading == "Werkingsgebied"
    assert COLUMN["total"].heading_for(2019) == (
        "Totaal aantal unieke opvangvragen bij het lokaal loket met als oorspronkelijke startdatum het jaar 2019"
    )
    assert COLUMN["unanswered_no_offer"].heading == "Aantal onbeantwoorde opvangvragen zonder opvangvoorstel"
    assert COLUMN["unanswered_declined"].heading == (
        "Aantal onbeantwoorde opvangvragen met een opvangvoorstel dat niet aanvaard werd door het gezin"
    )
    assert COLUMN["partly_later"].group == COLUMN["partly_fewer"].group == PARTLY_HEADING
    assert COLUMN["partly_later"].heading == "Minstens 1 maand later gestart"
    assert COLUMN["partly_fewer"].heading == "Minder opvangdagen dan gevraagd"
    assert COLUMN["priority_total"].heading == "Voorrangsgroepen – totaal"
    assert COLUMN["special_need_unanswered"].heading == "Specifieke zorgbehoefte – onbeantwoord"


def test_only_the_words_of_the_form_of_2019_are_official() -> None:
    assert {column.code for column in COLUMNS if column.official} == {
        "year",
        "municipality",
        "total",
        "unanswered_no_offer",
        "unanswered_declined",
        "partly_later",
        "partly_fewer",
    }


def test_the_form_of_2019_has_no_categories_and_ours_stand_last() -> None:
    blocks = [column.block for column in definition_for(2019).form()]
    assert Block.CATEGORIES not in blocks
    assert blocks == sorted(blocks, key=list(Block).index)
    assert [column.code for column in definition_for(2024).form()][-4:] == [
        "partly_both",
        "found_elsewhere",
        "lapsed",
        "unknown",
    ]


def test_the_form_of_2024_leaves_priority_out() -> None:
    assert {column.code for column in definition_for(2025).form()} - {
        column.code for column in definition_for(2024).form()
    } == {"priority_total", "priority_unanswered"}


def test_the_state_is_that_of_the_last_week_of_february() -> None:
    assert default_as_of(2023) == date(2024, 2, 28)
    assert form_title(2019) == "Aantal unieke opvangvragen aan het lokaal loket in het jaar 2019"
    assert form_status(2019, date(2020, 2, 28)) == "status laatste week van februari 2020"
    assert form_status(2019, date(2020, 2, 23)) == "status laatste week van februari 2020"
    assert form_status(2019, date(2020, 2, 22)) == "status op zaterdag 22 februari 2020"
    assert form_status(2019, date(2020, 3, 1)) == "status op zondag 1 maart 2020"


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.code)
def test_each_column_tells_in_plain_dutch_what_it_holds(column: Column) -> None:
    for sentence in column.meaning.removesuffix(".").split(". "):
        assert sentence[0].isupper()
        assert 3 <= len(sentence.split()) <= 20


def test_each_definition_tells_why() -> None:
    for definition in DEFINITIONS:
        assert all(len(sentence.split()) <= 20 for sentence in definition.why.split(". "))
