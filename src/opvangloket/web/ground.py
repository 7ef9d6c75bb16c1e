"""The ground of a drawn map: degrees become picture units, the border of a municipality becomes a path."""

from collections.abc import Iterable, Sequence
from math import cos, radians

from opvangloket.rules.shapes import Ring


class Projection:
    """Degrees to picture units: straight, with longitude shortened at this latitude. Enough for one desk.

    The rings fill a box of `width`, or of `tallest` where that is sooner full; `height` is what they take. They stand
    in the middle of it.
    """

    def __init__(self, rings: Iterable[Ring], *, width: float, tallest: float, margin: float) -> None:
        points = [point for ring in rings for point in ring]
        lons, lats = [point[0] for point in points], [point[1] for point in points]
        self.west, self.north = min(lons), max(lats)
        self.shorten = cos(radians((self.north + min(lats)) / 2))
        wide, tall = (max(lons) - self.west) * self.shorten, self.north - min(lats)
        self.scale = min((width - 2 * margin) / wide, (tallest - 2 * margin) / tall)
        self.height = round(tall * self.scale + 2 * margin)
        self._left = (width - wide * self.scale) / 2
        self._top = margin

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place is drawn."""
        x = self._left + (lon - self.west) * self.shorten * self.scale
        return round(x, 1), round(self._top + (self.north - lat) * self.scale, 1)

    def path(self, rings: Iterable[Ring]) -> str:
        """Return these rings as the path of a drawing."""
        return " ".join(f"M{'L'.join(f'{x} {y}' for x, y in self._projected(ring))}Z" for ring in rings)

    def _projected(self, ring: Ring) -> list[tuple[float, float]]:
        return [self(point[0], point[1]) for point in ring]


def square_around(lon: float, lat: float, *, half_degrees: float) -> Sequence[Ring]:
    """Return a square of twice these degrees of latitude around a point, as one ring."""
    wide = half_degrees / cos(radians(lat))
    west, east, south, north = lon - wide, lon + wide, lat - half_degrees, lat + half_degrees
    return (((west, south), (east, south), (east, north), (west, north), (west, south)),)
