"""The photo or logo of a location: one at a time, drawn anew, with words for who cannot see it (SPEC §6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import Location, LocationPhoto
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.page_edit import PageRefused, confirm_part
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.files.keeping import forget_pictures, keep_picture
from opvangloket.foundation.files.pictures import PictureRefused, drawn_anew
from opvangloket.rules.location_page import PagePart

LONGEST_WORDS: Final = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPhoto:
    """A photo or logo; without `upload` the picture that is there keeps its place and gets other words."""

    text: str
    is_logo: bool = False
    upload: BinaryIO | None = None
    size: int = 0


@transaction.atomic
def change_photo(*, location_id: UUID, photo: NewPhoto, actor: Actor, now: datetime) -> None:
    """Show another photo, or tell in other words what is on it; the former picture is forgotten. Raises PageRefused."""
    if not photo.text:
        raise PageRefused("text", "Schrijf wat er op de foto staat. Wie niet ziet, hoort dit.")
    if len(photo.text) > LONGEST_WORDS:
        raise PageRefused("text", f"Dit is te lang. Schrijf hoogstens {LONGEST_WORDS} tekens.")
    try:
        sizes = drawn_anew(photo.upload, size=photo.size) if photo.upload else ()
    except PictureRefused as refused:
        raise PageRefused("upload", refused.message) from refused
    location = locked_location(location_id)
    known = LocationPhoto.objects.filter(location=location).first()
    if sizes:
        _forget(location)
        LocationPhoto.objects.create(
            location=location, picture_id=keep_picture(sizes, now=now), text=photo.text, is_logo=photo.is_logo
        )
    elif known:
        known.text, known.is_logo = photo.text, photo.is_logo
        known.save(update_fields=["text", "is_logo"])
    else:
        raise PageRefused("upload", "Kies een foto of een logo.")
    confirm_part(location, PagePart.PHOTO, actor=actor, now=now)


@transaction.atomic
def drop_photo(*, location_id: UUID, actor: Actor, now: datetime) -> None:
    """Take the photo away and forget it. A second time changes nothing."""
    location = locked_location(location_id)
    if _forget(location):
        confirm_part(location, PagePart.PHOTO, actor=actor, now=now)


def _forget(location: Location) -> bool:
    """Forget the picture of a location, and return whether there was one."""
    shown = list(LocationPhoto.objects.filter(location=location).values_list("picture_id", flat=True))
    forget_pictures(shown)
    return bool(shown)
