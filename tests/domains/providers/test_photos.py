"""A location has one photo; the former one is forgotten, and the last one some time after the location closed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from tests import pictures
from tests.cast import Town, town

from opvangloket.domains.providers.models import Location, LocationPhoto
from opvangloket.domains.providers.page_edit import PageRefused
from opvangloket.domains.providers.photos import NewPhoto, change_photo
from opvangloket.foundation.files.models import Picture, PictureSize
from opvangloket.foundation.retention.carrying_out import carry_out

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def here(committed_database: str) -> Iterator[Town]:
    """A town in a database where things commit: only the owner forgets, on a connection of its own."""
    return town(NOW)


def show_photo(here: Town, **different: Any) -> None:
    content = pictures.jpeg()
    photo: dict[str, Any] = {"text": "De tuin", "upload": BytesIO(content), "size": len(content)} | different
    with here.at_organiser(here.mias_nestje):
        change_photo(location_id=here.mias_nestje.id, photo=NewPhoto(**photo), actor=here.manager, now=NOW)


def test_a_photo_goes_ninety_days_after_its_location_closed(here: Town) -> None:
    show_photo(here)
    Location.objects.filter(id=here.mias_nestje.id).update(closed_on=here.today - timedelta(days=90))
    carry_out(now=NOW)
    assert Picture.objects.exists()
    carry_out(now=NOW + timedelta(days=2))
    assert (Picture.objects.count(), LocationPhoto.objects.count(), PictureSize.objects.count()) == (0, 0, 0)


def test_a_photo_needs_words_and_a_picture(here: Town) -> None:
    for field, different in (
        ("text", {"text": ""}),
        ("text", {"text": "a" * 151}),
        ("upload", {"upload": None}),
        ("upload", {"upload": BytesIO(pictures.SVG)}),
    ):
        with pytest.raises(PageRefused) as refused:
            show_photo(here, **different)
        assert refused.value.field == field
    assert not Picture.objects.exists()
