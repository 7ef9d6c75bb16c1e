"""What goes wrong gets a page that says so, for whoever asks and for whichever desk."""

from unittest.mock import patch

import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.test import Client
from tests.cast import Town
from tests.web.conftest import ClientFor

from opvangloket.foundation.errors import OpvangloketError

pytestmark = pytest.mark.django_db
# A page that asks the database for something once its guard has let the visitor in.
SEARCH = "opvangloket.web.public.search.page"


def test_an_address_that_leads_nowhere_is_not_found_for_everybody(here: Town, client_for: ClientFor) -> None:
    noor = here.ask(here.noor())
    for client in (client_for(), client_for(here.rosa), client_for(here.amina), client_for(noor)):
        answer = client.get("/ninove/dit/is/er/niet/")
        assert answer.status_code == 404
        assert "Deze pagina vinden we niet" in answer.content.decode()


@pytest.mark.parametrize("address", ["/werk/ninove/gezinnen/?q=de%00smet", "/werk/ninove/gezin/K7M4%00/"])
def test_an_address_that_no_database_can_look_for_is_not_found(here: Town, client_for: ClientFor, address: str) -> None:
    assert client_for(here.amina).get(address).status_code == 404


@pytest.mark.parametrize("gone", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_a_matter_of_minutes(here: Town, client_for: ClientFor, gone: type) -> None:
    client = client_for()
    client.raise_request_exception = False
    with patch(SEARCH, side_effect=gone("server closed the connection")):
        answer = client.get(f"/{here.ninove.slug}/zoeken/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "We zijn even niet bereikbaar" in answer.content.decode()


def test_a_database_that_is_away_from_the_first_look_gets_the_same_page(here: Town) -> None:
    """Also where the desk of the page could not be looked up, and nothing can be read for the page itself."""
    away = patch("django.db.backends.postgresql.base.DatabaseWrapper._cursor", side_effect=OperationalError("away"))
    with away:
        answer = Client(raise_request_exception=False).get(f"/{here.ninove.slug}/zoeken/")
    assert answer.status_code == 503
    assert "Wat je eerder bewaarde, staat er nog." in answer.content.decode()


def test_an_error_of_ours_says_that_it_is_ours(here: Town, client_for: ClientFor) -> None:
    client = client_for()
    client.raise_request_exception = False
    with patch(SEARCH, side_effect=DataError("a bug")):
        answer = client.get(f"/{here.ninove.slug}/zoeken/")
    assert answer.status_code == 500
    assert "Dit is niet jouw fout." in answer.content.decode()


def test_what_an_action_refused_and_a_page_did_not_foresee_is_told_in_its_words(
    here: Town, client_for: ClientFor
) -> None:
    with patch(SEARCH, side_effect=OpvangloketError("De locatie sloot net.")):
        answer = client_for().get(f"/{here.ninove.slug}/zoeken/")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "De locatie sloot net." in page
    assert "Jouw wijziging is niet bewaard." in page
