"""Planning a town: its desks, its organisers and locations, and which desk sees which location."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from opvangloket.domains.providers.models import LocationType
from opvangloket.foundation.geography import municipality, name_of_code
from opvangloket.simulation.chance import happens, stream
from opvangloket.simulation.reference import villages
from opvangloket.simulation.supply import ninove
from opvangloket.simulation.supply.blueprints import Blueprint, blueprints
from opvangloket.simulation.supply.desks import PlannedDesk, plan_desk, territories
from opvangloket.simulation.supply.ledger import Bins, Ledger
from opvangloket.simulation.supply.locations import LocationMaker, PlannedLocation
from opvangloket.simulation.supply.organisers import Organisers
from opvangloket.simulation.supply.staff import Staff
from opvangloket.simulation.supply.town import Behaviour, Town, flat_km

_VIEW_KM = 4.0
_YEARS_AHEAD = 6
_NAMED_ANSWERS_WITHIN_DAYS = 3.0


def plan_town(codes: Sequence[str], *, seed: int, since: date, today: date, created_at: datetime) -> Town:
    """Return a town of these municipalities as it is from `since` (the first of a month) until today."""
    desks = [
        ninove.plan_ninove(since=since, today=today, made_at=created_at)
        if territory[0] == ninove.NIS
        else plan_desk(territory, seed=seed, since=since, made_at=created_at)
        for territory in territories(codes)
    ]
    organisers = Organisers(seed=seed, created_at=created_at)
    maker = LocationMaker(random=stream(seed, "locations"), since=since, today=today, created_at=created_at)
    locations: list[PlannedLocation] = []
    for code in codes:
        named = list(ninove.named_locations(maker, organisers, since=since)) if code == ninove.NIS else []
        locations += named
        for blueprint in _not_named(blueprints(code, seed=seed), named):
            locations.append(_location(blueprint, maker, organisers, code))
    bins = Bins(since.year - 1, today.year + _YEARS_AHEAD)
    desk_of = {code: position for position, desk in enumerate(desks) for code in desk.row.territory}
    home = [desk_of[planned.row.nis_code] for planned in locations]
    return Town(
        seed=seed,
        since=since,
        today=today,
        desks=desks,
        organisers=organisers.rows,
        staff=Staff(desks, organisers.rows, organisers.managers, since=since, made_at=created_at),
        locations=locations,
        ledgers=[Ledger(planned, bins) for planned in locations],
        behaviours=_behaviours(locations, seed),
        desk_of_municipality=desk_of,
        home_desk=home,
        seen_by_desk=_seen_by_desk(desks, locations, home),
    )


def _location(blueprint: Blueprint, maker: LocationMaker, organisers: Organisers, code: str) -> PlannedLocation:
    found = municipality(code)
    name = maker.name_for(blueprint.type, code)
    organiser = organisers.for_location(
        blueprint.run_by, town=name_of_code(code), province=found.province if found else "", location_name=name
    )
    return maker.make(blueprint, organiser, name, code)


def _not_named(planned: Sequence[Blueprint], named: Sequence[PlannedLocation]) -> list[Blueprint]:
    """Leave out the blueprint nearest in size for each location that the town knows by name."""
    left = list(planned)
    for location in named:
        alike = [other for other in left if other.type == location.row.type]
        if alike:
            left.remove(min(alike, key=lambda other: abs(other.places - location.row.licensed_places)))
    return left


def _behaviours(locations: Sequence[PlannedLocation], seed: int) -> list[Behaviour]:
    random = stream(seed, "behaviours")
    found = []
    for planned in locations:
        slow = happens(random, 0.18)
        family = planned.row.type == LocationType.FAMILY
        found.append(
            Behaviour(
                days=random.uniform(8, 14) if slow else random.uniform(1.5, 8),
                forgets=0.06 if slow else 0.012,
                on_paper=happens(random, 0.25 if family else 0.04) or not planned.row.email,
                by_mail=random.uniform(0.3, 0.9) if family else random.uniform(0.05, 0.4),
                by_file=0.0 if family else 0.1,
            )
        )
        if planned.row.nis_code == ninove.NIS and planned.row.name in {named.name for named in ninove.NAMED}:
            found[-1] = Behaviour(days=_NAMED_ANSWERS_WITHIN_DAYS, forgets=0.0, on_paper=False, by_mail=0.3)
    return found


def _seen_by_desk(
    desks: Sequence[PlannedDesk], locations: Sequence[PlannedLocation], home: Sequence[int]
) -> list[list[int]]:
    """Return which locations each desk may ask: its own, and those of neighbours near one of its villages."""
    seen: list[list[int]] = []
    for position, desk in enumerate(desks):
        points = [(village.lat, village.lon) for code in desk.row.territory for village in villages(code)]
        south, north = min(lat for lat, _ in points) - 0.04, max(lat for lat, _ in points) + 0.04
        west, east = min(lon for _, lon in points) - 0.06, max(lon for _, lon in points) + 0.06
        seen.append([
            number
            for number, planned in enumerate(locations)
            if home[number] == position
            or (
                south < (planned.row.lat or 0) < north
                and west < (planned.row.lon or 0) < east
                and any(
                    flat_km(lat, lon, planned.row.lat or lat, planned.row.lon or lon) < _VIEW_KM for lat, lon in points
                )
            )
        ])  # fmt: skip
    return seen
