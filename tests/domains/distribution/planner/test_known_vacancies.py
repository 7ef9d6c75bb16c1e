"""One list of what is free: declared and counted together, each place once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import NOW, YES, asks

from opvangloket.domains.distribution.planner.known_vacancies import KnownVacancy, Told, known_vacancies
from opvangloket.domains.providers.free_places import free_places
from opvangloket.domains.providers.models import AgeGroup, CapacityKind, Location, Tariff
from opvangloket.domains.providers.vacancies import NewVacancy, declare_vacancy
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import Period

pytestmark = pytest.mark.django_db
MONDAY, WEEK = WeekPattern.full_days("ma"), WeekPattern.full_days("ma", "di", "wo", "do", "vr")


def declare(here: Town, **different: Any) -> None:
    facts: dict[str, Any] = {"pattern": MONDAY, "start_on": here.today, "tariff": Tariff.INCOME, "places": 1}
    with here.at_organiser(here.mias_nestje):
        declare_vacancy(
            location_id=here.mias_nestje.id, vacancy=NewVacancy(**(facts | different)), actor=here.manager, now=NOW
        )


def known(here: Town) -> tuple[KnownVacancy, ...]:
    with here.at_desk():
        return known_vacancies(here.mias_nestje.id, today=here.today)


def shape(here: Town) -> list[tuple[Told, WeekPattern, int]]:
    return [(one.told, one.pattern, one.places) for one in known(here)]


def shown_to_families(here: Town) -> WeekPattern | None:
    location = Location.objects.get(id=here.mias_nestje.id)
    found = free_places({location.id: location.capacity_kind}, today=here.today, fresh_days=14).get(location.id)
    return found.pattern if found else None


@pytest.mark.parametrize("kind", [CapacityKind.NONE, CapacityKind.VACANCIES])
def test_without_a_plan_the_list_is_what_was_declared(here: Town, kind: CapacityKind) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(capacity_kind=kind)
    declare(here, public=False, end_on=here.today + timedelta(days=9), age_group=AgeGroup.BABY)
    [one] = known(here)
    assert (one.told, one.pattern, one.public, one.age_group) == (Told.DECLARED, MONDAY, False, AgeGroup.BABY)
    assert one.period == Period(here.today, here.today + timedelta(days=9))
    assert (one.tariff, one.confirmed_on) == (Tariff.INCOME, here.today)


def test_what_the_plan_counts_stands_in_the_list(here: Town) -> None:
    plan_places(here.mias_nestje, 2, from_on=here.today)
    assert shape(here) == [(Told.COUNTED, WEEK, 2)]


def test_what_was_declared_from_the_plan_is_told_once(here: Town) -> None:
    plan_places(here.mias_nestje, 2, from_on=here.today)
    declare(here, pattern=WEEK, places=2)
    [one] = known(here)
    assert (one.told, one.places, one.confirmed_on) == (Told.DECLARED, 2, here.today)


def test_the_hours_of_a_declared_place_are_told_with_it(here: Town) -> None:
    hours = CareHours.parse("ma 09:00-15:00")
    declare(here, hours=hours)
    assert [one.hours for one in known(here)] == [hours]


def test_a_part_of_what_the_plan_counts_is_told_once(here: Town) -> None:
    plan_places(here.mias_nestje, 2, from_on=here.today)
    declare(here)
    assert shape(here) == [(Told.COUNTED, WEEK, 2)]


def test_a_place_for_a_short_time_stands_beside_the_plan(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    placed(here, start_in=10)
    declare(here, end_on=here.today + timedelta(days=8))
    assert (Told.DECLARED, MONDAY, 1) in shape(here)
    assert shown_to_families(here) == MONDAY | WeekPattern.full_days("wo", "do", "vr")


def test_a_declared_place_that_the_plan_filled_is_told_as_such_and_families_do_not_see_it(here: Town) -> None:
    plan_places(here.mias_nestje, 0, from_on=here.today)
    declare(here)
    assert shape(here) == [(Told.NO_ROOM, MONDAY, 1)]
    assert shown_to_families(here) is None


def test_families_see_a_short_declared_place_where_the_plan_has_nothing_lasting(here: Town) -> None:
    until = here.today + timedelta(days=20)
    plan_places(here.mias_nestje, 1, from_on=here.today)
    here.mias_nestje.effective_places.update(end_on=until)
    here.mias_nestje.effective_places.create(start_on=until, places=[0] * 14)
    assert shown_to_families(here) is None
    declare(here, end_on=until)
    assert shown_to_families(here) == MONDAY


def test_many_declared_places_take_as_many_queries_as_one(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            known(here)
        return len(counted)

    declare(here)
    first = queries()
    for day in range(5):
        declare(here, start_on=here.today + timedelta(days=day))
    assert queries() == first


def placed(here: Town, *, start_in: int) -> None:
    journey = asks(here, start_on=here.today + timedelta(days=start_in), location_ids=(here.mias_nestje.id,))
    journey.answers(here.mias_nestje, YES)
    journey.accepts(here.mias_nestje)
