"""Reading a list of the official register: CSV as a spreadsheet writes it, or a workbook; every error with its place."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from opvangloket.domains.exchange.register_format import COLUMNS, KNOWN_KEYS, RegisterColumn, heading_key
from opvangloket.domains.exchange.row_errors import CellError, RowError, RowErrors, shown
from opvangloket.foundation import geography
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.official_register import RegisterFacts

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 20_000
_MOST_UNPACKED: Final = 100 * 1024 * 1024
_ZIP_START: Final = b"PK"
_DELIMITERS: Final = ";,\t"
_COLUMN_WIDTH: Final = 20

Line = tuple[int, Sequence[str]]  # the line in the file from 1, and its cells


class ListRefused(OpvangloketError):
    """A file of which nothing can be read; the message says what to hand in instead."""

    code = "list_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRegister:
    """What a list holds: its rows, or what is wrong with it; `unused` are headings that nothing is done with."""

    rows: tuple[RegisterFacts, ...]
    errors: tuple[RowError, ...]
    error_count: int
    unused: tuple[str, ...]


def read_register(content: bytes, file_name: str) -> ReadRegister:
    """Read a list of the register; with one error it has no rows. Raises ListRefused for what is no list at all."""
    if len(content) > MOST_BYTES:
        raise ListRefused("Dit bestand is groter dan 5 MB. Kies een kleiner bestand.")
    is_workbook = content.startswith(_ZIP_START)
    lines = iter(_workbook_lines(content) if is_workbook else _csv_lines(content))
    filled = ((number, cells) for number, cells in lines if any(cells))
    header = next(filled, None)
    if header is None:
        raise ListRefused("Dit bestand is leeg. Zet de namen van de kolommen op de eerste regel.")
    errors = RowErrors()
    reader = _Reader(file_name, [heading_key(cell) for cell in header[1]], errors)
    reader.check_header(header[0])
    rows = () if errors else tuple(reader.rows(filled))
    return ReadRegister(
        rows=() if errors else rows,
        errors=errors.in_order((file_name,)),
        error_count=errors.count,
        unused=tuple(cell for cell in header[1] if cell and heading_key(cell) not in KNOWN_KEYS),
    )


def template() -> bytes:
    """Return a workbook with the headings and one example."""
    book = Workbook(write_only=False)
    sheet = book.worksheets[0]
    sheet.title = "Locaties"
    for index, column in enumerate(COLUMNS, start=1):
        heading = sheet.cell(1, index, column.heading)
        heading.font = Font(bold=column.required)
        sheet.cell(2, index, column.example)
        sheet.column_dimensions[get_column_letter(index)].width = _COLUMN_WIDTH
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


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
    """Yield the lines of the first sheet of a workbook; one that unpacks to far too much is refused unread."""
    try:
        if sum(entry.file_size for entry in ZipFile(BytesIO(content)).infolist()) > _MOST_UNPACKED:
            raise ListRefused("Dit bestand is te groot. Bewaar alleen het blad met de locaties.")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise ListRefused("We kunnen dit Excel-bestand niet openen. Bewaar het opnieuw als .xlsx.") from error
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_cell_text(value) for value in row]
    finally:
        book.close()


def _cell_text(value: Any) -> str:
    """Return what a cell of a workbook says; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


@dataclass(slots=True)
class _Reader:
    """Reads the rows under a header; what is wrong is added to the errors."""

    file_name: str
    headings: list[str]
    errors: RowErrors

    def check_header(self, line: int) -> None:
        """Refuse a header that misses a column, or has one twice."""
        for column in COLUMNS:
            count = self.headings.count(heading_key(column.heading))
            if column.required and not count:
                told = f"De kolom {column.heading} ontbreekt."
                self.errors.add(self.file_name, line, column.heading, told, "Voeg ze toe, zoals in het voorbeeld.")
            if count > 1:
                told = f"De kolom {column.heading} staat er {count} keer."
                self.errors.add(self.file_name, line, column.heading, told, "Hou er één over.")

    def rows(self, lines: Iterable[Line]) -> Iterator[RegisterFacts]:
        """Yield the rows that can be read."""
        seen: dict[str, int] = {}
        for count, (line, cells) in enumerate(lines, start=1):
            if count > MOST_ROWS:
                raise ListRefused(f"Deze lijst heeft meer dan {MOST_ROWS} rijen. Deel ze in stukken.")
            facts = self._row(line, dict(zip(self.headings, cells, strict=False)))
            if facts is None:
                continue
            first = seen.setdefault(facts.file_number, line)
            if first == line:
                yield facts
            else:
                told = f"Dossiernummer {facts.file_number} staat ook op regel {first}."
                self.errors.add(self.file_name, line, "dossiernummer", told, "Hou één van beide rijen over.")

    def _row(self, line: int, cells: dict[str, str]) -> RegisterFacts | None:
        """Return one row; None when a cell of it cannot be read."""
        before = self.errors.count
        values = {
            column.fact: self._value(line, column, cells.get(heading_key(column.heading), "")) for column in COLUMNS
        }
        if self.errors.count > before:
            return None
        if not values["nis_code"]:
            place = geography.postcode(values["postcode"])
            values["nis_code"] = place.nis_code if place else ""
        return RegisterFacts(**values)

    def _value(self, line: int, column: RegisterColumn, cell: str) -> Any:
        if not cell:
            if column.required:
                told, what = f"De cel {column.heading} is leeg.", f"Vul ze in, bijvoorbeeld {shown(column.example)}."
                self.errors.add(self.file_name, line, column.heading, told, what)
            return column.kind.empty
        try:
            return column.kind.read(cell)
        except CellError as error:
            self.errors.add_cell(self.file_name, line, column.heading, error)
            return column.kind.empty
