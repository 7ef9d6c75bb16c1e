"""The locations that a family can choose at a desk, as they stand in a list: who, what, where, at what kind of price."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.providers.free_places import free_places
from opvangloket.domains.providers.models import Location, LocationType, Tariff
from opvangloket.domains.providers.search import locations_of_desk
from opvangloket.foundation.geography import name_of_code
from opvangloket.rules.neutrality import Point, point_at
from opvangloket.rules.patterns import WeekPattern


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
    return tuple(_askable(row) for row in locations_of_desk(desk_id, today=today).order_by("slug"))


def with_room(
    location_ids: Collection[UUID], *, pattern: WeekPattern, start_on: date, today: date, fresh_days: int
) -> frozenset[UUID]:
    """Return which of these locations say that they have these parts free by that day, recently enough to believe."""
    if not pattern:
        return frozenset()
    kinds = dict(Location.objects.filter(id__in=location_ids).values_list("id", "capacity_kind"))
    free = free_places(kinds, today=today, fresh_days=fresh_days)
    return frozenset(
        location_id
        for location_id, places in free.items()
        if places.is_fresh and places.from_on <= start_on and pattern.issubset(places.pattern)
        if places.until_on is None or places.until_on > start_on
    )


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
        point=point_at(row.lat, row.lon),
    )
