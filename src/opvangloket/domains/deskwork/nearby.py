"""Proposals of locations for a family on the phone: the nearest first, and whether their week is free there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from opvangloket.domains.providers.models import LocationType
from opvangloket.domains.providers.place_hours import place_hours_of
from opvangloket.domains.providers.search import locations_of_desk
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.foundation.geography.places import folded, place_point
from opvangloket.rules.alternatives import Alternative, Flexibility, Wish, best_alternative
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.neutrality import Listed, Point, point_at, search_order
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.place_hours import HoursApart, PlaceHours
from opvangloket.rules.school_entry import care_period

AT_MOST: Final = 40
_LATER_MONTHS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWeek:
    """The week that a family asks, for a child born (or expected) on a day."""

    pattern: WeekPattern
    start_on: date
    born_on: date
    end_on: date | None = None
    hours: CareHours = NO_HOURS

    @property
    def period(self) -> Period:
        """From the start to the end that is asked, at the latest until the child goes to school."""
        return care_period(self.start_on, self.end_on, born_on=self.born_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A location that a family could choose.

    `fits` is None when the location keeps no places here, or when no week is known yet. What does not fit may have an
    `alternative`: other days, fewer days, other hours or a later start. `apart` are the days on which every part is
    free, but not at the hours that are asked: without a free week it is empty.
    """

    id: UUID
    slug: str
    name: str
    type: LocationType
    distance_m: float | None
    fits: bool | None
    alternative: Alternative | None = None
    apart: tuple[HoursApart, ...] = ()


class _Fit(NamedTuple):
    """What a location has for the week that is asked; empty where nothing is known."""

    fits: bool | None = None
    alternative: Alternative | None = None
    apart: tuple[HoursApart, ...] = ()


_UNKNOWN: Final = _Fit()


class _Row(NamedTuple):
    """What is read of each location of a desk, to propose a few."""

    id: UUID
    slug: str
    name: str
    type: str
    lat: float | None
    lon: float | None


def proposals(
    desk_id: UUID,
    *,
    today: date,
    near: str = "",
    named: str = "",
    asked: AskedWeek | None = None,
    prefer: Collection[str] = (),
    always: Collection[str] = (),
    limit: int = AT_MOST,
) -> tuple[Proposal, ...]:
    """Return the locations of a desk around a place, an address or a postcode, in the neutral order of the day.

    `named` keeps those with these words in their name; `prefer` are the codes of the desk's territory, for places with
    one name; the slugs in `always` are among them wherever they stand. The number of queries is fixed.
    """
    seen = locations_of_desk(desk_id, today=today).order_by("id").values_list(*_Row._fields)
    rows = {row.id: row for row in map(_Row._make, seen)}
    point = place_point(near, prefer=prefer) if near.strip() else None
    order = search_order(
        [Listed(row.id, point_at(row.lat, row.lon)) for row in rows.values()],
        day=today,
        origin=Point(point.lat, point.lon) if point else None,
    )
    words = folded(named)
    wanted = [shown for shown in order if words in folded(rows[shown.location_id].name)] if words else order
    kept = {shown.location_id for shown in wanted[:limit]}
    kept |= {row.id for row in rows.values() if row.slug in always}
    fits = _fits(kept, asked, today) if asked else {}
    return tuple(
        _proposal(rows[shown.location_id], shown.distance_m, fits.get(shown.location_id, _UNKNOWN))
        for shown in order
        if shown.location_id in kept
    )


def _proposal(row: _Row, distance_m: float | None, fit: _Fit) -> Proposal:
    return Proposal(
        id=row.id,
        slug=row.slug,
        name=row.name,
        type=LocationType(row.type),
        distance_m=distance_m,
        fits=fit.fits,
        alternative=fit.alternative,
        apart=fit.apart,
    )


def _fits(kept: Collection[UUID], asked: AskedWeek, today: date) -> dict[UUID, _Fit]:
    """Return what each location that keeps its places here has for a week, in a fixed number of queries."""
    supplies = supply_of(kept, from_on=today)
    hours_of = place_hours_of({key: supply for key, supply in supplies.items() if supply.is_counted}, today=today)
    return {key: _fit(supplies[key], hours, asked) for key, hours in hours_of.items()}


def _fit(supply: LocationSupply, hours: PlaceHours, asked: AskedWeek) -> _Fit:
    """Return whether a week fits at a location, at its hours, and else what would."""
    if not supply.fits(asked.pattern, asked.period, born_on=asked.born_on):
        return _Fit(fits=False, alternative=_alternative(supply, hours, asked))
    if apart := hours.apart(asked.pattern, asked.period, asked.hours):
        return _Fit(fits=False, alternative=_alternative(supply, hours, asked), apart=apart)
    return _Fit(fits=True)


def _alternative(supply: LocationSupply, hours: PlaceHours, asked: AskedWeek) -> Alternative | None:
    """Return the best that a location has for a family that is asked on the phone what it could live with."""
    wish = Wish(
        needed=asked.pattern,
        period=asked.period,
        born_on=asked.born_on,
        flexibility=Flexibility(later_start_months=_LATER_MONTHS, other_days=True, fewer_days=True),
    )
    best = best_alternative(wish, supply.supply, supply.occupations)
    return best and hours.proposed(best, asked.hours, fewer_days=True)
