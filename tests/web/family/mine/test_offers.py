"""Offers to a family: a letter, taken or left, alone or for two children together."""

import re
from datetime import date, timedelta

import pytest
from tests.cast import VISITOR, Town, plan_places
from tests.web.conftest import ClientFor, PageClient
from tests.web.family.asking import text
from tests.web.family.mine.conftest import MONDAY, home, say, stored

from opvangloket.domains.distribution.answering.answers import Alternative, No, Yes
from opvangloket.domains.distribution.asking.questions import ask, confirm_contact
from opvangloket.domains.distribution.models import Inquiry, Offer, Placement
from opvangloket.domains.requests.actions import AskedChild, Registered
from opvangloket.foundation import clock
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import NoReason

pytestmark = pytest.mark.django_db


def test_an_offer_is_a_letter_and_is_taken_in_two_clicks(here: Town, sara: PageClient, noor: Registered) -> None:
    start = stored(noor).start_on + timedelta(days=31)
    given = Alternative(start_on=start, pattern=MONDAY, message="We kijken uit naar Noor.")
    say(here, noor, here.regenboog_centrum, given)
    page = sara.get(home(noor))
    words = text(page)
    assert (
        "De Regenboog Centrum heeft een plaats voor je. Antwoord ten laatste op donderdag 12 maart (nog 10 dagen)."
        in words
    )
    assert "Een voorstel van De Regenboog Centrum" in words
    assert "We kijken uit naar Noor." in words
    assert "Niet bij dit voorstel: dinsdag hele dag." in words
    assert "De start is later" in words
    [first_click] = re.findall(r'class="button" href="([^"]+/aannemen/[^"]+)"', page.content.decode())
    confirm = sara.get(first_click)
    assert "Je vraag stopt bij: Mia&#x27;s Nestje." in text(confirm)
    done = sara.post(first_click, follow=True)
    assert "Gelukt: Noor heeft een plaats bij De Regenboog Centrum." in text(done)
    assert "Noor start op" in text(done)
    assert stored(noor).state == "placed"
    with across_desks("what it came to"):
        assert Placement.objects.get().start_on == start
        assert Inquiry.objects.get(location=here.mias_nestje).state == "withdrawn"


