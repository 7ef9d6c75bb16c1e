"""Searching the supply of a desk: what a family filters on, and what a result shows.

The filters run on the location rows; free places are told for the locations that are shown only, unless the family
asks for free places, because then they decide who is shown. The order is that of `rules.neutrality`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from opvangloket.domains.providers.free_places import FreePlaces, free_places
from opvangloket.domains.providers.models import (
    CapacityKind,
    Location,
    LocationInDesk,
    LocationType,
    OpeningHours,
    Tariff,
)
from opvangloket.domains.providers.moving import AnnouncedMove, announced_moves
from opvangloket.domains.providers.shown_photos import ShownPhoto, photos_of
from opvangloket.foundation.geography import name_of_code
from opvangloket.rules.asked_times import Times, days_at, parts_at
from opvangloket.rules.neutrality import Listed, Point, point_at, search_order
from opvangloket.rules.patterns import WEEKDAYS, CareHours, DayHours, WeekPattern

EARLY: Final = 7 * 60
LATE: Final = 18 * 60
NO_PARTS: Final = WeekPattern()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What a family looks for; whatever is empty does not matter to it."""

    pattern: WeekPattern = NO_PARTS
    times: Times | None = None
    type: LocationType | None = None
    income_tariff: bool = False
    free_price: bool = False
    early: bool = False
    late: bool = False
    weekend: bool = False
    night: bool = False
    inclusive: bool = False
    accessible: bool = False
    free_only: bool = False

    @property
    def asks_hours(self) -> bool:
        """Whether opening hours decide who fits."""
        return bool(self.pattern or self.times or self.early or self.late or self.weekend)


@dataclass(frozen=True, slots=True)
class MappedLocation:
    """A location on the map."""

    slug: str
    name: str
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLocation:
    """A location in the results."""

    id: UUID
    slug: str
    name: str
    type: LocationType
    tariff: Tariff
    town: str
    point: Point | None
    distance_m: float | None
    opening: CareHours
    opened: WeekPattern
    inclusive: bool
    tells_places: bool
    free: FreePlaces | None = None
    photo: ShownPhoto | None = None
    moves: AnnouncedMove | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """One page of results, and every location found of which the place is known, for the map."""

    total: int
    shown: tuple[FoundLocation, ...]
    everywhere: tuple[MappedLocation, ...]


class _Row(NamedTuple):
    """What a search reads of each location of a desk: a large town has hundreds, of which it shows a few."""

    id: UUID
    slug: str
    name: str
    type: str
    tariff: str
    nis_code: str
    lat: float | None
    lon: float | None
    noon: int
    inclusive: bool | None
    capacity_kind: str


def locations_of_desk(desk_id: UUID, *, today: date) -> QuerySet[Location]:
    """Return the running locations that a desk sees today."""
    seen = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), location_id=OuterRef("id"), desk_id=desk_id, start_on__lte=today
    )
    running = Q(closed_on=None) | Q(closed_on__gt=today)
    return Location.objects.filter(running, Exists(seen))


def search(
    desk_id: UUID,
    *,
    today: date,
    wanted: SearchFilter,
    origin: Point | None = None,
    fresh_days: int,
    first: int = 0,
    count: int = 20,
) -> SearchResult:
    """Return the locations of a desk that fit, in the neutral order of the day, in a fixed number of queries."""
    matching = _matching(locations_of_desk(desk_id, today=today), wanted)
    rows = {row.id: row for row in map(_Row._make, matching.values_list(*_Row._fields))}
    hours, fitting = {}, rows
    if wanted.asks_hours:
        hours = _opening_hours(rows)
        fitting = {key: row for key, row in rows.items() if _opens(hours.get(key, ()), row.noon, wanted)}
    free: Mapping[UUID, FreePlaces] = {}
    if wanted.free_only:
        free = free_places(_kinds(fitting.values()), today=today, fresh_days=fresh_days)
        fitting = {
            key: row for key, row in fitting.items() if _has_room(free.get(key), hours.get(key, ()), row.noon, wanted)
        }
    points = {key: point_at(row.lat, row.lon) for key, row in fitting.items()}
    order = search_order((Listed(key, point) for key, point in points.items()), day=today, origin=origin)
    page = {entry.location_id: entry.distance_m for entry in order[first : first + count]}
    if not wanted.free_only:
        free = free_places(_kinds(fitting[key] for key in page), today=today, fresh_days=fresh_days)
    if not wanted.asks_hours:
        hours = _opening_hours(page)
    photos, moves = photos_of(page), announced_moves(page)
    shown = tuple(
        replace(
            _found(fitting[key], hours.get(key, ()), distance_m),
            free=free.get(key),
            photo=photos.get(key),
            moves=moves.get(key),
        )
        for key, distance_m in page.items()
    )
    mapped = (
        MappedLocation(fitting[entry.location_id].slug, fitting[entry.location_id].name, point)
        for entry in order
        if (point := points[entry.location_id])
    )
    return SearchResult(total=len(order), shown=shown, everywhere=tuple(mapped))


