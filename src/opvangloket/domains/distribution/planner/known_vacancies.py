"""One list of what is free at a location: declared by its people and counted by its plan, one place counted once."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.planner.computed_vacancies import ComputedVacancy, computed_vacancies
from opvangloket.domains.providers.models import AgeGroup, CapacityKind, Tariff
from opvangloket.domains.providers.own_locations import DeclaredVacancy, vacancies_of
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.rules import capacity
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import Period

NO_HOURS: Final = CareHours()


class Told(StrEnum):
    """How a free place is known: declared, counted by the plan, or declared while the plan has no room for it."""

    DECLARED = "declared"
    COUNTED = "counted"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVacancy:
    """A free place, however it is known; `confirmed_on`, `tariff` and `hours` are of a declared one."""

    told: Told
    pattern: WeekPattern
    period: Period
    age_group: AgeGroup
    places: int
    public: bool
    hours: CareHours = NO_HOURS
    tariff: Tariff | None = None
    confirmed_on: date | None = None


def known_vacancies(location_id: UUID, *, today: date) -> tuple[KnownVacancy, ...]:
    """Return what is free at a location, by start, in a fixed number of queries.

    Where the location plans here, its plan says what is free: a declared place that the plan has as well is told
    once, and one for which the plan has no room is told as such.
    """
    supply = supply_of([location_id], from_on=today)[location_id]
    declared = vacancies_of([location_id], today=today)
    if supply.kind is not CapacityKind.PLAN:
        return tuple(_declared(row, Told.DECLARED) for row in declared)
    computed = computed_vacancies(location_id, today=today, supply=supply)
    told_by_plan = {one.declared.id for one in computed if one.declared}
    apart = [
        _declared(row, Told.DECLARED if _has_room(row, supply, today) else Told.NO_ROOM)
        for row in declared
        if row.id not in told_by_plan and not any(_holds(one, row, today) for one in computed)
    ]
    rows = [*(_counted(one) for one in computed), *apart]
    return tuple(sorted(rows, key=lambda row: (row.period.start, row.told, -len(row.pattern))))


def _counted(one: ComputedVacancy) -> KnownVacancy:
    stretch, declared = one.stretch, one.declared
    return KnownVacancy(
        told=Told.DECLARED if declared else Told.COUNTED,
        pattern=stretch.pattern,
        period=stretch.period,
        age_group=AgeGroup(stretch.age_group),
        places=stretch.places,
        public=declared.public if declared else True,
        hours=declared.hours if declared else NO_HOURS,
        tariff=declared.tariff if declared else None,
        confirmed_on=declared.confirmed_on if declared else None,
    )


def _declared(row: DeclaredVacancy, told: Told) -> KnownVacancy:
    return KnownVacancy(
        told=told,
        pattern=row.pattern,
        period=Period(row.start_on, row.end_on),
        age_group=row.age_group,
        places=row.places,
        public=row.public,
        hours=row.hours,
        tariff=row.tariff,
        confirmed_on=row.confirmed_on,
    )


def _holds(one: ComputedVacancy, row: DeclaredVacancy, today: date) -> bool:
    """Tell whether the plan has a declared place as part of a larger one."""
    stretch = one.stretch
    rest = Period(max(row.start_on, today), row.end_on)
    return (
        stretch.period.covers(rest)
        and row.pattern.issubset(stretch.pattern)
        and row.places <= stretch.places
        and row.age_group in (AgeGroup.MIXED, AgeGroup(stretch.age_group))
    )


def _has_room(row: DeclaredVacancy, supply: LocationSupply, today: date) -> bool:
    """Tell whether the plan leaves a declared place free over its whole time, however short."""
    rest = Period(max(row.start_on, today), row.end_on)
    return row.pattern.issubset(supply.free_over(rest, capacity.AgeGroup(row.age_group)))
