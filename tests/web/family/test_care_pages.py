"""The care of its child as a family follows it: which days, until when, and saying that it ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import Journey, asks
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.distribution.care.changes import change_days, move_to
from opvangloket.foundation import clock
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db


@pytest.fixture
def sara(client_for: ClientFor, noor: Journey) -> PageClient:
    return client_for(noor.registered)


def page_of(noor: Journey, more: str = "") -> str:
    return f"/ninove/mijn/{noor.registered.reference}/{more}"


def end(on: date, reason: str = "verhuisd") -> dict[str, Any]:
    return {"end_on_day": on.day, "end_on_month": on.month, "end_on_year": on.year, "reason": reason}


ENDS, GOES_ON = "opvang-stopt/de-regenboog-centrum/", "opvang-gaat-door/de-regenboog-centrum/"


def test_the_days_stand_on_the_page_and_what_changes_ahead(here: Town, sara: PageClient, noor: Journey) -> None:
    assert "Sinds dinsdag 30 juni 2026." in words(sara.get(page_of(noor)))
    facts: dict[str, Any] = {"family_agreed_on": noor.today, "actor": here.manager, "now": noor.now}
    from_on = noor.today + timedelta(days=14)
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        week = WeekPattern.full_days("wo")
        change_days(placement_id=noor.placement().id, pattern=week, from_on=from_on, **facts)
    assert "Vanaf donderdag 13 augustus 2026: woensdag hele dag." in words(sara.get(page_of(noor)))
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        where = here.regenboog_denderhof.id
        move_to(placement_id=noor.placement().id, location_id=where, from_on=from_on + timedelta(days=14), **facts)
    page = words(sara.get(page_of(noor)))
    assert "Vanaf donderdag 27 augustus 2026 bij De Regenboog Denderhof." in page
    assert "Vroeger bij De Regenboog Centrum." in page


def test_a_family_says_that_care_ends_and_takes_it_back(sara: PageClient, noor: Journey) -> None:
    assert "Stopt de opvang voor Noor?" in words(sara.get(page_of(noor, ENDS)))
    on = noor.today + timedelta(days=31)
    told = words(sara.post(page_of(noor, ENDS), end(on), follow=True))
    assert "De opvang stopt op zondag 30 augustus 2026. De Regenboog Centrum krijgt bericht." in told
    assert "Het gezin verhuist." in told
    assert "checked" in words(sara.get(page_of(noor, ENDS)))
    assert "De opvang gaat door." in words(sara.post(page_of(noor, GOES_ON), follow=True))
    assert noor.placement().state == "active"


def test_once_the_day_has_come_nothing_can_be_said_any_more(sara: PageClient, noor: Journey) -> None:
    sara.post(page_of(noor, ENDS), end(noor.today + timedelta(days=31)))
    with clock.stopped_at(noor.later(days=31).now):
        page = words(sara.get(page_of(noor)))
        assert "De opvang stopte op zondag 30 augustus 2026." in page
        assert "opvang-stopt" not in page
        assert "De opvang is al gestopt." in words(sara.post(page_of(noor, ENDS), end(noor.today)))
        assert "De opvang is al gestopt." in words(sara.post(page_of(noor, GOES_ON), follow=True))


def test_what_is_wrong_is_said_beside_what_was_typed(sara: PageClient, noor: Journey) -> None:
    page = words(sara.post(page_of(noor, ENDS), end(noor.today, reason="opzeg_door_opvang") | {"end_on_day": "x"}))
    assert "De dag is een getal van 1 tot 31." in page
    assert noor.placement().state == "active"


def test_only_where_the_child_has_a_place(here: Town, sara: PageClient, client_for: ClientFor, noor: Journey) -> None:
    assert sara.get(page_of(noor, "opvang-stopt/het-klavertje/")).status_code == 404
    other = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,)))
    assert sara.get(page_of(other, ENDS)).status_code == 404
    assert client_for(other.registered).get(page_of(other, ENDS)).status_code == 404
    assert client_for().get(page_of(noor, ENDS)).status_code == 302
    assert sara.get(page_of(noor, GOES_ON)).status_code == 302
