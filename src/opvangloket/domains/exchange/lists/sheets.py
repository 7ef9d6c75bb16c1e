"""A list that somebody uploads, CSV or the first sheet of a workbook, line by line; and an example to fill in."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as BadlyPacked  # noqa: N812 - the exception of a stream that is damaged

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.written_days import write_date

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_LINES: Final = 50_000
_MOST_COLUMNS: Final = 200
_MOST_UNPACKED: Final = 100 * 1024 * 1024
_ZIP_START: Final = b"PK"
_COLUMN_WIDTH: Final = 20
_DELIMITERS: Final = ";,\t"
_DAY_FORMAT: Final = "d/m/yyyy"
_LIKE_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

# What the reader of workbooks raises for one that is damaged or was made by hand, in any of its parts.
_UNREADABLE: Final = (
    BadZipFile,
    BadlyPacked,
    InvalidFileException,
    SyntaxError,  # XML that is not well-formed
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
)

Line = tuple[int, Sequence[str]]  # the line in the file from 1, and its cells


class ListRefused(OpvangloketError):
    """A file of which nothing can be read; the message says what to hand in instead."""

    code = "list_refused"


def filled_lines(content: bytes) -> Iterator[Line]:
    """Return the lines that hold something, the heading first; raise ListRefused for what is no list at all."""
    if len(content) > MOST_BYTES:
        raise ListRefused("Dit bestand is groter dan 5 MB. Kies een kleiner bestand.")
    lines = _workbook_lines(content) if content.startswith(_ZIP_START) else _csv_lines(content)
    return ((number, cells) for number, cells in lines if any(cells))


def example_workbook(title: str, columns: Sequence[tuple[str, str, bool]]) -> bytes:
    """Return a workbook to fill in: each column's heading, an example, and whether it must be filled (then bold)."""
    return workbook(title, [(heading, needed) for heading, _example, needed in columns], [[one[1] for one in columns]])


def workbook(
    title: str,
    headings: Sequence[tuple[str, bool]],
    rows: Iterable[Sequence[Any]],
    *,
    words_of: Mapping[str, Iterable[str]] | None = None,
) -> bytes:
    """Return a workbook of one sheet: its headings (bold where told), and rows of words, numbers and days.

    Words stay words: a name that begins with "=" is no formula. `words_of` gives by heading the words that its cells
    choose from; a cell also takes what is typed, and what that means is for who reads the list.
    """
    book = Workbook(write_only=False)
    sheet = book.worksheets[0]
    sheet.title = title
    for index, (heading, bold) in enumerate(headings, start=1):
        sheet.cell(1, index, heading).font = Font(bold=bold)
        sheet.column_dimensions[get_column_letter(index)].width = _COLUMN_WIDTH
    for line, row in enumerate(rows, start=2):
        for index, value in enumerate(row, start=1):
            cell = sheet.cell(line, index, value)
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, date):
                cell.number_format = _DAY_FORMAT
    for index, (heading, _bold) in enumerate(headings, start=1):
        if chosen_from := (words_of or {}).get(heading):
            choice = DataValidation("list", formula1=f'"{",".join(chosen_from)}"', showErrorMessage=False)
            choice.add(f"{get_column_letter(index)}2:{get_column_letter(index)}{max(2, sheet.max_row)}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the same as CSV, as a spreadsheet in Flanders opens it: with ; between cells, and 1/9/2026 for a day.

    Words that a spreadsheet would take for a formula get an apostrophe before them.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any) -> str:
    if value is None or isinstance(value, date):
        return write_date(value)
    words = str(value)
    return f"'{words}" if isinstance(value, str) and words.startswith(_LIKE_A_FORMULA) else words


def _csv_lines(content: bytes) -> Iterator[Line]:
    """Yield the lines of a CSV file: UTF-8, or what a spreadsheet on Windows writes; with ; or , or a tab."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise ListRefused("Dit is geen CSV of Excel. Bewaar je lijst als .csv of .xlsx.")
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise ListRefused(f"We kunnen regel {start} niet lezen. Kijk de aanhalingstekens na.") from error


def _workbook_lines(content: bytes) -> Iterator[Line]:
    """Yield the lines of the first sheet of a workbook; one that unpacks to far too much is refused unread.

    A cell on the last line of a sheet makes a million lines: reading stops where no list goes on.
    """
    try:
        if sum(entry.file_size for entry in ZipFile(BytesIO(content)).infolist()) > _MOST_UNPACKED:
            raise ListRefused("Dit bestand is te groot. Bewaar alleen het blad met je lijst.")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True)
        for number, row in enumerate(rows, start=1):
            if number > MOST_LINES:
                raise ListRefused("Je blad telt te veel regels. Bewaar alleen de regels van je lijst.")
            yield number, _without_tail([_cell_text(value) for value in row])
    except _UNREADABLE as error:
        raise ListRefused("We kunnen dit Excel-bestand niet openen. Bewaar het opnieuw als .xlsx.") from error


def _without_tail(cells: list[str]) -> list[str]:
    """Drop the empty cells to the right of what is filled in."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell_text(value: Any) -> str:
    """Return what a cell of a workbook says; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
