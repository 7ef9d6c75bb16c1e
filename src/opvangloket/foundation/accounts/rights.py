"""The table of rights (`policies/rights.yaml`): action × role × relation, loaded once and read as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

RIGHTS_FILE = Path(__file__).resolve().parents[2] / "policies" / "rights.yaml"


@dataclass(frozen=True, slots=True)
class Rights:
    """Which role may do which action, and on which rows."""

    roles: tuple[str, ...]
    relations: tuple[str, ...]
    actions: Mapping[str, Mapping[str, str]]

    def relation(self, action: str, role: str) -> str | None:
        """Return the relation on which `role` may do `action`, or None when it may not."""
        return self.actions[action].get(role)

    def allows(self, action: str, role: str) -> bool:
        """Return whether `role` may do `action` on the rows of its relation."""
        return self.relation(action, role) is not None


@cache
def rights() -> Rights:
    """Return the table in force; a role or relation that the table does not know stops the start."""
    table = yaml.safe_load(RIGHTS_FILE.read_text(encoding="utf-8"))
    loaded = Rights(tuple(table["roles"]), tuple(table["relations"]), table["actions"])
    for action, allowed in loaded.actions.items():
        for role, relation in allowed.items():
            if role not in loaded.roles or relation not in loaded.relations:
                raise ValueError(f"rights.yaml: {action} names {role}: {relation}, which the table does not know.")
    return loaded
