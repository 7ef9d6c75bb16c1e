"""Many locations at once: what has grown old at each, and one act for several."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, open_location
from tests.domains.distribution.journey import looking
from tests.domains.providers.test_vacancy_links import confirmed, declare
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.providers.models import Closing, Location
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.rules.procedure import PageField, Procedure

pytestmark = pytest.mark.django_db
INDEX = "/organisator/locaties/"
TOGETHER = "/organisator/locaties-samen/"
BOTH = ["de-regenboog-centrum", "de-regenboog-denderhof"]
CLOSED = {"save": "yes", "start_day": "6", "start_month": "4", "start_year": "2026", "reason": "verlof"}


def test_one_page_shows_what_has_grown_old_and_one_button_confirms_it(here: Town, rosa: PageClient) -> None:
    here.choose(Procedure(page_minimum=(*Procedure().page_minimum, PageField.TEXT)))
    Location.objects.filter(id=here.regenboog_centrum.id).update(text="Met tuin.")
    declare(here, here.regenboog_denderhof, now=here.now - timedelta(days=15))
    page = words(rosa.get(INDEX))
    assert "2 locaties vragen aandacht." in page
    assert page.count("Pagina nooit bevestigd") == 2
    assert page.count("Pagina onvolledig") == 1
    assert "1 vrije plaats niet bevestigd" in page
    done = words(rosa.post(f"{TOGETHER}klopt/", {"location": BOTH}, follow=True))
    assert "Bevestigd voor 2 locaties." in done
    assert "1 locatie vraagt aandacht." in done
    assert "Bevestigd op maandag 2 maart" in done
    assert confirmed() == {here.today}


def test_nothing_is_ticked_until_somebody_asks_for_it(here: Town, rosa: PageClient) -> None:
    rosa.post(f"{TOGETHER}klopt/", {"location": BOTH[:1]})
    ticked = [words(rosa.get(INDEX + query)).count(" checked") for query in ("", "?kies=aandacht", "?kies=alles")]
    assert ticked == [0, 1, 2]


def test_closing_days_and_a_price_are_filled_in_once_for_several(here: Town, rosa: PageClient) -> None:
    form = words(rosa.post(f"{TOGETHER}sluitingsdagen/", {"location": BOTH}))
    assert "Bewaar voor 2 locaties" in form
    assert not Closing.objects.exists()
    rosa.post(f"{TOGETHER}sluitingsdagen/", CLOSED | {"location": BOTH})
    assert Closing.objects.count() == 2
    price = {"save": "yes", "tariff": "free", "price_day": "34,50", "location": BOTH[:1]}
    assert "Bewaard voor De Regenboog Centrum." in words(rosa.post(f"{TOGETHER}prijs/", price, follow=True))
    assert set(Location.objects.filter(slug__in=BOTH).values_list("tariff", flat=True)) == {"free", "income"}


@pytest.mark.parametrize(
    ("part", "posted", "message"),
    [
        ("prijs", {"tariff": "free", "price_day": "veel"}, "Schrijf een bedrag"),
        ("prijs", {"tariff": "free", "price_day": "900"}, "Kies een bedrag tot 500 euro."),
        ("sluitingsdagen", {"start_day": "1", "start_month": "1", "start_year": "2020"}, "Deze dagen zijn voorbij."),
    ],
)
def test_what_cannot_be_is_asked_again_and_none_has_it(
    rosa: PageClient, part: str, posted: dict[str, str], message: str
) -> None:
    page = words(rosa.post(f"{TOGETHER}{part}/", posted | {"save": "yes", "location": BOTH}))
    assert message in page
    assert 'value="de-regenboog-denderhof"' in page
    assert not Closing.objects.exists()


@pytest.mark.parametrize("more", ["klopt/", "prijs/", "sluitingsdagen/"])
def test_somebody_elses_location_is_not_touched_and_none_chosen_changes_nothing(
    here: Town, rosa: PageClient, more: str
) -> None:
    told = words(rosa.post(TOGETHER + more, CLOSED | {"tariff": "free", "location": ["mias-nestje"]}, follow=True))
    assert "Kies eerst minstens één locatie." in told
    assert not Closing.objects.exists()
    assert Location.objects.get(id=here.mias_nestje.id).page_confirmed_on is None
    assert rosa.get(TOGETHER + more)["Location"] == INDEX


@pytest.mark.parametrize("more", ["klopt/", "prijs/"])
def test_strangers_sign_in_first_and_a_stand_in_may_not(here: Town, client_for: ClientFor, more: str) -> None:
    assert client_for().post(TOGETHER + more)["Location"].startswith("/organisator/aanmelden/")
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=OrganiserRole.STAND_IN)
    client = client_for(here.rosa)
    assert client.post(TOGETHER + more, {"location": BOTH}).status_code == 403
    assert "Klopt nog voor de gekozen" not in words(client.get(INDEX))


def test_what_is_not_changed_together_is_not_found(rosa: PageClient) -> None:
    assert rosa.post(f"{TOGETHER}uitleg/", {"location": BOTH}).status_code == 404


def test_forty_locations_cost_no_more_queries_than_two(here: Town, rosa: PageClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            rosa.get(INDEX)
        return len(counted)

    rosa.get(INDEX)
    few = queries()
    with looking():
        for number in range(38):
            open_location(here.regenboog, f"De Regenboog {number}", here.ninove, here.now)
    assert "40 locaties vragen aandacht." in words(rosa.get(INDEX))
    assert queries() == few
