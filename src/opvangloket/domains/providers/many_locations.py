"""Many locations at once: what has grown old at each of them, and the same change for several together."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from opvangloket.domains.providers.map_point import map_points
from opvangloket.domains.providers.own_locations import ListedLocation, home_desks, listed_locations
from opvangloket.domains.providers.page_edit import PricePart, add_closing, change_price
from opvangloket.domains.providers.page_minimum import incomplete_pages
from opvangloket.domains.providers.upkeep import confirm_page
from opvangloket.domains.providers.vacancies import confirm_vacancies, running_vacancies
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.map_points import MapPoint
from opvangloket.rules.periods import Period
from opvangloket.rules.procedure import PageField, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLocation:
    """An own location with what asks for attention: an incomplete page, places that nobody confirmed.

    `map_point` is where it stands on the map: at its door, or in the middle of its postcode.
    """

    location: ListedLocation
    is_incomplete: bool
    free_places: int
    unconfirmed_places: int
    map_point: MapPoint


def kept_locations(location_ids: Collection[UUID], *, today: date) -> tuple[KeptLocation, ...]:
    """Return the own locations by name, in a number of queries that grows with their home desks only."""
    own = listed_locations(location_ids)
    ids = [location.id for location in own]
    procedures = home_procedures(ids, today=today)
    asked_of: defaultdict[frozenset[PageField], list[UUID]] = defaultdict(list)
    for key, procedure in procedures.items():
        asked_of[frozenset(procedure.page_minimum)].append(key)
    incomplete = {key for minimum, keys in asked_of.items() for key in incomplete_pages(keys, minimum)}
    fresh_days = {key: procedure.vacancy_fresh_days for key, procedure in procedures.items()}
    points = map_points(ids)
    free, stale = _vacancies(ids, fresh_days, today)
    return tuple(
        KeptLocation(
            location=location,
            is_incomplete=location.id in incomplete,
            free_places=free.get(location.id, 0),
            unconfirmed_places=stale.get(location.id, 0),
            map_point=points[location.id],
        )
        for location in own
    )


@transaction.atomic
def confirm_many(*, location_ids: Collection[UUID], actor: Actor, now: datetime) -> None:
    """Confirm the pages and the free places of several locations; raise LocationNotFound when one is not there."""
    for location_id in sorted(location_ids):
        confirm_page(location_id=location_id, actor=actor, now=now)
        confirm_vacancies(location_id=location_id, actor=actor, now=now)


@transaction.atomic
def change_price_of_many(*, location_ids: Collection[UUID], price: PricePart, actor: Actor, now: datetime) -> None:
    """Give several locations the same price; raise PageRefused or LocationNotFound, and then none has it."""
    for location_id in sorted(location_ids):
        change_price(location_id=location_id, price=price, actor=actor, now=now)


@transaction.atomic
def add_closing_to_many(
    *, location_ids: Collection[UUID], closed: Period, reason: str = "", actor: Actor, now: datetime
) -> None:
    """Close several locations on the same days; raise PageRefused or LocationNotFound, and then none is."""
    for location_id in sorted(location_ids):
        add_closing(location_id=location_id, closed=closed, reason=reason, actor=actor, now=now)


def home_procedures(location_ids: Collection[UUID], *, today: date) -> dict[UUID, Procedure]:
    """Return what the home desk of each location chose; the defaults for one without."""
    homes = home_desks(location_ids, today=today)
    chosen: dict[UUID | None, Procedure] = {None: Procedure()}
    for desk_id in set(homes.values()):
        with scope(DeskScope(desk_id)):
            chosen[desk_id] = procedure_in_force(desk_id, today).procedure
    return {location_id: chosen[homes.get(location_id)] for location_id in location_ids}


def _vacancies(
    location_ids: Collection[UUID], fresh_days: Mapping[UUID, int], today: date
) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Count per location the declared places, and those of them that were not confirmed for too long."""
    rows = running_vacancies(today).filter(location_id__in=location_ids).values("location_id")
    free = dict(rows.annotate(number=Count("id")).values_list("location_id", "number"))
    old = Q()
    for days in set(fresh_days.values()):
        keys = [key for key, own in fresh_days.items() if own == days]
        old |= Q(location_id__in=keys, confirmed_on__lte=today - timedelta(days=days))
    stale = dict(rows.filter(old).annotate(number=Count("id")).values_list("location_id", "number")) if free else {}
    return free, stale
