"""What may be read of organisers and locations."""

from uuid import UUID

from opvangloket.domains.providers.models import Location


def locations_of_organiser(organiser_id: UUID, *, only: frozenset[UUID] | None = None) -> frozenset[UUID]:
    """Return the ids of an organiser's locations, limited to `only` when given."""
    locations = Location.objects.filter(organiser_id=organiser_id)
    if only is not None:
        locations = locations.filter(id__in=only)
    return frozenset(locations.values_list("id", flat=True))
