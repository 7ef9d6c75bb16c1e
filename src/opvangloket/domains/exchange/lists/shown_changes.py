"""What is shown before it is done: whoever approves a change approves what was shown, and nothing newer."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final
from uuid import UUID

from opvangloket.domains.providers.models import Location
from opvangloket.foundation.errors import OpvangloketError

_KEY_LENGTH: Final = 16


class ChangedSinceShown(OpvangloketError):
    """A row is no longer as it was shown."""

    code = "changed_since_shown"
    message = "Er veranderde intussen iets. Kijk de lijst nog eens na."


def key_of(*told: object) -> str:
    """Return a name for exactly what is told."""
    return sha256("\x1f".join(map(str, told)).encode()).hexdigest()[:_KEY_LENGTH]


def lock_locations(location_ids: Iterable[UUID]) -> None:
    """Lock locations in the order of their ids, as whoever takes places does."""
    ids = sorted(location_ids)
    list(Location.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id").values_list("id"))
