"""A stand-in gets the mails of its locations from its first day until its last, and answers signed in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import PARENT, Town, town
from tests.domains.distribution.journey import NOW as MONDAY
from tests.domains.distribution.journey import YES, asks, looking

from opvangloket.domains.contact.actions import write_message
from opvangloket.domains.distribution.answering.links import mail_fresh_link
from opvangloket.domains.distribution.asking.sweeps import sweep_remind
from opvangloket.domains.distribution.inbox.weekly_lists import sweep_weekly_lists
from opvangloket.domains.providers.models import Tariff
from opvangloket.domains.providers.team import invite_colleague
from opvangloket.domains.providers.vacancies import NewVacancy, declare_vacancy
from opvangloket.domains.providers.vacancy_links import mail_fresh_vacancy_link, sweep_vacancies
from opvangloket.domains.providers.weekly_list import choose_weekly_list
from opvangloket.foundation.accounts.models import OrganiserRole
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.patterns import WeekPattern

INES = "ines@opvang.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town(MONDAY)


def let_ines_stand_in(here: Town, *, first: int = 0, last: int = 6, **different: Any) -> None:
    """Let Ines stand in at De Regenboog Centrum, for one week from so many days after today."""
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        facts: dict[str, Any] = {
            "address": INES,
            "name": "Ines",
            "role": OrganiserRole.STAND_IN,
            "location_ids": [here.regenboog_centrum.id],
            "start_on": here.today + timedelta(days=first),
            "until_on": here.today + timedelta(days=last),
        }
        invite_colleague(organiser_id=here.regenboog.id, **facts | different, actor=here.manager, now=here.now)


def mails(address: str, template: str) -> list[Message]:
    with looking():
        return list(Message.objects.filter(recipient=address, template=template).order_by("planned_at"))


def test_a_question_reaches_the_location_and_its_stand_in(here: Town) -> None:
    let_ines_stand_in(here)
    asks(here, here.deniz())
    [own], [copy] = (mails(one, "inquiry_sent") for one in (here.regenboog_centrum.email, INES))
    assert own.planned_at == copy.planned_at
    assert "Dat kan zonder wachtwoord" in own.text
    assert "Je leest dit als vervanger. Meld je aan en antwoord:" in copy.text
    assert "/organisator/antwoord/" in own.text
    assert "/organisator/antwoord/" not in copy.text + copy.html
    assert mails(here.regenboog_denderhof.email, "inquiry_sent")  # which has no stand-in: one mail for Ines


@pytest.mark.parametrize(("day", "number"), [(-1, 0), (0, 1), (6, 1), (7, 0)])
def test_from_the_first_day_until_the_last(here: Town, day: int, number: int) -> None:
    let_ines_stand_in(here, first=1, last=7)
    asks(replace(here, now=here.now + timedelta(days=day + 1)))
    assert len(mails(INES, "inquiry_sent")) == number


def test_who_stands_in_everywhere_gets_the_mail_of_each_location(here: Town) -> None:
    let_ines_stand_in(here, location_ids=[])
    asks(here, here.deniz())
    assert len(mails(INES, "inquiry_sent")) == 2


def test_staff_and_another_organisers_stand_in_get_no_copy(here: Town) -> None:
    let_ines_stand_in(here, role=OrganiserRole.STAFF, until_on=None)
    asks(here)
    assert mails(INES, "inquiry_sent") == []


def test_who_reads_the_mail_of_the_location_gets_it_once(here: Town) -> None:
    let_ines_stand_in(here, address=here.regenboog_centrum.email.upper())
    asks(here)
    assert len(mails(here.regenboog_centrum.email, "inquiry_sent")) == 1


def test_a_reminder_is_copied_and_a_fresh_link_is_not(here: Town) -> None:
    let_ines_stand_in(here, last=30)
    journey = asks(here)
    with looking():
        sweep_remind(now=here.now + timedelta(days=10))
    [copy] = mails(INES, "inquiry_reminder")
    assert "Je leest dit als vervanger." in copy.text
    assert "zonder wachtwoord" not in copy.text
    text = mails(here.regenboog_centrum.email, "inquiry_sent")[0].text
    token = text.partition("/organisator/antwoord/")[2].partition("/")[0]
    mail_fresh_link(token=token, now=here.now + timedelta(days=11))
    assert len(mails(here.regenboog_centrum.email, "inquiry_reminder")) == 2
    assert len(mails(INES, "inquiry_reminder")) == 1
    assert journey.states()["De Regenboog Centrum"] == "sent"


def test_what_follows_reaches_the_stand_in_too(here: Town) -> None:
    let_ines_stand_in(here, last=30)
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    with here.as_family(journey.registered):
        write_message(
            request_id=journey.request_id,
            location_id=here.regenboog_centrum.id,
            text="Mogen we eens komen kijken?",
            after=0,
            actor=PARENT,
            now=here.now,
        )
    assert len(mails(INES, "message_waits_organiser")) == 1
    journey.accepts(here.regenboog_centrum)
    assert len(mails(INES, "offer_accepted_organiser")) == 1


def test_a_location_without_mail_is_still_called_while_its_stand_in_reads_along(here: Town) -> None:
    with looking():
        type(here.regenboog).objects.filter(id=here.regenboog.id).update(email="")
        type(here.regenboog_centrum).objects.filter(id=here.regenboog_centrum.id).update(email="")
    let_ines_stand_in(here)
    journey = asks(here)
    assert len(mails(INES, "inquiry_sent")) == 1
    assert "other" in journey.tasks()


@pytest.mark.parametrize(("day", "number"), [(-1, 0), (0, 1), (6, 1), (7, 0)])
def test_the_free_places_and_the_weekly_list_reach_the_stand_in_too(here: Town, day: int, number: int) -> None:
    """A copy holds no link that works without signing in: it would outlive the role."""
    let_ines_stand_in(here, first=8, last=14)
    centrum = here.regenboog_centrum
    with here.at_organiser(centrum):
        monday = NewVacancy(pattern=WeekPattern.full_days("ma"), start_on=here.today, tariff=Tariff.INCOME)
        declare_vacancy(location_id=centrum.id, vacancy=monday, actor=here.manager, now=here.now)
        choose_weekly_list(location_id=centrum.id, wanted=True, actor=here.manager, now=here.now)
    asks(here)
    then = here.now + timedelta(days=8 + day)
    with looking():
        for _ in range(2):
            sweep_vacancies(now=then)
            sweep_weekly_lists(now=then)
    for template, secret in (("confirm_vacancies", "/organisator/vrij/"), ("weekly_list", "/organisator/lijst/")):
        [own], copies = (mails(one, template) for one in (centrum.email, INES))
        assert secret in own.text
        assert len(copies) == number, template
        for copy in copies:
            assert "Je leest dit als vervanger. Meld je aan" in copy.text
            assert "/organisator/locaties/de-regenboog-centrum/" in copy.text
            assert secret not in copy.text + copy.html


def test_a_fresh_link_for_free_places_goes_to_the_location_alone(here: Town) -> None:
    let_ines_stand_in(here, last=20)
    with here.at_organiser(here.regenboog_centrum):
        monday = NewVacancy(pattern=WeekPattern.full_days("ma"), start_on=here.today, tariff=Tariff.INCOME)
        declare_vacancy(location_id=here.regenboog_centrum.id, vacancy=monday, actor=here.manager, now=here.now)
    then = here.now + timedelta(days=8)
    with looking():
        sweep_vacancies(now=then)
        [asked] = mails(here.regenboog_centrum.email, "confirm_vacancies")
        token = asked.text.split("/organisator/vrij/")[1].split("/")[0]
        assert mail_fresh_vacancy_link(token=token, now=then + timedelta(days=1))
    assert len(mails(here.regenboog_centrum.email, "confirm_vacancies")) == 2
    assert len(mails(INES, "confirm_vacancies")) == 1
