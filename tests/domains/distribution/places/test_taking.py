"""A place can never be promised twice: what is free is counted under one lock, whoever comes and in whatever order."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Town, plan_places, town
from tests.domains.distribution.journey import NOW

from opvangloket.domains.distribution.places.taking import (
    Place,
    PlaceTaken,
    Take,
    Taken,
    check_places,
    end_places,
    hold_places,
    keep_held_place,
    occupy_places,
    release_places,
)
from opvangloket.domains.providers.models import EffectivePlaces, Location, Occupation
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period

START = date(2026, 9, 1)
MONDAY = WeekPattern.full_days("ma")
YEAR = Period(START, date(2027, 9, 1))
BABY = date(2026, 3, 1)


def place(location: Location, *, pattern: WeekPattern = MONDAY, period: Period = YEAR, born_on: date = BABY) -> Place:
    return Place(location_id=location.id, pattern=pattern, period=period, born_on=born_on)


def hold(wanted: Place, **different: object) -> UUID:
    subject_id = new_id()
    hold_places([Take(place=wanted, subject_id=subject_id, **different)], now=NOW)  # type: ignore[arg-type]
    return subject_id


def test_the_last_place_is_held_once(here: Town) -> None:
    location = here.mias_nestje
    plan_places(location, 1, from_on=START)
    first = hold(place(location))
    with pytest.raises(PlaceTaken) as refused:
        hold(place(location, pattern=WeekPattern.full_days("ma", "di")))
    assert refused.value.pattern == MONDAY
    assert refused.value.message == "Er is geen plaats vrij op maandag hele dag, vanaf dinsdag 1 september 2026."
    release_places([first])
    hold(place(location, pattern=WeekPattern.full_days("ma", "di")))


def test_a_hold_becomes_the_place_of_its_placement(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=START)
    offer_id, placement_id = hold(place(here.mias_nestje)), new_id()
    assert keep_held_place(offer_id=offer_id, placement_id=placement_id)
    assert set(Occupation.objects.values_list("kind", "subject_id")) == {("placement", placement_id)}
    assert not keep_held_place(offer_id=offer_id, placement_id=placement_id)
    with pytest.raises(PlaceTaken):
        check_places([place(here.mias_nestje)])


def test_a_location_without_a_plan_is_asked_nothing(here: Town) -> None:
    taken = hold_places([Take(place=place(here.regenboog_centrum), subject_id=new_id())], now=NOW)
    assert [one.written for one in taken] == [False]
    assert not Occupation.objects.exists()
    check_places([place(here.regenboog_centrum)])


def test_going_over_is_a_choice_that_stays_written_down(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=START)
    why = "De zus van Noor is er ook."
    assert [one.went_over for one in _take(place(here.mias_nestje), why)] == [False]
    assert [one.went_over for one in _take(place(here.mias_nestje), why)] == [True]
    reasons = Occupation.objects.order_by("over_capacity_reason").values_list("over_capacity_reason", flat=True)
    assert list(reasons) == ["", why]


def _take(wanted: Place, reason: str) -> tuple[Taken, ...]:
    take = Take(place=wanted, subject_id=new_id(), over_capacity_reason=reason)
    return occupy_places([take], now=NOW)


def test_a_child_that_grows_needs_a_place_as_a_baby_and_as_a_toddler(here: Town) -> None:
    location = here.het_klavertje
    plan_places(location, 0, from_on=START)
    EffectivePlaces.objects.all().delete()
    for age_group, places in (("baby", 1), ("toddler", 0)):
        EffectivePlaces.objects.create(location=location, age_group=age_group, start_on=START, places=[places] * 14)
    until_toddler = Period(START, date(2027, 6, 1))
    with pytest.raises(PlaceTaken, match="vanaf woensdag 1 september 2027"):
        hold(place(location, period=Period(START, date(2028, 9, 1))))
    hold(place(location, period=until_toddler))


def test_all_takes_succeed_or_none_does(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=START)
    plan_places(here.het_klavertje, 0, from_on=START)
    wanted = [Take(place=place(where), subject_id=new_id()) for where in (here.mias_nestje, here.het_klavertje)]
    with pytest.raises(PlaceTaken):
        hold_places(wanted, now=NOW)
    assert not Occupation.objects.exists()


def test_giving_back_in_the_same_breath_makes_room(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=START)
    old = hold(place(here.mias_nestje))
    new = hold(place(here.mias_nestje, pattern=WeekPattern.full_days("ma", "wo")), instead_of=[old])
    assert set(Occupation.objects.values_list("subject_id", flat=True)) == {new}


def test_care_that_ended_frees_the_days_after_it(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=START)
    subject = hold(place(here.mias_nestje))
    end_places(subject, end_on=date(2027, 1, 1))
    hold(place(here.mias_nestje, period=Period(date(2027, 1, 1), date(2027, 7, 1))))
    with pytest.raises(PlaceTaken):
        hold(place(here.mias_nestje, period=Period(date(2026, 12, 31), date(2027, 7, 1))))


_weeks = st.integers(1, 2**10 - 1).map(WeekPattern)
_periods = st.tuples(st.integers(0, 20), st.integers(1, 10)).map(
    lambda pair: Period(START + timedelta(weeks=pair[0]), START + timedelta(weeks=sum(pair)))
)
_acts = st.lists(st.tuples(_weeks, _periods, st.booleans()), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_acts, places=st.integers(0, 2))
def test_a_place_is_given_exactly_when_one_is_free_on_every_day_of_every_part(
    here: Town, acts: list[tuple[WeekPattern, Period, bool]], places: int
) -> None:
    """Compare with counting day by day; what is released again counts no longer."""
    with transaction.atomic():
        plan_places(here.mias_nestje, places, from_on=START)
        standing: list[tuple[WeekPattern, Period]] = []
        for pattern, period, stays in acts:
            days = [period.start + timedelta(days=day) for day in range(period.days or 0)]
            expected = all(
                sum(part in other and when.contains(day) for other, when in standing) < places
                for part in pattern
                for day in days
            )
            try:
                subject = hold(place(here.mias_nestje, pattern=pattern, period=period))
            except PlaceTaken:
                assert not expected
                continue
            assert expected
            if stays:
                standing.append((pattern, period))
            else:
                release_places([subject])
        transaction.set_rollback(True)


def _at_once(acts: list[Callable[[], object]], threads: int) -> list[object]:
    """Do acts at the same moment, each on a connection of its own; return what each gave or raised."""
    start = threading.Barrier(threads)
    waiting = threading.local()

    def run(act: Callable[[], object]) -> object:
        if not hasattr(waiting, "started"):
            waiting.started = True
            start.wait(timeout=30)
        try:
            return act()
        except PlaceTaken as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, acts))


@pytest.mark.usefixtures("committed_database")
def test_of_many_at_once_as_many_win_as_there_are_places() -> None:
    here = town(NOW)
    plan_places(here.mias_nestje, 3, from_on=START)
    results = _at_once([lambda: hold(place(here.mias_nestje)) for _ in range(40)], threads=8)
    assert sum(isinstance(result, UUID) for result in results) == 3
    assert sum(isinstance(result, PlaceTaken) for result in results) == 37
    assert Occupation.objects.filter(age_group="baby").count() == 3


@pytest.mark.usefixtures("committed_database")
def test_takers_of_the_same_places_in_another_order_never_wait_in_a_circle() -> None:
    here = town(NOW)
    for location in here.locations:
        plan_places(location, 20, from_on=START)

    def act(number: int) -> Callable[[], object]:
        locations = here.locations if number % 2 else here.locations[::-1]
        return lambda: hold_places([Take(place=place(where), subject_id=new_id()) for where in locations], now=NOW)

    results = _at_once([act(number) for number in range(24)], threads=8)
    assert sum(isinstance(result, PlaceTaken) for result in results) == 4
    assert Occupation.objects.filter(age_group="baby").count() == 20 * len(here.locations)
