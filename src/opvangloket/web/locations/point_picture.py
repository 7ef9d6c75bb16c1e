"""A location on the map, drawn here: its municipality as a shape, and from nearby how far the point goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from opvangloket.domains.providers.map_point import NamedPoint
from opvangloket.foundation.geography import boundaries, rings_of
from opvangloket.rules.map_points import write_point
from opvangloket.rules.neutrality import METRES_PER_DEGREE, Point, distance_m
from opvangloket.rules.shapes import Ring
from opvangloket.web.ground import Projection, square_around

# A town is drawn small: half a page wide, and in a column beside the text.
TOWN_WIDTH: Final = 320.0
_TOWN_TALLEST: Final = 300.0
_MARGIN: Final = 12.0
NEARBY_WIDTH: Final = 320.0
_SMALLEST_HALF_M: Final = 100.0
_ROOM: Final = 0.75  # of the way between both points, on each side of the middle
_SQUARES_M: Final = (50, 100, 250, 500, 1000, 2500, 5000)
_MOST_SQUARES: Final = 7


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the drawing; `name` is what it says when somebody points at it."""

    x: float
    y: float
    name: str = ""

    @property
    def at(self) -> str:
        """Where it is drawn, as a drawing writes it."""
        return f"{self.x:.1f} {self.y:.1f}"

    @property
    def is_right(self) -> bool:
        """Whether its words stand to the left of it: to the right there is no room."""
        return self.x > NEARBY_WIDTH * 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class TownPicture:
    """A municipality with one or two marks on it, and the other own locations as dots."""

    width: int
    height: int
    town: str
    border: str
    now: Mark | None
    then: Mark | None
    others: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyPicture:
    """The place from nearby: squares of `square_m` metres, the border when it is near, the point now and then."""

    width: int
    border: str
    squares: str
    square_m: int
    now: Mark | None
    then: Mark | None
    others: tuple[Mark, ...]

    @property
    def now_is_left(self) -> bool:
        """Whether the words of now stand to the left of its mark: on the other side than where the point goes."""
        return bool(self.now and self.then and self.then.x >= self.now.x)

    @property
    def way(self) -> str:
        """The line from now to then; empty without both."""
        return f"M{self.now.at}L{self.then.at}" if self.now and self.then else ""


def town_picture(
    nis_code: str, *, now: Point | None, then: Point | None = None, others: Iterable[NamedPoint] = ()
) -> TownPicture | None:
    """Return the drawing of a municipality; None when its border is not known."""
    ground = _ground(nis_code)
    if ground is None:
        return None
    project, town, border = ground
    return TownPicture(
        width=int(TOWN_WIDTH),
        height=project.height,
        town=town,
        border=border,
        now=_mark(project, now) if now else None,
        then=_mark(project, then) if then else None,
        others=tuple(_mark(project, one.point, one.name) for one in others),
    )


def nearby_picture(
    nis_code: str, *, now: Point | None, then: Point | None, others: Iterable[NamedPoint] = ()
) -> NearbyPicture | None:
    """Return the drawing around both points, the one in its middle when there is only one; None without any."""
    shown = [point for point in (now, then) if point]
    if not shown:
        return None
    middle = Point(sum(point.lat for point in shown) / len(shown), sum(point.lon for point in shown) / len(shown))
    half_m = max(_SMALLEST_HALF_M, distance_m(shown[0], shown[-1]) * _ROOM)
    window = square_around(middle.lon, middle.lat, half_degrees=half_m / METRES_PER_DEGREE)
    project = Projection(window, width=NEARBY_WIDTH, tallest=NEARBY_WIDTH, margin=0)
    square_m = next((size for size in _SQUARES_M if 2 * half_m / size <= _MOST_SQUARES), _SQUARES_M[-1])
    return NearbyPicture(
        width=int(NEARBY_WIDTH),
        border=project.path(_rings(nis_code)),
        squares=_squares(project, middle, square_m),
        square_m=square_m,
        now=_mark(project, now) if now else None,
        then=_mark(project, then) if then else None,
        others=tuple(mark for one in others if _is_inside(mark := _mark(project, one.point, one.name))),
    )


def map_url(point: Point, *, zoom: int = 18) -> str:
    """Return the address of a map with streets on which this point is marked; nothing is sent until somebody goes there."""
    lat, lon = write_point(point).split(", ")
    return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map={zoom}/{lat}/{lon}"


def _squares(project: Projection, middle: Point, square_m: int) -> str:
    """Return lines this many metres apart, from the middle outward, so that a step is seen against them.

    They run on past the picture: its box may be wider than it is tall.
    """
    apart = square_m / METRES_PER_DEGREE * project.scale
    x, y = project(middle.lon, middle.lat)
    count = int(NEARBY_WIDTH / apart) + 1
    places = [number * apart for number in range(-count, count + 1)]
    first, last = f"{-NEARBY_WIDTH / 2:.0f}", f"{NEARBY_WIDTH * 1.5:.0f}"
    upright = "".join(f"M{x + place:.1f} {first}V{last}" for place in places)
    return upright + "".join(f"M{first} {y + place:.1f}H{last}" for place in places)


def _mark(project: Projection, point: Point, name: str = "") -> Mark:
    return Mark(*project(point.lon, point.lat), name)


def _is_inside(mark: Mark) -> bool:
    return 0 <= mark.x <= NEARBY_WIDTH and 0 <= mark.y <= NEARBY_WIDTH


@lru_cache(maxsize=512)
def _ground(nis_code: str) -> tuple[Projection, str, str] | None:
    features = boundaries([nis_code])["features"]
    if not features:
        return None
    rings = rings_of(features[0])
    project = Projection(rings, width=TOWN_WIDTH, tallest=_TOWN_TALLEST, margin=_MARGIN)
    return project, features[0]["properties"]["naam"], project.path(rings)


def _rings(nis_code: str) -> Sequence[Ring]:
    features = boundaries([nis_code])["features"]
    return rings_of(features[0]) if features else ()
