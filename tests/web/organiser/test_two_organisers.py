"""One account at two organisers: it works for one at a time, and of the other nothing shows."""

from datetime import date
from typing import Any

import pytest
from django.test.client import ClientHandler
from tests.cast import Town
from tests.domains.distribution.journey import FULL, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.organiser.routes import organiser_addresses
from tests.web.reading import words

from opvangloket.domains.contact.models import NewsRead
from opvangloket.domains.contact.news import NewNews, news_with_receipts, publish_news
from opvangloket.domains.requests.actions import AskedChild
from opvangloket.domains.requests.models import Channel
from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership, DeskRole, OrganiserMembership

pytestmark = pytest.mark.django_db
INBOX, SWITCH = "/organisator/", "/organisator/werk-voor/"
# Who is invited to a consultation may ask any other to speak for it, so there the names stand.
NAMES_ALL = {"consultation", "consultation_reply"}
OF_MIA = ("Mia De Smet", "Mia&#x27;s Nestje", "Mia's Nestje", "mias-nestje", "Wout")


@pytest.fixture
def both(here: Town) -> Town:
    """Let Rosa of De Regenboog work for Mia too, where a question waits that only Mia got."""
    give_role(here, here.rosa, here.mia.id)
    wout = AskedChild(first_name="Wout", last_name="Claes", birth_on=here.today)
    asks(here, here.noor(channel=Channel.PHONE, child=wout, location_ids=(here.mias_nestje.id,)))
    return here


def give_role(here: Town, account: Account, organiser_id: Any, role: str = "manager", **limits: Any) -> None:
    with looking():
        OrganiserMembership.objects.create(
            organiser_id=organiser_id, account=account, role=role, start_on=date(2020, 1, 1), **limits
        )


def working_for(client: PageClient, organiser: Any) -> PageClient:
    assert client.post(SWITCH, {"organiser": str(organiser.id)}).status_code == 302
    return client


def test_who_has_two_organisers_says_first_for_whom_it_works(client_for: ClientFor, both: Town) -> None:
    client = client_for(both.rosa)
    assert client.get(INBOX)["Location"] == f"{SWITCH}?na=%2Forganisator%2F"
    page = words(client.get(SWITCH))
    assert "Voor wie werk je nu?" in page
    assert "1 vraag wacht op antwoord." in page
    assert "Er wacht geen vraag." in page
    answer = client.post(f"{SWITCH}?na=/organisator/plaatsingen/", {"organiser": str(both.mia.id)})
    assert answer["Location"] == "/organisator/plaatsingen/"
    assert "Je werkt voor Mia De Smet" in words(client.get(INBOX))
    assert "Mia De Smet" not in words(working_for(client, both.regenboog).get(INBOX))


def test_with_one_organiser_there_is_nothing_to_switch(client_for: ClientFor, both: Town) -> None:
    client = client_for(both.mia_account)
    assert "Je werkt voor" not in words(client.get(INBOX))
    assert client.get(SWITCH)["Location"] == INBOX


def test_nobody_works_for_an_organiser_without_a_role(client_for: ClientFor, both: Town) -> None:
    client = client_for(both.rosa)
    for wrong in (str(both.klavertje.id), "x", ""):
        assert client.post(SWITCH, {"organiser": wrong}).status_code == 200
        assert client.get(INBOX).status_code == 302
    working_for(client, both.mia)
    with looking():
        OrganiserMembership.objects.filter(account=both.rosa, organiser_id=both.mia.id).update(end_on=both.today)
    assert "De Regenboog vzw" in words(client.get(INBOX))
    assert client_for().get(SWITCH)["Location"] == "/organisator/aanmelden/"


def test_nothing_of_the_other_organiser_shows_on_any_page(client_for: ClientFor, both: Town) -> None:
    addresses = organiser_addresses(both)
    assert len(addresses) > 60
    client = working_for(client_for(both.rosa), both.regenboog)
    leaks = []
    for address in (one for one in addresses if one.name not in NAMES_ALL):
        answer = client.get(address.path)
        body = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
        leaks += [(address.path, name) for name in OF_MIA if name in body]
    assert leaks == []


def test_a_page_of_the_other_organiser_asks_to_switch(client_for: ClientFor, both: Town) -> None:
    client = working_for(client_for(both.rosa), both.mia)
    of_regenboog = [one for one in organiser_addresses(both) if "de-regenboog" in one.path]
    assert len(of_regenboog) > 30
    for address in of_regenboog:
        assert client.get(address.path)["Location"].startswith(f"{SWITCH}?na="), address
    page = words(client.get(client.get("/organisator/locaties/de-regenboog-centrum/")["Location"]))
    assert "Deze pagina is van De Regenboog vzw" in page
    assert "Je werkt nu voor Mia De Smet. Wissel je?" in page
    assert "Blijf bij Mia De Smet" in page


