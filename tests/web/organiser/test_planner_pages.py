"""The planner: three years at a glance, a month in numbers, a week with names, and many locations on one page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import YES, Journey, asks
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.providers.models import Closing, Occupation
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db
CENTRUM = "/organisator/locaties/de-regenboog-centrum/planner/"
MIA = "/organisator/locaties/mias-nestje/planner/"
START_WEEK = f"{CENTRUM}week/2026-06-29/"


def placed(here: Town, *, places: int = 2) -> Journey:
    """Let Noor have a place in De Regenboog Centrum, from 30 June 2026."""
    plan_places(here.regenboog_centrum, places, from_on=here.today)
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    return journey


def declared(here: Town, **different: Any) -> Occupation:
    facts: dict[str, Any] = {
        "location": here.regenboog_centrum,
        "kind": "declared",
        "parts": WeekPattern.full_days("ma").mask,
        "start_on": here.today,
        "subject_id": new_id(),
        "made_at": here.now,
    }
    return Occupation.objects.create(**(facts | different))


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def test_three_years_each_month_a_door(here: Town, client_for: ClientFor) -> None:
    placed(here)
    page = words(client_for(here.rosa).get(CENTRUM))
    assert page.count('class="month"') == 36
    assert page.count('class="planner-year"') == 4
    assert f'href="{CENTRUM}2026/7/"' in page
    assert "1 kind in je planner. Deze maand is er plaats." in page
    assert "Niemand gaat weg." in page
    assert "Vrije plaatsen per dagdeel" in page


def test_who_leaves_is_told_with_the_reason(here: Town, client_for: ClientFor) -> None:
    placed(here)
    declared(here, end_on=date(2026, 5, 1))
    page = words(client_for(here.rosa).get(CENTRUM))
    assert "Kind buiten het loket" in page
    assert "Einde dat is afgesproken: vrijdag 1 mei 2026." in page
    month = words(client_for(here.rosa).get(f"{CENTRUM}2028/9/"))
    assert "Kan naar school: vrijdag 1 september 2028." in month


def test_a_month_in_numbers_with_who_comes(here: Town, client_for: ClientFor) -> None:
    placed(here)
    page = words(client_for(here.rosa).get(f"{CENTRUM}2026/6/"))
    assert "<h1>Juni 2026</h1>" in page
    assert "Noor Peeters" in page
    assert "Start op dinsdag 30 juni 2026." in page
    assert '<strong>1</strong> <span><span class="number-what">vrij </span>van 2</span>' in page
    assert f'href="{START_WEEK}"' in page
    assert f'href="{CENTRUM}2026/7/"' in page


def test_a_week_with_names_and_closing_days(here: Town, client_for: ClientFor) -> None:
    noor = placed(here)
    Closing.objects.create(location=here.regenboog_centrum, start_on=date(2026, 7, 1), end_on=date(2026, 7, 2))
    page = words(client_for(here.rosa).get(START_WEEK))
    assert "Week van 29 juni tot en met 5 juli" in page
    assert f'href="/organisator/plaatsingen/{noor.registered.reference}/de-regenboog-centrum/"' in page
    assert "5 maanden. Tot 1 september 2028." in page
    assert "Gesloten op 1 juli 2026." in page
    earlier = words(client_for(here.rosa).get(f"{CENTRUM}week/2026-06-22/"))
    assert "Deze week staat er nog niemand in je planner." in earlier


def test_an_open_offer_stands_in_the_planner_with_its_term(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.regenboog_centrum, YES)
    page = words(client_for(here.rosa).get(START_WEEK))
    assert "Voorstel, antwoord tot donderdag 12 maart" in page
    assert f'href="/organisator/vraag/{noor.registered.reference}/de-regenboog-centrum/"' in page


def test_too_many_children_is_said(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    declared(here)
    declared(here, over_capacity_reason="Een tweeling.")
    page = words(client_for(here.rosa).get(f"{CENTRUM}week/2026-03-02/"))
    assert "<strong>1</strong> <span>te veel</span>" in page
    assert "Boven je plaatsen" in page


@pytest.mark.parametrize(
    "there", ["2026/2/", "2029/3/", "2026/13/", "week/2026-02-16/", "week/2029-03-05/", "week/gisteren/"]
)
def test_what_the_planner_does_not_show_is_not_found(here: Town, client_for: ClientFor, there: str) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    assert client_for(here.rosa).get(CENTRUM + there).status_code == 404


@pytest.mark.parametrize("there", ["2026/3/", "2029/2/", "week/2026-03-02/", "week/2029-02-26/"])
def test_the_edges_of_the_planner_are_shown(here: Town, client_for: ClientFor, there: str) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    assert client_for(here.rosa).get(CENTRUM + there).status_code == 200


def test_who_does_not_plan_here_reads_what_it_gives(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.mia_account)
    assert client.get("/organisator/planner/")["Location"] == MIA
    page = words(client.get(MIA))
    assert "Je plant nog niet hier" in page
    assert 'href="/organisator/locaties/mias-nestje/bijhouden/"' in page
    assert client.get(f"{MIA}2026/7/").status_code == 404


def test_of_all_that_comes_free_the_first_are_shown_and_the_rest_is_counted(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 30, from_on=here.today)
    for week in range(1, 31):
        declared(here, parts=(1 << 10) - 1, end_on=here.today + timedelta(weeks=week))
    page = words(client_for(here.rosa).get(CENTRUM))
    assert page.count(">Geef op als vrije plaats<") == 20
    assert "Toon wat nog vrij komt" in page
    assert "Later in het jaar komen er nog 10 vrij. Je ziet ze hier als ze dichterbij komen." in page
    Occupation.objects.filter(end_on__gt=here.today + timedelta(weeks=20)).update(end_on=None)
    page = words(client_for(here.rosa).get(CENTRUM))
    assert page.count(">Geef op als vrije plaats<") == 20
    assert "Later in het jaar" not in page


def test_many_locations_are_one_line_each(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    declared(here, parts=(1 << 10) - 1, end_on=date(2026, 8, 1))
    page = words(client_for(here.rosa).get("/organisator/planner/"))
    assert "Vrij vanaf augustus 2026: maandag tot en met vrijdag hele dag." in page
    assert "Plant niet hier." in page
    assert page.count('class="planner-line-month"') == 36


@pytest.mark.parametrize("there", ["", "2026/7/", "week/2026-07-06/"])
def test_more_children_cost_no_more_queries(here: Town, client_for: ClientFor, there: str) -> None:
    placed(here, places=40)
    client = client_for(here.rosa)
    client.get(CENTRUM + there)
    with counted() as few:
        client.get(CENTRUM + there)
    for _ in range(12):
        declared(here, end_on=here.today + timedelta(days=300))
    with counted() as many:
        client.get(CENTRUM + there)
    assert len(many) == len(few)


@pytest.mark.parametrize("there", ["", "2026/7/", "week/2026-07-06/"])
def test_strangers_do_not_find_it(here: Town, client_for: ClientFor, there: str) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    assert client_for().get(CENTRUM + there)["Location"].startswith("/organisator/aanmelden/")
    assert client_for(here.mia_account).get(CENTRUM + there).status_code == 404
