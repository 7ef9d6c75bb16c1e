"""How a location keeps its places decides what is checked: nothing, what it declared, or its plan (SPEC §6)."""

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import MONDAY_TUESDAY, Town, plan_places
from tests.domains.distribution.journey import NOW, YES, Journey, asks, looking, taken

from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.domains.distribution.planner.capacity_kind import choose_capacity_kind
from opvangloket.domains.providers.models import CapacityKind, Occupation, Tariff
from opvangloket.domains.providers.vacancies import NewVacancy, declare_vacancy

CHILDREN = 3


def choose(here: Town, kind: CapacityKind) -> None:
    with here.at_organiser(here.mias_nestje):
        choose_capacity_kind(location_id=here.mias_nestje.id, kind=kind, actor=here.manager, now=NOW)


def declare(here: Town, **different: Any) -> None:
    facts: dict[str, Any] = {"pattern": MONDAY_TUESDAY, "start_on": here.today, "tariff": Tariff.INCOME}
    with here.at_organiser(here.mias_nestje):
        declare_vacancy(
            location_id=here.mias_nestje.id, vacancy=NewVacancy(**(facts | different)), actor=here.manager, now=NOW
        )


def asked(here: Town, **different: Any) -> Journey:
    return asks(here, location_ids=(here.mias_nestje.id,), **different)


class TestNone:
    def test_it_may_always_say_yes_and_nothing_is_counted(self, here: Town) -> None:
        for _child in range(CHILDREN):
            journey = asked(here)
            journey.answers(here.mias_nestje, YES)
            journey.accepts(here.mias_nestje)
        assert taken() == 0

    def test_declared_places_do_not_limit_it(self, here: Town) -> None:
        declare(here)
        for _child in range(CHILDREN):
            asked(here).answers(here.mias_nestje, YES)
        assert taken() == 0


class TestVacancies:
    @pytest.fixture(autouse=True)
    def declares(self, here: Town) -> None:
        choose(here, CapacityKind.VACANCIES)

    def test_what_is_not_declared_is_full(self, here: Town) -> None:
        with pytest.raises(PlaceTaken):
            asked(here).answers(here.mias_nestje, YES)

    def test_each_declared_place_is_promised_once(self, here: Town) -> None:
        declare(here, places=2)
        for _child in range(2):
            asked(here).answers(here.mias_nestje, YES)
        with pytest.raises(PlaceTaken):
            asked(here).answers(here.mias_nestje, YES)
        assert taken("hold") == 2

    def test_a_temporary_place_does_not_fit_who_stays_longer(self, here: Town) -> None:
        journey = asked(here)
        declare(here, end_on=journey.inquiry(here.mias_nestje).wish.start_on + timedelta(days=30))
        with pytest.raises(PlaceTaken):
            journey.answers(here.mias_nestje, YES)

    def test_declaring_anew_counts_with_what_was_there(self, here: Town) -> None:
        declare(here)
        asked(here).answers(here.mias_nestje, YES)
        with looking():
            Occupation.objects.update(made_at=NOW - timedelta(days=1))
        asked(here).answers(here.mias_nestje, YES)
        assert taken("hold") == 2


class TestPlan:
    def test_the_plan_decides_and_going_over_is_said(self, here: Town) -> None:
        plan_places(here.mias_nestje, 1, from_on=here.today)
        asked(here).answers(here.mias_nestje, YES)
        with pytest.raises(PlaceTaken):
            asked(here).answers(here.mias_nestje, YES)

    def test_a_declared_place_does_not_make_the_plan_larger(self, here: Town) -> None:
        plan_places(here.mias_nestje, 0, from_on=here.today)
        declare(here)
        with pytest.raises(PlaceTaken):
            asked(here).answers(here.mias_nestje, YES)


class TestChangingKind:
    def test_what_was_promised_before_counts_when_it_begins_to_plan(self, here: Town) -> None:
        journeys = [asked(here) for _child in range(CHILDREN)]
        for journey in journeys:
            journey.answers(here.mias_nestje, YES)
        plan_places(here.mias_nestje, 1, from_on=here.today)
        choose(here, CapacityKind.PLAN)
        assert taken("hold") == CHILDREN
        for journey in journeys:
            journey.accepts(here.mias_nestje)  # a promise stays a promise
        assert taken("placement") == CHILDREN
        with pytest.raises(PlaceTaken):
            asked(here).answers(here.mias_nestje, YES)

    def test_going_away_and_coming_back_writes_each_child_once(self, here: Town) -> None:
        plan_places(here.mias_nestje, 2, from_on=here.today)
        first = asked(here)
        first.answers(here.mias_nestje, YES)
        first.accepts(here.mias_nestje)
        choose(here, CapacityKind.NONE)
        second = asked(here)
        second.answers(here.mias_nestje, YES)
        second.accepts(here.mias_nestje)
        choose(here, CapacityKind.PLAN)
        assert taken("placement") == 2
        with pytest.raises(PlaceTaken):
            asked(here).answers(here.mias_nestje, YES)
