"""The order in which families see locations: documented, and deaf to name, owner and order of entry (SPEC §12).

With a place of the family: nearest first, in steps of 50 metres. Without: an order that changes every day and is the
same for everyone that day. Whoever stands equal takes turns by day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import asin, cos, radians, sin, sqrt
from typing import Final
from uuid import UUID

EARTH_RADIUS_M: Final = 6_371_008.8
# From south to north; from west to east it is this times the cosine of the latitude.
METRES_PER_DEGREE: Final = radians(1) * EARTH_RADIUS_M
# Addresses are points in the street: a smaller difference says nothing about who is nearer.
DISTANCE_STEP_M: Final = 50


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, in degrees (WGS 84)."""

    lat: float
    lon: float


def point_at(lat: float | None, lon: float | None) -> Point | None:
    """Return the point with these degrees; None unless both are known."""
    return Point(lat, lon) if lat is not None and lon is not None else None


@dataclass(frozen=True, slots=True)
class Listed:
    """All that the order may know of a location: its id and where it is."""

    location_id: UUID
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A location in its place in the list, with its distance in metres where that is known."""

    location_id: UUID
    distance_m: float | None


def search_order(locations: Iterable[Listed], *, day: date, origin: Point | None = None) -> tuple[Shown, ...]:
    """Return the locations in the order in which everyone sees them on that Brussels day.

    With an origin, locations of which the point is not known come last, by turn.
    """
    shown = [
        Shown(listed.location_id, distance_m(origin, listed.point) if origin and listed.point else None)
        for listed in locations
    ]
    steps = [_step(entry.distance_m) for entry in shown]
    standing = Counter(steps)

    def place(stepped: tuple[float, Shown]) -> tuple[float, bytes]:
        step, entry = stepped
        return step, turn(entry.location_id, day) if standing[step] > 1 else b""

    return tuple(entry for _, entry in sorted(zip(steps, shown, strict=True), key=place))


def turn(location_id: UUID, day: date) -> bytes:
    """Return the place of a location in the order of the day: chance to people, but the same for all who look."""
    return sha256(f"{day.isoformat()}:{location_id}".encode()).digest()


def distance_m(a: Point, b: Point) -> float:
    """Return the distance over the earth between two points in metres (haversine)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, half_chord)))


def _step(distance: float | None) -> float:
    return float("inf") if distance is None else distance // DISTANCE_STEP_M
