"""Which photo or logo each location shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from opvangloket.domains.providers.models import LocationPhoto


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """The photo or logo of a location: under which name it is kept, and what is on it."""

    name: str
    text: str
    is_logo: bool


def photos_of(location_ids: Iterable[UUID]) -> dict[UUID, ShownPhoto]:
    """Return the photo of each location that has one, in one query."""
    rows = LocationPhoto.objects.filter(location_id__in=list(location_ids)).select_related("picture")
    return {row.location_id: ShownPhoto(row.picture.name, row.text, row.is_logo) for row in rows}
