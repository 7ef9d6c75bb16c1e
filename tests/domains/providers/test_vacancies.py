"""A location declares a free place, confirms it, and takes it away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from tests.cast import MONDAY_TUESDAY, Town, town

from opvangloket.domains.providers.models import Location, Tariff
from opvangloket.domains.providers.own_locations import DeclaredVacancy, LocationNotFound, vacancies_of
from opvangloket.domains.providers.vacancies import (
    NewVacancy,
    VacancyEdits,
    VacancyNotFound,
    VacancyRefused,
    close_vacancy,
    confirm_vacancy,
    declare_vacancy,
    edit_vacancies,
)
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.patterns import CareHours, WeekPattern

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
VACANCY = NewVacancy(pattern=MONDAY_TUESDAY, start_on=date(2026, 4, 1), tariff=Tariff.INCOME)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def listed(here: Town, today: date = date(2026, 3, 2)) -> tuple[DeclaredVacancy, ...]:
    with here.at_organiser(here.mias_nestje):
        return vacancies_of([here.mias_nestje.id, here.het_klavertje.id], today=today)


def declare(here: Town, vacancy: NewVacancy = VACANCY, as_id: UUID | None = None) -> UUID:
    with here.at_organiser(here.mias_nestje):
        return declare_vacancy(
            location_id=here.mias_nestje.id, vacancy=vacancy, actor=here.manager, now=NOW, as_id=as_id
        )


def test_a_declared_place_is_listed_until_its_end(here: Town) -> None:
    declare(here, replace(VACANCY, end_on=date(2026, 7, 1), places=2))
    [found] = listed(here)
    assert (found.pattern, found.start_on, found.end_on, found.places) == (
        MONDAY_TUESDAY,
        date(2026, 4, 1),
        date(2026, 7, 1),
        2,
    )
    assert found.confirmed_on == date(2026, 3, 2)
    assert len(listed(here, date(2026, 6, 30))) == 1
    assert listed(here, date(2026, 7, 1)) == ()


def test_a_place_keeps_the_hours_of_its_days(here: Town) -> None:
    hours = CareHours.parse("ma 09:00-15:00")
    declare(here, replace(VACANCY, hours=hours))
    assert listed(here)[0].hours == hours


def test_the_boundary_of_the_location_says_which_part_an_hour_is(here: Town) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(noon=14 * 60)
    declare(here, replace(VACANCY, pattern=WeekPattern.of("ma_vm"), hours=CareHours.parse("ma 09:00-13:30")))
    assert listed(here)[0].pattern == WeekPattern.of("ma_vm")


def test_confirming_moves_its_date_and_closing_takes_it_away(here: Town) -> None:
    declare(here)
    [found] = listed(here)
    later = NOW + timedelta(days=10)
    with here.at_organiser(here.mias_nestje):
        confirm_vacancy(location_id=here.mias_nestje.id, vacancy_id=found.id, actor=here.manager, now=later)
    assert listed(here)[0].confirmed_on == date(2026, 3, 12)
    with here.at_organiser(here.mias_nestje):
        close_vacancy(location_id=here.mias_nestje.id, vacancy_id=found.id, actor=here.manager, now=later)
    assert listed(here) == ()
    with here.at_organiser(here.mias_nestje), pytest.raises(VacancyNotFound):
        confirm_vacancy(location_id=here.mias_nestje.id, vacancy_id=found.id, actor=here.manager, now=later)


@pytest.mark.parametrize(
    ("vacancy", "field"),
    [
        (replace(VACANCY, pattern=WeekPattern()), "pattern"),
        (replace(VACANCY, end_on=date(2026, 4, 1)), "end_on"),
        (replace(VACANCY, start_on=date(2026, 1, 1), end_on=date(2026, 2, 1)), "end_on"),
        (replace(VACANCY, places=0), "places"),
        (replace(VACANCY, hours=CareHours.parse("wo 09:00-12:00")), "hours"),
        (replace(VACANCY, hours=CareHours.parse("ma 09:00-12:00")), "hours"),
    ],
)
def test_a_place_that_cannot_be_is_refused(here: Town, vacancy: NewVacancy, field: str) -> None:
    with pytest.raises(VacancyRefused) as refused:
        declare(here, vacancy)
    assert refused.value.field == field
    assert listed(here) == ()


def test_the_place_of_somebody_else_is_not_found(here: Town) -> None:
    declare(here)
    [found] = listed(here)
    with here.at_organiser(here.regenboog_centrum):
        with pytest.raises(LocationNotFound):
            close_vacancy(location_id=here.mias_nestje.id, vacancy_id=found.id, actor=here.manager, now=NOW)
        with pytest.raises(VacancyNotFound):
            close_vacancy(location_id=here.regenboog_centrum.id, vacancy_id=found.id, actor=here.manager, now=NOW)
    assert len(listed(here)) == 1


def test_the_same_press_again_declares_nothing_more(here: Town) -> None:
    kept = new_id()
    assert [declare(here, as_id=kept), declare(here, as_id=kept)] == [kept, kept]
    assert [one.id for one in listed(here)] == [kept]


def test_another_place_on_the_page_of_the_first_is_another_place(here: Town) -> None:
    kept = new_id()
    declare(here, as_id=kept)
    assert declare(here, replace(VACANCY, places=3), as_id=kept) != kept
    assert sorted(one.places for one in listed(here)) == [1, 3]


def test_a_place_taken_away_can_be_declared_again_from_the_same_page(here: Town) -> None:
    kept = new_id()
    declare(here, as_id=kept)
    with here.at_organiser(here.mias_nestje):
        close_vacancy(location_id=here.mias_nestje.id, vacancy_id=kept, actor=here.manager, now=NOW)
    assert declare(here, as_id=kept) != kept
    assert len(listed(here)) == 1


def edit(here: Town, edits: VacancyEdits) -> None:
    with here.at_organiser(here.mias_nestje):
        edit_vacancies(location_id=here.mias_nestje.id, edits=edits, actor=here.manager, now=NOW + timedelta(days=3))


def test_many_places_are_written_as_one_by_one(here: Town) -> None:
    changed, gone, left = (declare(here, replace(VACANCY, places=places)) for places in (1, 2, 3))
    smaller = replace(VACANCY, places=5, hours=CareHours.parse("ma 09:00-15:00"), end_on=date(2026, 9, 1))
    edit(here, VacancyEdits(new=[VACANCY, VACANCY], changed={changed: smaller}, closed=[gone]))
    later = date(2026, 3, 5)
    found = {one.id: one for one in listed(here)}
    assert gone not in found
    assert (found[left].places, found[left].confirmed_on) == (3, date(2026, 3, 2))
    assert (found[changed].places, found[changed].end_on) == (5, date(2026, 9, 1))
    assert (found[changed].hours.text(), found[changed].confirmed_on) == ("ma 09:00-15:00", later)
    assert [one.confirmed_on for one in found.values() if one.id not in {changed, left}] == [later, later]
    with across_desks("a test reads the log"):
        events = AuditEvent.objects.filter(at=NOW + timedelta(days=3))
        told = [(event.action, event.desk_id, event.subject_id, event.codes) for event in events]
    codes = ["vacancy_declared", "vacancy_declared", "vacancy_changed", "vacancy_closed"]
    assert sorted(told) == sorted(("location.edit", here.ninove.id, here.mias_nestje.id, [code]) for code in codes)


def test_one_place_that_cannot_be_stops_all_of_them(here: Town) -> None:
    kept = declare(here)
    with here.at_organiser(here.het_klavertje):
        strange = declare_vacancy(location_id=here.het_klavertje.id, vacancy=VACANCY, actor=here.manager, now=NOW)
    nothing = VacancyEdits(new=[], changed={}, closed=[])
    wrong = replace(VACANCY, places=0)
    for edits, error in (
        (replace(nothing, new=[VACANCY, wrong]), VacancyRefused),
        (replace(nothing, new=[VACANCY], changed={kept: wrong}), VacancyRefused),
        (replace(nothing, new=[VACANCY], changed={strange: VACANCY}), VacancyNotFound),
        (replace(nothing, new=[VACANCY], closed=[kept, new_id()]), VacancyNotFound),
        (replace(nothing, new=[VACANCY], closed=[kept, strange]), VacancyNotFound),
    ):
        with pytest.raises(error):
            edit(here, edits)
    assert [one.id for one in listed(here)] == [kept]
    edit(here, replace(nothing, closed=[kept]))
    with pytest.raises(VacancyNotFound):
        edit(here, replace(nothing, changed={kept: VACANCY}))
