"""Closing a location by the lead of its home desk: the consequences first, then the closing, and back in time."""

from datetime import timedelta

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import YES, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.providers.closing import closing_day
from opvangloket.domains.providers.models import LocationInDesk
from opvangloket.foundation import clock

pytestmark = pytest.mark.django_db
MIA = "/werk/ninove/opvang/mias-nestje/"
CLOSE = f"{MIA}sluiten/"
DAY = {"closed_day": "1", "closed_month": "5", "closed_year": "2026"}


@pytest.fixture
def karel(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.karel)


def test_what_follows_is_shown_first_and_then_done(here: Town, karel: PageClient) -> None:
    journey = asks(here)
    offered = asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    offered.answers(here.mias_nestje, YES)
    assert CLOSE in words(karel.get(MIA))
    assert "Bel eerst met de opvang." in words(karel.get(CLOSE))
    shown = words(karel.post(CLOSE, DAY))
    assert "Wat er volgt bij een sluiting op vrijdag 1 mei 2026" in shown
    assert "2 zaken krijgen een volgende stap." in shown
    assert "We antwoorden nee in naam van de opvang" in shown
    assert closing_day(here.mias_nestje.id) is None
    done = words(karel.post(CLOSE, DAY | {"seen": "2"}, follow=True))
    assert "De opvang sluit op vrijdag 1 mei 2026. Elk gezin krijgt bericht." in done
    assert journey.states()["Mia's Nestje"] == "answered_no"
    assert "Sluit op vrijdag 1 mei 2026." in words(karel.get(MIA))
    assert "De sluiting bekijken of terugnemen" in words(karel.get(MIA))


def test_what_came_in_meanwhile_is_shown_again(here: Town, karel: PageClient) -> None:
    asks(here)
    assert "Er kwam net iets bij." in words(karel.post(CLOSE, DAY | {"seen": "0"}))
    assert closing_day(here.mias_nestje.id) is None


def test_a_wrong_day_is_asked_again(karel: PageClient) -> None:
    assert "Vul een datum in" in words(karel.post(CLOSE, {}))


def test_a_closing_is_taken_back_in_time(here: Town, karel: PageClient) -> None:
    karel.post(CLOSE, DAY | {"seen": "0"})
    assert "De opvang blijft open." in words(karel.post(f"{CLOSE}toch-niet/", follow=True))
    assert closing_day(here.mias_nestje.id) is None
    karel.post(CLOSE, DAY | {"seen": "0"})
    with clock.stopped_at(here.now + timedelta(days=70)):
        assert "Deze opvang is al gesloten." in words(karel.post(f"{CLOSE}toch-niet/", follow=True))


@pytest.mark.parametrize("more", ["", "toch-niet/"])
def test_only_the_lead_of_its_home_desk_may(here: Town, client_for: ClientFor, more: str) -> None:
    posted = DAY | {"seen": "0"}
    assert client_for().get(CLOSE + more).status_code == 302
    assert client_for(here.amina).post(CLOSE + more, posted).status_code == 403
    assert client_for(here.stranger).post(CLOSE + more, posted).status_code == 404
    assert CLOSE not in words(client_for(here.amina).get(MIA))
    with looking():
        LocationInDesk.objects.filter(location=here.mias_nestje).update(relation="view")
    assert client_for(here.karel).post(CLOSE + more, posted).status_code == 404
    assert closing_day(here.mias_nestje.id) is None
