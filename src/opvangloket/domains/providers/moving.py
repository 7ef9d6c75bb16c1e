"""A location that moves: announced with its day, taken back in time, and done on the day by a sweep (SPEC §6).

Until the day nothing changes but what people read. On the day the location has its new address, point and
municipality. When another desk serves that municipality, it becomes the home of the location; the desk that was its
home keeps seeing it, for its families have questions and children there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from opvangloket.domains.providers.map_point import forget_who_set, leaves_its_point
from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk, LocationMove
from opvangloket.domains.providers.opening import point_of
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.territories import desks_serving
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation import geography
from opvangloket.foundation.audit.record import SYSTEM, Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.geography import name_of_code
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.neutrality import Point, point_at
from opvangloket.rules.periods import add_months, brussels_date
from opvangloket.rules.wording import dutch_date

# Who knows its new address longer before that has time to announce it later; a typed year is caught.
MOST_MONTHS_AHEAD: Final = 24
ANNOUNCED: Final = Q(done_at=None, taken_back_at=None)


class MoveRefused(OpvangloketError):
    """A location cannot move as it was filled in; `field` says what to put right."""

    code = "move_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class MovedMeanwhile(OpvangloketError):
    """Somebody else announced, changed or took back a move since this one was shown."""

    code = "moved_meanwhile"
    message = "Iemand veranderde net iets aan deze verhuis. Kijk het na en probeer opnieuw."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    """Where a location goes to."""

    street: str
    house_number: str
    postcode: str

    @property
    def line(self) -> str:
        """The street and the number."""
        return f"{self.street} {self.house_number}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedMove:
    """A move that is to come: from when, whereto, in words and on the map."""

    id: UUID
    location_id: UUID
    from_on: date
    address: NewAddress
    nis_code: str
    point: Point | None

    @property
    def town(self) -> str:
        """The municipality."""
        return name_of_code(self.nis_code)

    @property
    def address_words(self) -> str:
        """The whole address in one line."""
        return f"{self.address.line}, {self.address.postcode} {self.town}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What an address would mean: where it is, and which desk looks after the location there.

    `new_home` is None when the home desk stays, also where no desk serves the municipality. `keeps_point` where the
    point on the map stays as it is: another number in the same street.
    """

    town: str
    point: Point | None
    nis_code: str
    home: str
    new_home: str | None
    is_served: bool
    keeps_point: bool


def announced_move(location_id: UUID) -> AnnouncedMove | None:
    """Return the move that is to come of a location, or None."""
    return announced_moves([location_id]).get(location_id)


def announced_moves(location_ids: Collection[UUID]) -> dict[UUID, AnnouncedMove]:
    """Return the moves that are to come of these locations, in one query."""
    rows = LocationMove.objects.filter(ANNOUNCED, location_id__in=location_ids)
    return {row.location_id: announced_of(row) for row in rows}


def destination_of(location_id: UUID, address: NewAddress, *, today: date) -> Destination:
    """Return what an address would mean for a location; raise MoveRefused for a postcode that does not exist."""
    nis_code = _nis_code(address)
    location = Location.objects.get(id=location_id)
    with across_desks("a location may go to another desk"):
        home = _home(location_id, today)
    moves_to = new_home(nis_code, home.desk if home else None)
    return Destination(
        town=name_of_code(nis_code),
        point=_point_at(location, address),
        nis_code=nis_code,
        home=home.desk.name if home else "",
        new_home=moves_to.name if moves_to else None,
        is_served=bool(desks_serving(nis_code)),
        keeps_point=not leaves_its_point(location, street=address.street, postcode=address.postcode),
    )


@transaction.atomic
def announce(
    *, location_id: UUID, address: NewAddress, from_on: date, instead_of: UUID | None, actor: Actor, now: datetime
) -> AnnouncedMove:
    """Write down that a location moves from a day on, instead of the move that was announced before.

    Called by `distribution.closing.moving`, which tells every family. `instead_of` is the move that the caller saw;
    raises MovedMeanwhile when it is another by now, and MoveRefused.
    """
    location = locked_location(location_id)
    earlier = LocationMove.objects.filter(ANNOUNCED, location=location).first()
    if (earlier.id if earlier else None) != instead_of:
        raise MovedMeanwhile
    check_move(location_id, address, from_on, today=brussels_date(now))
    if earlier:
        _take_back(earlier, now)
    point = _point_at(location, address)
    row = LocationMove.objects.create(
        location=location,
        from_on=from_on,
        street=address.street,
        house_number=address.house_number,
        postcode=address.postcode,
        nis_code=_nis_code(address),
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        announced_at=now,
        announced_by_id=actor.id,
    )
    record_edit(location, "move_announced", actor=actor, now=now)
    return announced_of(row)


def check_move(location_id: UUID, address: NewAddress, from_on: date, *, today: date) -> None:
    """Raise MoveRefused when a location cannot move there on that day."""
    location = Location.objects.get(id=location_id)
    _nis_code(address)
    here = (location.street.casefold(), location.house_number.casefold(), location.postcode)
    if (address.street.casefold(), address.house_number.casefold(), address.postcode) == here:
        raise MoveRefused("street", "Dit is het adres van nu.")
    if from_on < today:
        raise MoveRefused("moves", "Kies vandaag of een latere dag.")
    if from_on > add_months(today, MOST_MONTHS_AHEAD):
        raise MoveRefused("moves", "Dit is langer dan twee jaar. Kijk het jaar na.")
    if location.closed_on is not None and location.closed_on <= from_on:
        raise MoveRefused("moves", f"Deze opvang sluit op {dutch_date(location.closed_on)}. Kies een vroegere dag.")


