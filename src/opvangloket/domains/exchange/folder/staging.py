"""Requests and events on their way in: temporary tables of this connection, so that memory stays flat.

The tables vanish at the end of the transaction. Rows with an error keep their place (`ok` is false) so that one error
does not make ten.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection
from psycopg import sql

from opvangloket.domains.exchange.folder.formats import EVENTS, REQUESTS, EventRow, FileFormat, RequestRow
from opvangloket.domains.exchange.lists.row_errors import RowErrors, shown

ROWS_AT_A_TIME: Final = 2_000
_TABLES: Final[dict[str, FileFormat[Any]]] = {"staged_request": REQUESTS, "staged_event": EVENTS}

Staged = tuple[int, bool, Sequence[Any]]


def create_tables() -> None:
    """Create the empty staging tables in the transaction that is under way."""
    with connection.cursor() as cursor:
        for table, layout in _TABLES.items():
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
            columns = ", ".join(f'"{column.name}" {column.kind.sql}' for column in layout.columns)
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (line integer, ok boolean, {columns}) ON COMMIT DROP")


def copy_into(layout: FileFormat[Any], rows: Iterator[Staged]) -> int:
    """Copy rows with their line and whether they are right, and return how many; a wrong row needs only its id."""
    table = next(name for name, staged in _TABLES.items() if staged is layout)
    count, width = 0, len(layout.columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for line, ok, values in rows:
            copy.write_row((line, ok, *values, *[None] * (width - len(values))))
            count += 1
    return count


def index_tables() -> None:
    """Make the staging tables quick to join, once they are filled."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON staged_request (request)")
        cursor.execute("CREATE INDEX ON staged_event (request, at, line)")
        cursor.execute("ANALYZE staged_request")
        cursor.execute("ANALYZE staged_event")


def find_wrong_references(source: str, errors: RowErrors) -> None:
    """Add every id that is used twice, and every event of a request that is not in the folder."""
    for line, request, first in _select(
        "SELECT * FROM (SELECT line, request, min(line) OVER (PARTITION BY request) AS first FROM staged_request) rows"
        " WHERE line > first AND request <> '' ORDER BY line"
    ):
        errors.add(
            REQUESTS.name,
            line,
            "request",
            f"Het nummer {shown(request)} staat al op regel {first}.",
            "Geef elke vraag een eigen nummer, of verwijder de dubbele rij.",
        )
    if REQUESTS.name in errors.unreadable:
        return
    for line, request in _select(
        "SELECT line, request FROM staged_event e WHERE request <> ''"
        " AND NOT EXISTS (SELECT FROM staged_request r WHERE r.request = e.request) ORDER BY line"
    ):
        errors.add(
            EVENTS.name,
            line,
            "request",
            f"Er is geen vraag {shown(request)} in requests.csv.",
            "Kijk het nummer na, of voeg de vraag toe.",
        )
    _find_wrong_merges(source, errors)


def _find_wrong_merges(source: str, errors: RowErrors) -> None:
    """Add every merge with the request itself, or with one that is neither in the folder nor known by its source."""
    for line, itself, other in _select(
        "SELECT line, request = reason, reason FROM staged_event e WHERE ok AND kind = 'merged_into' AND ("
        "  request = reason OR NOT EXISTS (SELECT FROM staged_request r WHERE r.request = e.reason)"
        "  AND NOT EXISTS (SELECT FROM requests_carerequest c WHERE c.source = %s AND c.external_id = e.reason)"
        ") ORDER BY line",
        source,
    ):
        wrong = "Deze vraag is samengevoegd met zichzelf." if itself else f"Er is geen vraag {shown(other)}."
        errors.add(EVENTS.name, line, "reason", wrong, "Vul het nummer in van de vraag die overblijft.")


def desks_and_their_locations() -> Iterator[tuple[str, str]]:
    """Yield each desk with each location that its requests name."""
    yield from _select(
        "SELECT DISTINCT desk, unnest(locations) AS location FROM staged_request WHERE ok ORDER BY desk, location"
    )


@contextmanager
def staged_requests(source: str, *, is_own: bool) -> Iterator[Iterator[list[tuple[Any, ...]]]]:
    """Give the staged requests in batches, in file order.

    A row is the id and digest of the request as it is known here (None when it is new), its line, whether it is
    right, and the columns of `RequestRow`. Of an id that is used twice only the first row is given. In a folder that
    this installation wrote (`is_own`) a request may also be known by its reference.
    """
    names = sql.SQL(", ").join(sql.Identifier("s", column.name) for column in REQUESTS.columns)
    with connection.connection.cursor(name="staged_requests", scrollable=False) as cursor:
        cursor.execute(
            sql.SQL(
                "SELECT coalesce(c.id, o.id), coalesce(c.imported_digest, o.imported_digest), s.line, s.ok, {}"
                " FROM staged_request s"
                " LEFT JOIN requests_carerequest c"
                "   ON c.source = %(source)s AND c.external_id = s.request AND c.external_id <> ''"
                " LEFT JOIN requests_carerequest o"
                "   ON %(is_own)s AND o.reference = s.request AND o.source <> %(source)s"
                " WHERE s.request <> ''"
                "   AND s.line = (SELECT min(line) FROM staged_request t WHERE t.request = s.request)"
                " ORDER BY s.line"
            ).format(names),
            {"source": source, "is_own": is_own},
        )
        yield iter(lambda: cursor.fetchmany(ROWS_AT_A_TIME), [])


def staged_events(requests: list[str]) -> dict[str, list[tuple[int, bool, EventRow]]]:
    """Return the events of these requests in reading order: by instant, then by line; wrong rows come with `ok` false."""
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in EVENTS.columns)
    found: dict[str, list[tuple[int, bool, EventRow]]] = {}
    statement = sql.SQL("SELECT line, ok, {} FROM staged_event WHERE request = ANY(%s) ORDER BY request, at, line")
    for line, ok, *values in _select(statement.format(names), requests):
        found.setdefault(values[0], []).append((line, ok, EventRow(*values)))
    return found


def request_row(values: Sequence[Any]) -> RequestRow:
    """Return the typed row of the columns of a staged request."""
    return RequestRow(*values)


def has_stray_events() -> bool:
    """Tell whether some event belongs to no request of the folder; then the order of no request's events is sure."""
    stray = _select(
        "SELECT line FROM staged_event e"
        " WHERE NOT EXISTS (SELECT FROM staged_request r WHERE r.request = e.request) LIMIT 1"
    )
    return any(True for _line in stray)


def _select(statement: str | sql.Composed, *parameters: Any) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            yield from rows
