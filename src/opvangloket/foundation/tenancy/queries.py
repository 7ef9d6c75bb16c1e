"""Reading a desk and its settings in force."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.models import Desk, ProcedureVersion
from opvangloket.rules.procedure import Procedure

_NAMED_AT_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class ProcedureInForce:
    """A procedure with the number of its version (0: the defaults, before any version was made)."""

    number: int
    valid_from: date | None
    procedure: Procedure


def procedure_in_force(desk_id: UUID, on: date) -> ProcedureInForce:
    """Return what a desk chose as it holds on a day."""
    version = (
        ProcedureVersion.objects.filter(desk_id=desk_id, valid_from__lte=on).order_by("-valid_from", "-number").first()
    )
    if version is None:
        return ProcedureInForce(0, None, Procedure())
    return ProcedureInForce(version.number, version.valid_from, Procedure.from_mapping(version.values))


def procedures_in_force(on: date) -> dict[UUID, Procedure]:
    """Return what each desk chose as it holds on a day, in one query; a desk without a version has the defaults."""
    latest = ProcedureVersion.objects.filter(desk_id=OuterRef("id"), valid_from__lte=on)
    values = latest.order_by("-valid_from", "-number").values("values")[:1]
    desks = Desk.objects.annotate(in_force=Subquery(values)).values_list("id", "in_force")
    return {desk_id: Procedure.from_mapping(chosen or {}) for desk_id, chosen in desks}


def procedure_numbered(desk_id: UUID, number: int) -> Procedure:
    """Return one version of what a desk chose, as running terms keep it (0: the defaults)."""
    version = ProcedureVersion.objects.filter(desk_id=desk_id, number=number).first()
    return Procedure.from_mapping(version.values) if version else Procedure()


class UnknownDesk(OpvangloketError):
    """No desk has this slug."""

    code = "unknown_desk"

    def __init__(self, slug: str) -> None:
        known = ", ".join(Desk.objects.order_by("slug").values_list("slug", flat=True)[:_NAMED_AT_MOST])
        super().__init__(f"Er is hier geen loket “{slug}”. " + (f"Wel: {known}." if known else "Er is nog geen loket."))


def existing_desk(slug: str) -> Desk:
    """Return the desk with this slug; raise UnknownDesk when there is none."""
    desk = desk_by_slug(slug)
    if desk is None:
        raise UnknownDesk(slug)
    return desk


def procedures_numbered(versions: Collection[tuple[UUID, int]]) -> dict[tuple[UUID, int], Procedure]:
    """Return these versions of what desks chose, each by its desk and number, in one query."""
    numbers: dict[UUID, set[int]] = {}
    for desk_id, number in versions:
        numbers.setdefault(desk_id, set()).add(number)
    rows = ProcedureVersion.objects.filter(desk_id__in=numbers).annotate(stored=Cast("values", TextField()))
    stored = {
        (desk_id, number): _as_stored(values)
        for desk_id, number, values in rows.values_list("desk_id", "number", "stored")
        if number in numbers[desk_id]
    }
    return {version: stored.get(version, _as_stored("{}")) for version in versions}


@lru_cache(maxsize=2048)
def _as_stored(values: str) -> Procedure:
    """Return the procedure of stored values; each version is checked setting by setting, once is enough for a text."""
    return Procedure.from_mapping(json.loads(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionMade:
    """One version of what a desk chose: from when, why, by whom, with what the consultation (LOK) advised."""

    number: int
    valid_from: date
    procedure: Procedure
    reason: str
    consultation_advice: str
    made_at: datetime
    made_by_id: UUID | None


def procedure_versions(desk_id: UUID) -> tuple[VersionMade, ...]:
    """Return every version that a desk made, the one that starts last first."""
    rows = ProcedureVersion.objects.filter(desk_id=desk_id).order_by("-valid_from", "-number")
    return tuple(
        VersionMade(
            number=row.number,
            valid_from=row.valid_from,
            procedure=Procedure.from_mapping(row.values),
            reason=row.reason,
            consultation_advice=row.consultation_advice,
            made_at=row.made_at,
            made_by_id=row.made_by_id,
        )
        for row in rows
    )


def desk_by_slug(slug: str) -> Desk | None:
    """Return a desk by its slug."""
    return Desk.objects.filter(slug=slug).first()


@dataclass(frozen=True, slots=True)
class DeskCard:
    """What anyone may know of a desk."""

    slug: str
    name: str
    phone: str
    counter: str
    counter_hours: str


def all_desks() -> tuple[DeskCard, ...]:
    """Return the desks of this installation, by name."""
    rows = Desk.objects.order_by("name", "slug").values_list("slug", "name", "phone", "counter", "counter_hours")
    return tuple(DeskCard(*row) for row in rows)
