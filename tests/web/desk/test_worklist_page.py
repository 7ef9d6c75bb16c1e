"""The worklist as the start page of the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import FULL, YES, asks
from tests.web.conftest import NOW, ClientFor

from opvangloket.domains.requests.actions import write_note
from opvangloket.foundation import clock
from opvangloket.rules.characteristics import Characteristic, UrgentReason

pytestmark = pytest.mark.django_db

WORKLIST = "/werk/ninove/"
VULNERABLE = frozenset({Characteristic.SINGLE_PARENT, Characteristic.LOW_INCOME})


def test_an_empty_list_is_glad(client_for: ClientFor, here: Town) -> None:
    page = client_for(here.amina).get(WORKLIST)
    assert page.status_code == 200
    assert "Alles gedaan" in page.content.decode()


def test_who_is_not_of_this_desk_comes_no_further(client_for: ClientFor, here: Town) -> None:
    assert client_for().get(WORKLIST)["Location"] == "/werk/aanmelden/?na=%2Fwerk%2Fninove%2F"
    assert client_for(here.stranger).get(WORKLIST).status_code == 404
    assert client_for(here.rosa).get(WORKLIST)["Location"].startswith("/werk/aanmelden/")
    assert client_for(here.amina).get("/werk/geen-loket/").status_code == 404


def test_whoever_works_at_one_desk_goes_straight_in(client_for: ClientFor, here: Town) -> None:
    assert client_for(here.amina).get("/werk/")["Location"] == WORKLIST


def test_each_row_says_why_and_offers_the_next_act(client_for: ClientFor, here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id, here.het_klavertje.id), characteristics=VULNERABLE)
    noor.answers(here.mias_nestje, YES)
    file = f"/werk/ninove/gezin/{noor.registered.reference}/"
    with clock.stopped_at(NOW + timedelta(days=9)):
        text = client_for(here.amina).get(WORKLIST).content.decode()
    assert "Noor Peeters · Sara Peeters, 0470 12 34 56" in text
    assert "Het voorstel van Mia&#x27;s Nestje vervalt morgen." in text
    assert "Kwetsbaar gezin. Het is stil sinds maandag 2 maart." in text
    assert f'href="{file}#notitie"' in text
    assert "1 ding te doen. 1 moet vandaag." in text

    with clock.stopped_at(NOW + timedelta(days=17)):
        text = client_for(here.amina).get(WORKLIST).content.decode()
    assert "Antwoordt niet op 1 vraag. De oudste termijn eindigde op maandag 16 maart." in text
    assert 'href="/werk/ninove/opvang/het-klavertje/#bellen"' in text
    assert "Telefoon: 054 11 22 33." in text


def test_a_part_of_the_list_shows_one_reason(client_for: ClientFor, here: Town) -> None:
    asks(here, location_ids=())
    urgent = {"urgent_reason": UrgentReason.START_WORK, "start_on": here.today + timedelta(days=20)}
    asks(here, here.deniz(**urgent))
    amina = client_for(here.amina)
    everything = amina.get(WORKLIST).content.decode()
    assert everything.count('class="worklist-row') == 2
    part = amina.get(WORKLIST, {"toon": "urgent"}).content.decode()
    assert part.count('class="worklist-row') == 1
    assert "Deniz" in part
    assert "Noor" not in part
    assert amina.get(WORKLIST, {"toon": "bestaat niet"}).status_code == 200
    swapped = amina.get(WORKLIST, {"toon": "urgent"}, headers={"HX-Request": "true", "HX-Target": "work"})
    assert swapped.content.decode().startswith('<div id="work">')


def test_what_was_done_is_told_on_the_row(client_for: ClientFor, here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    noor.answers(here.mias_nestje, FULL)
    with here.at_desk():
        write_note(request_id=noor.request_id, text="Gebeld", actor=here.worker, now=NOW)
    text = client_for(here.amina).get(WORKLIST).content.decode()
    assert "Geen enkele opvang heeft plaats. Zoek samen verder. Laatste contact: maandag 2 maart." in text
    assert "Als er tijd is" in text


def test_a_long_list_is_paged(client_for: ClientFor, here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opvangloket.web.desk.worklist_page.PER_PAGE", 2)
    for _again in range(3):
        asks(here, location_ids=())
    amina = client_for(here.amina)
    assert amina.get(WORKLIST).content.decode().count('class="worklist-row') == 2
    assert amina.get(WORKLIST, {"pagina": "2"}).content.decode().count('class="worklist-row') == 1
    for odd in ("99", "0", "-1", "x"):
        assert amina.get(WORKLIST, {"pagina": odd}).status_code == 200


def test_much_work_takes_as_many_queries_as_little(client_for: ClientFor, here: Town) -> None:
    amina = client_for(here.amina)

    def busy() -> None:
        asks(here, location_ids=(), characteristics=VULNERABLE)
        asks(here, location_ids=(here.mias_nestje.id,)).answers(here.mias_nestje, YES)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured, clock.stopped_at(NOW + timedelta(days=9)):
            amina.get(WORKLIST)
        return len(captured)

    busy()
    queries()
    few = queries()
    busy()
    busy()
    assert queries() == few


def test_the_search_field_is_on_the_page(client_for: ClientFor, here: Town) -> Any:
    text = client_for(here.amina).get(WORKLIST).content.decode()
    assert 'action="/werk/ninove/gezinnen/" role="search"' in text
