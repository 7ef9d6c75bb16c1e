"""The order of a location's open questions: the law, its own published criteria, the start, a lot."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import SARA, Town
from tests.domains.distribution.journey import FULL, Journey, asks, looking

from opvangloket.domains.distribution.inbox.own_order import Place, own_order
from opvangloket.domains.families.models import Child, Guardian
from opvangloket.domains.providers.admission_policy import criteria_in_force, publish_policy
from opvangloket.domains.providers.models import Location, SubsidyStep
from opvangloket.domains.providers.page_edit import PageRefused
from opvangloket.rules.characteristics import Characteristic
from opvangloket.rules.location_order import CriterionKey

SIBLING, RESIDENT = CriterionKey.SIBLING, CriterionKey.RESIDENT


def publishes(here: Town, *criteria: CriterionKey, in_days: int = 0) -> int:
    with here.at_organiser(here.regenboog_centrum):
        return publish_policy(
            location_id=here.regenboog_centrum.id,
            text="Wie hier woont, gaat voor.",
            criteria=criteria,
            valid_from=here.today + timedelta(days=in_days),
            actor=here.manager,
            now=here.now,
        )


def asked(here: Town, **different: object) -> Journey:
    return asks(here, location_ids=(here.regenboog_centrum.id,), **different)


def order(here: Town, *journeys: Journey) -> list[Place]:
    with here.at_organiser(here.regenboog_centrum):
        places = own_order([here.regenboog_centrum.id], today=here.today)
    return [places[journey.inquiry(here.regenboog_centrum).id] for journey in journeys]


@pytest.fixture(autouse=True)
def free_price(here: Town) -> None:
    """Without an income tariff the law on priority asks nothing: what is left are the own rules."""
    Location.objects.filter(id=here.regenboog_centrum.id).update(subsidy_step=SubsidyStep.T0)


def test_without_own_criteria_the_earliest_start_comes_first(here: Town) -> None:
    later = asked(here, start_on=here.today + timedelta(days=200))
    earlier = asked(here, start_on=here.today + timedelta(days=100))
    assert [place.position for place in order(here, later, earlier)] == [2, 1]


def test_own_criteria_count_in_their_published_order(here: Town) -> None:
    soon = here.today + timedelta(days=100)
    nobody = asked(here, start_on=soon, applicant=replace(SARA, residence_nis="41018"))
    resident = asked(
        here, start_on=soon + timedelta(days=50), applicant=replace(SARA, residence_nis=here.regenboog_centrum.nis_code)
    )
    sibling = asked(
        here,
        start_on=soon + timedelta(days=60),
        applicant=replace(SARA, residence_nis="41018"),
        characteristics=frozenset({Characteristic.SIBLING}),
    )
    assert [place.position for place in order(here, nobody, resident, sibling)] == [1, 2, 3]
    publishes(here, SIBLING, RESIDENT)
    places = order(here, nobody, resident, sibling)
    assert [place.position for place in places] == [3, 2, 1]
    assert places[1].reasons[0] == "woont in de gemeente van de opvang"
    publishes(here, RESIDENT, SIBLING)
    assert [place.position for place in order(here, nobody, resident, sibling)] == [3, 1, 2]


def test_a_version_counts_from_its_day(here: Town) -> None:
    publishes(here, RESIDENT, in_days=7)
    at = [here.regenboog_centrum.id]
    assert criteria_in_force(at, here.today) == {}
    assert criteria_in_force(at, here.today + timedelta(days=7)) == {here.regenboog_centrum.id: (RESIDENT,)}


def test_the_law_comes_before_every_own_criterion(here: Town) -> None:
    Location.objects.filter(id=here.regenboog_centrum.id).update(subsidy_step=SubsidyStep.T2B)
    publishes(here, RESIDENT)
    resident = asked(
        here, applicant=replace(SARA, residence_nis=here.regenboog_centrum.nis_code), characteristics=frozenset()
    )
    works = asked(
        here,
        applicant=replace(SARA, residence_nis="41018"),
        characteristics=frozenset({Characteristic.WORK_OR_TRAINING}),
    )
    first, second = order(here, works, resident)
    assert (first.position, second.position) == (1, 2)
    assert first.reasons[0] == "absolute voorrang volgens de wet"


def test_another_name_for_child_or_parent_changes_no_place(here: Town) -> None:
    publishes(here, RESIDENT)
    journeys = [asked(here, start_on=here.today + timedelta(days=100 + day)) for day in (0, 0, 0, 1)]
    before = order(here, *journeys)
    assert {place.position for place in before} == {1, 2, 3, 4}
    with looking():
        Guardian.objects.update(first_name="Aäron", last_name="Aerts", email="aaron@voorbeeld.be")
        Child.objects.update(first_name="Zoë", last_name="Zwart")
    assert order(here, *reversed(journeys)) == before[::-1]


def test_what_is_answered_stands_in_no_order(here: Town) -> None:
    first, second = asked(here), asked(here)
    first.answers(here.regenboog_centrum, FULL)
    with here.at_organiser(here.regenboog_centrum):
        places = own_order([here.regenboog_centrum.id], today=here.today)
    assert [place.position for place in places.values()] == [1]
    assert second.inquiry(here.regenboog_centrum).id in places


def test_the_same_criterion_twice_is_refused(here: Town) -> None:
    with pytest.raises(PageRefused, match="Je koos dit al"):
        publishes(here, RESIDENT, RESIDENT)


def test_more_questions_cost_no_more_queries(here: Town) -> None:
    def queries() -> int:
        with here.at_organiser(here.regenboog_centrum), CaptureQueriesContext(connection) as counted:
            own_order([here.regenboog_centrum.id], today=here.today)
        return len(counted)

    asked(here)
    few = queries()
    for _family in range(5):
        asked(here)
    assert queries() == few
