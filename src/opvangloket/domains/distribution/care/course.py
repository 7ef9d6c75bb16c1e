"""The care of a placement over time: its start as confirmed, its days as they changed, its end."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Max, Prefetch, Q

from opvangloket.domains.distribution.lines.ending import settle_line
from opvangloket.domains.distribution.lines.facts import born_on, place_at
from opvangloket.domains.distribution.lines.recording import record_on
from opvangloket.domains.distribution.models import CareChange, ChangeProposal, Placement, PlacementState
from opvangloket.domains.distribution.places.taking import Place, release_places
from opvangloket.foundation.audit.record import Actor
from opvangloket.rules.care_course import CareChangeKind, NewDays, Stretch, care_course
from opvangloket.rules.change_proposals import ProposalState
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.school_entry import (
    SURELY_TOO_YOUNG,
    at_school_when_born_by,
    care_period,
    long_at_school_when_born_by,
)

# The name in the log of each kind of change.
ACTS: Final[Mapping[CareChangeKind, str]] = {
    CareChangeKind.DAYS: "placement.change_days",
    CareChangeKind.MOVED: "placement.move",
    CareChangeKind.ENDS: "placement.end",
    CareChangeKind.GOES_ON: "placement.go_on",
}


def agreed_start(placement: Placement) -> date:
    """Return the start in force: as confirmed, else as agreed."""
    return placement.confirmed_start_on or placement.start_on


def is_there(today: date) -> Q:
    """Return the condition for placements of children that are there, or will come, on a day or later."""
    return ~Q(state=PlacementState.UNDONE) & (Q(end_on=None) | Q(end_on__gt=today))


def may_be_there(today: date) -> Q:
    """Return `is_there` without the children of whom nobody wrote down an end and who are long at school."""
    return is_there(today) & ~_without_end_and_born_by(long_at_school_when_born_by(today))


def at_school_by_now(today: date) -> Q:
    """Return the condition for placements of `PlacedChild.may_be_at_school`."""
    return _without_end_and_born_by(at_school_when_born_by(today))


def _without_end_and_born_by(born_by: date) -> Q:
    """Return the condition for children that came as babies or toddlers, and of whom nobody wrote down an end."""
    child = "request__child"
    grown = Q(**{f"{child}__birth_on__lte": born_by}, start_on__lt=F(f"{child}__birth_on") + SURELY_TOO_YOUNG) | Q(
        **{f"{child}__birth_on": None, f"{child}__due_on__lte": born_by},
        start_on__lt=F(f"{child}__due_on") + SURELY_TOO_YOUNG,
    )
    return Q(grown, end_on=None)


def expected_care(placement: Placement) -> Period:
    """Return from when until when a child is expected to be there, where nobody wrote down an end: until school."""
    return care_period(agreed_start(placement), placement.end_on, born_on=born_on(placement.request))


def in_order() -> "Prefetch[Any]":
    """Return how to fetch the changes of many placements at once, in the order in which they were made."""
    return Prefetch("changes", queryset=CareChange.objects.order_by("seq"))


def course_of(placement: Placement, changes: Iterable[CareChange] | None = None) -> tuple[Stretch, ...]:
    """Return the weeks of a placement over time; `changes` are its own in order, read here when not given."""
    if changes is None:
        changes = CareChange.objects.filter(placement=placement).order_by("seq")
    days = [
        NewDays(change.from_on, WeekPattern(change.parts))
        for change in changes
        if change.kind == CareChangeKind.DAYS and change.parts
    ]
    return care_course(expected_care(placement), WeekPattern(placement.confirmed_parts or placement.parts), days)


def hours_on(placement: Placement, changes: Iterable[CareChange], day: date) -> CareHours:
    """Return the exact hours that hold on a day: as agreed, or as the last change of days before it says."""
    hours = placement.offer.hours if placement.offer else placement.request.hours
    for change in changes:
        if change.kind == CareChangeKind.DAYS and change.from_on <= day:
            hours = change.hours
    return CareHours.parse("|".join(hours))


def places_of(placement: Placement, changes: Iterable[CareChange] | None = None) -> list[Place]:
    """Return the places that a placement takes, one after the other in time; `changes` as in `course_of`."""
    return [
        place_at(
            placement.location_id,
            placement.request,
            start_on=stretch.period.start,
            end_on=stretch.period.end,
            parts=stretch.pattern.mask,
        )
        for stretch in course_of(placement, changes)
    ]


def write_change(
    placement: Placement,
    kind: CareChangeKind,
    *,
    from_on: date,
    actor: Actor,
    now: datetime,
    **facts: Any,
) -> CareChange:
    """Write down what changes in a care from a day on; its request is locked, so the numbers never collide.

    A change that was proposed for this care is answered by what really changes: it is closed.
    """
    close_proposals(placement.id, now=now)
    last = CareChange.objects.filter(placement=placement).aggregate(last=Max("seq"))["last"]
    return CareChange.objects.create(
        desk_id=placement.desk_id,
        placement=placement,
        seq=1 + (last or 0),
        kind=kind,
        at=now,
        by=actor.kind,
        by_id=actor.id,
        from_on=from_on,
        **facts,
    )


def close_proposals(placement_id: UUID, *, now: datetime) -> None:
    """Take back what is proposed for a placement, and give back what it holds: something else was agreed."""
    rows = ChangeProposal.objects.filter(placement_id=placement_id, state=ProposalState.OPEN)
    proposal_ids = list(rows.values_list("id", flat=True))
    ChangeProposal.objects.filter(id__in=proposal_ids).update(state=ProposalState.TAKEN_BACK, closed_at=now)
    release_places(proposal_ids)
    settle_line(proposal_ids, now=now)


def log_change(
    placement: Placement, change: CareChange, *, actor: Actor, now: datetime, codes: Iterable[str] = ()
) -> None:
    """Write in the log who changed a care, with the codes that go with it."""
    record_on(placement, ACTS[CareChangeKind(change.kind)], actor=actor, now=now, codes=codes)
