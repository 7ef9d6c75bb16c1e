"""Following one's own request: the next date, the lines, who may see it, and how it ends."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.web.conftest import ClientFor, PageClient
from tests.web.family.asking import text
from tests.web.family.mine.conftest import MONDAY, home, say, stored

from opvangloket.domains.distribution.answering.answers import No, Yes
from opvangloket.domains.distribution.answering.giving import mark_seen
from opvangloket.domains.distribution.models import Inquiry, Offer, Placement
from opvangloket.domains.requests.actions import Registered
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation import clock
from opvangloket.foundation.audit.record import record
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.reasons import NoReason

pytestmark = pytest.mark.django_db


# Reading


def test_the_next_date_stands_on_top(here: Town, sara: PageClient, noor: Registered) -> None:
    page = text(sara.get(home(noor)))
    assert "Opvang voor Noor" in page
    assert "Je vraag ligt bij 2 opvanglocaties. Ze antwoorden ten laatste op maandag 16 maart." in page
    assert "Nog 14 dagen Antwoordt ten laatste op maandag 16 maart." in page


def test_each_line_tells_what_happened(here: Town, sara: PageClient, noor: Registered) -> None:
    with here.at_organiser(here.mias_nestje):
        inquiry = Inquiry.objects.get(location=here.mias_nestje)
        mark_seen(inquiry_id=inquiry.id, actor=here.manager, now=here.now)
    say(here, noor, here.regenboog_centrum, No(reason=NoReason.DAYS_FULL, possible_pattern=MONDAY))
    page = text(sara.get(home(noor)))
    assert "Op de dagen die je vroeg, is er geen plaats. Wel mogelijk: maandag hele dag." in page
    assert re.search(r"gelezen 2 mrt antwoord", page)


def test_who_is_late_is_said_with_what_the_desk_does(here: Town, sara: PageClient, noor: Registered) -> None:
    with clock.stopped_at(here.now + timedelta(days=15)):
        page = text(sara.get(home(noor)))
    assert "2 zijn te laat: het loket vraagt het na." in page
    assert page.count("Te laat met antwoorden") == 2


def test_the_list_shows_every_request_of_the_family(here: Town, client_for: ClientFor, noor: Registered) -> None:
    deniz = here.ask(here.deniz())
    page = text(client_for(noor, deniz).get("/ninove/mijn/"))
    assert "Opvang voor Noor" in page
    assert "Opvang voor Deniz" in page


def test_who_read_the_file_is_shown(here: Town, sara: PageClient, noor: Registered) -> None:
    assert "Nog niemand las je vraag" in text(sara.get(f"{home(noor)}gelezen/"))
    with here.at_desk():
        inquiry = Inquiry.objects.get(location=here.mias_nestje)
        facts: dict[str, Any] = {"at": here.now, "desk_id": here.ninove.id, "request_id": noor.request_id}
        record("request.read", actor=here.worker, subject_kind="request", subject_id=noor.request_id, **facts)
        record("inquiry.read", actor=here.manager, subject_kind="inquiry", subject_id=inquiry.id, **facts)
    page = text(sara.get(f"{home(noor)}gelezen/"))
    assert "Iemand van het loket las je vraag" in page
    assert "Mia&#x27;s Nestje las je vraag" in page


def test_the_dates_go_into_a_calendar(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    file = sara.get(f"{home(noor)}agenda.ics").content.decode()
    assert "SUMMARY:De Regenboog Centrum: laatste dag om te antwoorden\r\n" in file
    assert "DTSTART;VALUE=DATE:20260312\r\n" in file
    assert "SUMMARY:Mia's Nestje: antwoord verwacht\r\n" in file
    assert "Noor" not in file


# Who may


PAGES = (
    "", "aannemen/de-regenboog-centrum/", "niet-nemen/de-regenboog-centrum/", "veranderen/", "opvang/",
    "opvang/erbij/het-klavertje/", "opvang/weg/mias-nestje/", "stoppen/", "geboren/", "gelezen/", "agenda.ics",
    "ik-zoek-nog/", "versturen/", "gestart/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_sent_to_the_door(client_for: ClientFor, noor: Registered, address: str) -> None:
    answered = client_for().get(home(noor) + address)
    assert answered.status_code == 302
    assert answered.headers["Location"].startswith("/ninove/aanmelden/?na=")


@pytest.mark.parametrize("address", PAGES)
def test_the_request_of_another_family_is_not_found(
    here: Town, client_for: ClientFor, noor: Registered, address: str
) -> None:
    other = client_for(here.ask(here.deniz()))
    assert other.get(home(noor) + address).status_code == 404
    assert other.post(home(noor) + address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_another_desk_does_not_know_the_request(sara: PageClient, noor: Registered, address: str) -> None:
    answered = sara.get(f"/overstroom/mijn/{noor.reference}/{address}")
    assert answered.status_code == 302
    assert answered.headers["Location"].startswith("/overstroom/aanmelden/")


@pytest.mark.parametrize("address", PAGES)
def test_opening_a_page_changes_nothing(here: Town, sara: PageClient, noor: Registered, address: str) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    before = [str(vars(stored(noor)) | {"_state": None})]
    sara.get(home(noor) + address)
    assert [str(vars(stored(noor)) | {"_state": None})] == before
    with across_desks("nothing moved"):
        assert Offer.objects.get().state == "open"
        assert set(Inquiry.objects.values_list("state", flat=True)) == {"answered_yes", "sent"}


@pytest.mark.parametrize(
    ("why", "state"),
    [
        ("elders-hier", "found_elsewhere"),
        ("elders-ander", "found_elsewhere"),
        ("niet-meer-nodig", "lapsed"),
        ("verhuisd", "lapsed"),
        ("miskraam", "lapsed"),
        ("intrekken", "withdrawn"),
    ],
)
def test_a_search_ends_with_a_reason(here: Town, sara: PageClient, noor: Registered, why: str, state: str) -> None:
    address = f"{home(noor)}stoppen/"
    assert "Kies een antwoord." in text(sara.post(address, {}))
    ended = sara.post(address, {"why": why}, follow=True)
    assert "Je vraag is gesloten. De opvang weet het ook." in text(ended)
    assert stored(noor).state == state
    assert "Stoppen met zoeken" not in text(ended)
    again = sara.post(address, {"why": "niet-meer-nodig"}, follow=True)
    assert again.status_code == 200


def test_who_has_a_place_is_not_offered_to_search_on(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.mias_nestje, Yes(), at=here.now)
    sara.post(f"{home(noor)}aannemen/mias-nestje/")
    mine = text(sara.get(home(noor)))
    for words in ("Opvang toevoegen of weghalen", "Dagen of start veranderen", "Stoppen met zoeken", "dan bellen wij"):
        assert words not in mine
    assert "De opvang gaat niet door" in mine
    assert "Deze vraag zoekt geen opvang meer." in text(sara.get(f"{home(noor)}opvang/", follow=True))
    asked = text(sara.get(f"{home(noor)}stoppen/"))
    assert "De plaats van Noor gaat dan naar een ander kind." in asked
    assert "Ja, geef de plaats terug" in asked
    start_on = stored(noor).start_on
    with clock.stopped_at(here.now + (start_on - here.today)):
        assert "De opvang gaat niet door" not in text(sara.get(home(noor)))


def test_one_click_says_that_the_family_still_searches(here: Town, client_for: ClientFor, noor: Registered) -> None:
    later = here.now + timedelta(weeks=8)
    with clock.stopped_at(later):
        sara = client_for(noor)
        assert "Zoek je nog een plaats?" in text(sara.get(home(noor)))
        page = text(sara.post(f"{home(noor)}ik-zoek-nog/", follow=True))
    assert "Dank je. We zoeken verder met je mee." in page
    assert "Zoek je nog een plaats?" not in page
    assert stored(noor).confirmed_current_on == later.date()


def test_who_signed_in_by_code_can_send_at_once(here: Town, client_for: ClientFor) -> None:
    asked = here.ask(here.noor())
    sara = client_for(asked)
    assert "Ja, verstuur mijn vraag" in text(sara.get(home(asked)))
    sent = text(sara.post(f"{home(asked)}versturen/", follow=True))
    assert "Je vraag is vertrokken." in sent
    assert "Je vraag ligt bij 2 opvanglocaties." in sent
    assert stored(asked).state == "open"


def test_a_birth_keeps_the_date_of_the_request(here: Town, client_for: ClientFor) -> None:
    asked = here.ask(here.deniz())
    family = client_for(asked)
    address = f"{home(asked)}geboren/"
    wrong = family.post(address, {"birth_day": "1", "birth_month": "3", "birth_year": "2027", "first_name": ""})
    assert "Kies een datum tot en met maandag 2 maart 2026." in text(wrong)
    assert "Vul de voornaam van je kind in." in text(wrong)
    news = {"birth_day": "28", "birth_month": "2", "birth_year": "2026", "first_name": "Deniz"}
    assert "Proficiat met Deniz!" in text(family.post(address, news, follow=True))
    with across_desks("born"):
        assert CareRequest.objects.get().child.birth_on == date(2026, 2, 28)
        assert CareRequest.objects.get().registered_at == here.now
    assert family.get(address).status_code == 302


def test_the_start_is_confirmed_in_one_click(here: Town, client_for: ClientFor, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    client_for(noor).post(f"{home(noor)}aannemen/de-regenboog-centrum/")
    start = stored(noor).start_on
    with clock.stopped_at(datetime(start.year, start.month, start.day, 9, 0, tzinfo=UTC)):
        sara = client_for(noor)
        assert "Is de opvang gestart zoals afgesproken?" in text(sara.get(home(noor)))
        page = text(sara.post(f"{home(noor)}gestart/", follow=True))
    assert "Dank je." in page
    assert "Is de opvang gestart" not in page
    with across_desks("confirmed"):
        assert Placement.objects.get().confirmed_at is not None


def test_query_counts_do_not_grow(here: Town, client_for: ClientFor, noor: Registered) -> None:
    def queries(client: PageClient, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    few = client_for(noor)
    one_location = {address: queries(few, address) for address in ("/ninove/mijn/", home(noor), f"{home(noor)}opvang/")}
    for location in (here.het_klavertje, here.regenboog_denderhof):
        few.post(f"{home(noor)}opvang/erbij/{location.slug}/")
    assert {address: queries(few, address) for address in one_location} == one_location
    many = client_for(noor, *(here.ask(here.deniz()) for _ in range(4)))
    assert queries(many, "/ninove/mijn/") == one_location["/ninove/mijn/"]
