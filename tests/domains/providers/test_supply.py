"""What a location offers follows from how it keeps its places: not at all, as a plan, or as declared vacancies."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.cast import Town, plan_places, town

from opvangloket.domains.providers.models import (
    AgeGroup,
    CapacityKind,
    Closing,
    EffectivePlaces,
    Location,
    Occupation,
    OpeningHours,
    Tariff,
    Vacancy,
)
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
START, END = date(2026, 9, 1), date(2027, 3, 1)
HALF_YEAR = Period(START, END)
MONDAY, TUESDAY = WeekPattern.full_days("ma"), WeekPattern.full_days("di")
BABY, TODDLER = date(2026, 3, 1), date(2024, 9, 1)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def keeps(location: Location, kind: CapacityKind) -> Location:
    location.capacity_kind = kind
    location.save()
    return location


def supply(location: Location, **different: Any) -> LocationSupply:
    return supply_of([location.id], **different)[location.id]


def take(location: Location, pattern: WeekPattern = MONDAY, **different: Any) -> Occupation:
    facts: dict[str, Any] = {
        "kind": "placement",
        "age_group": "baby",
        "parts": pattern.mask,
        "start_on": START,
        "end_on": END,
        "subject_id": new_id(),
        "made_at": NOW + timedelta(days=1),
    }
    return Occupation.objects.create(location=location, **(facts | different))


def declare(location: Location, pattern: WeekPattern = MONDAY, **different: Any) -> Vacancy:
    facts: dict[str, Any] = {
        "parts": pattern.mask,
        "start_on": START,
        "tariff": Tariff.INCOME,
        "declared_at": NOW,
        "confirmed_on": NOW.date(),
    }
    return Vacancy.objects.create(location=location, **(facts | different))


def test_without_places_kept_here_nothing_is_known(here: Town) -> None:
    found = supply(here.mias_nestje)
    assert (found.is_counted, found.fits(MONDAY, HALF_YEAR, born_on=BABY)) == (False, None)
    assert found.shortfalls(MONDAY, HALF_YEAR, born_on=BABY) == ()


def test_licensed_places_count_on_the_opening_days_until_staff_is_known(here: Town) -> None:
    location = keeps(here.mias_nestje, CapacityKind.PLAN)
    assert supply(location).fits(MONDAY, HALF_YEAR, born_on=BABY)
    assert not supply(location).fits(WeekPattern.full_days("za"), HALF_YEAR, born_on=BABY)
    EffectivePlaces.objects.create(location=location, start_on=START, places=[0] * 14)
    assert not supply(location).fits(MONDAY, HALF_YEAR, born_on=BABY)


def test_opening_until_noon_is_a_morning(here: Town) -> None:
    location = keeps(here.mias_nestje, CapacityKind.PLAN)
    OpeningHours.objects.filter(location=location, weekday=2).update(closes=12 * 60)
    assert supply(location).fits(WeekPattern.of("wo_vm"), HALF_YEAR, born_on=BABY)
    assert not supply(location).fits(WeekPattern.of("wo_nm"), HALF_YEAR, born_on=BABY)


def test_a_location_without_known_hours_is_taken_at_its_licence(here: Town) -> None:
    location = keeps(here.mias_nestje, CapacityKind.PLAN)
    OpeningHours.objects.filter(location=location).delete()
    assert supply(location).fits(WeekPattern.full_days("za"), HALF_YEAR, born_on=BABY)


def test_what_is_taken_counts_and_may_be_left_out(here: Town) -> None:
    location = here.mias_nestje
    plan_places(location, 1, from_on=START)
    row = take(location)
    assert not supply(location).fits(MONDAY, HALF_YEAR, born_on=BABY)
    assert supply(location, except_subjects=[row.subject_id]).fits(MONDAY, HALF_YEAR, born_on=BABY)
    assert supply(location).fits(TUESDAY, HALF_YEAR, born_on=BABY)
    assert supply(location, from_on=END).occupations == ()


def test_closing_days_are_told_and_take_nothing(here: Town) -> None:
    location = keeps(here.mias_nestje, CapacityKind.PLAN)
    summer = Period(date(2026, 7, 13), date(2026, 8, 3))
    Closing.objects.create(location=location, start_on=summer.start, end_on=summer.end)
    assert supply(location).closings == (summer,)
    assert supply(location, from_on=date(2026, 8, 3)).closings == ()


class TestVacancies:
    @pytest.fixture
    def location(self, here: Town) -> Location:
        return keeps(here.mias_nestje, CapacityKind.VACANCIES)

    def fits(self, location: Location, pattern: WeekPattern = MONDAY, born_on: date = BABY, **period: Any) -> bool:
        when = Period(period.get("start", START), period.get("end", END))
        return supply(location).fits(pattern, when, born_on=born_on) is True

    def test_only_what_is_declared_is_free(self, location: Location) -> None:
        assert not self.fits(location)
        declare(location)
        assert self.fits(location)
        assert not self.fits(location, MONDAY | TUESDAY)
        assert not self.fits(location, start=START - timedelta(days=1))

    def test_vacancies_add_up_over_days_and_over_time(self, location: Location) -> None:
        declare(location, end_on=date(2026, 12, 1))
        declare(location, start_on=date(2026, 12, 1))
        declare(location, TUESDAY)
        assert self.fits(location, MONDAY | TUESDAY)
        Vacancy.objects.filter(start_on=date(2026, 12, 1)).update(start_on=date(2026, 12, 2))
        assert not self.fits(location)

    def test_a_vacancy_that_ended_or_was_closed_is_gone(self, location: Location) -> None:
        vacancy = declare(location, end_on=date(2026, 12, 1))
        assert not self.fits(location)
        assert self.fits(location, end=date(2026, 12, 1))
        Vacancy.objects.filter(id=vacancy.id).update(closed_on=NOW.date())
        assert not self.fits(location, end=date(2026, 12, 1))

    def test_what_was_taken_since_counts_and_what_was_taken_before_is_in_it(self, location: Location) -> None:
        take(location, made_at=NOW - timedelta(days=1))
        declare(location)
        assert self.fits(location)
        take(location)
        assert not self.fits(location)
        declare(location, declared_at=NOW + timedelta(days=2))
        assert self.fits(location)

    def test_only_the_declared_days_of_a_child_count(self, location: Location) -> None:
        declare(location)
        take(location, TUESDAY)
        declare(location, TUESDAY, declared_at=NOW + timedelta(days=2))
        assert self.fits(location, MONDAY | TUESDAY)

    def test_a_place_for_babies_is_none_for_toddlers(self, location: Location) -> None:
        declare(location, age_group=AgeGroup.BABY)
        assert self.fits(location)
        assert not self.fits(location, born_on=TODDLER)

    def test_a_place_for_any_age_is_promised_once(self, location: Location) -> None:
        declare(location, age_group=AgeGroup.BABY)
        declare(location, age_group=AgeGroup.MIXED)
        assert self.fits(location, born_on=TODDLER)
        take(location, age_group=AgeGroup.TODDLER)
        assert not self.fits(location, born_on=TODDLER)
        assert self.fits(location, born_on=BABY)
        take(location, age_group=AgeGroup.BABY)
        assert not self.fits(location, born_on=BABY)


def test_many_locations_cost_as_many_queries_as_one(
    here: Town, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for location in here.locations[:2]:
        plan_places(location, 2, from_on=START)
        take(location)
    keeps(here.het_klavertje, CapacityKind.VACANCIES)
    declare(here.het_klavertje)
    with django_assert_num_queries(6):
        assert len(supply_of([location.id for location in here.locations])) == 4
