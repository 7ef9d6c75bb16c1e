"""The two rows of headings over the numbers."""

from opvangloket.rules.report_definitions import PARTLY_HEADING, Block, definition_for
from opvangloket.rules.report_headings import headings_over, numbers_of


def test_the_form_has_its_headings_and_one_over_two() -> None:
    over = headings_over(numbers_of(definition_for(2019)), 2019)
    assert [(heading.words, len(heading.columns), heading.official) for heading in over[:4]] == [
        (
            "Totaal aantal unieke opvangvragen bij het lokaal loket met als oorspronkelijke startdatum het jaar 2019",
            1,
            True,
        ),
        ("Aantal onbeantwoorde opvangvragen zonder opvangvoorstel", 1, True),
        (
            "Aantal onbeantwoorde opvangvragen met een opvangvoorstel dat niet aanvaard werd door het gezin",
            1,
            True,
        ),
        (PARTLY_HEADING, 2, True),
    ]
    assert [column.headings_for(2019)[1] for column in over[3].columns] == [
        "Minstens 1 maand later gestart",
        "Minder opvangdagen dan gevraagd",
    ]


def test_a_category_stands_over_its_total_and_its_unanswered() -> None:
    over = headings_over(numbers_of(definition_for(2026), Block.CATEGORIES), 2026)
    assert [heading.words for heading in over] == [
        "Dringend",
        "Atypische openingsmomenten",
        "Voorrangsgroepen",
        "Kwetsbare gezinnen",
        "Specifieke zorgbehoefte",
    ]
    for heading in over:
        assert [column.headings_for(2026)[1] for column in heading.columns] == ["totaal", "onbeantwoord"]
        assert not heading.official


def test_a_year_has_only_the_numbers_that_it_registers() -> None:
    codes = [column.code for column in numbers_of(definition_for(2024), Block.CATEGORIES)]
    assert "priority_total" not in codes
    assert len(codes) == 8
    assert numbers_of(definition_for(2019), Block.CATEGORIES) == ()
    assert len(numbers_of(definition_for(2026))) == 19


def test_our_own_columns_stand_alone() -> None:
    over = headings_over(numbers_of(definition_for(2026), Block.OWN), 2026)
    assert all(heading.stands_alone and not heading.official for heading in over)
    assert len(over) == 4


def test_a_full_heading_repeats_the_one_above() -> None:
    headings = [column.full_heading_for(2026) for column in numbers_of(definition_for(2026))]
    assert f"{PARTLY_HEADING}: Minstens 1 maand later gestart" in headings
    assert "Dringend – onbeantwoord" in headings
    assert len(set(headings)) == len(headings)
