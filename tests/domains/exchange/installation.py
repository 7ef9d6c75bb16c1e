"""One installation as the tests of the exchange see it: importing into it, reporting from it, counting its rows."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from zipfile import ZipFile

from django.apps import apps
from django.db import connection
from psycopg import sql
from tests.exchange.bad_structure import read_cells, write_cells
from tests.exchange.valid_folder import write_valid_folder

from opvangloket.domains.exchange.folder.exporting import export_desk
from opvangloket.domains.exchange.folder.importing import ImportResult, import_folder
from opvangloket.domains.reporting.queries import annual_report
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.indicators import as_csv

__all__ = [
    "NOW",
    "add_event",
    "bring_in",
    "contents",
    "export",
    "places_of_errors",
    "report",
    "row_counts",
    "set_cell",
    "unzipped",
    "write_valid_folder",
]

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def bring_in(folder: Path, *, check: bool = False, now: datetime = NOW, seed: int = 1) -> ImportResult:
    return import_folder(folder, now=now, randomness=Random(seed), check=check)


def places_of_errors(result: ImportResult) -> list[tuple[str, int | None, str | None]]:
    return [(error.file, error.line, error.column) for error in result.errors]


def report(slug: str, year: int, as_of: date | None = None) -> list[dict[str, str]]:
    """Return the rows of a report as its CSV holds them."""
    desk = Desk.objects.get(slug=slug)
    with scope(DeskScope(desk.id)):
        text = as_csv(annual_report(desk.id, year=year, as_of=as_of))
    return list(csv.DictReader(io.StringIO(text)))


def row_counts() -> dict[str, int]:
    """Return the number of rows of every table of ours."""
    counts = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            counts[table] = cursor.fetchone()[0]
    return counts


def contents() -> dict[str, list[str]]:
    """Return every row of every table of ours as text, to see that nothing at all changed."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table)))
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


def export(slug: str, to: Path) -> Path:
    with to.open("wb") as out:
        export_desk(slug, out, now=NOW)
    return to


def unzipped(path: Path) -> Path:
    folder = path.with_suffix("")
    with ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def set_cell(folder: Path, file: str, line: int, column: str, value: str) -> None:
    """Change one cell; lines are counted as the importer does, and no cell has a line break."""
    header, *rows = read_cells(folder / file)
    rows[line - 2][header.index(column)] = value
    write_cells(folder / file, [header, *rows])


def add_event(folder: Path, **cells: str) -> None:
    """Add an event at the end of the file."""
    header, *rows = read_cells(folder / "events.csv")
    write_cells(folder / "events.csv", [header, *rows, [cells.get(name, "") for name in header]])
