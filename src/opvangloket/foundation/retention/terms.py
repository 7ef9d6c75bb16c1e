"""How the terms of the retention table are carried out: which rows are past their term, and how they are forgotten.

Each application says so for its own tables, in its module `retention`, read when the application starts. A line with
a term that nobody carries out stops every command.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from opvangloket.foundation.retention import policy
from opvangloket.rules.periods import MONTHS_PER_YEAR, add_months, brussels_date, brussels_midnight


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a term ends: what its line is counted from before this day has to be forgotten."""

    day: date
    moment: datetime


Rows = Callable[[Limit], QuerySet[Any]]
Forget = Callable[[QuerySet[Any], datetime], int]


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the table, carried out: `rows` past their term, on any connection, and how to forget some of them."""

    label: str
    rows: Rows
    forget: Forget


_TERMS: Final[dict[str, Term]] = {}


def removes(label: str, rows: Rows, forget: Forget | None = None) -> None:
    """Say which rows of a table ("requests.Draft") are past their term; they are deleted, or forgotten in another way."""
    _TERMS[label] = Term(label, rows, forget or _delete)


def empties(table: str, field: str, rows: Rows, *, to: Any) -> None:
    """Say in which rows of a table one field is past its term; it is emptied there and the row stays."""
    label = f"{table}.{field}"
    _TERMS[label] = Term(label, lambda limit: rows(limit).exclude(**{field: to}), _emptying(field, to))


def told() -> tuple[Term, ...]:
    """Return every term that is carried out, in the order of a run.

    Applications speak in the order of the rings, so the last one goes first: what leans on others goes before them.
    """
    return tuple(reversed(_TERMS.values()))


def lines_with_a_term() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the label ("requests.Draft", "requests.CareRequest.own_words") and the term of each line that has one."""
    for table, line in policy.lines().items():
        if "after" in line["keep"]:
            yield table, line["keep"]
        for field, differs in line.get("fields", {}).items():
            if "after" in differs.get("keep", {}):
                yield f"{table}.{field}", differs["keep"]


def limit_of(keep: Mapping[str, Any], *, now: datetime) -> Limit:
    """Return where a term ends today: whole Brussels days, `{days: 30}` or `{years: 5}` back."""
    today = brussels_date(now)
    if "years" in keep:
        day = add_months(today, -keep["years"] * MONTHS_PER_YEAR)
    else:
        day = today - timedelta(days=keep["days"])
    return Limit(day, brussels_midnight(day))


def problems() -> list[policy.Problem]:
    """Return the lines with a term that nobody carries out, and what is carried out without a line."""
    lines = {label for label, _keep in lines_with_a_term()}
    hint = (
        "Say in the module `retention` of its application which rows are past their term: `removes(…)`, `empties(…)`."
    )
    found = [
        policy.Problem(label, f"Nobody carries out the retention line of {label}.", hint)
        for label in sorted(lines - _TERMS.keys())
    ]
    return found + [
        policy.Problem(label, f"{label} is forgotten, but no retention line says so.", "Add its line, or remove this.")
        for label in sorted(_TERMS.keys() - lines)
    ]


def _delete(rows: QuerySet[Any], _now: datetime) -> int:
    return rows.delete()[1].get(rows.model._meta.label, 0)


def _emptying(field: str, to: Any) -> Forget:
    return lambda rows, _now: rows.update(**{field: to})
