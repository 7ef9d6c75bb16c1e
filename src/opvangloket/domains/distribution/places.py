"""Taking and giving back places: the one way in which scarce places are locked (SPEC §5, ARCHITECTURE §3.9).

A place can never be promised twice. Whoever wants places calls `hold_places` or `occupy_places` once and late in its
transaction: after the request's own row is locked and everything else is looked up. The rows of the locations are
locked in the order of their ids, so two acts never wait for each other in a circle; only then is counted what is
free. Giving back and turning a hold into a placement need no lock: neither makes the promise bigger.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import CapacityKind, Location, Occupation, OccupationKind
from opvangloket.domains.providers.supply import supply_of
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.capacity import TODDLER_FROM_MONTHS, Shortfall, age_group_periods, beyond
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.wording import dutch_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A week at a location, for one child (`born_on` may be the due date), over a period."""

    location_id: UUID
    pattern: WeekPattern
    period: Period
    born_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A place to take, for an offer or a placement (`subject_id`).

    `instead_of` gives back what these subjects have, in the same breath. `over_capacity_reason` is the location's
    own explicit choice to go over; without one a place that is not free is refused.
    """

    place: Place
    subject_id: UUID
    instead_of: Collection[UUID] = ()
    over_capacity_reason: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a `Take`: whether it is written down, and whether it went over what was free."""

    written: bool
    went_over: bool = False


class PlaceTaken(OpvangloketError):
    """No free place; `shortfalls` says on which day parts, from when until when."""

    code = "place_taken"

    def __init__(self, shortfalls: Sequence[Shortfall]) -> None:
        self.shortfalls = tuple(shortfalls)
        self.pattern = WeekPattern.from_codes(shortfall.part for shortfall in shortfalls)
        since = min(shortfall.period.start for shortfall in shortfalls)
        super().__init__(f"Er is geen plaats vrij op {self.pattern.words()}, vanaf {dutch_date(since)}.")


class ClosedByThen(OpvangloketError):
    """Care would start on or after the day from which the location is closed for good."""

    code = "closed_by_then"

    def __init__(self, closed_on: date) -> None:
        super().__init__(f"Deze opvang sluit op {dutch_date(closed_on)}. Opvang kan hier dan niet meer starten.")


def hold_places(takes: Sequence[Take], *, now: datetime) -> tuple[Taken, ...]:
    """Hold places for open offers until those are answered; raise PlaceTaken when one of them is not free, or ClosedByThen."""
    return _take(takes, OccupationKind.HOLD, now)


def occupy_places(takes: Sequence[Take], *, now: datetime) -> tuple[Taken, ...]:
    """Take places for placements; raise PlaceTaken when one of them is not free, or ClosedByThen."""
    return _take(takes, OccupationKind.PLACEMENT, now)


def declare_places(takes: Sequence[Take], *, now: datetime) -> tuple[Taken, ...]:
    """Take places for children who never were a question here; raise PlaceTaken or ClosedByThen as the others do."""
    return _take(takes, OccupationKind.DECLARED, now)


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
    locations = _lock({place.location_id for place in places} | {row.location_id for row in (*had, *held)})
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
    short = [shortfall for place in counted for shortfall in beyond(_shortfalls(place), _kept_at(place, own))]
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
    locations = _lock({place.location_id for place in places})
    takes = [
        Take(place=place, subject_id=subject_id, over_capacity_reason=over_capacity_reason)
        for place in places_beside(places, beside)
    ]
    taken = [_take_one(take, OccupationKind.HOLD, locations[take.place.location_id], now) for take in takes]
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
    locations = _lock({place.location_id for place in places} | set(had) | {row.location_id for row in held})
    for place in places:
        _refuse_after_closing(place, locations[place.location_id])
    end_places(from_subject_id, end_on=places[0].period.start)
    release_places(row.subject_id for row in held)
    return _have(places, subject_id, locations, had=(), held=held, now=now, over_capacity_reason=over_capacity_reason)


def check_places(places: Sequence[Place]) -> None:
    """Raise PlaceTaken when one of these places is not free, or ClosedByThen; take nothing, and lock nothing."""
    for place in places:
        _refuse_after_closing(place, Location.objects.only("closed_on").get(id=place.location_id))
        if shortfalls := _shortfalls(place):
            raise PlaceTaken(shortfalls)


