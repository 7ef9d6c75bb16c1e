"""The point of a location on the map: read from what people paste, moved in small steps, and where it comes from.

Whoever copies a point from a map gets two numbers, degrees with minutes, or the address of that map. All of them are
read. Two numbers in the wrong order are put right: in Belgium the north is always the larger one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import atan2, cos, degrees, radians
from typing import Final

from opvangloket.rules.neutrality import METRES_PER_DEGREE, Point, distance_m

# Five decimals are one metre: what maps show, and finer than anybody points at a door.
DECIMALS: Final = 5
STEPS_M: Final = (10, 25, 100)
USUAL_STEP_M: Final = 25
EXAMPLE: Final = "50.83680, 4.02130"
WINDS: Final = ("noorden", "noordoosten", "oosten", "zuidoosten", "zuiden", "zuidwesten", "westen", "noordwesten")
_SOUTH, _NORTH, _WEST, _EAST = 49.49, 51.51, 2.54, 6.41  # of Belgium, rounded outward
_SAME_PLACE_M: Final = 5.0


class Direction(StrEnum):
    """Where a small step goes."""

    NORTH = "north"
    EAST = "east"
    SOUTH = "south"
    WEST = "west"


class PointOrigin(StrEnum):
    """Where the point of a location comes from."""

    SET = "set"  # by hand, by somebody who knows the place
    KNOWN = "known"  # it came along with the location, and nobody set it here
    MIDDLE = "middle"  # the middle of the postcode, for want of anything better
    MISSING = "missing"


class Unread(StrEnum):
    """Why a text is no point."""

    EMPTY = "empty"
    NO_POINT = "no_point"
    ONE_NUMBER = "one_number"
    BARE_LINK = "bare_link"
    ABROAD = "abroad"


WHY_UNREAD: Final[Mapping[Unread, str]] = {
    Unread.EMPTY: f"Plak hier het punt van de opvang. Een voorbeeld: {EXAMPLE}.",
    Unread.NO_POINT: f"Hierin vinden we geen punt. Plak de twee getallen van de kaart, bijvoorbeeld {EXAMPLE}.",
    Unread.ONE_NUMBER: f"Dit is maar één getal. Een punt heeft er twee, bijvoorbeeld {EXAMPLE}.",
    Unread.BARE_LINK: "In dit webadres staat geen punt. Open het, en kopieer de twee getallen van de kaart.",
    Unread.ABROAD: "Dit punt ligt niet in België. Kijk de twee getallen na.",
}


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """A point that was read; `was_turned` when its two numbers stood in the wrong order."""

    point: Point
    was_turned: bool = False


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Where a location stands on the map; `set_on` is the day on which somebody last set it by hand."""

    point: Point | None
    origin: PointOrigin
    postcode: str = ""
    set_on: date | None = None

    @property
    def is_unset(self) -> bool:
        """Whether somebody still has to say where the location really is."""
        return self.origin in {PointOrigin.MIDDLE, PointOrigin.MISSING}


class NoPoint(ValueError):
    """A text that is no point in Belgium; `reason` says why."""

    def __init__(self, reason: Unread) -> None:
        super().__init__(WHY_UNREAD[reason])
        self.reason = reason


def read_point(text: str) -> ReadPoint:
    """Read a point in Belgium from whatever was pasted; raise NoPoint.

    Understood are two numbers with a point or a comma ("50,83680 4,02130"), degrees with minutes and seconds with or
    without N and E, `geo:` and the addresses of maps with the point in them.
    """
    pasted = text.strip()
    if not pasted:
        raise NoPoint(Unread.EMPTY)
    pairs = list(_pairs(pasted))
    if not pairs:
        raise NoPoint(_why_none(pasted))
    for north, east in pairs:
        if _is_in_belgium(north, east):
            return ReadPoint(rounded(Point(north, east)))
    for east, north in pairs:
        if _is_in_belgium(north, east):
            return ReadPoint(rounded(Point(north, east)), was_turned=True)
    raise NoPoint(Unread.ABROAD)


def write_point(point: Point) -> str:
    """Return a point as a map shows it and as `read_point` reads it: "50.83680, 4.02130"."""
    return f"{point.lat:.{DECIMALS}f}, {point.lon:.{DECIMALS}f}"


def rounded(point: Point) -> Point:
    """Return a point to the metre."""
    return Point(round(point.lat, DECIMALS), round(point.lon, DECIMALS))


def step(point: Point, direction: Direction, metres: int) -> Point:
    """Return the point this many metres further, to the metre; a step back is exactly where it was."""
    north = metres / METRES_PER_DEGREE
    east = north / cos(radians(point.lat))
    match direction:
        case Direction.NORTH:
            return rounded(Point(point.lat + north, point.lon))
        case Direction.SOUTH:
            return rounded(Point(point.lat - north, point.lon))
        case Direction.EAST:
            return rounded(Point(point.lat, point.lon + east))
        case Direction.WEST:
            return rounded(Point(point.lat, point.lon - east))


