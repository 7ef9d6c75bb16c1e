"""What is handed in as a picture is drawn anew, or refused with what to do."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests import pictures

from opvangloket.foundation.files.pictures import MOST_BYTES, DrawnSize, PictureRefused, drawn_anew


def drawn(content: bytes) -> tuple[DrawnSize, ...]:
    return drawn_anew(BytesIO(content), size=len(content))


def test_a_photo_is_drawn_as_wide_as_a_page_and_as_small_as_a_card() -> None:
    wide, small = drawn(pictures.jpeg(3000, 2000))
    assert (wide.wanted_width, wide.width, wide.height) == (1280, 1280, 853)
    assert (small.wanted_width, small.width, small.height) == (480, 480, 320)
    with Image.open(BytesIO(small.content)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (480, 320))
        red, green, blue = picture.convert("RGB").getpixel((240, 160))  # type: ignore[misc]
        assert abs(green - 128) < 6
        assert abs(blue - 128) < 6
        assert red < 10


def test_a_small_picture_is_not_blown_up() -> None:
    assert {(size.width, size.height) for size in drawn(pictures.jpeg(200, 150))} == {(200, 150)}


def test_nothing_hidden_survives_and_it_stands_upright() -> None:
    original = pictures.photo_with_a_place()
    assert b"Camera van Mia" in original
    for size in drawn(original):
        assert size.height > size.width
        with Image.open(BytesIO(size.content)) as picture:
            assert dict(picture.getexif()) == {}
            assert {"exif", "xmp", "icc_profile"} & picture.info.keys() == set()


def test_what_hides_behind_the_last_pixel_stays_behind() -> None:
    assert all(b"<script>" not in size.content for size in drawn(pictures.jpeg() + b"<script>alert(1)</script>"))


def test_a_logo_stays_see_through() -> None:
    with Image.open(BytesIO(drawn(pictures.logo())[1].content)) as picture:
        assert picture.mode == "RGBA"
        assert picture.getpixel((10, 10))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Dit is geen foto."),
        (b"%PDF-1.7 verslag", "Dit is geen foto."),
        (b"MZ" + b"\x00" * 500, "Dit is geen foto."),
        (pictures.SVG, "Een tekening in SVG tonen we niet."),
        (pictures.moving(), "Dit beeld beweegt."),
        (pictures.bomb(), "Deze foto heeft te veel pixels."),
        (pictures.jpeg(119, 400), "Deze foto is te klein."),
        (pictures.jpeg()[:900], "Deze foto is beschadigd."),
        (pictures.bomb(side=2_000), "Deze foto is beschadigd."),
    ],
    ids=["nothing", "pdf", "program", "svg", "moving", "bomb", "small", "half", "broken"],
)
def test_what_is_no_still_picture_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        drawn(content)
    assert refused.value.message.startswith(message)


def test_what_is_too_large_is_not_even_read() -> None:
    class Unread(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise AssertionError("it was read")

    with pytest.raises(PictureRefused, match="hoogstens 12 MB"):
        drawn_anew(Unread(), size=MOST_BYTES + 1)


@given(st.binary(max_size=300), st.sampled_from([pictures.jpeg(160, 160), pictures.logo(), pictures.moving()]))
def test_no_bytes_break_it(noise: bytes, whole: bytes) -> None:
    half = len(whole) // 2
    for content in (noise, whole[:40] + noise, whole[:half] + noise + whole[half:]):
        with suppress(PictureRefused):
            assert len(drawn(content)) == 2
