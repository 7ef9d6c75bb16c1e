"""Care starts: its real first day and days are written down, by the location, the family or the desk."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.course import close_proposals, places_of
from opvangloket.domains.distribution.lines.locking import placement_at_its_desk
from opvangloket.domains.distribution.lines.recording import record_on
from opvangloket.domains.distribution.models import CareChange, Placement, PlacementState
from opvangloket.domains.distribution.places.changing import change_places
from opvangloket.domains.requests.events import append_event
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.patterns import WeekPattern

# A child that is there is there: its real days are written down, also when they go over what was free.
REAL_DAYS: Final = "Bevestigde start of dagen."


class CannotConfirm(OpvangloketError):
    """Only a placement that stands is confirmed, and the latest one of a location."""

    code = "cannot_confirm"
    message = "Deze plaats geldt niet meer."


@transaction.atomic
def confirm_start(
    *,
    placement_id: UUID,
    start_on: date | None = None,
    pattern: WeekPattern | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down the real start and days of a placement; what is empty is as agreed. Only the last one counts.

    The same once more changes nothing. The annual report depends on it. Raises PlacementNotFound or CannotConfirm.
    """
    with placement_at_its_desk(placement_id) as placement:
        latest = Placement.objects.filter(request=placement.request, location=placement.location)
        newest = latest.order_by("-agreed_at", "-id").values_list("id", flat=True)[0]
        moved_here = CareChange.objects.filter(to_placement=placement).exists()
        if placement.state == PlacementState.UNDONE or placement.id != newest or moved_here:
            raise CannotConfirm
        parts = pattern.mask if pattern else None
        if placement.confirmed_at and (placement.confirmed_start_on, placement.confirmed_parts) == (start_on, parts):
            return
        close_proposals(placement.id, now=now)  # it was asked beside days that turn out otherwise
        placement.confirmed_at, placement.confirmed_start_on = now, start_on
        placement.confirmed_parts = parts
        placement.save(update_fields=["confirmed_at", "confirmed_start_on", "confirmed_parts"])
        append_event(
            request=placement.request,
            at=now,
            kind=EventKind.START_CONFIRMED,
            location_id=placement.location_id,
            start_on=start_on,
            parts=placement.confirmed_parts,
            by=actor.kind,
        )
        if placement.state == PlacementState.ACTIVE:
            change_places(places_of(placement), subject_id=placement.id, now=now, over_capacity_reason=REAL_DAYS)
        record_on(placement, "placement.confirm", actor=actor, now=now)
