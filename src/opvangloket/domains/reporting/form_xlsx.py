"""The form as a workbook: the form itself, our own columns apart, and what each number means."""

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from opvangloket.domains.reporting.report_document import ReportDocument
from opvangloket.rules.report_definitions import OWN_HEADING, Block, Column
from opvangloket.rules.report_headings import headings_over, numbers_of

FORM_SHEET: Final = "Formulier"
OWN_SHEET: Final = "Eigen kolommen"
MEANINGS_SHEET: Final = "Uitleg"
MUNICIPALITY_HEADING: Final = "Werkingsgebied"
TOTAL_LABEL: Final = "Samen"

_INK, _SOFT, _PETROL = "FF1D2733", "FF434E5B", "FF0F5B66"
_HEADING_FILL: Final = PatternFill("solid", fgColor="FFE3F0F1")
_SIDE: Final = Side(style="thin", color="FFDAD3C7")
_LINE: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_CENTRED: Final = Alignment(wrap_text=True, vertical="bottom", horizontal="center")
_FIRST_WIDTH, _NUMBER_WIDTH, _MEANING_WIDTH = 34, 17, 80
_UPPER_HEIGHT, _LOWER_HEIGHT = 80, 50


def as_xlsx(document: ReportDocument) -> bytes:
    """Write the report as a workbook in the shape of the form; numbers are numbers, so that they can be added up."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has a sheet
    made_at = document.made_at.astimezone(UTC).replace(tzinfo=None)
    book.properties.title, book.properties.creator = document.title, document.desk_name
    book.properties.language = "nl-BE"
    book.properties.created = book.properties.modified = made_at
    definition = document.report.definition
    _write_form(book.create_sheet(FORM_SHEET), document, numbers_of(definition, Block.FORM, Block.CATEGORIES))
    _write_form(book.create_sheet(OWN_SHEET), document, numbers_of(definition, Block.OWN))
    _write_meanings(book.create_sheet(MEANINGS_SHEET), document)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_form(sheet: Worksheet, document: ReportDocument, columns: Sequence[Column]) -> None:
    """Write the fields of the form, its title, its table and where it comes from."""
    row = 1
    for field, value in document.fields:
        _words(sheet, row, 1, field.label, Font(color=_SOFT))
        _words(sheet, row, 2, value or field.instruction, Font(bold=bool(value), italic=not value, color=_INK))
        row += 1
    _words(sheet, row + 1, 1, document.title, Font(bold=True, size=14, color=_PETROL))
    _words(sheet, row + 2, 1, document.status)
    first = row + 4
    _write_headings(sheet, first, columns, document.report.year)
    last = _write_numbers(sheet, first + 2, document, columns)
    _words(sheet, last + 2, 1, document.standing, Font(color=_SOFT))
    _words(sheet, last + 3, 1, f"Cursief: {OWN_HEADING}.", Font(italic=True, color=_SOFT))
    _set_up_page(sheet, first, len(columns))


def _write_headings(sheet: Worksheet, row: int, columns: Sequence[Column], year: int) -> None:
    """Write the two rows of headings; one that stands alone takes both."""
    _heading(sheet, row, 1, MUNICIPALITY_HEADING, official=True)
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=1)
    at = 2
    for over in headings_over(columns, year):
        end = at + len(over.columns) - 1
        _heading(sheet, row, at, over.words, official=over.official)
        if over.stands_alone:
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=at, end_column=at)
        else:
            sheet.merge_cells(start_row=row, end_row=row, start_column=at, end_column=end)
            for place, column in enumerate(over.columns, at):
                _heading(sheet, row + 1, place, column.headings_for(year)[1], official=column.official)
        at = end + 1
    sheet.row_dimensions[row].height, sheet.row_dimensions[row + 1].height = _UPPER_HEIGHT, _LOWER_HEIGHT


def _write_numbers(sheet: Worksheet, row: int, document: ReportDocument, columns: Sequence[Column]) -> int:
    """Write a row per municipality, and their sum when there are several; return the last row."""
    lines = [(line.municipality, line.numbers) for line in document.report.rows]
    if len(lines) > 1:
        lines.append((TOTAL_LABEL, document.report.totals()))
    for at, (name, numbers) in enumerate(lines, row):
        bold = Font(bold=name == TOTAL_LABEL, color=_INK)
        _words(sheet, at, 1, name, bold).border = _LINE
        for place, column in enumerate(columns, 2):
            cell = sheet.cell(at, place, numbers[column.code])
            cell.font, cell.border, cell.number_format = bold, _LINE, "0"
    return row + len(lines) - 1


def _write_meanings(sheet: Worksheet, document: ReportDocument) -> None:
    year = document.report.year
    definition = document.report.definition
    rows = [
        ("Kolom", "Wat ze telt", "Opschrift"),
        *(
            (column.full_heading_for(year), column.meaning, "formulier" if column.official else OWN_HEADING)
            for column in numbers_of(definition)
        ),
        ("", "", ""),
        (f"Regels van {definition.version}", definition.why, ""),
    ]
    for at, texts in enumerate(rows, 1):
        for place, text in enumerate(texts, 1):
            if text:
                _words(sheet, at, place, text, Font(bold=at == 1, color=_INK)).alignment = _WRAPPED
    for letter, width in zip("ABC", (_MEANING_WIDTH, _MEANING_WIDTH, _NUMBER_WIDTH), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _heading(sheet: Worksheet, row: int, place: int, words: str, *, official: bool) -> None:
    cell = _words(sheet, row, place, words, Font(bold=official, italic=not official, color=_INK))
    cell.alignment, cell.fill, cell.border = _CENTRED, _HEADING_FILL, _LINE


def _words(sheet: Worksheet, row: int, place: int, words: str, font: Font | None = None) -> Cell:
    """Write words that stay words: a name that begins with "=" is no formula."""
    cell = sheet.cell(row, place, words)
    assert isinstance(cell, Cell)  # noqa: S101 - never a merged cell: merging comes after writing
    cell.data_type = "s"
    cell.font = font or Font(color=_INK)
    return cell


def _set_up_page(sheet: Worksheet, first: int, columns: int) -> None:
    """Fit the table on one A4 sheet on its side, and keep headings and names in sight."""
    sheet.column_dimensions["A"].width = _FIRST_WIDTH
    for place in range(2, columns + 2):
        sheet.column_dimensions[get_column_letter(place)].width = _NUMBER_WIDTH
    sheet.freeze_panes = f"B{first + 2}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = f"{first}:{first + 1}"
