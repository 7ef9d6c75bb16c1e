"""A location is asked each week whether its places are still free, and answers by a link without a password."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from tests.cast import MONDAY_TUESDAY, Town, town

from opvangloket.domains.providers.models import Location, Tariff, Vacancy, VacancyLink
from opvangloket.domains.providers.vacancies import NewVacancy, VacancyNotFound, close_vacancy, declare_vacancy
from opvangloket.domains.providers.vacancy_links import (
    VacancyLinkNotFound,
    VacancyLinkState,
    VacancyLinkUsed,
    close_by_link,
    confirm_by_link,
    mail_fresh_vacancy_link,
    open_vacancy_link,
    sweep_vacancies,
)
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.scopes import across_desks

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def declare(here: Town, location: Location | None = None, now: datetime = NOW) -> UUID:
    location = location or here.mias_nestje
    vacancy = NewVacancy(pattern=MONDAY_TUESDAY, start_on=date(2026, 4, 1), tariff=Tariff.INCOME)
    with here.at_organiser(location):
        return declare_vacancy(location_id=location.id, vacancy=vacancy, actor=here.manager, now=now)


def mails() -> list[Message]:
    with across_desks("a test reads the mail"):
        return list(Message.objects.filter(template="confirm_vacancies").order_by("planned_at", "id"))


def token() -> str:
    return mails()[-1].text.partition("/organisator/vrij/")[2].partition("/")[0]


def confirmed() -> set[date]:
    return set(Vacancy.objects.values_list("confirmed_on", flat=True))


def test_a_location_is_asked_after_a_week_and_once_a_week(here: Town) -> None:
    declare(here)
    assert sweep_vacancies(now=NOW + WEEK - timedelta(days=1)) == 0
    assert [sweep_vacancies(now=NOW + WEEK) for _twice in range(2)] == [1, 0]
    assert sweep_vacancies(now=NOW + WEEK + timedelta(days=6)) == 0
    assert sweep_vacancies(now=NOW + 2 * WEEK) == 1
    first, _second = mails()
    assert first.recipient == here.mias_nestje.email
    assert first.desk_id == here.ninove.id
    assert "1 plaats: maandag en dinsdag hele dag" in first.text
    assert "maandag 16 maart" in first.text


def test_nobody_is_asked_about_what_is_over_taken_away_or_closed(here: Town) -> None:
    closed = declare(here)
    declare(here, here.het_klavertje)
    with here.at_organiser(here.mias_nestje):
        close_vacancy(location_id=here.mias_nestje.id, vacancy_id=closed, actor=here.manager, now=NOW)
    Location.objects.filter(id=here.het_klavertje.id).update(closed_on=date(2026, 3, 3))
    assert sweep_vacancies(now=NOW + WEEK) == 0


def test_the_organiser_is_asked_when_a_location_has_no_address_and_nobody_when_neither_has(here: Town) -> None:
    declare(here, here.regenboog_centrum)
    Location.objects.filter(id=here.regenboog_centrum.id).update(email="")
    assert sweep_vacancies(now=NOW + WEEK) == 1
    assert mails()[0].recipient == here.regenboog.email
    here.regenboog.email = ""
    here.regenboog.save()
    assert sweep_vacancies(now=NOW + 2 * WEEK) == 0
    assert VacancyLink.objects.count() == 1


def test_opening_changes_nothing_and_confirming_works_once(here: Town) -> None:
    declare(here)
    declare(here)
    sweep_vacancies(now=NOW + WEEK)
    facts = open_vacancy_link(token(), now=NOW + WEEK)
    assert (facts.state, facts.location_id) == (VacancyLinkState.USABLE, here.mias_nestje.id)
    assert confirmed() == {date(2026, 3, 2)}
    assert confirm_by_link(token=token(), now=NOW + WEEK) == 2
    assert confirmed() == {date(2026, 3, 9)}
    with pytest.raises(VacancyLinkUsed):
        confirm_by_link(token=token(), now=NOW + WEEK)
    assert open_vacancy_link(token(), now=NOW + WEEK).state is VacancyLinkState.USED


def test_one_place_is_taken_away_before_the_rest_is_confirmed(here: Town) -> None:
    gone, _kept = declare(here), declare(here)
    other = declare(here, here.het_klavertje)
    sweep_vacancies(now=NOW + WEEK)
    mine = next(mail for mail in mails() if mail.recipient == here.mias_nestje.email)
    link = mine.text.partition("/organisator/vrij/")[2].partition("/")[0]
    close_by_link(token=link, vacancy_id=gone, now=NOW + WEEK)
    with pytest.raises(VacancyNotFound):
        close_by_link(token=link, vacancy_id=other, now=NOW + WEEK)
    assert confirm_by_link(token=link, now=NOW + WEEK) == 1
    with pytest.raises(VacancyLinkUsed):
        close_by_link(token=link, vacancy_id=gone, now=NOW + WEEK)


def test_a_link_ends_after_a_month_and_a_fresh_one_goes_to_the_locations_own_address(here: Town) -> None:
    declare(here)
    sweep_vacancies(now=NOW + WEEK)
    old, later = token(), NOW + WEEK + timedelta(days=30)
    assert open_vacancy_link(old, now=later).state is VacancyLinkState.OVER
    with pytest.raises(VacancyLinkUsed):
        confirm_by_link(token=old, now=later)
    assert [mail_fresh_vacancy_link(token=old, now=later) for _twice in range(2)] == [True, False]
    assert mails()[-1].recipient == here.mias_nestje.email
    assert token() != old
    assert confirm_by_link(token=token(), now=later) == 1


def test_a_link_that_never_was_is_not_found(here: Town) -> None:
    with pytest.raises(VacancyLinkNotFound):
        open_vacancy_link("onzin", now=NOW)