def test_an_act_at_the_other_organiser_asks_to_switch_and_changes_nothing(client_for: ClientFor, both: Town) -> None:
    journey = asks(both)
    client = working_for(client_for(both.rosa), both.mia)
    act = f"/organisator/vraag/{journey.registered.reference}/de-regenboog-centrum/antwoord/"
    answer = client.post(act, {"kind": "no", "no-reason": FULL.reason})
    assert answer["Location"].startswith(SWITCH)
    assert journey.states()["De Regenboog Centrum"] == "sent"


def test_news_and_complaints_are_found_at_their_organiser(client_for: ClientFor, both: Town) -> None:
    addresses = {one.name: one.path for one in organiser_addresses(both)}
    client = working_for(client_for(both.rosa), both.mia)
    assert client.get(addresses["complaint"])["Location"].startswith(SWITCH)
    assert client.get(addresses["news_item"]).status_code == 200  # Mia got the same news
    assert client.get("/organisator/berichten/H7M4CXR9/").status_code == 404


def test_a_location_where_the_role_does_not_reach_is_not_found(client_for: ClientFor, here: Town) -> None:
    give_role(here, here.mia_account, here.regenboog.id, "location_staff", location_id=here.regenboog_centrum.id)
    client = working_for(client_for(here.mia_account), here.mia)
    assert client.get("/organisator/locaties/de-regenboog-centrum/").status_code == 302
    for elsewhere in ("de-regenboog-denderhof", "het-klavertje", "ver-weg-x"):
        assert client.get(f"/organisator/locaties/{elsewhere}/").status_code == 404
    working_for(client, here.regenboog)
    assert client.get("/organisator/medewerkers/").status_code == 403
    assert "Medewerker van De Regenboog Centrum" in words(client.get(SWITCH))


def test_each_organiser_opened_the_news_by_itself(client_for: ClientFor, both: Town) -> None:
    with both.at_desk():
        facts: dict[str, Any] = {"desk_id": both.ninove.id, "actor": both.lead, "now": both.now}
        reference = publish_news(news=NewNews(title="Overleg", text="Tot dan."), reference="J7M4CXR9", **facts)
    client = client_for(both.rosa)
    for organiser in (both.regenboog, both.mia):
        working_for(client, organiser)
        assert '<span class="nav-count">1</span>' in words(client.get("/organisator/berichten/"))
        client.get(f"/organisator/berichten/{reference}/")
    with both.at_desk():
        _sent, _documents, receipts = news_with_receipts(reference)
        assert NewsRead.objects.count() == 2
    assert {one.organiser_name for one in receipts if one.first_read_at} == {"De Regenboog vzw", "Mia De Smet"}


def test_a_form_that_stood_open_for_the_other_organiser_is_not_taken(client_for: ClientFor, both: Town) -> None:
    client = working_for(client_for(both.rosa), both.regenboog)
    client.handler = ClientHandler(enforce_csrf_checks=True)
    token = client.get("/organisator/medewerkers/").context["csrf_token"]
    other_tab = client.get(SWITCH).context["csrf_token"]
    client.post(SWITCH, {"organiser": str(both.mia.id), "csrfmiddlewaretoken": str(other_tab)})
    answer = client.post("/organisator/medewerkers/", {"csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 403
    assert "Deze pagina stond te lang open" in words(answer)


def test_each_role_reaches_its_own_locations_only(client_for: ClientFor, here: Town) -> None:
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(
            role="location_staff", location_id=here.regenboog_centrum.id
        )
    give_role(here, here.rosa, here.regenboog.id, "stand_in")
    client = client_for(here.rosa)
    assert client.get("/organisator/locaties/de-regenboog-centrum/bijhouden/").status_code == 200
    assert client.get("/organisator/locaties/de-regenboog-denderhof/").status_code == 200
    assert client.get("/organisator/locaties/de-regenboog-denderhof/bijhouden/").status_code == 403


def test_the_same_address_at_a_desk_is_another_account(client_for: ClientFor, here: Town) -> None:
    at_desk = Account.objects.create(audience=Audience.DESK, email=here.rosa.email, name="Rosa", created_at=here.now)
    with looking():
        DeskMembership.objects.create(
            desk=here.ninove, account=at_desk, role=DeskRole.WORKER, start_on=date(2020, 1, 1)
        )
    organiser_only, desk_only, two_doors = client_for(here.rosa), client_for(at_desk), client_for(here.rosa, at_desk)
    assert (organiser_only.get(INBOX).status_code, organiser_only.get("/werk/ninove/").status_code) == (200, 302)
    assert (desk_only.get(INBOX).status_code, desk_only.get("/werk/ninove/").status_code) == (302, 200)
    assert (two_doors.get(INBOX).status_code, two_doors.get("/werk/ninove/").status_code) == (200, 200)
    two_doors.post("/organisator/afmelden/")
    assert (two_doors.get(INBOX).status_code, two_doors.get("/werk/ninove/").status_code) == (302, 200)
