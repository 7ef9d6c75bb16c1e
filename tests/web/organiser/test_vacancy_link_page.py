"""Free places are confirmed from a mail: opening shows, a button confirms."""

from datetime import timedelta

import pytest
from tests.cast import Town
from tests.domains.providers.test_vacancy_links import confirmed, declare, token
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.providers.models import Vacancy
from opvangloket.domains.providers.vacancy_links import sweep_vacancies
from opvangloket.foundation import clock

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def link(here: Town) -> str:
    declare(here, now=here.now)
    declare(here, now=here.now)
    sweep_vacancies(now=here.now + WEEK)
    return f"/organisator/vrij/{token()}/"


def test_opening_changes_nothing_and_one_button_confirms_without_signing_in(
    here: Town, client_for: ClientFor, link: str
) -> None:
    client = client_for()
    with clock.stopped_at(here.now + WEEK):
        page = words(client.get(link))
        assert "Kloppen je vrije plaatsen nog?" in page
        assert "Bevestigd op maandag 2 maart" in page
        assert confirmed() == {here.today}
        done = words(client.post(link, follow=True))
        assert "Bedankt, je plaatsen zijn bevestigd" in done
        assert "Bevestigd op maandag 9 maart" in done
        assert "Alles klopt nog" not in done
        assert "Je gebruikte deze link al." in words(client.post(link, follow=True))
        assert "Vandaag stuurden we al een link." in words(client.post(f"{link}nieuw/", follow=True))
    with clock.stopped_at(here.now + 2 * WEEK):
        assert "Je krijgt een mail met een nieuwe link." in words(client.post(f"{link}nieuw/", follow=True))


def test_a_place_that_is_gone_is_taken_away(here: Town, client_for: ClientFor, link: str) -> None:
    client = client_for()
    with clock.stopped_at(here.now + 2 * WEEK):
        assert "Niet bevestigd sinds maandag 2 maart" in words(client.get(link))
        for vacancy in Vacancy.objects.order_by("id"):
            page = words(client.post(f"{link}weg/", {"row": str(vacancy.id)}, follow=True))
            assert "Weggehaald." in page
        assert "Je hoeft niets te doen." in page
        assert "staat er niet meer" in words(client.post(f"{link}weg/", {"row": str(vacancy.id)}, follow=True))
        assert client.post(f"{link}weg/", {"row": "onzin"}).status_code == 302


@pytest.mark.parametrize("more", ["", "weg/", "nieuw/"])
def test_a_link_that_never_was_is_not_found(here: Town, client_for: ClientFor, more: str) -> None:
    assert client_for().post(f"/organisator/vrij/onzin/{more}").status_code == 404
