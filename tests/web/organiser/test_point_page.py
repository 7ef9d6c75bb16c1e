"""A location is set on the map by its own people: pasted, looked at, moved in small steps, kept. No script runs here."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, open_location
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.providers.models import FactConfirmation, Location
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.geography import postcode
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.location_page import PageFact

pytestmark = pytest.mark.django_db
LOCATION = "/organisator/locaties/mias-nestje/"
PAGE = f"{LOCATION}pagina/"
POINT = f"{PAGE}kaart/"
PUBLIC = "/ninove/opvang/mias-nestje/"
DOOR = "50.84215, 4.01277"
STEP = {"step_m": "25"}


@pytest.fixture
def mia(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.mia_account)


@pytest.fixture
def in_the_middle(here: Town) -> None:
    middle = postcode("9400")
    assert middle is not None
    Location.objects.filter(id=here.mias_nestje.id).update(lat=middle.lat, lon=middle.lon)


def typed(answer: HttpResponse) -> str:
    """Return what stands in the field."""
    found = re.search(
        r'name="point"(?: id="id_point")?[^>]*? value="([^"]*)"|name="point" value="([^"]*)"', words(answer)
    )
    return unescape(found[1] or found[2]) if found else ""


def test_a_point_that_is_pasted_is_shown_first_and_then_kept(mia: PageClient, in_the_middle: None) -> None:
    first = words(mia.get(POINT))
    assert "in het midden van postcode 9400, niet bij haar deur" in first
    assert typed(mia.get(POINT)) == ""
    shown = mia.post(POINT, STEP | {"point": "50,84215 4,01277", "act": "show"})
    assert "Nog niet bewaard." in words(shown)
    assert "kilometer naar het noorden van waar het nu staat" in words(shown)
    assert typed(shown) == DOOR
    assert "Ongeveer: het midden van postcode 9400." in words(mia.get(PUBLIC))
    saved = words(mia.post(POINT, STEP | {"point": typed(shown)}, follow=True))
    assert "Bewaard. Gezinnen zien de opvang hier op de kaart." in saved
    assert "Gezet op maandag 2 maart 2026" in saved
    family = words(mia.get(PUBLIC))
    assert "mlat=50.84215&amp;mlon=4.01277" in family
    assert "Ongeveer" not in family
    assert "Bevestigd op 2 maart 2026" in family
    assert typed(mia.get(POINT)) == DOOR
    assert "Gezet op maandag 2 maart 2026" in words(mia.get(POINT))


def test_four_buttons_move_it_and_the_pressed_one_keeps_the_cursor(mia: PageClient, in_the_middle: None) -> None:
    east = mia.post(POINT, {"point": DOOR, "step_m": "100", "act": "east"})
    assert typed(east) == "50.84215, 4.01419"
    assert "100 meter naar het oosten." in words(east)
    assert re.search(r'value="east" autofocus', words(east))
    assert re.search(r'value="100"[^>]* checked', words(east))
    back = mia.post(POINT, {"point": typed(east), "step_m": "100", "act": "west"})
    assert typed(back) == DOOR
    north = mia.post(POINT, {"point": "", "step_m": "10", "act": "north"})  # from where it stands
    assert "10 meter naar het noorden. Nog niet bewaard." in words(north)
    further = mia.post(POINT, {"point": typed(north), "step_m": "100", "act": "north"})
    assert "100 meter naar het noorden. Zo ligt het punt 110 meter naar het noorden van waar het nu staat." in words(
        further
    )
    assert Location.objects.get(slug="mias-nestje").lat == postcode("9400").lat  # type: ignore[union-attr]


def test_numbers_that_were_turned_are_put_right_and_told(mia: PageClient) -> None:
    told = "De twee getallen stonden omgekeerd."
    assert told in words(mia.post(POINT, STEP | {"point": "4.01277, 50.84215", "act": "show"}))
    assert told in words(mia.post(POINT, STEP | {"point": "4.01277, 50.84215"}, follow=True))
    location = Location.objects.get(slug="mias-nestje")
    assert (location.lat, location.lon) == (50.84215, 4.01277)


@pytest.mark.parametrize("act", ["", "show", "north"])
@pytest.mark.parametrize(
    ("pasted", "message"),
    [
        ("Dreefstraat 1", "Hierin vinden we geen punt."),
        ("50.84215", "Dit is maar één getal."),
        ("https://maps.app.goo.gl/abc", "In dit webadres staat geen punt."),
        ("48.8566, 2.3522", "Dit punt ligt niet in België."),
        ("50.9378, 4.0355", "Dit punt ligt in Aalst. Het adres van deze opvang ligt in Ninove."),
        ("50.4669, 4.8675", "Dit punt ligt in geen gemeente van Vlaanderen of Brussel."),
    ],
)
def test_what_is_no_point_of_this_place_is_asked_again_with_what_was_typed(
    mia: PageClient, in_the_middle: None, pasted: str, message: str, act: str
) -> None:
    answer = mia.post(POINT, STEP | {"point": pasted, "act": act})
    assert answer.status_code == 200
    assert message in words(answer)
    assert typed(answer) == pasted
    assert not FactConfirmation.objects.filter(fact=PageFact.MAP_POINT).exists()


def test_nothing_is_kept_without_a_point(mia: PageClient, in_the_middle: None) -> None:
    assert "Plak hier het punt van de opvang." in words(mia.post(POINT, STEP | {"point": " "}))
    assert "Plak hier het punt van de opvang." in words(mia.post(POINT, STEP | {"point": "", "act": "show"}))
    assert "Kies een antwoord uit de lijst." in words(mia.post(POINT, {"point": DOOR, "step_m": "7"}))
    assert not FactConfirmation.objects.filter(fact=PageFact.MAP_POINT).exists()


def test_a_location_that_is_on_no_map_can_be_set_too(here: Town, mia: PageClient) -> None:
    page = words(mia.get(POINT))
    assert "Deze opvang staat nog niet op de kaart." in page
    assert 'value="north"' not in page
    Location.objects.filter(id=here.mias_nestje.id).update(nis_code="62063")  # of which no border is known
    assert "Nog niet bewaard." in words(mia.post(POINT, STEP | {"point": DOOR, "act": "show"}))
    assert "Gezet op" in words(mia.post(POINT, STEP | {"point": DOOR}, follow=True))


def test_whoever_keeps_up_a_location_reads_that_its_point_is_not_set(mia: PageClient, in_the_middle: None) -> None:
    asked = f'<a href="{POINT}">Zet het punt juist</a>'
    assert asked in words(mia.get(LOCATION))
    assert "Het midden van postcode 9400: nog niet juist gezet" in words(mia.get(PAGE))
    mia.post(f"{PAGE}klopt/")
    assert "Het midden van postcode 9400: nog niet juist gezet" in words(mia.get(PAGE))
    mia.post(POINT, STEP | {"point": DOOR})
    assert asked not in words(mia.get(LOCATION))


def test_the_list_of_many_locations_shows_which_are_not_set(here: Town, client_for: ClientFor) -> None:
    middle = postcode("9400")
    assert middle is not None
    Location.objects.filter(id=here.regenboog_centrum.id).update(lat=middle.lat, lon=middle.lon)
    page = words(client_for(here.rosa).get("/organisator/locaties/"))
    assert page.count("Kaart: midden van 9400") == 1
    assert page.count("Nog niet op de kaart") == 1


@pytest.mark.parametrize("posted", [None, STEP | {"point": DOOR}])
def test_strangers_do_not_find_it_and_a_stand_in_may_not(
    here: Town, client_for: ClientFor, posted: dict[str, Any] | None
) -> None:
    def answer(client: PageClient) -> HttpResponse:
        return client.get(POINT) if posted is None else client.post(POINT, posted)

    assert answer(client_for())["Location"].startswith("/organisator/aanmelden/")
    assert answer(client_for(here.rosa)).status_code == 404
    with looking():
        OrganiserMembership.objects.filter(account=here.mia_account).update(role=OrganiserRole.STAND_IN)
    assert answer(client_for(here.mia_account)).status_code == 403
    assert "Zet het punt juist" not in words(client_for(here.mia_account).get(LOCATION))


def test_many_neighbours_cost_no_more_queries(here: Town, mia: PageClient, in_the_middle: None) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            mia.get(POINT)
        return len(counted)

    mia.get(POINT)
    few = queries()
    with across_desks("a test opens locations"):
        for number in range(9):
            open_location(here.mia, f"Nestje {number}", here.ninove, here.now, lat=50.84 + number / 1000, lon=4.02)
    assert "Nestje 8" in words(mia.get(POINT))
    assert queries() == few
