"""The locations that a family chose, as far as they can be asked, and its latest wish."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.models import Location, LocationInDesk
from opvangloket.domains.requests.models import CareRequest, RequestedLocation, WishVersion
from opvangloket.rules.inquiries import InquiryState


def latest_wish(request: CareRequest) -> WishVersion:
    """Return what the family wants now."""
    return WishVersion.objects.filter(request=request).order_by("-number")[0]


def locations_of_desk(desk_id: UUID, *, today: date, start_on: date | None = None) -> QuerySet[Location]:
    """Return the locations that a desk may ask on a day: those it sees, and that have not stopped.

    With `start_on`, who closes before care would start is left out: what it cannot give, it is not asked.
    """
    seen = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), location_id=OuterRef("id"), desk_id=desk_id, start_on__lte=today
    )
    running = Q(closed_on=None) | Q(closed_on__gt=max(today, start_on or today))
    return Location.objects.filter(running, Exists(seen)).select_related("organiser")


def listed_locations(
    request: CareRequest, *, today: date, start_on: date, without_inquiry: bool = False
) -> list[Location]:
    """Return the chosen locations that can be asked for care from a day on, in the family's order.

    `without_inquiry` leaves out who has the question already, also when it answered; a location that was dropped
    and chosen again is asked anew.
    """
    chosen = RequestedLocation.objects.filter(request=request, dropped_at=None)
    if without_inquiry:
        asked = Inquiry.objects.filter(request=request, location_id=OuterRef("location_id"))
        chosen = chosen.filter(~Exists(asked.exclude(state=InquiryState.WITHDRAWN)))
    position = dict(chosen.values_list("location_id", Coalesce("preference", "position")))
    locations = locations_of_desk(request.desk_id, today=today, start_on=start_on).filter(id__in=position)
    return sorted(locations, key=lambda location: position[location.id])


def list_location(request: CareRequest, location_id: UUID, *, now: datetime) -> None:
    """Put a location at the end of a locked request's list; one that was dropped before comes back there.

    When it was first chosen, and in which order, stands: the annual report counts by the first choice (EXCHANGE).
    """
    rows = RequestedLocation.objects.filter(request=request)
    last = rows.aggregate(last=Max(Coalesce("preference", "position")))["last"] or 0
    if not rows.filter(location_id=location_id).update(dropped_at=None, preference=last + 1):
        RequestedLocation.objects.create(request=request, location_id=location_id, position=last + 1, added_at=now)


def listed_ids(request: CareRequest) -> list[UUID]:
    """Return the locations that a request has on its list now."""
    chosen = RequestedLocation.objects.filter(request=request, dropped_at=None)
    return list(chosen.values_list("location_id", flat=True))
