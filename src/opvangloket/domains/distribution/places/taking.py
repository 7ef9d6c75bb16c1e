"""Taking and giving back places: the one way in which scarce places are locked (SPEC §5, ARCHITECTURE §3.9).

A place can never be promised twice. Whoever wants places calls `hold_places` or `occupy_places` once and late in its
transaction: after the request's own row is locked and everything else is looked up. The rows of the locations are
locked in the order of their ids, so two acts never wait for each other in a circle; only then is counted what is
free. Giving back and turning a hold into a placement need no lock: neither makes the promise bigger.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import CapacityKind, Location, Occupation, OccupationKind
from opvangloket.domains.providers.supply import supply_of
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.capacity import TODDLER_FROM_MONTHS, Shortfall, age_group_periods
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


def check_places(places: Sequence[Place]) -> None:
    """Raise PlaceTaken when one of these places is not free, or ClosedByThen; take nothing, and lock nothing."""
    for place in places:
        refuse_after_closing(place, Location.objects.only("closed_on").get(id=place.location_id))
        if shortfalls := shortfalls_of(place):
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
    locations = lock_locations({take.place.location_id for take in takes})
    return tuple(take_one(take, kind, locations[take.place.location_id], now) for take in takes)


def lock_locations(location_ids: Collection[UUID]) -> dict[UUID, Location]:
    """Lock the rows of these locations, in the order of their ids, and return how each keeps its places and closes.

    FOR NO KEY UPDATE: it holds off every other taker, but not the foreign-key checks of answers and events that
    commit at the same moment. With FOR UPDATE those would wait, and two of them could wait for each other.
    """
    rows = Location.objects.select_for_update(no_key=True).filter(id__in=location_ids).order_by("id")
    return {location.id: location for location in rows.only("id", "capacity_kind", "closed_on")}


def take_one(take: Take, kind: OccupationKind, location: Location, now: datetime) -> Taken:
    """Write down one take at a locked location; raise as `hold_places` does."""
    refuse_after_closing(take.place, location)
    if take.instead_of:
        release_places(take.instead_of)
    if location.capacity_kind == CapacityKind.NONE:
        return Taken(written=False)
    shortfalls = shortfalls_of(take.place)
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


def refuse_after_closing(place: Place, location: Location) -> None:
    """Raise ClosedByThen when a location is closed for good before a place would be taken."""
    if location.closed_on is not None and place.period.start >= location.closed_on:
        raise ClosedByThen(location.closed_on)


def shortfalls_of(place: Place) -> tuple[Shortfall, ...]:
    """Return where a place is not free; nothing for a location that keeps no places here."""
    supply = supply_of([place.location_id], from_on=place.period.start)
    return supply[place.location_id].shortfalls(place.pattern, place.period, born_on=place.born_on)
