"""Reading a whole exchange folder: what is small into memory, requests and events into the staging tables.

1. each cell is read by its column; a row with an error is kept by its id only, so that it makes no further errors;
2. each id that a row names must be in the folder (an organiser may also be known from the same source);
3. the order of a request's events is looked at later, where they come together (`importing`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from opvangloket.domains.exchange.folder import staging
from opvangloket.domains.exchange.folder.csv_rows import read_rows
from opvangloket.domains.exchange.folder.formats import (
    DESKS,
    EVENTS,
    FORMATS,
    LOCATIONS,
    META,
    ORGANISERS,
    REQUESTS,
    DeskRow,
    EventRow,
    FileFormat,
    LocationRow,
    MetaRow,
    OrganiserRow,
    RequestRow,
    Row,
)
from opvangloket.domains.exchange.folder.sources import Source
from opvangloket.domains.exchange.lists.row_errors import CellError, RowErrors, shown
from opvangloket.domains.providers.models import Organiser
from opvangloket.rules.case_events import EventFact, EventKind, field_problem

Progress = Callable[[str, int, int], object]


@dataclass(slots=True)
class Table(Generic[Row]):
    """The rows of one small file by id, each with its line; `ids` also has the rows with an error."""

    rows: dict[str, tuple[int, Row]] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Folder:
    """What a folder holds; its requests and events are in the staging tables."""

    source: str = ""
    desks: Table[DeskRow] = field(default_factory=Table)
    organisers: Table[OrganiserRow] = field(default_factory=Table)
    locations: Table[LocationRow] = field(default_factory=Table)
    requests: int = 0
    events: int = 0


def read_folder(source: Source, errors: RowErrors, progress: Progress) -> Folder:
    """Read every file of the folder; what is wrong is added to `errors`."""
    _find_missing_files(source, errors)
    reader = _FolderReader(source, errors, progress)
    folder = Folder(source=reader.source_name())
    folder.desks = reader.table(DESKS)
    folder.organisers = reader.table(ORGANISERS)
    folder.locations = reader.table(LOCATIONS)
    _find_unknown_organisers(folder, errors)
    folder.requests = staging.copy_into(REQUESTS, reader.requests(folder))
    folder.events = staging.copy_into(EVENTS, reader.events(folder))
    staging.index_tables()
    staging.find_wrong_references(folder.source, errors)
    return folder


def _find_missing_files(source: Source, errors: RowErrors) -> None:
    for layout in FORMATS:
        if layout.must_exist and not source.has(layout.name):
            errors.add_unreadable(
                layout.name,
                None,
                "Dit bestand ontbreekt.",
                "Voeg het toe. Zonder rijen is genoeg: dan staan alleen de kolomnamen erin.",
            )


def _find_unknown_organisers(folder: Folder, errors: RowErrors) -> None:
    if ORGANISERS.name in errors.unreadable:
        return
    known = set(Organiser.objects.filter(source=folder.source).values_list("external_id", flat=True)) - {""}
    for line, location in folder.locations.rows.values():
        if location.organiser not in folder.organisers.ids and location.organiser not in known:
            errors.add(
                LOCATIONS.name,
                line,
                "organiser",
                f"Er is geen organisator {shown(location.organiser)} in organisers.csv.",
                "Kijk het nummer na, of voeg de organisator toe.",
            )


@dataclass(slots=True)
class _FolderReader:
    """Reads the files of one folder."""

    source: Source
    errors: RowErrors
    progress: Progress

    def source_name(self) -> str:
        """Return where the ids come from; a folder without `meta.csv` says nothing."""
        rows = list(self.typed_rows(META))
        for line, _values, _row in rows[1:]:
            self.errors.add(META.name, line, None, "Er is meer dan één herkomst.", "Houd één rij over.")
        first: MetaRow | None = rows[0][2] if rows else None
        return first.source if first else ""

    def table(self, layout: FileFormat[Row]) -> Table[Row]:
        """Return the rows of a small file; an id that is used twice is an error on the later row."""
        table: Table[Row] = Table()
        for line, values, row in self.typed_rows(layout):
            if values[0] and (first := table.ids.setdefault(values[0], line)) != line:
                self.errors.add(
                    layout.name,
                    line,
                    layout.columns[0].name,
                    f"{shown(values[0])} staat al op regel {first}.",
                    "Geef elke rij een eigen nummer, of verwijder de dubbele rij.",
                )
            elif row:
                table.rows[values[0]] = (line, row)
        return table

    def requests(self, folder: Folder) -> Iterator[staging.Staged]:
        """Yield the requests as they go into the staging table."""
        for line, values, row in self.typed_rows(REQUESTS):
            ok = row is not None and self._request_fits(line, row, folder)
            yield (line, True, row) if ok and row else (line, False, values[:1])

    def _request_fits(self, line: int, row: RequestRow, folder: Folder) -> bool:
        before = self.errors.count
        if row.child_birth_on is None and row.child_due_on is None:
            self.errors.add(
                REQUESTS.name,
                line,
                "child_birth_on",
                "De geboortedatum en de verwachte geboortedatum zijn allebei leeg.",
                "Vul er één van beide in.",
            )
        if row.desk not in folder.desks.ids and DESKS.name not in self.errors.unreadable:
            self.errors.add(
                REQUESTS.name,
                line,
                "desk",
                f"Er is geen loket {shown(row.desk)} in desks.csv.",
                "Kijk de naam na, of voeg het loket toe.",
            )
        self._find_unknown_location(REQUESTS, line, "locations", row.locations, folder)
        return self.errors.count == before

    def events(self, folder: Folder) -> Iterator[staging.Staged]:
        """Yield the events as they go into the staging table."""
        for line, values, row in self.typed_rows(EVENTS):
            ok = row is not None and self._event_fits(line, row, folder)
            yield (line, True, row) if ok and row else (line, False, values[:1])

    def _event_fits(self, line: int, row: EventRow, folder: Folder) -> bool:
        if problem := field_problem(fact(row)):
            self.errors.add(EVENTS.name, line, problem.column, problem.wrong, problem.now)
            return False
        named = [row.location] if row.location else []
        return not self._find_unknown_location(EVENTS, line, "location", named, folder)

    def _find_unknown_location(
        self, layout: FileFormat[Any], line: int, column: str, ids: Sequence[str], folder: Folder
    ) -> bool:
        if LOCATIONS.name in self.errors.unreadable:
            return False
        unknown = [location for location in ids if location not in folder.locations.ids]
        if unknown:
            self.errors.add(
                layout.name,
                line,
                column,
                f"Er is geen locatie {shown(unknown[0])} in locations.csv.",
                "Kijk het nummer na, of voeg de locatie toe.",
            )
        return bool(unknown)

    def typed_rows(self, layout: FileFormat[Row]) -> Iterator[tuple[int, Sequence[str], Row | None]]:
        """Yield the line, the cells and the typed row of each row of a file; the row is None when a cell is wrong."""
        if not self.source.has(layout.name):
            return
        size = self.source.size(layout.name)
        step = f"{layout.name} lezen"
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            self.progress(step, done, size)

        with self.source.open(layout.name) as file:
            for line, cells in read_rows(file, layout, self.errors, told):
                yield line, cells, self._typed(layout, line, cells)

    def _typed(self, layout: FileFormat[Row], line: int, cells: Sequence[str]) -> Row | None:
        values = []
        before = self.errors.count
        for column, cell in zip(layout.columns, cells, strict=True):
            if cell and (not column.required or not cell.isspace()):
                try:
                    values.append(column.kind.read(cell))
                except CellError as error:
                    self.errors.add_cell(layout.name, line, column.name, error)
            elif column.required:
                self.errors.add(
                    layout.name, line, column.name, f"{column.name} is niet ingevuld.", "Vul deze cel in elke rij in."
                )
            else:
                values.append(column.kind.empty)
        return layout.row(*values) if self.errors.count == before else None


def fact(row: EventRow) -> EventFact:
    """Return an event as the rules read it; locations go by their ids in the folder."""
    return EventFact(
        row.at,
        EventKind(row.kind),
        row.location or None,
        row.start_on,
        row.pattern,
        row.reply_by_on,
        row.reason or None,
    )
