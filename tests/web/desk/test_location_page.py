"""The desk keeps up the page of a location that does not do it here, and reads its texts when it chose to."""

import pytest
from tests.cast import Town
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.providers.models import DeskRelation, LocationInDesk, ProposedText
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
LOCATION = "/werk/ninove/opvang/mias-nestje/"
PAGE = f"{LOCATION}pagina/"
PUBLIC = "/ninove/opvang/mias-nestje/"


def test_the_desk_fills_in_the_page_for_a_location(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.amina)
    assert PAGE in words(client.get(LOCATION))
    assert "De pagina voor gezinnen" in words(client.get(PAGE))
    saved = client.post(f"{PAGE}contact/", {"name": "Mia’s Nestje", "phone": "054 99 88 77"}, follow=True)
    assert "Bewaard. Gezinnen zien dit meteen." in words(saved)
    assert "054 99 88 77" in words(client.get(PUBLIC))
    assert "Bevestigd op 2 maart 2026" in words(client.post(f"{PAGE}klopt/", follow=True))
    assert "Zo zien gezinnen je pagina." in words(client.get(f"{PAGE}voorbeeld/"))
    closed = {"start_day": "6", "start_month": "4", "start_year": "2026"}
    assert "6 april" in words(client.post(f"{PAGE}sluitingsdagen/", closed, follow=True))
    client.post(f"{PAGE}sluitingsdagen/weg/", {"row": ""})


def test_the_desk_sets_a_location_on_the_map_and_sees_which_are_not(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.amina)
    asked = f'<a href="{PAGE}kaart/">Zet het punt juist</a>'
    assert asked in words(client.get(LOCATION))
    point = {"point": "50.84215, 4.01277", "step_m": "25"}
    shown = words(client.post(f"{PAGE}kaart/", point | {"act": "north"}))
    assert "25 meter naar het noorden. Nog niet bewaard." in shown
    assert "Gezet op maandag 2 maart 2026" in words(client.post(f"{PAGE}kaart/", point, follow=True))
    assert asked not in words(client.get(LOCATION))
    assert "mlat=50.84215&amp;mlon=4.01277" in words(client_for().get(PUBLIC))


def test_a_text_that_waits_is_shown_or_given_back(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(review_page_text=True))
    mia, amina = client_for(here.mia_account), client_for(here.amina)
    own = "/organisator/locaties/mias-nestje/pagina/"
    mia.post(f"{own}uitleg/", {"text": "Met tuin."})
    assert "Een nieuwe uitleg voor ouders wacht sinds" in words(amina.get("/werk/ninove/"))
    assert "Met tuin." in words(amina.get(LOCATION))
    assert "Vul dit nog in." in words(amina.post(f"{PAGE}uitleg/teruggeven/", {}))
    back = amina.post(f"{PAGE}uitleg/teruggeven/", {"because": "Vertel over de uren."}, follow=True)
    assert "De opvang ziet wat er anders moet." in words(back)
    assert "Met tuin." not in words(back)
    assert "Vertel over de uren." in words(mia.get(own))
    mia.post(f"{own}uitleg/", {"text": "Met tuin, van 7 uur tot 18 uur."})
    shown = amina.post(f"{PAGE}uitleg/tonen/", follow=True)
    assert "Gezinnen zien de nieuwe tekst nu." in words(shown)
    assert "Met tuin, van 7 uur" in words(client_for().get(PUBLIC))
    assert not ProposedText.objects.exists()


@pytest.mark.parametrize("more", ["", "klopt/", "voorbeeld/", "uren/", "kaart/", "uitleg/tonen/", "uitleg/teruggeven/"])
def test_only_the_home_desk_finds_it(here: Town, client_for: ClientFor, more: str) -> None:
    assert client_for().get(PAGE + more)["Location"].startswith("/werk/aanmelden/")
    assert client_for(here.stranger).get(PAGE + more).status_code == 404
    with across_desks("a test lets a neighbour ask the location too"):
        LocationInDesk.objects.create(
            location=here.mias_nestje, desk=here.overstroom, relation=DeskRelation.VIEW, start_on=here.today
        )
    neighbour = PAGE.replace("ninove", "overstroom") + more
    assert client_for(here.stranger).get(neighbour).status_code == 404
    assert client_for(here.stranger).post(neighbour).status_code == 404
