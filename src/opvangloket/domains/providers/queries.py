"""What may be read of organisers and locations."""

from dataclasses import dataclass
from uuid import UUID

from opvangloket.domains.providers.models import Location


def locations_of_organiser(organiser_id: UUID, *, only: frozenset[UUID] | None = None) -> frozenset[UUID]:
    """Return the ids of an organiser's locations, limited to `only` when given."""
    locations = Location.objects.filter(organiser_id=organiser_id)
    if only is not None:
        locations = locations.filter(id__in=only)
    return frozenset(locations.values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class WhoseLocation:
    """A location, and of which organiser it is."""

    id: UUID
    organiser_id: UUID


def location_by_slug(slug: str) -> WhoseLocation | None:
    """Return whose location has this slug; which locations there are is public."""
    row = Location.objects.filter(slug=slug).values_list("id", "organiser_id").first()
    return WhoseLocation(*row) if row else None
