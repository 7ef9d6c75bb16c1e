"""A location keeps up its own places and page; nobody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cast import Town, town

from opvangloket.domains.providers.models import AgeGroup, CapacityKind, EffectivePlaces, Location
from opvangloket.domains.providers.own_locations import LocationNotFound, PlacesPeriod, places_periods
from opvangloket.domains.providers.upkeep import (
    PlacesRefused,
    confirm_page,
    drop_places,
    set_places,
    write_capacity_kind,
)
from opvangloket.foundation.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MARCH, JUNE, SEPTEMBER = date(2026, 3, 2), date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def week(number: int) -> list[int]:
    return [number] * 10 + [0] * 4


def set_number(here: Town, number: int, from_on: date, age_group: AgeGroup = AgeGroup.MIXED) -> None:
    location = here.regenboog_centrum
    with here.at_organiser(location):
        set_places(
            location_id=location.id,
            from_on=from_on,
            places=week(number),
            age_group=age_group,
            actor=here.manager,
            now=NOW,
        )


def periods(here: Town) -> tuple[PlacesPeriod, ...]:
    with here.at_organiser(here.regenboog_centrum):
        return places_periods(here.regenboog_centrum.id)


def shape(here: Town) -> list[tuple[date, date | None, int]]:
    return [(period.start_on, period.end_on, period.places[0]) for period in periods(here)]


def test_a_new_number_ends_the_one_before(here: Town) -> None:
    set_number(here, 18, MARCH)
    set_number(here, 14, SEPTEMBER)
    assert shape(here) == [(MARCH, SEPTEMBER, 18), (SEPTEMBER, None, 14)]


def test_a_number_in_between_lasts_until_the_next(here: Town) -> None:
    set_number(here, 18, MARCH)
    set_number(here, 14, SEPTEMBER)
    set_number(here, 9, JUNE)
    assert shape(here) == [(MARCH, JUNE, 18), (JUNE, SEPTEMBER, 9), (SEPTEMBER, None, 14)]


def test_the_same_day_again_replaces(here: Town) -> None:
    set_number(here, 18, MARCH)
    set_number(here, 17, MARCH)
    assert shape(here) == [(MARCH, None, 17)]


def test_ages_are_kept_apart(here: Town) -> None:
    set_number(here, 6, MARCH, AgeGroup.BABY)
    set_number(here, 12, JUNE, AgeGroup.TODDLER)
    assert shape(here) == [(MARCH, None, 6), (JUNE, None, 12)]


def test_dropping_lets_the_one_before_run_on(here: Town) -> None:
    set_number(here, 18, MARCH)
    set_number(here, 9, JUNE)
    set_number(here, 14, SEPTEMBER)
    location = here.regenboog_centrum
    june = next(period for period in periods(here) if period.start_on == JUNE)
    for _ in range(2):
        with here.at_organiser(location):
            drop_places(location_id=location.id, period_id=june.id, actor=here.manager, now=NOW)
    assert shape(here) == [(MARCH, SEPTEMBER, 18), (SEPTEMBER, None, 14)]


@pytest.mark.parametrize("places", [[1] * 13, [-1] * 14, [501] * 14])
def test_impossible_numbers_are_refused(here: Town, places: list[int]) -> None:
    location = here.regenboog_centrum
    with here.at_organiser(location), pytest.raises(PlacesRefused):
        set_places(location_id=location.id, from_on=MARCH, places=places, actor=here.manager, now=NOW)
    assert not EffectivePlaces.objects.exists()


def test_the_choice_and_the_confirmation_are_kept_and_written_down(here: Town) -> None:
    location = here.regenboog_centrum
    later = NOW + timedelta(days=3)
    with here.at_organiser(location):
        write_capacity_kind(location_id=location.id, kind=CapacityKind.VACANCIES, actor=here.manager, now=NOW)
        confirm_page(location_id=location.id, actor=here.manager, now=later)
    location.refresh_from_db()
    assert (location.capacity_kind, location.page_confirmed_on) == ("vacancies", date(2026, 3, 5))
    with here.at_desk():
        events = AuditEvent.objects.filter(action="location.edit", subject_id=location.id).order_by("at")
        assert [event.codes for event in events] == [["capacity_kind", "vacancies"], ["page_confirmed_on"]]
        assert {event.actor_id for event in events} == {here.rosa.id}


def test_the_location_of_somebody_else_is_not_found(here: Town) -> None:
    stranger: Location = here.mias_nestje
    act = {"location_id": stranger.id, "actor": here.manager, "now": NOW}
    with here.at_organiser(here.regenboog_centrum):
        with pytest.raises(LocationNotFound):
            write_capacity_kind(kind=CapacityKind.PLAN, **act)  # type: ignore[arg-type]
        with pytest.raises(LocationNotFound):
            set_places(from_on=MARCH, places=week(2), **act)  # type: ignore[arg-type]
        with pytest.raises(LocationNotFound):
            confirm_page(**act)  # type: ignore[arg-type]
        assert places_periods(stranger.id) == ()
