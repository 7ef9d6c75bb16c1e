"""The locations that a family can choose at a desk, as they stand in a list: who, what, where, at what kind of price."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from opvangloket.domains.providers.models import Location, LocationInDesk, LocationType, Tariff
from opvangloket.foundation.geography import name_of_code
from opvangloket.rules.neutrality import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class AskableLocation:
    """A location that a desk may ask; the words are in Dutch."""

    id: UUID
    slug: str
    name: str
    is_family_care: bool
    type_words: str
    price_words: str
    address: str
    town: str
    point: Point | None


def askable_locations(desk_id: UUID, *, today: date) -> tuple[AskableLocation, ...]:
    """Return the locations that a desk sees today and that have not stopped, by slug, in one query."""
    seen = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), location_id=OuterRef("id"), desk_id=desk_id, start_on__lte=today
    )
    running = Q(closed_on=None) | Q(closed_on__gt=today)
    return tuple(_askable(row) for row in Location.objects.filter(running, Exists(seen)).order_by("slug"))


def _askable(row: Location) -> AskableLocation:
    street = " ".join(word for word in (row.street, row.house_number) if word)
    town = name_of_code(row.nis_code)
    return AskableLocation(
        id=row.id,
        slug=row.slug,
        name=row.name,
        is_family_care=row.type == LocationType.FAMILY,
        type_words=LocationType(row.type).label.capitalize(),
        price_words=Tariff(row.tariff).label.capitalize(),
        address=", ".join(part for part in (street, " ".join(filter(None, (row.postcode, town)))) if part),
        town=town,
        point=Point(row.lat, row.lon) if row.lat is not None and row.lon is not None else None,
    )
