"""Changing which places a child in care has: what it has already, or what is held for it, is never asked again.

Counted and locked as every taking of places (`places.taking`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from opvangloket.domains.distribution.places.taking import (
    Place,
    PlaceTaken,
    Take,
    Taken,
    end_places,
    lock_locations,
    refuse_after_closing,
    release_places,
    shortfalls_of,
    take_one,
    write_occupation,
)
from opvangloket.domains.providers.models import CapacityKind, Location, Occupation, OccupationKind
from opvangloket.rules.capacity import Shortfall, beyond
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period


def change_places(
    places: Sequence[Place],
    *,
    subject_id: UUID,
    now: datetime,
    over_capacity_reason: str = "",
    held_by: UUID | None = None,
) -> Taken:
    """Let a placement have these places, one after the other in time, instead of those that it has.

    What it has already is never asked again, so a child keeps its days also where a location has too few places by
    now; nor is what the proposal `held_by` holds for it. Raises PlaceTaken when something else is not free, unless
    there is a reason to go over.
    """
    had = list(Occupation.objects.filter(subject_id=subject_id))
    held = _held_by(held_by)
    locations = lock_locations({place.location_id for place in places} | {row.location_id for row in (*had, *held)})
    release_places([subject_id, *(row.subject_id for row in held)])
    return _have(places, subject_id, locations, had=had, held=held, now=now, over_capacity_reason=over_capacity_reason)


def _have(
    places: Sequence[Place],
    subject_id: UUID,
    locations: Mapping[UUID, Location],
    *,
    had: Sequence[Occupation],
    held: Sequence[Occupation],
    now: datetime,
    over_capacity_reason: str,
) -> Taken:
    """Write down the places of a placement at locked locations; what it had, and what was held, needs not be free."""
    own = [*had, *held]
    counted = [place for place in places if locations[place.location_id].capacity_kind != CapacityKind.NONE]
    short = [shortfall for place in counted for shortfall in beyond(shortfalls_of(place), _kept_at(place, own))]
    if short and not over_capacity_reason:
        raise PlaceTaken(short)
    reasons = [over_capacity_reason] if short else [row.over_capacity_reason for row in own if row.over_capacity_reason]
    adds = any(beyond(_every_part(place), _kept_at(place, own)) for place in counted)
    # A vacancy that was declared since counts with what was there: the moment is new only when something is taken.
    since = [max(row.made_at for row in held)] if held else [row.made_at for row in had]
    made_at = now if adds or not since else min(since)
    for place in counted:
        reason = reasons[0] if reasons else ""
        write_occupation(place, subject_id, OccupationKind.PLACEMENT, now=made_at, over_capacity_reason=reason)
    return Taken(written=bool(counted), went_over=bool(short))


def hold_beside(
    places: Sequence[Place], *, subject_id: UUID, beside: UUID, now: datetime, over_capacity_reason: str = ""
) -> Taken:
    """Hold for a proposal what these places need beside what a placement has already, until it is answered.

    Raises ClosedByThen, and PlaceTaken when something of it is not free, unless there is a reason to go over.
    """
    locations = lock_locations({place.location_id for place in places})
    takes = [
        Take(place=place, subject_id=subject_id, over_capacity_reason=over_capacity_reason)
        for place in places_beside(places, beside)
    ]
    taken = [take_one(take, OccupationKind.HOLD, locations[take.place.location_id], now) for take in takes]
    return Taken(written=any(one.written for one in taken), went_over=any(one.went_over for one in taken))


def places_beside(places: Sequence[Place], subject_id: UUID) -> list[Place]:
    """Return what of these places a placement does not have yet."""
    had = list(Occupation.objects.filter(subject_id=subject_id))
    found = []
    for place in places:
        parts_of: defaultdict[Period, list[str]] = defaultdict(list)
        for lacking in beyond(_every_part(place), _kept_at(place, had)):
            parts_of[lacking.period].append(lacking.part)
        found += [
            replace(place, pattern=WeekPattern.from_codes(codes), period=period) for period, codes in parts_of.items()
        ]
    return found


def _held_by(subject_id: UUID | None) -> list[Occupation]:
    return list(Occupation.objects.filter(subject_id=subject_id)) if subject_id else []


def move_places(
    places: Sequence[Place],
    *,
    subject_id: UUID,
    from_subject_id: UUID,
    now: datetime,
    over_capacity_reason: str = "",
    held_by: UUID | None = None,
) -> Taken:
    """Take places for a child that moves, and give back from that day on what it has where it comes from.

    Both locations are locked, so whoever counts there sees the child once. What the proposal `held_by` holds for it
    needs not be free. Raises PlaceTaken and ClosedByThen.
    """
    had = Occupation.objects.filter(subject_id=from_subject_id).values_list("location_id", flat=True)
    held = _held_by(held_by)
    locations = lock_locations({place.location_id for place in places} | set(had) | {row.location_id for row in held})
    for place in places:
        refuse_after_closing(place, locations[place.location_id])
    end_places(from_subject_id, end_on=places[0].period.start)
    release_places(row.subject_id for row in held)
    return _have(places, subject_id, locations, had=(), held=held, now=now, over_capacity_reason=over_capacity_reason)


def _kept_at(place: Place, had: Iterable[Occupation]) -> list[tuple[WeekPattern, Period]]:
    """Return what a child had at this location before."""
    here = (row for row in had if row.location_id == place.location_id)
    return [(WeekPattern(row.parts), Period(row.start_on, row.end_on)) for row in here]


def _every_part(place: Place) -> list[Shortfall]:
    """Return all that a place takes, as if nothing of it were free."""
    return [Shortfall(part=part, period=place.period, free=0) for part in place.pattern.codes]
