"""Moments and visits as each side sees them. Everything looks from the scope in force."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from opvangloket.domains.contact.models import Visit, VisitMoment
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.visits import may_be_booked


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment of a location; `reference` is the request that comes, where the reader may know it."""

    id: UUID
    starts_at: datetime
    minutes: int
    reference: str = ""


def moments_of_location(location_id: UUID, *, now: datetime) -> tuple[Moment, ...]:
    """Return the moments of a location that are still to come, each with who comes, in two queries."""
    moments = list(_coming(now).filter(location_id=location_id))
    visits = Visit.objects.filter(moment__in=moments, cancelled_at=None).select_related("request")
    coming = {visit.moment_id: visit.request.reference for visit in visits}
    return tuple(_moment(row, coming.get(row.id, "")) for row in moments)


def free_moments(location_id: UUID, *, now: datetime) -> tuple[Moment, ...]:
    """Return the moments of a location that a family can still book; who comes at the others stays unknown."""
    rows = [row for row in _coming(now).filter(location_id=location_id) if may_be_booked(row.starts_at, now=now)]
    with across_desks("another family's visit makes a moment taken"):
        taken = set(Visit.objects.filter(moment__in=rows, cancelled_at=None).values_list("moment_id", flat=True))
    return tuple(_moment(row) for row in rows if row.id not in taken)


def visits_of_request(request_id: UUID, *, now: datetime) -> dict[UUID, Moment]:
    """Return the visits of a family that are still to come, by location."""
    rows = Visit.objects.filter(request_id=request_id, cancelled_at=None, moment__starts_at__gt=now)
    return {row.location_id: _moment(row.moment) for row in rows.select_related("moment")}


def locations_with_moments(location_ids: Collection[UUID], *, now: datetime) -> frozenset[UUID]:
    """Return which of these locations have a moment that can be booked."""
    with across_desks("another family's visit makes a moment taken"):
        taken = Exists(Visit.objects.filter(moment=OuterRef("id"), cancelled_at=None))
        rows = _coming(now).filter(~taken, location_id__in=location_ids).values_list("location_id", "starts_at")
        return frozenset(location_id for location_id, starts_at in rows if may_be_booked(starts_at, now=now))


def _coming(now: datetime) -> QuerySet[VisitMoment]:
    return VisitMoment.objects.filter(withdrawn_at=None, starts_at__gt=now).order_by("starts_at", "id")


def _moment(row: VisitMoment, reference: str = "") -> Moment:
    return Moment(id=row.id, starts_at=row.starts_at, minutes=row.minutes, reference=reference)
