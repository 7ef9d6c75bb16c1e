"""The map of a desk: its municipalities as shapes, its locations as points. Drawn here, readable without script.

A location in the list has its number on the map and leads to its page. The others are dots that show where there is
more: a large town has hundreds of them, so they are one line of the drawing, and the script makes them links.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from opvangloket.domains.providers.search import MappedLocation
from opvangloket.foundation.geography import boundaries, rings_of
from opvangloket.web.ground import Projection

WIDTH = 640.0
_MARGIN = 16.0
_TALLEST = 900.0
# Pins on one point stand around it, so far that each can be read and pressed: their circles have a radius of 13.
_APART = 28.0


@dataclass(frozen=True, slots=True)
class Pin:
    """A location on the map that is shown in the list; `number` is its place there."""

    x: str
    y: str
    name: str
    slug: str
    number: int


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality as an SVG path."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class MapPicture:
    """What the template draws, in a box of `width` × `height`; `dots` is an SVG path that is a point at each place."""

    width: int
    height: int
    areas: tuple[Area, ...]
    dots: str
    pins: tuple[Pin, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is the same at every search: the shapes of a territory, and how its degrees become picture units."""

    project: Projection
    areas: tuple[Area, ...]


def picture(
    territory: Iterable[str], found: Sequence[MappedLocation], *, numbered: dict[str, int]
) -> MapPicture | None:
    """Return the map of a territory with these locations, or None when no boundary is known."""
    ground = _ground(tuple(territory))
    if ground is None:
        return None
    dots, pinned = [], []
    for location in found:
        x, y = ground.project(location.point.lon, location.point.lat)
        if not (0 <= x <= WIDTH and 0 <= y <= ground.project.height):
            continue
        if location.slug in numbered:
            pinned.append((location, x, y))
        else:
            dots.append(f"M{x:.1f} {y:.1f}h0")
    pins = _fanned_out(pinned, numbered)
    return MapPicture(int(WIDTH), ground.project.height, ground.areas, "".join(dots), pins)


def _fanned_out(pinned: Sequence[tuple[MappedLocation, float, float]], numbered: dict[str, int]) -> tuple[Pin, ...]:
    """Return the pins, those on one point in a ring around it: none of them hides another."""
    standing = Counter((x, y) for _location, x, y in pinned)
    placed: Counter[tuple[float, float]] = Counter()
    pins = []
    for location, x, y in pinned:
        together = standing[x, y]
        turn = 2 * pi * placed[x, y] / together
        ring = _APART / (2 * sin(pi / together)) if together > 1 else 0.0
        placed[x, y] += 1
        east, south = x - ring * cos(turn), y - ring * sin(turn)
        pins.append(Pin(f"{east:.1f}", f"{south:.1f}", location.name, location.slug, numbered[location.slug]))
    return tuple(pins)


@lru_cache(maxsize=64)
def _ground(territory: tuple[str, ...]) -> _Ground | None:
    features = boundaries(territory)["features"]
    shapes = [(feature["properties"]["naam"], rings_of(feature)) for feature in features]
    if not shapes:
        return None
    rings = [ring for _name, own in shapes for ring in own]
    project = Projection(rings, width=WIDTH, tallest=_TALLEST, margin=_MARGIN)
    return _Ground(project, tuple(Area(name, project.path(own)) for name, own in shapes))
