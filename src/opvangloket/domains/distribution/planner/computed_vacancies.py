"""The free places that follow from a plan, beside those that are declared; one button makes the first the second."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import AgeGroup, CapacityKind, Tariff
from opvangloket.domains.providers.own_locations import DeclaredVacancy, locked_location, vacancies_of
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.domains.providers.vacancies import NewVacancy, VacancyNotFound, declare_vacancy
from opvangloket.foundation.audit.record import Actor
from opvangloket.rules.free_stretches import FreeStretch, free_stretches
from opvangloket.rules.periods import Period, add_months, brussels_date

AT_LEAST_DAYS: Final = 28
WITHIN_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class ComputedVacancy:
    """What comes free by the plan, and the vacancy by which that was declared already."""

    stretch: FreeStretch
    declared: DeclaredVacancy | None


def computed_vacancies(
    location_id: UUID, *, today: date, supply: LocationSupply | None = None
) -> tuple[ComputedVacancy, ...]:
    """Return what comes free at a location that plans here, within a year and for four weeks at least.

    Nothing for a location that does not plan here. `supply` is what was read of it already, from today on.
    """
    supply = supply or supply_of([location_id], from_on=today)[location_id]
    if supply.kind is not CapacityKind.PLAN:
        return ()
    declared = vacancies_of([location_id], today=today)
    found = free_stretches(supply.supply, supply.occupations, Period(today), at_least_days=AT_LEAST_DAYS)
    until = add_months(today, WITHIN_MONTHS)
    return tuple(
        ComputedVacancy(stretch, next((row for row in declared if _tells(row, stretch)), None))
        for stretch in found
        if stretch.period.start < until
    )


@transaction.atomic
def publish_computed(
    *, location_id: UUID, stretch: FreeStretch, tariff: Tariff, public: bool, actor: Actor, now: datetime
) -> UUID:
    """Declare a free place that follows from the plan, and return its id; a second time changes nothing.

    Raises VacancyNotFound when the plan changed meanwhile: what is told to families must still be free.
    """
    locked_location(location_id)  # what is free does not change meanwhile, and two presses come one after the other
    computed = computed_vacancies(location_id, today=brussels_date(now))
    found = next((row for row in computed if row.stretch == stretch), None)
    if found is None:
        raise VacancyNotFound
    if found.declared is not None:
        return found.declared.id
    vacancy = NewVacancy(
        pattern=stretch.pattern,
        start_on=stretch.period.start,
        end_on=stretch.period.end,
        age_group=AgeGroup(stretch.age_group),
        places=stretch.places,
        tariff=tariff,
        public=public,
    )
    return declare_vacancy(location_id=location_id, vacancy=vacancy, actor=actor, now=now)


def _tells(declared: DeclaredVacancy, stretch: FreeStretch) -> bool:
    """Tell whether a declared vacancy says what the plan says, though it may have begun before."""
    same_time = declared.start_on <= stretch.period.start and declared.end_on == stretch.period.end
    same_group = declared.age_group == AgeGroup(stretch.age_group)
    return same_time and same_group and (declared.pattern, declared.places) == (stretch.pattern, stretch.places)
