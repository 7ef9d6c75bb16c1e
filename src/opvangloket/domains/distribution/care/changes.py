"""What changes while a child is in care: other days, or another location of the same organiser.

Both are agreed with the family, take places under the same lock as an offer, and leave the annual report as it is:
that counts the days and the start that were confirmed when care began (EXCHANGE.md, `start_confirmed`).
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.course import (
    agreed_start,
    course_of,
    hours_on,
    log_change,
    places_of,
    write_change,
)
from opvangloket.domains.distribution.care.notices import tell_days, tell_moved
from opvangloket.domains.distribution.care.start import CannotConfirm
from opvangloket.domains.distribution.lines.listing import list_location, listed_ids, locations_of_desk
from opvangloket.domains.distribution.lines.locking import LocationNotHere, check_own, placement_at_its_desk
from opvangloket.domains.distribution.models import AnswerDoor, CareChange, Placement, PlacementState
from opvangloket.domains.distribution.places.changing import change_places, move_places
from opvangloket.domains.distribution.places.taking import Taken
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.questions import entries
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.care_course import CareChangeKind, Stretch, pattern_on
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date

NO_HOURS: Final = CareHours(())


class ChangeRefused(OpvangloketError):
    """Something of the change cannot be: `code` says what."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@transaction.atomic
