"""Reads the numbers back out of every file that a report is written to: per municipality, by column."""

import csv
import io
import json
from collections.abc import Mapping

from openpyxl import Workbook, load_workbook
from tests.pdf_text import pieces

from opvangloket.rules.indicators import AnnualReport
from opvangloket.rules.report_definitions import COLUMNS, Block, Column
from opvangloket.rules.report_headings import numbers_of

Numbers = Mapping[str, Mapping[str, int | None]]
_PIECES_OF_A_NAME = 5  # "Sint", "-", "Lievens", "-", "Houtem"
NUMBERED = [column for column in COLUMNS if column.is_number]


def in_report(report: AnnualReport) -> Numbers:
    return {row.municipality: dict(row.numbers) for row in report.rows}


def in_csv(file: bytes) -> Numbers:
    rows = csv.DictReader(io.StringIO(file.decode()))
    return {row["municipality"]: {c.code: int(row[c.code]) if row[c.code] else None for c in NUMBERED} for row in rows}


def in_json(file: bytes) -> Numbers:
    rows = json.loads(file)["rows"]
    return {row["municipality"]: {column.code: row[column.code] for column in NUMBERED} for row in rows}


def in_xlsx(file: bytes, report: AnnualReport) -> Numbers:
    book = load_workbook(io.BytesIO(file))
    form = _table(book, "Formulier", numbers_of(report.definition, Block.FORM, Block.CATEGORIES), report)
    own = _table(book, "Eigen kolommen", numbers_of(report.definition, Block.OWN), report)
    return _with_unregistered({name: {**form[name], **own[name]} for name in form})


def _table(book: Workbook, sheet: str, columns: tuple[Column, ...], report: AnnualReport) -> dict[str, dict[str, int]]:
    names = {row.municipality for row in report.rows}
    found = {}
    for name, *cells in book[sheet].iter_rows(values_only=True):
        if name in names:
            assert all(isinstance(cell, int) for cell in cells), (sheet, name, cells)
            found[str(name)] = {column.code: cell for column, cell in zip(columns, cells, strict=True)}
    return found  # type: ignore[return-value]


def in_pdf(file: bytes, report: AnnualReport) -> Numbers:
    columns = numbers_of(report.definition)
    names = {row.municipality.replace(" ", ""): row.municipality for row in report.rows}
    words = [piece.replace(" ", "") for piece in pieces(file)]
    found = {}
    for at in range(len(words)):
        for end in range(at + 1, at + 1 + _PIECES_OF_A_NAME):
            if name := names.get("".join(words[at:end])):
                numbers = words[end : end + len(columns)]
                found[name] = {column.code: int(number) for column, number in zip(columns, numbers, strict=True)}
    return _with_unregistered(found)


def _with_unregistered(found: Mapping[str, Mapping[str, int]]) -> Numbers:
    return {name: {column.code: numbers.get(column.code) for column in NUMBERED} for name, numbers in found.items()}
