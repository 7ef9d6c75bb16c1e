"""Before a start, a location ticks what is on paper, agrees on settling-in moments and takes the dates with it."""

from datetime import timedelta

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import YES, Journey, asks
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.foundation import clock

pytestmark = pytest.mark.django_db
MOMENT = {"on_day": "22", "on_month": "6", "on_year": "2026", "starts": "9.30", "ends": "11"}


@pytest.fixture
def noor(here: Town) -> Journey:
    """Noor will come to De Regenboog Centrum on 30 June."""
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    return journey


def file_of(journey: Journey, more: str = "") -> str:
    return f"/organisator/plaatsingen/{journey.registered.reference}/de-regenboog-centrum/{more}"


@pytest.mark.parametrize(("days", "reminds"), [(-1, True), (0, False)])
def test_who_keeps_no_list_is_reminded_until_the_child_is_there(
    here: Town, client_for: ClientFor, noor: Journey, days: int, reminds: bool
) -> None:
    until_start = noor.placement().start_on - here.today
    with clock.stopped_at(here.now + until_start + timedelta(days=days)):
        page = words(client_for(here.rosa).get(file_of(noor)))
        assert ("Er zijn nog 13 punten te regelen." in page) == reminds
        assert ("Wat is er nog te regelen?" in page) == reminds
        assert ("Hier kan je bijhouden wat op papier staat. Het hoeft niet." in page) != reminds


def test_who_keeps_a_list_sees_what_is_missing_also_later(here: Town, client_for: ClientFor, noor: Journey) -> None:
    with clock.stopped_at(here.now + (noor.placement().start_on - here.today)):
        rosa = client_for(here.rosa)
        rosa.post(file_of(noor, "overeenkomst/"), {"items": ["care_plan"]})
        assert "Er zijn nog 12 punten te regelen." in words(rosa.get(file_of(noor)))


def test_what_is_on_paper_is_ticked_and_the_family_sees_the_rest(
    rosa: PageClient, client_for: ClientFor, noor: Journey
) -> None:
    assert "Er zijn nog 13 punten te regelen." in words(rosa.get(file_of(noor)))
    assert "Lees meer bij Opgroeien" in words(rosa.get(file_of(noor, "overeenkomst/")))
    ticked = {"items": ["care_plan", "price"]}
    told = words(rosa.post(file_of(noor, "overeenkomst/"), ticked, follow=True))
    assert "Er zijn nog 11 punten te regelen." in told
    assert "Het opvangplan: de dagen en uren (maandag 2 maart 2026)" in words(rosa.get(file_of(noor, "overeenkomst/")))
    page = words(client_for(noor.registered).get(f"/ninove/mijn/{noor.registered.reference}/"))
    assert "Wat regel je nog met de opvang?" in page
    assert "Het opvangplan" not in page
    assert "De overeenkomst, ondertekend door jullie beiden" in page


def test_a_settling_in_moment_is_agreed_and_taken_away(rosa: PageClient, client_for: ClientFor, noor: Journey) -> None:
    page = words(rosa.post(file_of(noor, "wennen/"), MOMENT, follow=True))
    assert "Maandag 22 juni 2026" in page
    assert "9.30 uur, 90 minuten" in page
    family = client_for(noor.registered)
    assert "maandag 22 juni 2026, 9.30 uur" in words(family.get(f"/ninove/mijn/{noor.registered.reference}/"))
    [moment] = [part.split('"')[0] for part in page.split('name="moment" value="')[1:]]
    gone = words(rosa.post(file_of(noor, "wennen/weg/"), {"moment": moment}, follow=True))
    assert "Dit wenmoment gaat niet door." in gone
    assert rosa.post(file_of(noor, "wennen/weg/"), {"moment": "x"}).status_code == 404


def test_what_was_typed_stays_when_something_is_wrong(rosa: PageClient, noor: Journey) -> None:
    page = words(rosa.post(file_of(noor, "wennen/"), MOMENT | {"ends": "8"}))
    assert "Het einde ligt na het begin." in page
    assert 'value="9.30"' in page
    assert "Vul een uur in, bijvoorbeeld 9.30." in words(rosa.post(file_of(noor, "wennen/"), MOMENT | {"starts": "?"}))


def test_the_dates_go_to_both_calendars_without_a_name(rosa: PageClient, client_for: ClientFor, noor: Journey) -> None:
    rosa.post(file_of(noor, "wennen/"), MOMENT)
    own = rosa.get(file_of(noor, "agenda.ics")).content.decode()
    family = client_for(noor.registered).get(f"/ninove/mijn/{noor.registered.reference}/agenda.ics").content.decode()
    for file in (own, family):
        assert "DTSTART;VALUE=DATE:20260630" in file
        assert "DTSTART:20260622T073000Z" in file
        assert "naar school" in file
        assert "Noor" not in file
        assert file.count("BEGIN:VEVENT") == 3


@pytest.mark.parametrize("more", ["overeenkomst/", "wennen/", "wennen/weg/", "agenda.ics"])
def test_strangers_do_not_find_it(here: Town, client_for: ClientFor, noor: Journey, more: str) -> None:
    where = file_of(noor, more)
    assert client_for().get(where)["Location"].startswith("/organisator/aanmelden/")
    for client in (client_for(here.wim), client_for(here.mia_account)):
        assert client.get(where).status_code == 404
        assert client.post(where).status_code == 404
