"""Where a location stands on the map: the middle of its postcode, until somebody sets it at the door (SPEC §6).

Who set a point is not kept beside it: a dated `FactConfirmation` of the fact is enough, and a point of which that is
gone is the middle of its postcode again, or what came along with the location.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import FactConfirmation, Location
from opvangloket.domains.providers.opening import point_of
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.page_edit import PageRefused, confirm_part
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.geography import code_at, is_in_or_near, name_of_code
from opvangloket.rules.contacts import comparable_address
from opvangloket.rules.location_page import PageFact, PagePart
from opvangloket.rules.map_points import MapPoint, rounded, with_origin
from opvangloket.rules.neutrality import Point, point_at

# An organiser has hundreds of locations in no town: this only keeps a drawing small.
_MOST_NEIGHBOURS: Final = 200


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """Another location on the map."""

    name: str
    point: Point


def map_point_of(location: Location, *, set_on: date | None) -> MapPoint:
    """Return where a location stands; `set_on` is the date of its own confirmation of that fact."""
    point = point_at(location.lat, location.lon)
    middle = middle_of(location) if point and not set_on else None
    return with_origin(point, postcode=location.postcode, middle=middle, set_on=set_on)


def map_points(location_ids: Collection[UUID]) -> dict[UUID, MapPoint]:
    """Return where locations stand, in two queries; the caller has found them in its scope."""
    rows = FactConfirmation.objects.filter(location_id__in=location_ids, fact=PageFact.MAP_POINT)
    days = dict(rows.values_list("location_id", "confirmed_on"))
    columns = ("street", "house_number", "postcode", "lat", "lon")
    locations = Location.objects.filter(id__in=location_ids).only(*columns)
    return {location.id: map_point_of(location, set_on=days.get(location.id)) for location in locations}


def middle_of(location: Location) -> Point | None:
    """Return the middle of the postcode of a location, where it stands for want of anything better."""
    found = point_of(location.street, location.house_number, location.postcode)
    return point_at(found.lat, found.lon)


def neighbours(location_id: UUID) -> tuple[NamedPoint, ...]:
    """Return the other open locations of the same organiser in the same municipality that stand on the map."""
    here = Location.objects.only("organiser_id", "nis_code").get(id=location_id)
    rows = Location.objects.filter(organiser_id=here.organiser_id, nis_code=here.nis_code, closed_on=None)
    named = rows.exclude(id=location_id).order_by("name", "id").values_list("name", "lat", "lon")[:_MOST_NEIGHBOURS]
    return tuple(NamedPoint(name, point) for name, lat, lon in named if (point := point_at(lat, lon)))


def check_point(location_id: UUID, point: Point) -> None:
    """Raise PageRefused when a point cannot be that of a location: it lies in another municipality than its address."""
    _check(Location.objects.only("nis_code").get(id=location_id), point)


@transaction.atomic
def set_point(*, location_id: UUID, point: Point, actor: Actor, now: datetime) -> None:
    """Set a location at its door, to the metre; raise PageRefused. The same point again says that it is right."""
    location = locked_location(location_id)
    _check(location, point)
    at_the_door = rounded(point)
    location.lat, location.lon = at_the_door.lat, at_the_door.lon
    location.save(update_fields=["lat", "lon"])
    confirm_part(location, PagePart.MAP, actor=actor, now=now)


def leaves_its_point(location: Location, *, street: str, postcode: str) -> bool:
    """Tell whether a location with this street and postcode stands elsewhere than now.

    Another way of writing the same street, or another number in it, leaves the point where somebody set it: it is
    nearer than the middle of the postcode. So does a street that was not known before.
    """
    if location.lat is None or location.postcode.strip() != postcode.strip():
        return True
    before, after = _street(location.street, postcode), _street(street, postcode)
    return bool(before) and before != after


def forget_who_set(location: Location) -> None:
    """Take the date off the point of a locked location: at its new address nobody set it yet."""
    FactConfirmation.objects.filter(location=location, fact=PageFact.MAP_POINT).delete()


def _street(street: str, postcode: str) -> str:
    """Return a street in the form in which two ways of writing it are one."""
    return comparable_address(street=street, house_number="1", postcode=postcode)


def _check(location: Location, point: Point) -> None:
    if is_in_or_near(location.nis_code, point):
        return
    code = code_at(point)
    where = f"in {name_of_code(code)}" if code else "in geen gemeente van Vlaanderen of Brussel"
    raise PageRefused(
        "point",
        f"Dit punt ligt {where}. Het adres van deze opvang ligt in {name_of_code(location.nis_code)}. "
        "Kijk het punt na. Klopt het adres niet meer? Vraag het loket om het aan te passen.",
    )
