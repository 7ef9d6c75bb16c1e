"""Every query runs in one scope, and a query without a scope raises.

A scope says from whose place something is looked at: a desk, an organiser with its locations, a family with its
requests. A model says per kind of scope which rows are visible (`visible`), so the same line is the filter of every
list and the check of every single row. Crossing desks is spelled `across_desks("reason")`, so it can be found.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q


@dataclass(frozen=True, slots=True)
class DeskScope:
    """The requests of one desk, and the locations that it sees."""

    desk_id: UUID


@dataclass(frozen=True, slots=True)
class OrganiserScope:
    """What lies with these locations of one organiser."""

    organiser_id: UUID
    location_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class FamilyScope:
    """The family's own requests."""

    desk_id: UUID
    request_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class AllDesks:
    """Everything, for the reason given: sweeps, imports, simulation, checks."""

    reason: str


Scope = DeskScope | OrganiserScope | FamilyScope | AllDesks
Visible = Mapping[type, Callable[[Any], Q]]


class UnscopedQuery(RuntimeError):
    """A query was made outside a scope, or from a place that never sees this kind of row."""


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope | None:
    """Return the scope in force, or None."""
    return _current.get()


@contextmanager
def scope(value: Scope) -> Iterator[None]:
    """Look from this place for as long as the block lasts."""
    token = _current.set(value)
    try:
        yield
    finally:
        _current.reset(token)


def across_desks(reason: str) -> Any:
    """Look over all desks for as long as the block lasts; the reason is for whoever reads the code."""
    return scope(AllDesks(reason))


_M = TypeVar("_M", bound=models.Model)


class ScopedManager(models.Manager[_M]):
    """A manager that shows only what the scope in force may see."""

    def get_queryset(self) -> models.QuerySet[_M]:
        """Return the rows visible in the scope in force; raise UnscopedQuery outside one."""
        in_force = _current.get()
        if in_force is None:
            raise UnscopedQuery(f"{self.model.__name__} was queried outside a scope.")
        rows = super().get_queryset()
        if isinstance(in_force, AllDesks):
            return rows
        visible: Visible = getattr(self.model, "visible", {})
        try:
            return rows.filter(visible[type(in_force)](in_force))
        except KeyError:
            raise UnscopedQuery(f"{self.model.__name__} is not visible from a {type(in_force).__name__}.") from None


class Scoped(models.Model):
    """A model whose rows belong to a desk, an organiser or a family."""

    visible: ClassVar[Visible] = {}
    objects = ScopedManager()

    class Meta:
        abstract = True
