"""`…__in` with identifiers, as one array: the questions of 264 locations are asked twenty times to draw one page.

Django writes a list as as many parameters, prepared and quoted one by one, and PostgreSQL reads them one by one too.
The same list as one array literal (`= ANY('{…}')`, which is what PostgreSQL makes of IN itself) is read at once.
"""

from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey, UUIDField
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

LISTS: Final = (frozenset, set, list, tuple)


@lru_cache(maxsize=512)
def _array(ids: frozenset[UUID]) -> str:
    """Return these identifiers as an array literal; kept, since one page asks for the same ones again and again."""
    return f"{{{','.join(map(str, ids))}}}"


class _AsOneArray:
    """Keep a list of UUIDs whole; leave subqueries, and values that must be converted first, to Django."""

    lhs: Any
    rhs: Any
    ids: frozenset[UUID] | None = None

    def get_prep_lookup(self) -> Any:
        """Return the identifiers as they are, or what Django makes of anything else."""
        if isinstance(self.rhs, LISTS) and all(type(one) is UUID for one in self.rhs):
            self.ids = frozenset(self.rhs)
            return self.ids
        return super().get_prep_lookup()  # type: ignore[misc]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return `column = ANY(array)`; raise EmptyResultSet where there is nothing to look for."""
        if self.ids is None:
            return super().as_sql(compiler, connection)  # type: ignore[misc, no-any-return]
        if not self.ids:
            raise EmptyResultSet
        column, parameters = self.process_lhs(compiler, connection)  # type: ignore[attr-defined]
        return f"{column} = ANY(%s::uuid[])", [*parameters, _array(self.ids)]


class UuidIn(_AsOneArray, In):  # type: ignore[misc]
    """`id__in` of UUIDs."""


class RelatedUuidIn(_AsOneArray, RelatedIn):  # type: ignore[misc]
    """`location__in` and `location_id__in` of UUIDs."""


def register() -> None:
    """Let every list of identifiers go to the database as one array."""
    UUIDField.register_lookup(UuidIn)
    ForeignKey.register_lookup(RelatedUuidIn)
