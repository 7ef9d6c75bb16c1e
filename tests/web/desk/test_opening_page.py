"""A location that is new: the lead fills in its licence, its people come in and do the rest."""

import pytest
from tests.cast import Town
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.scopes import across_desks

pytestmark = pytest.mark.django_db
PAGE = "/werk/ninove/locaties/nieuw/"
NEW = {
    "name": "Zonnebloem",
    "organiser": "nieuw",
    "organiser_name": "Zonnebloem bv",
    "kbo": "0403.171.095",
    "file_number": "410480099",
    "type": "groepsopvang",
    "subsidy_step": "T1",
    "tariff": "vrije prijs",
    "licensed_places": "18",
    "street": "Kerkplein",
    "house_number": "3",
    "postcode": "9402",
    "email": "welkom@zonnebloem.example",
    "phone": "",
}


def test_a_new_location_stands_on_the_list_and_its_people_are_told(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.karel)
    assert PAGE in words(client.get("/werk/ninove/opvang/"))
    assert "De Regenboog vzw" in words(client.get(PAGE))
    told = words(client.post(PAGE, NEW, follow=True))
    assert "Zonnebloem staat op de lijst." in told
    location = Location.objects.get(slug="zonnebloem")
    assert (location.organiser.name, location.organiser.kbo) == ("Zonnebloem bv", "0403171095")
    assert (location.subsidy_step, location.tariff, location.licensed_places) == ("T1", "free", 18)
    assert (location.nis_code, location.lat is not None) == ("41048", True)
    with across_desks("a test reads a mail"):
        assert Message.objects.get(template="location_joined").recipient == "welkom@zonnebloem.example"
    assert "Zonnebloem" in words(client_for().get("/ninove/opvang/zonnebloem/"))


def test_an_organiser_that_is_known_is_chosen(here: Town, client_for: ClientFor) -> None:
    Organiser.objects.filter(id=here.regenboog.id).update(email="")
    told = words(
        client_for(here.karel).post(PAGE, NEW | {"organiser": str(here.regenboog.id), "email": ""}, follow=True)
    )
    assert "Bel hen hoe ze binnenkomen." in told
    assert Location.objects.get(slug="zonnebloem").organiser_id == here.regenboog.id
    assert not Organiser.objects.filter(name="Zonnebloem bv").exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Vul dit nog in."),
        ({"organiser_name": ""}, "Vul de naam van de organisator in."),
        ({"organiser": "x"}, "Kies een antwoord uit de lijst."),
        ({"organiser": ""}, "Kies een antwoord."),
        ({"kbo": "0403.171.096"}, "is geen ondernemingsnummer."),
        ({"licensed_places": "veel"}, "“veel” kan hier niet."),
        ({"postcode": "9500"}, "Deze gemeente hoort niet bij je loket."),
        ({"postcode": "1"}, "is geen postcode in Vlaanderen of Brussel."),
        ({"email": "welkom@"}, "is geen e-mailadres."),
    ],
)
def test_what_is_wrong_is_asked_again_and_nothing_is_lost(
    here: Town, client_for: ClientFor, wrong: dict[str, str], told: str
) -> None:
    page = words(client_for(here.karel).post(PAGE, NEW | wrong))
    assert told in page
    assert 'value="Kerkplein"' in page
    assert not Location.objects.filter(slug="zonnebloem").exists()


def test_a_file_number_of_another_location_is_refused(here: Town, client_for: ClientFor) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(file_number="410480099")
    page = words(client_for(here.karel).post(PAGE, NEW))
    assert "Dossiernummer 410480099 is al van een andere opvang." in page


def test_only_the_lead_opens_a_location(here: Town, client_for: ClientFor) -> None:
    assert client_for(here.amina).post(PAGE, NEW).status_code == 403
    assert client_for(here.stranger).post(PAGE, NEW).status_code == 404
    assert client_for().get(PAGE).status_code == 302
