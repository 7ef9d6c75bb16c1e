"""A family changes its question: the effect is shown before it is done."""

import re
from datetime import timedelta

import pytest
from tests.cast import Town
from tests.web.conftest import ClientFor, PageClient
from tests.web.family.asking import text
from tests.web.family.mine.conftest import MONDAY, home, say, stored

from opvangloket.domains.distribution.answering.answers import Yes
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.requests.actions import Registered
from opvangloket.domains.requests.models import RequestedLocation, WishVersion
from opvangloket.foundation import clock
from opvangloket.foundation.tenancy.scopes import across_desks

pytestmark = pytest.mark.django_db

WISH = {
    "start_1_day": "1", "start_1_month": "9", "start_1_year": "2026", "until": "school", "wanted": "",
    "week_ma_vm": "need", "week_ma_nm": "need",
}  # fmt: skip


def test_the_effect_of_a_change_is_shown_before_it_is_made(here: Town, client_for: ClientFor, noor: Registered) -> None:
    with clock.stopped_at(here.now + timedelta(days=20)):
        sara = client_for(noor)
        address = f"{home(noor)}veranderen/"
        assert re.search(r'name="week_di_nm" value="need"[^>]*checked', sara.get(address).content.decode())
        shown = sara.post(address, WISH)
        assert "Deze opvang krijgt je nieuwe vraag: De Regenboog Centrum, Mia&#x27;s Nestje." in text(shown)
        assert "Ze antwoorden ten laatste op zondag 5 april 2026." in text(shown)
        with across_desks("not yet"):
            assert WishVersion.objects.count() == 1
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown.content.decode()))
        saved = sara.post(address, hidden | {"act": "save"}, follow=True)
    assert "Elke opvang in je lijst krijgt ze opnieuw." in text(saved)
    assert "Eerst vroeg je: maandag en dinsdag hele dag" in text(saved)
    with across_desks("a new round"):
        assert WishVersion.objects.latest("number").parts == MONDAY.mask
        assert set(Inquiry.objects.filter(round=2).values_list("state", flat=True)) == {"sent"}
    assert stored(noor).parts == here.noor().pattern.mask


def test_a_change_too_soon_names_the_day(here: Town, sara: PageClient, noor: Registered) -> None:
    shown = sara.post(f"{home(noor)}veranderen/", WISH)
    assert "Je kan je vraag opnieuw veranderen vanaf maandag 16 maart 2026." in text(shown)
    assert "Ja, verander mijn vraag" not in text(shown)
    refused = sara.post(f"{home(noor)}veranderen/", WISH | {"act": "save"})
    assert "Een nieuwe ronde kan vanaf maandag 16 maart 2026." in text(refused)
    assert re.search(r'name="week_ma_nm" value="need"[^>]*checked', refused.content.decode())


def test_a_change_without_a_difference_is_not_made(here: Town, sara: PageClient, noor: Registered) -> None:
    page = sara.get(f"{home(noor)}veranderen/").content.decode()
    same = {
        **dict(re.findall(r'name="(week_\w+)" value="(need)"[^>]*checked', page)),
        **dict(re.findall(r'name="(start_1_\w+)" value="(\w+)"', page)),
        "until": "school",
    }
    assert "Er is niets veranderd." in text(sara.post(f"{home(noor)}veranderen/", same))
    wrong = sara.post(f"{home(noor)}veranderen/", same | {"start_1_day": "45"})
    assert "De dag is een getal van 1 tot 31." in text(wrong)
    assert 'value="45"' in wrong.content.decode()


def test_a_location_is_added_after_its_effect_is_shown(here: Town, sara: PageClient, noor: Registered) -> None:
    listed = sara.get(f"{home(noor)}opvang/?plaats=klaver")
    [address] = re.findall(r'href="([^"]+/erbij/het-klavertje/)"', listed.content.decode())
    effect = sara.get(address)
    assert "Deze opvang krijgt je vraag meteen." in text(effect)
    assert "Ze antwoordt ten laatste op maandag 16 maart 2026." in text(effect)
    added = sara.post(address, follow=True)
    assert "Het Klavertje staat in je lijst." in text(added)
    again = sara.post(address, follow=True)
    assert "Deze opvang staat al in de lijst." in text(again)
    with across_desks("asked"):
        assert Inquiry.objects.get(location=here.het_klavertje).state == "sent"


def test_a_location_is_dropped_after_its_effect_is_shown(here: Town, sara: PageClient, noor: Registered) -> None:
    address = f"{home(noor)}opvang/weg/mias-nestje/"
    assert "Deze opvang hoeft niet meer te antwoorden." in text(sara.get(address))
    assert "Mia&#x27;s Nestje staat niet meer in je lijst." in text(sara.post(address, follow=True))
    assert sara.get(address).status_code == 404
    with across_desks("withdrawn"):
        assert Inquiry.objects.get(location=here.mias_nestje).state == "withdrawn"


def test_a_location_with_an_offer_is_answered_first(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.mias_nestje, Yes())
    address = f"{home(noor)}opvang/weg/mias-nestje/"
    assert "Antwoord daar eerst op." in text(sara.get(address))
    assert "Neem het eerst aan of weiger het." in text(sara.post(address, follow=True))


def test_a_new_order_leaves_the_first_order_for_the_report(here: Town, sara: PageClient, noor: Registered) -> None:
    sara.post(f"{home(noor)}opvang/", {"act": "up:mias-nestje"})
    names = re.findall(r'class="pick-name">([^<]+)<', sara.get(f"{home(noor)}opvang/").content.decode())
    assert names == ["Mia&#x27;s Nestje", "De Regenboog Centrum"]
    with across_desks("as first chosen"):
        first = RequestedLocation.objects.order_by("position").values_list("location__slug", flat=True)
        assert list(first) == ["de-regenboog-centrum", "mias-nestje"]
