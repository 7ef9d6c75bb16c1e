"""Writing many rows into a table of a model at once, with PostgreSQL's COPY."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


class TableCopy:
    """Copies rows of chosen fields into the table of a model; the other fields get their default.

    A field with a default that differs per row, such as the id, has to be chosen.
    """

    def __init__(self, model: type[models.Model], *fields: str) -> None:
        meta = model._meta
        by_name = {field.attname: field for field in meta.concrete_fields if not field.generated}
        others = [field for name, field in by_name.items() if name not in fields]
        columns = [str(field.column) for field in (*(by_name[name] for name in fields), *others)]
        self.defaults = tuple(field.get_default() for field in others)
        self.statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(meta.db_table), sql.SQL(", ").join(sql.Identifier(column) for column in columns)
        )

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Copy the rows, each with a value per chosen field, in the transaction that is under way."""
        with connection.cursor() as cursor, cursor.copy(self.statement) as copy:
            for row in rows:
                copy.write_row((*row, *self.defaults))