@transaction.atomic
def take_back(*, location_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> AnnouncedMove | None:
    """Take an announced move back before its day and return it; None when it was taken back already.

    Called by `distribution.closing.moving`. Raises MovedMeanwhile when it is done, or another one stands.
    """
    location = locked_location(location_id)
    row = LocationMove.objects.filter(location=location, id=move_id).first()
    if row is None or row.done_at is not None:
        raise MovedMeanwhile
    if row.taken_back_at is not None:
        if LocationMove.objects.filter(ANNOUNCED, location=location).exists():
            raise MovedMeanwhile
        return None
    _take_back(row, now)
    record_edit(location, "move_taken_back", actor=actor, now=now)
    return announced_of(row)


def drop_moves_from(location: Location, day: date, *, now: datetime) -> None:
    """Take back what a locked location announced for this day or later: it is closed by then."""
    LocationMove.objects.filter(ANNOUNCED, location=location, from_on__gte=day).update(taken_back_at=now)


def moves_due(today: date) -> QuerySet[LocationMove]:
    """Return the announced moves whose day has come."""
    return LocationMove.objects.filter(ANNOUNCED, from_on__lte=today)


@transaction.atomic
def do_move(move_id: UUID, *, actor: Actor = SYSTEM, now: datetime) -> bool:
    """Give a location the address that was announced for today, and its new home desk; return whether it did so now."""
    today = brussels_date(now)
    found = LocationMove.objects.filter(id=move_id).values_list("location_id", flat=True).first()
    if found is None:
        return False
    with across_desks("a location may go to another desk"):
        location = locked_location(found)
        row = moves_due(today).filter(id=move_id).first()
        if row is None:
            return False
        row.left_nis_code, row.done_at = location.nis_code, now
        row.save(update_fields=["left_nis_code", "done_at"])
        elsewhere = leaves_its_point(location, street=row.street, postcode=row.postcode)
        moved = (*_ADDRESS, *_POINT) if elsewhere else _ADDRESS
        for name in moved:
            setattr(location, name, getattr(row, name))
        location.save(update_fields=moved)
        forget_who_set(location)
        record_edit(location, "moved", actor=actor, now=now)
        if _hand_over(location, today):
            record_edit(location, "moved_here", actor=actor, now=now)
    return True


_ADDRESS: Final = ("street", "house_number", "postcode", "nis_code")
_POINT: Final = ("lat", "lon")


def new_home(nis_code: str, home: Desk | None) -> Desk | None:
    """Return the desk that becomes the home of a location in this municipality; None when its home stays as it is."""
    serving = desks_serving(nis_code)
    return None if not serving or home in serving else serving[0]


def _hand_over(location: Location, today: date) -> bool:
    """Let the desk of the new municipality be the home from today on; return whether that changes anything."""
    home = _home(location.id, today)
    desk = new_home(location.nis_code, home.desk if home else None)
    if desk is None:
        return False
    if home:
        _end(home, today)
        _relate(location, home.desk, DeskRelation.VIEW, today)
    for guest in LocationInDesk.objects.filter(_running(today), location=location, desk=desk):
        _end(guest, today)
    _relate(location, desk, DeskRelation.HOME, today)
    return True


def _relate(location: Location, desk: Desk, relation: DeskRelation, today: date) -> None:
    LocationInDesk.objects.create(location=location, desk=desk, relation=relation, start_on=today)


def _end(relation: LocationInDesk, today: date) -> None:
    """End a relation; one that began today never was."""
    if relation.start_on == today:
        relation.delete()
        return
    relation.end_on = today
    relation.save(update_fields=["end_on"])


def _home(location_id: UUID, today: date) -> LocationInDesk | None:
    homes = LocationInDesk.objects.filter(_running(today), location_id=location_id, relation=DeskRelation.HOME)
    return homes.filter(start_on__lte=today).select_related("desk").first()


def _running(today: date) -> Q:
    return Q(end_on=None) | Q(end_on__gt=today)


def _point_at(location: Location, address: NewAddress) -> Point | None:
    """Return where a location stands at another address: where it is, or in the middle of another postcode or street."""
    if not leaves_its_point(location, street=address.street, postcode=address.postcode):
        return point_at(location.lat, location.lon)
    found = point_of(address.street, address.house_number, address.postcode)
    return point_at(found.lat, found.lon)


def _nis_code(address: NewAddress) -> str:
    place = geography.postcode(address.postcode)
    if place is None:
        raise MoveRefused("postcode", "We kennen deze postcode niet. Kijk hem na.")
    return place.nis_code


def _take_back(row: LocationMove, now: datetime) -> None:
    row.taken_back_at = now
    row.save(update_fields=["taken_back_at"])


def announced_of(row: LocationMove) -> AnnouncedMove:
    """Return the move of a row."""
    return AnnouncedMove(
        id=row.id,
        location_id=row.location_id,
        from_on=row.from_on,
        address=NewAddress(street=row.street, house_number=row.house_number, postcode=row.postcode),
        nis_code=row.nis_code,
        point=point_at(row.lat, row.lon),
    )
