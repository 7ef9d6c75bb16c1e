"""Which connection a query takes: always the app role; the owner role is asked for by name."""

from typing import Any


class OneDatabase:
    """There is one database: reads, writes and relations all go to it; migrations run as its owner."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """Return the app connection."""
        return "default"

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        """Return the app connection."""
        return "default"

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """Return yes: both names are one database."""
        return True
