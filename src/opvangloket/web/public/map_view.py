"""The map of a desk: its municipalities as shapes, its locations as points. Drawn here, readable without script.

A location in the list has its number on the map and leads to its page. The others are dots that show where there is
more: a large town has hundreds of them, so they are one line of the drawing, and the script makes them links.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Any

from opvangloket.domains.providers.search import MappedLocation
from opvangloket.foundation.geography import boundaries

WIDTH = 640.0
_MARGIN = 16.0
_TALLEST = 900.0


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

    project: "_Projection"
    areas: tuple[Area, ...]


class _Projection:
    """Degrees to picture units: straight, with longitude shortened at this latitude. Enough for one desk."""

    def __init__(self, rings: Iterable[Sequence[Sequence[float]]]) -> None:
        points = [point for ring in rings for point in ring]
        lons, lats = [point[0] for point in points], [point[1] for point in points]
        self.west, self.north = min(lons), max(lats)
        self.shorten = cos(radians((self.north + min(lats)) / 2))
        wide, tall = (max(lons) - self.west) * self.shorten, self.north - min(lats)
        self.scale = min((WIDTH - 2 * _MARGIN) / wide, (_TALLEST - 2 * _MARGIN) / tall)
        self.height = round(tall * self.scale + 2 * _MARGIN)

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        x = _MARGIN + (lon - self.west) * self.shorten * self.scale
        return round(x, 1), round(_MARGIN + (self.north - lat) * self.scale, 1)


def picture(
    territory: Iterable[str], found: Sequence[MappedLocation], *, numbered: dict[str, int]
) -> MapPicture | None:
    """Return the map of a territory with these locations, or None when no boundary is known."""
    ground = _ground(tuple(territory))
    if ground is None:
        return None
    dots, pins = [], []
    for location in found:
        x, y = ground.project(location.point.lon, location.point.lat)
        if not (0 <= x <= WIDTH and 0 <= y <= ground.project.height):
            continue
        if number := numbered.get(location.slug):
            pins.append(Pin(f"{x:.1f}", f"{y:.1f}", location.name, location.slug, number))
        else:
            dots.append(f"M{x:.1f} {y:.1f}h0")
    return MapPicture(int(WIDTH), ground.project.height, ground.areas, "".join(dots), tuple(pins))


@lru_cache(maxsize=64)
def _ground(territory: tuple[str, ...]) -> _Ground | None:
    features = boundaries(territory)["features"]
    shapes = [(feature["properties"]["naam"], _rings(feature["geometry"])) for feature in features]
    if not shapes:
        return None
    project = _Projection([ring for _, rings in shapes for ring in rings])
    return _Ground(
        project, tuple(Area(name, " ".join(_path(ring, project) for ring in rings)) for name, rings in shapes)
    )


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _path(ring: Sequence[Sequence[float]], project: _Projection) -> str:
    points = [project(point[0], point[1]) for point in ring]
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"
