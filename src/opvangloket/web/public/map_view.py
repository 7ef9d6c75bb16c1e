"""The map of a desk: its municipalities as shapes, its locations as points. Drawn here, readable without script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from opvangloket.domains.providers.search import FoundLocation
from opvangloket.foundation.geography import boundaries

WIDTH = 640.0
_MARGIN = 16.0
_TALLEST = 900.0


@dataclass(frozen=True, slots=True)
class Pin:
    """A location on the map; `number` is its place in the list when it is shown there."""

    x: float
    y: float
    name: str
    slug: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality as an SVG path."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class MapPicture:
    """What the template draws, in a box of `width` × `height`."""

    width: int
    height: int
    areas: tuple[Area, ...]
    pins: tuple[Pin, ...]


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


def picture(territory: Iterable[str], found: Sequence[FoundLocation], *, numbered: dict[str, int]) -> MapPicture | None:
    """Return the map of a territory with these locations, or None when no boundary is known."""
    features = boundaries(territory)["features"]
    shapes = [(feature["properties"]["naam"], _rings(feature["geometry"])) for feature in features]
    if not shapes:
        return None
    project = _Projection([ring for _, rings in shapes for ring in rings])
    areas = tuple(Area(name, " ".join(_path(ring, project) for ring in rings)) for name, rings in shapes)
    pins = []
    for location in found:
        if location.point:
            x, y = project(location.point.lon, location.point.lat)
            if 0 <= x <= WIDTH and 0 <= y <= project.height:
                pins.append(Pin(x, y, location.name, location.slug, numbered.get(location.slug)))
    # Numbered ones last, so that they lie on top.
    pins.sort(key=lambda pin: pin.number is not None)
    return MapPicture(int(WIDTH), project.height, areas, tuple(pins))


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _path(ring: Sequence[Sequence[float]], project: _Projection) -> str:
    points = [project(point[0], point[1]) for point in ring]
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"