def wind(start: Point, end: Point) -> str:
    """Return whereto a point goes, as people say it: "noordoosten"."""
    east = (end.lon - start.lon) * cos(radians(start.lat))
    clockwise = degrees(atan2(east, end.lat - start.lat)) % 360
    return WINDS[round(clockwise / 45) % len(WINDS)]


def with_origin(point: Point | None, *, postcode: str, middle: Point | None, set_on: date | None) -> MapPoint:
    """Return a point with where it comes from; `middle` is that of the postcode of its address."""
    if point is None:
        return MapPoint(None, PointOrigin.MISSING, postcode)
    if set_on is not None:
        return MapPoint(point, PointOrigin.SET, postcode, set_on)
    is_middle = middle is not None and distance_m(point, middle) <= _SAME_PLACE_M
    return MapPoint(point, PointOrigin.MIDDLE if is_middle else PointOrigin.KNOWN, postcode)


_DECIMAL: Final = r"[-+]?\d{1,3}\.\d+"
# What maps put in their address, the pin before the middle of what was on the screen.
_LINKS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"mlat=({_DECIMAL})&(?:amp;)?mlon=({_DECIMAL})",
        rf"!3d({_DECIMAL})!4d({_DECIMAL})",
        rf"\bgeo:({_DECIMAL}),({_DECIMAL})",
        rf"[?&/](?:q|query|ll|sll|center|cp|destination|daddr|place|search)[=/]\s*(?:loc:)?({_DECIMAL})[,+~/]+({_DECIMAL})",
        rf"@({_DECIMAL}),({_DECIMAL})",
        rf"#map=\d+(?:\.\d+)?/({_DECIMAL})/({_DECIMAL})",
        rf"#\d+(?:\.\d+)?/({_DECIMAL})/({_DECIMAL})",
    )
)
# Both ways of writing: "50.83680" and "50,83680". Three groups of digits, as in a date, are no number.
_NUMBER: Final = re.compile(r"(?<![\d.])[-+]?\d{1,3}[.,]\d++(?!\.\d)")
_MINUTES: Final = re.compile(
    r"""(?P<before>[NZSEOW]\s*)?
        (?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°º]\s*
        (?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*(?!['′’]))?
        (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|['′’]{2})\s*)?
        (?P<after>[NZSEOW](?![a-z]))?""",
    re.VERBOSE | re.IGNORECASE,
)
_LINK: Final = re.compile(r"https?:|www\.|\bgoo\.gl\b", re.IGNORECASE)
_BACKWARD: Final = frozenset("zsw")
_EASTWARD: Final = frozenset("eow")
_PARTS: Final = ("degrees", "minutes", "seconds")
_SIXTY: Final = 60
_TWO: Final = 2


def _pairs(pasted: str) -> Iterator[tuple[float, float]]:
    """Yield what may be north and east, the surest first."""
    address = re.sub("%2c", ",", pasted, flags=re.IGNORECASE)
    for link in _LINKS:
        for found in link.finditer(address):
            yield float(found[1]), float(found[2])
    if _LINK.search(pasted):
        return
    if pair := _in_minutes(pasted):
        yield pair
        return
    numbers = _numbers(pasted)
    if len(numbers) == _TWO:
        yield numbers[0], numbers[1]


def _in_minutes(pasted: str) -> tuple[float, float] | None:
    """Read two angles in degrees, minutes and seconds; letters say which of both is the north."""
    angles = [_angle(found) for found in _MINUTES.finditer(pasted)]
    if len(angles) != _TWO or None in angles:
        return None
    (first, letter), (second, _other) = (angle for angle in angles if angle)
    return (second, first) if letter in _EASTWARD else (first, second)


def _angle(found: re.Match[str]) -> tuple[float, str] | None:
    """Return an angle with the letter beside it; None when it has more than sixty minutes."""
    degrees, minutes, seconds = (float((found[part] or "0").replace(",", ".")) for part in _PARTS)
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    letter = (found["before"] or found["after"] or "").strip().casefold()
    angle = degrees + minutes / _SIXTY + seconds / _SIXTY**2
    return (-angle if letter in _BACKWARD else angle), letter


def _numbers(pasted: str) -> list[float]:
    return [float(found[0].replace(",", ".")) for found in _NUMBER.finditer(pasted)]


def _why_none(pasted: str) -> Unread:
    if _LINK.search(pasted):
        return Unread.BARE_LINK
    return Unread.ONE_NUMBER if len(_numbers(pasted)) == 1 else Unread.NO_POINT


def _is_in_belgium(north: float, east: float) -> bool:
    return _SOUTH <= north <= _NORTH and _WEST <= east <= _EAST
