"""Logos for locations that never were: a simple shape on a soft ground, another one per location."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from io import BytesIO
from math import cos, pi, sin
from random import Random
from typing import Final

from PIL import Image, ImageDraw

from opvangloket.domains.providers.models import Location, LocationPhoto
from opvangloket.foundation.files.models import Picture, PictureSize
from opvangloket.foundation.files.pictures import drawn_anew
from opvangloket.simulation.chance import happens

_WIDE, _HIGH = 960, 640
_MIDDLE: Final = (_WIDE // 2, _HIGH // 2)
_GROUNDS: Final = ("#FDEBD6", "#E3F0F1", "#E4F1E6", "#F6E7B4")
_INKS: Final = ("#0F5B66", "#276B43", "#A63D2F", "#F2A65A")
_FORGOT_THEIR_LOGO: Final = 0.2

Logo = tuple[Picture, tuple[PictureSize, ...], LocationPhoto]


def logos(locations: Iterable[Location], *, now: datetime) -> Iterator[Logo]:
    """Yield the unsaved rows of a logo for most of these locations."""
    for location in locations:
        random = Random(f"logo of {location.slug}")
        if happens(random, _FORGOT_THEIR_LOGO):
            continue
        picture = Picture(name=f"{random.getrandbits(128):032x}", kept_at=now)
        drawing = BytesIO()
        _drawn(random).save(drawing, "PNG")
        drawing.seek(0)
        sizes = tuple(
            PictureSize(
                picture=picture,
                wanted_width=size.wanted_width,
                width=size.width,
                height=size.height,
                content=size.content,
            )
            for size in drawn_anew(drawing, size=drawing.getbuffer().nbytes)
        )
        yield (
            picture,
            sizes,
            LocationPhoto(location=location, picture=picture, text=f"Logo van {location.name}"[:150], is_logo=True),
        )


def _drawn(random: Random) -> Image.Image:
    picture = Image.new("RGB", (_WIDE, _HIGH), random.choice(_GROUNDS))
    random.choice(_SHAPES)(ImageDraw.Draw(picture), random)
    return picture


def _rainbow(draw: ImageDraw.ImageDraw, random: Random) -> None:
    x, y = _MIDDLE
    for number, ink in enumerate(random.sample(_INKS, 3)):
        reach = 260 - number * 62
        draw.arc((x - reach, y + 110 - reach, x + reach, y + 110 + reach), 180, 360, fill=ink, width=44)


def _flower(draw: ImageDraw.ImageDraw, random: Random) -> None:
    x, y = _MIDDLE
    petal, heart = random.sample(_INKS, 2)
    for number in range(6):
        turn = number * pi / 3
        at_x, at_y = x + 130 * cos(turn), y + 130 * sin(turn)
        draw.ellipse((at_x - 85, at_y - 85, at_x + 85, at_y + 85), fill=petal)
    draw.ellipse((x - 75, y - 75, x + 75, y + 75), fill=heart)


def _house(draw: ImageDraw.ImageDraw, random: Random) -> None:
    x, y = _MIDDLE
    roof, wall = random.sample(_INKS, 2)
    draw.rounded_rectangle((x - 150, y - 30, x + 150, y + 210), 24, fill=wall)
    draw.polygon(((x - 210, y - 10), (x, y - 210), (x + 210, y - 10)), fill=roof)
    draw.rounded_rectangle((x - 45, y + 80, x + 45, y + 210), 20, fill="#FBF8F3")


def _balloons(draw: ImageDraw.ImageDraw, random: Random) -> None:
    x, y = _MIDDLE
    for number, ink in enumerate(random.sample(_INKS, 3)):
        at_x, at_y = x + (number - 1) * 170, y - 70 + abs(number - 1) * 50
        draw.line((at_x, at_y + 100, x, y + 250), fill=ink, width=8)
        draw.ellipse((at_x - 85, at_y - 105, at_x + 85, at_y + 105), fill=ink)


_SHAPES: Final[tuple[Callable[[ImageDraw.ImageDraw, Random], None], ...]] = (_rainbow, _flower, _house, _balloons)
