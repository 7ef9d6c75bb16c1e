"""Answering from a mail: opening changes nothing, three clicks are enough, and no name is on the page."""

import re

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import Journey, asks, looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.distribution.models import Answer, AnswerDoor
from opvangloket.domains.providers.models import Location
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
REPLY_BY = {"yes-reply_by_day": "12", "yes-reply_by_month": "3", "yes-reply_by_year": "2026"}


def links(journey: Journey, location: Location, template: str = "inquiry_sent") -> list[str]:
    mails = [mail for mail in journey.mails(template) if mail.recipient == location.email]
    return [re.findall(r"/organisator/antwoord/[\w-]+/", mail.text)[0] for mail in mails]


def answers() -> list[Answer]:
    with looking():
        return list(Answer.objects.order_by("at", "id"))


def test_opening_shows_the_question_without_names_and_changes_nothing(here: Town, client_for: ClientFor) -> None:
    journey = asks(here, message_to_locations="Tot gauw")
    [link] = links(journey, here.mias_nestje)
    for _ in range(2):
        page = words(client_for().get(link))
    assert "Kind, 5 maanden bij de start" in page
    assert "Ja, zoals gevraagd" in page
    assert "Tot gauw" in page
    for private in ("Noor", "Peeters", "0470", "sara.peeters"):
        assert private not in page
    assert journey.inquiry(here.mias_nestje).seen_at is None
    assert answers() == []


def test_three_clicks_are_a_yes(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    [link] = links(journey, here.mias_nestje)
    client = client_for()
    chosen = words(client.get(f"{link}?antwoord=ja"))
    assert "Stel deze plaats voor" in chosen
    assert "Zeg waarom, en wat wel kan." not in chosen
    done = client.post(link, {"kind": "yes", **REPLY_BY}, follow=True)
    assert "Je antwoord is verstuurd" in words(done)
    assert "Je zei ja" in words(done)
    [answer] = answers()
    assert (answer.kind, answer.door) == ("yes", AnswerDoor.MAIL)
    assert journey.offer(here.mias_nestje).state == "open"


def test_a_used_link_shows_the_answer_and_mails_a_fresh_one_once(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    [link] = links(journey, here.mias_nestje)
    client = client_for()
    client.post(link, {"kind": "no", "no-reason": "volzet"})
    again = client.post(link, {"kind": "yes", **REPLY_BY}, follow=True)
    assert "Alles is volzet." in words(again)
    assert len(answers()) == 1
    for _ in range(2):
        told = client.post(f"{link}nieuw/", follow=True)
    assert "Je krijgt een mail met een nieuwe link." in words(told)
    [fresh] = links(journey, here.mias_nestje, "inquiry_reminder")
    corrected = client.post(fresh, {"kind": "yes", **REPLY_BY}, follow=True)
    assert "Je zei ja" in words(corrected)
    assert [answer.kind for answer in answers()] == ["no", "yes"]


def test_what_is_not_right_is_asked_again_and_the_link_still_works(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    [link] = links(journey, here.mias_nestje)
    client = client_for()
    refused = client.post(link, {"kind": "no", "no-message": "Volgend jaar graag"})
    assert "Kies een antwoord." in words(refused)
    assert "Volgend jaar graag" in words(refused)
    assert client.post(link, {"kind": "onzin"}).status_code == 302
    client.post(link, {"kind": "no", "no-reason": "volzet"})
    assert len(answers()) == 1


def test_before_answer_from_only_a_no_is_offered(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(answer_from_months=2))
    [link] = links(asks(here), here.mias_nestje)
    page = words(client_for().get(link))
    assert "Een plaats voorstellen kan vanaf donderdag 30 april 2026." in page
    assert page.count('class="choice-big') == 1


def test_a_closed_question_asks_nothing_more(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    [link], [other] = links(journey, here.mias_nestje), links(journey, here.regenboog_centrum)
    client = client_for()
    client.post(other, {"kind": "yes", **REPLY_BY})
    journey.accepts(here.regenboog_centrum)
    assert "Deze vraag is afgesloten" in words(client.get(link))
    client.post(link, {"kind": "no", "no-reason": "volzet"})
    assert [answer.kind for answer in answers()] == ["yes"]
    assert "Deze vraag is afgesloten" in words(client.post(f"{link}nieuw/", follow=True))


@pytest.mark.parametrize("more", ["", "nieuw/"])
def test_a_link_that_never_was_is_not_found(here: Town, client_for: ClientFor, more: str) -> None:
    client = client_for()
    assert client.get(f"/organisator/antwoord/abcdef/{more}").status_code == 404
    assert client.post(f"/organisator/antwoord/abcdef/{more}", {"kind": "no"}).status_code == 404