def change_days(
    *,
    placement_id: UUID,
    from_on: date,
    pattern: WeekPattern,
    hours: CareHours = NO_HOURS,
    family_agreed_on: date,
    over_capacity_reason: str = "",
    held_by: UUID | None = None,
    door: AnswerDoor | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Let a child come on other day parts or hours from a day on, as agreed with its family, which is told.

    Days that it has already stay its own; only what comes beside them must be free, unless the proposal `held_by`
    holds it. `door` is how the desk heard of it. The same once more changes nothing. Raises PlacementNotFound,
    CannotConfirm, ChangeRefused and PlaceTaken.
    """
    with placement_at_its_desk(placement_id) as placement:
        check_running(placement, from_on)
        _check_agreed(family_agreed_on, brussels_date(now))
        if not pattern:
            raise ChangeRefused("Kies minstens één dag.", "no_days")
        changes = list(CareChange.objects.filter(placement=placement).order_by("seq"))
        ahead = [stretch for stretch in course_of(placement, changes) if _reaches(stretch.period.end, from_on)]
        if {stretch.pattern for stretch in ahead} == {pattern} and hours_on(placement, changes, from_on) == hours:
            return
        change = write_change(
            placement,
            CareChangeKind.DAYS,
            from_on=from_on,
            actor=actor,
            now=now,
            parts=pattern.mask,
            hours=entries(hours),
            family_agreed_on=family_agreed_on,
            door=door or "",
        )
        places, why = places_of(placement), over_capacity_reason.strip()
        taken = change_places(places, subject_id=placement.id, now=now, over_capacity_reason=why, held_by=held_by)
        log_change(placement, change, actor=actor, now=now, codes=_codes(taken))
        tell_days(placement, change, actor=actor, now=now)


@transaction.atomic
def move_to(
    *,
    placement_id: UUID,
    location_id: UUID,
    from_on: date,
    family_agreed_on: date,
    over_capacity_reason: str = "",
    held_by: UUID | None = None,
    door: AnswerDoor | None = None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Let a child go to another location of the same organiser from a day on; return its place there.

    It gives back its place here in the same act, with both locations locked; `held_by` and `door` are as for other
    days. Raises PlacementNotFound, CannotConfirm, ChangeRefused, LocationNotHere for a location that is not of this
    organiser, and PlaceTaken.
    """
    check_own(location_id)
    with placement_at_its_desk(placement_id) as placement:
        today = brussels_date(now)
        if (known := _moved_already(placement, location_id, from_on)) is not None:
            return known
        check_running(placement, from_on)
        _check_agreed(family_agreed_on, today)
        location = location_to_go_to(placement, location_id, today)
        course = course_of(placement)
        moved = _place_there(placement, location, from_on, pattern_on(course, from_on), now)
        change = write_change(
            placement,
            CareChangeKind.MOVED,
            from_on=from_on,
            actor=actor,
            now=now,
            parts=moved.parts,
            location=location,
            to_placement=moved,
            family_agreed_on=family_agreed_on,
            door=door or "",
            end_before=placement.end_on,
        )
        _leave(placement, location_id, from_on, now)
        ahead = [stretch for stretch in course if _reaches(stretch.period.end, from_on)]
        _take_along(placement, moved, ahead, change, actor=actor, now=now)
        places, why = places_of(moved), over_capacity_reason.strip()
        taken = move_places(
            places,
            subject_id=moved.id,
            from_subject_id=placement.id,
            now=now,
            over_capacity_reason=why,
            held_by=held_by,
        )
        log_change(placement, change, actor=actor, now=now, codes=_codes(taken))
        tell_moved(placement, change, actor=actor, now=now)
        return moved.id


def _codes(taken: Taken) -> list[str]:
    return ["over_capacity"] if taken.went_over else []


def _moved_already(placement: Placement, location_id: UUID, from_on: date) -> UUID | None:
    """Return the place of a move that was told before in the same words, or None."""
    if placement.state != PlacementState.ENDED or placement.end_on != from_on:
        return None
    moves = CareChange.objects.filter(placement=placement, kind=CareChangeKind.MOVED, location_id=location_id)
    return moves.order_by("-seq").values_list("to_placement_id", flat=True).first()


def _place_there(
    placement: Placement, location: Location, from_on: date, pattern: WeekPattern, now: datetime
) -> Placement:
    """Give a child its place at another location, until the day on which it would have left this one."""
    return Placement.objects.create(
        desk_id=placement.desk_id,
        request=placement.request,
        location=location,
        agreed_at=now,
        start_on=from_on,
        end_on=placement.end_on,
        parts=pattern.mask,
        confirmed_at=now,  # its care started before: nothing of it is confirmed once more
    )


def _leave(placement: Placement, location_id: UUID, from_on: date, now: datetime) -> None:
    """End a placement here; the location to which the child goes stands on its list from now on."""
    placement.state, placement.end_on = PlacementState.ENDED, from_on
    placement.save(update_fields=["state", "end_on"])
    if location_id not in listed_ids(placement.request):
        list_location(placement.request, location_id, now=now)


def _take_along(
    placement: Placement, moved: Placement, ahead: Iterable[Stretch], move: CareChange, *, actor: Actor, now: datetime
) -> None:
    """Let the days and hours that were agreed for then and for later hold at the new location as well."""
    changes = list(CareChange.objects.filter(placement=placement).order_by("seq"))
    for stretch in ahead:
        from_on = max(stretch.period.start, move.from_on)
        write_change(
            moved,
            CareChangeKind.DAYS,
            from_on=from_on,
            actor=actor,
            now=now,
            parts=stretch.pattern.mask,
            hours=entries(hours_on(placement, changes, from_on)),
            family_agreed_on=move.family_agreed_on,
        )


def check_running(placement: Placement, from_on: date) -> None:
    """Refuse to change care that does not stand, is not confirmed yet, or is over by then."""
    if placement.state == PlacementState.UNDONE:
        raise CannotConfirm
    if placement.confirmed_at is None:
        raise ChangeRefused("Bevestig eerst de start en de echte dagen.", "not_confirmed")
    if from_on <= agreed_start(placement):
        raise ChangeRefused("Kies een dag na de start van de opvang.", "before_start")
    if not _reaches(places_of(placement)[-1].period.end, from_on):
        raise ChangeRefused("Dan is de opvang al gestopt. Kies een vroegere dag.", "after_end")


def _check_agreed(family_agreed_on: date, today: date) -> None:
    if family_agreed_on > today:
        raise ChangeRefused("Spreek dit eerst af met het gezin.", "not_agreed")


def _reaches(end: date | None, day: date) -> bool:
    return end is None or end > day


def location_to_go_to(placement: Placement, location_id: UUID, today: date) -> Location:
    """Return another open location of the placement's organiser that its desk sees, for care that does not end."""
    if placement.state == PlacementState.ENDED:
        raise ChangeRefused("De opvang stopt. Zeg eerst dat ze doorgaat.", "care_ends")
    seen = locations_of_desk(placement.desk_id, today=today).filter(organiser_id=placement.location.organiser_id)
    location = seen.exclude(id=placement.location_id).filter(id=location_id).first()
    if location is None:
        raise LocationNotHere
    return location
