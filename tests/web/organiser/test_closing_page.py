"""Closing a location: the day, what follows for each family, and only then the closing itself."""

from datetime import timedelta

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import YES, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.distribution.models import Answer
from opvangloket.domains.providers.closing import closing_day
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole

pytestmark = pytest.mark.django_db
MIA = "/organisator/locaties/mias-nestje/"
CLOSE = f"{MIA}sluiten/"
DAY = {"closed_day": "1", "closed_month": "5", "closed_year": "2026"}


@pytest.fixture
def mia(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.mia_account)


def test_what_follows_is_shown_first_and_then_done(here: Town, mia: PageClient) -> None:
    journey = asks(here)
    offered = asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    offered.answers(here.mias_nestje, YES)
    assert CLOSE in words(mia.get(MIA))
    assert "Vanaf welke dag is de opvang gesloten?" in words(mia.get(CLOSE))
    shown = words(mia.post(CLOSE, DAY))
    assert "Wat er volgt als je sluit op vrijdag 1 mei 2026" in shown
    assert "2 zaken krijgen een volgende stap." in shown
    assert "We antwoorden nee in jouw naam" in shown
    assert "Je voorstel trekken we in" in shown
    assert "Peeters" not in shown
    assert closing_day(here.mias_nestje.id) is None
    done = words(mia.post(CLOSE, DAY | {"seen": "2"}, follow=True))
    assert "Je opvang sluit op vrijdag 1 mei 2026. Elk gezin krijgt bericht." in done
    assert journey.states()["Mia's Nestje"] == "answered_no"
    assert "Deze opvang sluit op vrijdag 1 mei 2026." in words(mia.get("/ninove/opvang/mias-nestje/"))


def test_what_came_in_meanwhile_is_shown_again(here: Town, mia: PageClient) -> None:
    asks(here)
    again = words(mia.post(CLOSE, DAY | {"seen": "0"}))
    assert "Er kwam net iets bij. Kijk de gevolgen nog eens na." in again
    assert "We antwoorden nee in jouw naam" in again
    with looking():
        assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("posted", "message"),
    [({}, "Vul een datum in"), (DAY | {"closed_year": "2025"}, "Kies een datum vanaf maandag 2 maart 2026.")],
)
def test_a_wrong_day_is_asked_again(mia: PageClient, posted: dict[str, str], message: str) -> None:
    assert message in words(mia.post(CLOSE, posted))


def test_a_closing_is_taken_back_in_time(here: Town, mia: PageClient) -> None:
    assert "Niemand wacht hier op een antwoord of een plaats." in words(mia.post(CLOSE, DAY))
    mia.post(CLOSE, DAY | {"seen": "0"})
    assert "Je opvang blijft open." in words(mia.post(f"{CLOSE}toch-niet/", follow=True))
    assert closing_day(here.mias_nestje.id) is None
    mia.post(CLOSE, DAY | {"seen": "0"})
    with clock.stopped_at(here.now + timedelta(days=70)):
        assert "Deze opvang is al gesloten." in words(mia.post(f"{CLOSE}toch-niet/", follow=True))


@pytest.mark.parametrize("more", ["", "toch-niet/"])
@pytest.mark.parametrize("role", [OrganiserRole.STAND_IN, OrganiserRole.STAFF])
def test_strangers_do_not_find_it_and_only_the_manager_may(
    here: Town, client_for: ClientFor, more: str, role: OrganiserRole
) -> None:
    assert client_for().get(CLOSE + more)["Location"].startswith("/organisator/aanmelden/")
    assert client_for(here.rosa).post(CLOSE + more, DAY | {"seen": "0"}).status_code == 404
    with looking():
        OrganiserMembership.objects.filter(account=here.mia_account).update(role=role)
    assert client_for(here.mia_account).post(CLOSE + more, DAY | {"seen": "0"}).status_code == 403
    assert CLOSE not in words(client_for(here.mia_account).get(MIA))
    assert closing_day(here.mias_nestje.id) is None