def keep_held_place(*, offer_id: UUID, placement_id: UUID) -> bool:
    """Turn the hold of an accepted offer into the place of its placement; return whether there was a hold.

    The place was promised when the offer was made, so this cannot fail for lack of space.
    """
    held = Occupation.objects.filter(subject_id=offer_id, kind=OccupationKind.HOLD)
    return held.update(subject_id=placement_id, kind=OccupationKind.PLACEMENT) > 0


def release_places(subject_ids: Iterable[UUID]) -> int:
    """Give back what these offers or placements have; return the number of rows."""
    return Occupation.objects.filter(subject_id__in=list(subject_ids)).delete()[0]


def end_places(subject_id: UUID, *, end_on: date) -> None:
    """Let a placement's place be free again from a day on."""
    rows = Occupation.objects.filter(subject_id=subject_id)
    rows.filter(start_on__gte=end_on).delete()
    rows.exclude(end_on__lte=end_on).update(end_on=end_on)


@transaction.atomic
def _take(takes: Sequence[Take], kind: OccupationKind, now: datetime) -> tuple[Taken, ...]:
    locations = _lock({take.place.location_id for take in takes})
    return tuple(_take_one(take, kind, locations[take.place.location_id], now) for take in takes)


def _lock(location_ids: Collection[UUID]) -> dict[UUID, Location]:
    """Lock the rows of these locations, in the order of their ids, and return how each keeps its places and closes.

    FOR NO KEY UPDATE: it holds off every other taker, but not the foreign-key checks of answers and events that
    commit at the same moment. With FOR UPDATE those would wait, and two of them could wait for each other.
    """
    rows = Location.objects.select_for_update(no_key=True).filter(id__in=location_ids).order_by("id")
    return {location.id: location for location in rows.only("id", "capacity_kind", "closed_on")}


def _take_one(take: Take, kind: OccupationKind, location: Location, now: datetime) -> Taken:
    """Write down one take at a locked location."""
    _refuse_after_closing(take.place, location)
    if take.instead_of:
        release_places(take.instead_of)
    if location.capacity_kind == CapacityKind.NONE:
        return Taken(written=False)
    shortfalls = _shortfalls(take.place)
    if shortfalls and not take.over_capacity_reason:
        raise PlaceTaken(shortfalls)
    went_over = bool(shortfalls)
    write_occupation(
        take.place, take.subject_id, kind, now=now, over_capacity_reason=take.over_capacity_reason if went_over else ""
    )
    return Taken(written=True, went_over=went_over)


def write_occupation(
    place: Place, subject_id: UUID, kind: OccupationKind, *, now: datetime, over_capacity_reason: str = ""
) -> None:
    """Write down that a place is taken, without asking whether it is free: one row for each age of the child."""
    ages = age_group_periods(place.period, born_on=place.born_on, toddler_from_months=TODDLER_FROM_MONTHS)
    Occupation.objects.bulk_create(
        Occupation(
            location_id=place.location_id,
            kind=kind,
            age_group=age_group,
            parts=place.pattern.mask,
            start_on=period.start,
            end_on=period.end,
            subject_id=subject_id,
            over_capacity_reason=over_capacity_reason,
            made_at=now,
        )
        for age_group, period in ages
    )


def _refuse_after_closing(place: Place, location: Location) -> None:
    if location.closed_on is not None and place.period.start >= location.closed_on:
        raise ClosedByThen(location.closed_on)


def _shortfalls(place: Place) -> tuple[Shortfall, ...]:
    """Return where a place is not free; nothing for a location that keeps no places here."""
    supply = supply_of([place.location_id], from_on=place.period.start)
    return supply[place.location_id].shortfalls(place.pattern, place.period, born_on=place.born_on)


def _kept_at(place: Place, had: Iterable[Occupation]) -> list[tuple[WeekPattern, Period]]:
    """Return what a child had at this location before."""
    here = (row for row in had if row.location_id == place.location_id)
    return [(WeekPattern(row.parts), Period(row.start_on, row.end_on)) for row in here]


def _every_part(place: Place) -> list[Shortfall]:
    """Return all that a place takes, as if nothing of it were free."""
    return [Shortfall(part=part, period=place.period, free=0) for part in place.pattern.codes]
