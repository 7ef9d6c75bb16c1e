"""Shapes on the map: whether a point lies within one, and how far it is from its border.

A shape is its rings of (longitude, latitude) in degrees, as GeoJSON has them; a ring in a ring is a hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, inf, radians

from opvangloket.rules.neutrality import METRES_PER_DEGREE, Point

Ring = Sequence[Sequence[float]]


def contains(rings: Iterable[Ring], point: Point) -> bool:
    """Tell whether a point lies within a shape: a line from it to the east crosses the border an odd number of times."""
    crossings = 0
    for (lon, lat), (next_lon, next_lat) in _sides(rings):
        if (lat > point.lat) != (next_lat > point.lat):
            crosses_at = lon + (next_lon - lon) * (point.lat - lat) / (next_lat - lat)
            crossings += point.lon < crosses_at
    return crossings % 2 == 1


def metres_to_border(rings: Iterable[Ring], point: Point) -> float:
    """Return the distance in metres from a point to the nearest border of a shape; infinite for no shape.

    The earth is taken as flat around the point, which is right to the metre for what is kilometres away.
    """
    tall = METRES_PER_DEGREE
    wide = tall * cos(radians(point.lat))

    def nearest(start: Sequence[float], end: Sequence[float]) -> float:
        x, y = (start[0] - point.lon) * wide, (start[1] - point.lat) * tall
        east, north = (end[0] - start[0]) * wide, (end[1] - start[1]) * tall
        length = east * east + north * north
        share = min(1.0, max(0.0, -(x * east + y * north) / length)) if length else 0.0
        return hypot(x + share * east, y + share * north)

    return min((nearest(start, end) for start, end in _sides(rings)), default=inf)


def _sides(rings: Iterable[Ring]) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    for ring in rings:
        yield from pairwise(ring)
