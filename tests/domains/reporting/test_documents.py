"""Every file of a report holds the same numbers, in the shape and the words of the form."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from openpyxl import load_workbook
from tests.domains.reporting import written
from tests.pdf_text import pieces

from opvangloket.domains.reporting.documents import FORMATS
from opvangloket.domains.reporting.form_pdf import as_pdf
from opvangloket.domains.reporting.form_xlsx import as_xlsx
from opvangloket.domains.reporting.report_document import FilingMark, ReportDocument
from opvangloket.rules.indicators import AnnualReport, MunicipalityRow
from opvangloket.rules.report_definitions import COLUMNS, PARTLY_HEADING, definition_for

MADE_AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
NAMES = ("Aalst", "Erpe-Mere", "Geraardsbergen", "Ninove", "Sint-Lievens-Houtem", "buiten werkingsgebied")


def words_of(lines: list[str]) -> str:
    """Return lines of a paragraph as one text."""
    return " ".join(" ".join(lines).split())


def document(year: int = 2026, rows: int = 4, *, seed: int = 1, **different: str) -> ReportDocument:
    """Return a report whose numbers all differ, so that two that changed places are seen."""
    definition, random = definition_for(year), Random(seed)
    numbers = iter(random.sample(range(1000), k=900))
    report = AnnualReport(
        year,
        date(year + 1, 2, 28),
        definition,
        tuple(
            MunicipalityRow(
                f"4100{at}",
                NAMES[at],
                {c.code: next(numbers) if definition.registers(c) else None for c in COLUMNS if c.is_number},
            )
            for at in range(rows)
        ),
    )
    made = ReportDocument(
        operator="Stad Ninove", desk_name="Lokaal Loket Ninove", file_number="LL-41", report=report, made_at=MADE_AT
    )
    return replace(made, **different)


@pytest.mark.parametrize("year", [2019, 2020, 2024, 2026])
@pytest.mark.parametrize("rows", [1, 6])
def test_all_files_hold_the_same_numbers(year: int, rows: int) -> None:
    made = document(year, rows)
    expected = written.in_report(made.report)
    files = {name: form.write(made) for name, form in FORMATS.items()}
    assert written.in_csv(files["csv"]) == expected
    assert written.in_json(files["json"]) == expected
    assert written.in_xlsx(files["xlsx"], made.report) == expected
    assert written.in_pdf(files["pdf"], made.report) == expected


@pytest.mark.parametrize("year", [2019, 2024, 2026])
def test_the_workbook_has_the_headings_of_the_form(year: int) -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx(document(year))))["Formulier"]
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {
        "Naam Organisator",
        "Stad Ninove",
        "Naam Lokaal Loket",
        "Lokaal Loket Ninove",
        "Dossiernummer Lokaal Loket",
        "LL-41",
        "Jaar",
        str(year),
        f"Aantal unieke opvangvragen aan het lokaal loket in het jaar {year}",
        f"status laatste week van februari {year + 1}",
        "Werkingsgebied",
        PARTLY_HEADING,
        "Minstens 1 maand later gestart",
        "Minder opvangdagen dan gevraagd",
    } <= words
    assert ("Voorrangsgroepen" in words) == (year == 2026)
    assert ("Dringend" in words) == (year > 2019)


def test_the_workbook_keeps_our_own_columns_apart_and_explains_all() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(document())))
    assert book.sheetnames == ["Formulier", "Eigen kolommen", "Uitleg"]
    own = {str(cell.value) for row in book["Eigen kolommen"].iter_rows() for cell in row}
    assert {"Later gestart én minder opvangdagen", "Elders gevonden", "Vervallen", "Onbekend"} <= own
    assert "Elders gevonden" not in {str(cell.value) for row in book["Formulier"].iter_rows() for cell in row}
    meanings = {str(row[1].value) for row in book["Uitleg"].iter_rows()}
    assert {column.meaning for column in COLUMNS if column.is_number} <= meanings


def test_the_sum_stands_below_several_rows_and_not_below_one() -> None:
    several, one = document(rows=3), document(rows=1)
    for made, expected in ((several, 1), (one, 0)):
        rows = load_workbook(io.BytesIO(as_xlsx(made)))["Formulier"].iter_rows(values_only=True)
        sums = [row for row in rows if row[0] == "Samen"]
        assert len(sums) == expected
        assert pieces(as_pdf(made)).count("Samen") == expected
    (summed,) = [r for r in load_workbook(io.BytesIO(as_xlsx(several)))["Formulier"].values if r[0] == "Samen"]
    assert summed[1] == several.report.totals()["total"]


def test_a_name_that_looks_like_a_formula_stays_words() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(document(desk_name="=HYPERLINK(A1)", operator="+1"))))
    cells = [cell for row in book["Formulier"].iter_rows() for cell in row if str(cell.value)[:1] in ("=", "+")]
    assert [(cell.value, cell.data_type) for cell in cells] == [("+1", "s"), ("=HYPERLINK(A1)", "s")]


def test_an_empty_field_shows_what_the_form_asks() -> None:
    made = document(file_number="")
    asked = "Geef hier het dossiernummer op van het lokaal loket kinderopvang"
    sheet = load_workbook(io.BytesIO(as_xlsx(made)))["Formulier"]
    assert asked in {cell.value for row in sheet.iter_rows() for cell in row}
    assert asked in words_of(pieces(as_pdf(made)))


def test_the_paper_is_tagged_and_always_the_same() -> None:
    paper = as_pdf(document())
    assert paper == as_pdf(document())
    assert b"/MarkInfo" in paper
    assert b"pdfuaid:part" in paper
    assert b"/Lang(nl" in paper.replace(b" ", b"")


def test_the_paper_says_whether_it_was_filed() -> None:
    draft = words_of(pieces(as_pdf(document())))
    assert "Niet ingediend: geteld op maandag 1 maart 2027." in draft
    mark = FilingMark(2, datetime(2027, 2, 28, 10, tzinfo=UTC), "ab12cd34" * 8)
    filed = words_of(pieces(as_pdf(replace(document(), filing=mark))))
    assert "Ingediend op zondag 28 februari 2027, versie 2. Vingerafdruk ab12cd34ab12cd34." in filed


def test_the_table_of_a_usual_desk_takes_one_sheet() -> None:
    assert as_pdf(document(rows=6)).count(b"/Type/Page/") == 2