def test_taking_a_place_twice_does_no_harm(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    address = f"{home(noor)}aannemen/de-regenboog-centrum/"
    for _ in range(2):
        told = text(sara.post(address, follow=True))
        assert "Gelukt: Noor heeft een plaats bij De Regenboog Centrum." in told
        assert "Dit voorstel staat niet meer open." not in told
    with across_desks("one place"):
        assert Placement.objects.count() == 1


def test_an_offer_that_does_not_fit_is_left_with_a_reason(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    address = f"{home(noor)}niet-nemen/de-regenboog-centrum/"
    assert "Kies een antwoord." in text(sara.post(address, {}))
    left = sara.post(address, {"reason": "prijs"}, follow=True)
    assert "De Regenboog Centrum weet dat je deze plaats niet neemt." in text(left)
    with across_desks("the reason"):
        assert (Offer.objects.get().state, Offer.objects.get().decline_reason) == ("declined", "prijs")
    assert stored(noor).state == "open"


def test_who_found_care_elsewhere_is_asked_whether_to_stop(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    left = sara.post(f"{home(noor)}niet-nemen/de-regenboog-centrum/", {"reason": "elders_gevonden"}, follow=True)
    assert "Wil je stoppen met zoeken?" in text(left)
    assert re.search(r'value="elders-hier"[^>]*checked', left.content.decode())


def test_the_family_may_stay_listed_where_the_desk_allows_it(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(may_stay_listed=True))
    asked = here.ask(here.noor())
    with here.at_desk():
        confirm_contact(request_ids=[asked.request_id], actor=VISITOR, now=here.now)
    say(here, asked, here.regenboog_centrum, Yes())
    sara = client_for(asked)
    address = f"{home(asked)}aannemen/de-regenboog-centrum/"
    assert "Wil je nog verder zoeken bij deze opvang?" in text(sara.get(address))
    sara.post(address, {"keep": [str(here.mias_nestje.id)]})
    with across_desks("still asked"):
        assert Inquiry.objects.get(location=here.mias_nestje).state == "sent"


@pytest.fixture
def both(here: Town) -> tuple[Registered, Registered]:
    """The questions for Noor and Lou, asked together."""
    with here.at_desk():
        noor, lou = ask(
            desk_id=here.ninove.id,
            questions=[here.noor(), here.noor(child=AskedChild(first_name="Lou", birth_on=here.today))],
            together=True,
            actor=VISITOR,
            now=here.now,
            randomness=here.randomness,
        )
        confirm_contact(request_ids=[noor.request_id, lou.request_id], actor=VISITOR, now=here.now)
    return noor, lou


def test_one_place_of_two_asked_together_is_taken_only_on_purpose(
    here: Town, client_for: ClientFor, both: tuple[Registered, Registered]
) -> None:
    noor, lou = both
    say(here, noor, here.regenboog_centrum, Yes())
    sara = client_for(noor, lou)
    assert "Bekijk ook de vraag voor Lou" in text(sara.get(home(noor)))
    address = f"{home(noor)}aannemen/de-regenboog-centrum/"
    page = text(sara.get(address))
    assert "De Regenboog Centrum deed nog geen voorstel voor Lou." in page
    assert "Duid dit aan als je toch alleen deze plaats neemt." in text(sara.post(address, {}))
    assert [stored(one).state for one in both] == ["open", "open"]
    assert "Gelukt: Noor heeft een plaats" in text(sara.post(address, {"apart": "on"}, follow=True))
    assert [stored(one).state for one in both] == ["placed", "open"]


def test_two_places_asked_together_are_taken_in_one_go(
    here: Town, client_for: ClientFor, both: tuple[Registered, Registered]
) -> None:
    for one in both:
        say(here, one, here.regenboog_centrum, Yes())
    sara = client_for(*both)
    address = f"{home(both[0])}aannemen/de-regenboog-centrum/"
    assert "Je neemt in één keer ook de plaats voor Lou." in text(sara.get(address))
    assert "Gelukt: Noor en Lou hebben een plaats bij De Regenboog Centrum." in text(sara.post(address, follow=True))
    assert [stored(one).state for one in both] == ["placed", "placed"]


def test_a_place_that_is_gone_is_told_kindly(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=date(2026, 1, 1))
    here.choose(Procedure(offer_holds_place=False))
    families = []
    for question in (here.noor(), here.deniz(pattern=here.noor().pattern, start_on=here.noor().start_on)):
        asked = here.ask(question)
        with here.at_desk():
            confirm_contact(request_ids=[asked.request_id], actor=VISITOR, now=here.now)
        families.append(asked)
    for asked in families:
        say(here, asked, here.regenboog_centrum, Yes())
    for asked, status in zip(families, (302, 409), strict=True):
        answered = client_for(asked).post(f"{home(asked)}aannemen/de-regenboog-centrum/")
        assert answered.status_code == status
    assert "Deze plaats is net ingenomen" in text(answered)
    assert "Je vraag blijft lopen." in text(answered)


def test_an_expired_offer_says_what_to_do(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    with clock.stopped_at(here.now + timedelta(days=11)):
        page = text(sara.get(home(noor)))
        assert "De tijd om te kiezen is voorbij. Bel het loket als je nog wil." in page
        gone = sara.post(f"{home(noor)}aannemen/de-regenboog-centrum/", follow=True)
        assert "Dit voorstel staat niet meer open." in text(gone)


def test_when_all_said_no_the_page_says_what_still_fits(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, No(reason=NoReason.FULL))
    say(here, noor, here.mias_nestje, No(reason=NoReason.DAYS_FULL, possible_pattern=MONDAY))
    page = text(sara.get(home(noor)))
    assert "Er is nog geen plaats voor Noor. Het loket zoekt met je mee." in page
    assert "Dit kan nog" in page
    assert "Mia&#x27;s Nestje heeft plaats op maandag hele dag." in page