def _matching(rows: QuerySet[Location], wanted: SearchFilter) -> QuerySet[Location]:
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    if wanted.income_tariff != wanted.free_price:
        rows = rows.filter(tariff__in=(Tariff.MIXED, Tariff.INCOME if wanted.income_tariff else Tariff.FREE))
    if wanted.night:
        rows = rows.filter(night_care=True)
    if wanted.inclusive:
        rows = rows.filter(inclusive=True)
    if wanted.accessible:
        rows = rows.filter(accessible=True)
    return rows


def _opening_hours(location_ids: Collection[UUID]) -> dict[UUID, tuple[DayHours, ...]]:
    found: defaultdict[UUID, list[DayHours]] = defaultdict(list)
    rows = OpeningHours.objects.filter(location_id__in=location_ids).order_by("weekday", "opens")
    for location, weekday, opens, closes in rows.values_list("location_id", "weekday", "opens", "closes"):
        found[location].append(DayHours(WEEKDAYS[weekday], opens, closes))
    return {location: tuple(days) for location, days in found.items()}


def _opens(days: Iterable[DayHours], noon: int, wanted: SearchFilter) -> bool:
    """Tell whether a location is open when the family needs it; unknown hours fit as long as no hour is asked."""
    known = tuple(days)
    if wanted.early and not any(day.start < EARLY for day in known):
        return False
    if wanted.late and not any(day.end > LATE for day in known):
        return False
    if wanted.weekend and not any(day.weekday in ("za", "zo") for day in known):
        return False
    if wanted.times and not known:
        return False
    if wanted.times:
        opened = parts_at(_parts(known, noon), CareHours(known), wanted.times, boundary=noon)
        return _fits(opened, noon, wanted)
    return wanted.pattern.issubset(_parts(known, noon)) if wanted.pattern and known else True


def _parts(days: Iterable[DayHours], noon: int) -> WeekPattern:
    pattern = WeekPattern()
    for day in days:
        pattern |= day.parts(noon)
    return pattern


def _has_room(free: FreePlaces | None, days: Collection[DayHours], noon: int, wanted: SearchFilter) -> bool:
    """Tell whether a location says that it has the wanted parts and hours free, recently enough to believe it."""
    if free is None or not free.is_fresh:
        return False
    if wanted.times:
        return _fits(free.pattern_at(wanted.times, CareHours(tuple(days)), noon), noon, wanted)
    return wanted.pattern.issubset(free.pattern) if wanted.pattern else bool(free.pattern)


def _fits(pattern: WeekPattern, noon: int, wanted: SearchFilter) -> bool:
    """Tell whether the parts that are left at the wanted times are those that a family wants, or one whole day."""
    assert wanted.times is not None  # noqa: S101 - asked only when a family wants hours
    if wanted.pattern:
        return wanted.pattern.issubset(pattern)
    return bool(days_at(pattern, wanted.times, boundary=noon))


def _kinds(rows: Iterable[_Row]) -> dict[UUID, str]:
    return {row.id: row.capacity_kind for row in rows}


def _found(row: _Row, days: Iterable[DayHours], distance_m: float | None) -> FoundLocation:
    opening = CareHours(days=tuple(days))
    return FoundLocation(
        id=row.id,
        slug=row.slug,
        name=row.name,
        type=LocationType(row.type),
        tariff=Tariff(row.tariff),
        town=name_of_code(row.nis_code),
        point=point_at(row.lat, row.lon),
        distance_m=distance_m,
        opening=opening,
        opened=_parts(opening.days, row.noon),
        inclusive=bool(row.inclusive),
        tells_places=row.capacity_kind != CapacityKind.NONE,
    )
