"""The order of the open questions of a location, and the own criteria that it publishes for it."""

import pytest
from tests.cast import SARA, Town
from tests.domains.distribution.journey import asks
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

pytestmark = pytest.mark.django_db
ADDRESS = "/organisator/locaties/de-regenboog-centrum/volgorde/"
POLICY = "/organisator/locaties/de-regenboog-centrum/pagina/opvangbeleid/"


def publish(rosa: PageClient, here: Town, **criteria: str) -> str:
    today = {"start_day": here.today.day, "start_month": here.today.month, "start_year": here.today.year}
    return words(rosa.post(POLICY, {"text": "Wie hier woont, gaat voor.", **criteria, **today}, follow=True))


def test_the_order_shows_each_question_with_its_reasons(here: Town, rosa: PageClient) -> None:
    asks(here, applicant=SARA)
    publish(rosa, here, first="inwoner", second="broer_zus")
    page = words(rosa.get(ADDRESS))
    assert '<li value="1">' in page
    assert "Woont in de gemeente van de opvang" in page
    assert page.index("De voorrang van de wet.") < page.index("Een broer of zus bij deze opvang.")
    assert page.index("Woont in de gemeente van de opvang.") < page.index("Een broer of zus bij deze opvang.")


def test_without_questions_it_says_so(rosa: PageClient) -> None:
    assert "Er wachten geen vragen op jouw antwoord." in words(rosa.get(ADDRESS))


def test_families_read_the_own_criteria_on_the_page_of_the_location(here: Town, rosa: PageClient) -> None:
    publish(rosa, here, first="dringend", second="inwoner")
    page = words(rosa.get("/ninove/opvang/de-regenboog-centrum/"))
    assert "Daarna telt hier, in deze volgorde:" in page
    assert page.index("Dringende vraag volgens het loket") < page.index("Woont in de gemeente van de opvang")
    form = words(rosa.get(POLICY))
    assert '<option value="dringend" selected>' in form
    assert '<option value="inwoner" selected>' in form


def test_the_same_criterion_twice_keeps_what_was_typed(here: Town, rosa: PageClient) -> None:
    refused = publish(rosa, here, first="inwoner", second="inwoner")
    assert "Je koos dit al." in refused
    assert "Wie hier woont, gaat voor." in refused


def test_somebody_elses_location_is_not_found(here: Town, client_for: ClientFor) -> None:
    assert client_for(here.mia_account).get(ADDRESS).status_code == 404
    assert client_for().get(ADDRESS).status_code == 302
