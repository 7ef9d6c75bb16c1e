"""Finding a family from any page, with and without JavaScript."""

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import asks
from tests.web.conftest import ClientFor

pytestmark = pytest.mark.django_db

FIND = "/werk/ninove/gezinnen/"
HINTS = {"HX-Request": "true", "HX-Target": "site-search-hints"}


def test_the_newest_come_first_when_nothing_is_asked(client_for: ClientFor, here: Town) -> None:
    asks(here)
    asks(here, here.deniz())
    text = client_for(here.amina).get(FIND).content.decode()
    assert text.index("Deniz") < text.index("Noor")


@pytest.mark.parametrize("typed", ["peeters", "0470 12", "noor"])
def test_a_part_of_a_name_or_number_finds_the_family(client_for: ClientFor, here: Town, typed: str) -> None:
    noor = asks(here)
    asks(here, here.deniz())
    page = client_for(here.amina).get(FIND, {"q": typed}).content.decode()
    assert f"/werk/ninove/gezin/{noor.registered.reference}/" in page
    assert "Deniz" not in page
    assert f'name="q" value="{typed}"' in page


def test_who_is_not_there_is_said_so(client_for: ClientFor, here: Town) -> None:
    asks(here)
    assert "Niemand gevonden" in client_for(here.amina).get(FIND, {"q": "niemand"}).content.decode()


def test_hints_come_while_typing(client_for: ClientFor, here: Town) -> None:
    noor = asks(here)
    amina = client_for(here.amina)
    hints = amina.get(FIND, {"q": "peet"}, headers=HINTS).content.decode()
    assert "<html" not in hints
    assert f'<a href="/werk/ninove/gezin/{noor.registered.reference}/">' in hints
    assert "Niemand gevonden" in amina.get(FIND, {"q": "xxxx"}, headers=HINTS).content.decode()
    assert amina.get(FIND, {"q": ""}, headers=HINTS).content.decode().strip() == ""
    assert client_for().get(FIND, {"q": "peet"}, headers=HINTS)["HX-Redirect"].startswith("/werk/aanmelden/")
