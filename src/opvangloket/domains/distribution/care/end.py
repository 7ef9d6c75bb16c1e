"""Care that had started ends: told by the family, the location or the desk, and told otherwise until that day.

The request keeps its outcome: the annual report counts how a search ended, not how long care lasted (EXCHANGE.md).
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.course import (
    agreed_start,
    close_proposals,
    log_change,
    places_of,
    write_change,
)
from opvangloket.domains.distribution.care.notices import tell_ends, tell_goes_on
from opvangloket.domains.distribution.care.start import CannotConfirm
from opvangloket.domains.distribution.lines.locking import placement_at_its_desk
from opvangloket.domains.distribution.models import AnswerDoor, CareChange, Placement, PlacementState
from opvangloket.domains.distribution.places.changing import change_places
from opvangloket.domains.distribution.places.taking import release_places
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.care_course import CareChangeKind, end_can_change
from opvangloket.rules.care_requests import care_started
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import EndReason


class CareNotStarted(OpvangloketError):
    """Care that never started cannot end: the request is opened again instead."""

    code = "care_not_started"
    message = "De opvang is nog niet gestart. Zet de vraag opnieuw open als ze niet doorgaat."


class EndRefused(OpvangloketError):
    """Care ends after its first day."""

    code = "end_refused"
    message = "Deze dag ligt niet na de start van de opvang. Kies een latere dag."


class CareOver(OpvangloketError):
    """The last day has passed: what happened is no longer told otherwise."""

    code = "care_over"
    message = "De opvang is al gestopt. Bel het loket als de dag niet klopt."


@transaction.atomic
def end_care(
    *,
    placement_id: UUID,
    end_on: date,
    reason: EndReason,
    door: AnswerDoor | None = None,
    actor: Actor,
    now: datetime,
    tell: bool = True,
) -> None:
    """Write down that a child comes no more from `end_on` on: its place is free from then; who did not say so is told.

    Told once more, with another day or reason, it corrects what was told, until the day has come. The same once more
    changes nothing. `door` is how the desk heard of it. Raises PlacementNotFound, CannotConfirm for a placement that was undone, CareNotStarted,
    EndRefused, CareOver, and PlaceTaken when the child would stay longer on days that were given away by now.
    """
    with placement_at_its_desk(placement_id) as placement:
        told = _told(placement, now)
        if told and told.kind == CareChangeKind.MOVED:
            raise CannotConfirm  # it ends where the child goes, or its move is taken back first
        if told and (told.from_on, told.reason) == (end_on, reason):
            return
        if not _has_started(placement, brussels_date(now)):
            raise CareNotStarted
        if end_on <= agreed_start(placement):
            raise EndRefused
        end_before = told.end_before if told else placement.end_on
        placement.state, placement.end_on = PlacementState.ENDED, end_on
        placement.save(update_fields=["state", "end_on"])
        change = write_change(
            placement,
            CareChangeKind.ENDS,
            from_on=end_on,
            actor=actor,
            now=now,
            reason=reason,
            door=door or "",
            end_before=end_before,
        )
        change_places(places_of(placement), subject_id=placement.id, now=now)
        log_change(placement, change, actor=actor, now=now, codes=[reason])
        if tell:
            tell_ends(placement, change, actor=actor, now=now)


@transaction.atomic
def go_on(*, placement_id: UUID, actor: Actor, now: datetime) -> None:
    """Take back that care ends here, or that the child moves: it stays as was agreed before.

    A second time changes nothing. Raises PlacementNotFound, CannotConfirm, CareOver, and PlaceTaken when its days
    were given away by now.
    """
    with placement_at_its_desk(placement_id) as placement:
        told = _told(placement, now)
        if told is None:
            return
        if told.to_placement:
            _stay(told.to_placement, now)
        placement.state, placement.end_on = PlacementState.ACTIVE, told.end_before
        placement.save(update_fields=["state", "end_on"])
        change = write_change(placement, CareChangeKind.GOES_ON, from_on=told.from_on, actor=actor, now=now)
        change_places(places_of(placement), subject_id=placement.id, now=now)
        log_change(placement, change, actor=actor, now=now)
        tell_goes_on(placement, change, actor=actor, now=now)


def _stay(moved: Placement, now: datetime) -> None:
    """Let go of the place to which a child would have moved."""
    if moved.state != PlacementState.ACTIVE:
        raise CareOver
    moved.state, moved.undone_at = PlacementState.UNDONE, now
    moved.save(update_fields=["state", "undone_at"])
    close_proposals(moved.id, now=now)
    release_places([moved.id])


def _told(placement: Placement, now: datetime) -> CareChange | None:
    """Return how the care here was told to end, or None; refuse what can no longer be told otherwise."""
    if placement.state == PlacementState.UNDONE:
        raise CannotConfirm
    if placement.state == PlacementState.ACTIVE:
        return None
    endings = CareChange.objects.filter(placement=placement, kind__in=[CareChangeKind.ENDS, CareChangeKind.MOVED])
    told = endings.select_related("to_placement").order_by("-seq").first()
    today = brussels_date(now)
    if told is None or not end_can_change(end_on=told.from_on, told_on=brussels_date(told.at), today=today):
        raise CareOver
    return told


def _has_started(placement: Placement, today: date) -> bool:
    """Tell whether the child is in care: a child that moves was so before."""
    moved_here = CareChange.objects.filter(to_placement=placement).exists()
    return moved_here or care_started(agreed_start=agreed_start(placement), today=today)
