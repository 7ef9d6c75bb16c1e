"""Telling of the children who are there already."""

import re

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import taken
from tests.web.conftest import ClientFor, PageClient
from tests.web.filling import kept
from tests.web.reading import words

from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db
ADDRESS = "/organisator/locaties/de-regenboog-centrum/planner/kinderen/"


@pytest.fixture
def rosa(here: Town, client_for: ClientFor) -> PageClient:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    return client_for(here.rosa)


def tell(rosa: PageClient, here: Town, **different: str) -> str:
    week = {f"week_{code}": "yes" for code in WeekPattern.full_days("ma", "di")}
    today = {"start_day": here.today.day, "start_month": here.today.month, "start_year": here.today.year}
    told = {"born_month": "6", "born_year": "2025", "children": "1", **week, **today}
    return words(rosa.post(ADDRESS, told | different, follow=True))


def test_a_child_is_told_and_leaves(here: Town, rosa: PageClient) -> None:
    assert "1 kind telt nu mee." in tell(rosa, here)
    page = words(rosa.get(ADDRESS))
    assert "1 kind telt zo mee" in page
    assert "Maandag en dinsdag hele dag" in page
    assert "tot 10 januari 2028" in page
    row = re.search(r'name="row" value="([^"]+)"', page)
    assert row
    gone = words(rosa.post(f"{ADDRESS}weg/", {"row": row[1]}, follow=True))
    assert "Dit kind telt vanaf vandaag niet meer mee." in gone
    assert taken() == 0


def test_one_too_many_is_asked_why_and_nothing_typed_is_lost(here: Town, rosa: PageClient) -> None:
    refused = tell(rosa, here, children="2")
    assert "Er is geen plaats vrij op maandag en dinsdag hele dag" in refused
    assert "Zijn er toch meer? Schrijf waarom." in refused
    assert 'value="2025"' in refused
    assert "2 kinderen tellen nu mee." in tell(rosa, here, children="2", over_capacity_reason="Broer en zus delen.")


@pytest.mark.parametrize("typed", [{"born_year": "tweeduizend"}, {"children": "-1"}, {"born_month": "13"}])
def test_nonsense_is_refused_kindly(here: Town, rosa: PageClient, typed: dict[str, str]) -> None:
    assert "error-summary" in tell(rosa, here, **typed)
    assert taken() == 0


def test_nonsense_about_who_left_changes_nothing(here: Town, rosa: PageClient) -> None:
    tell(rosa, here)
    for row in ("", "x", "01a1fcbb-3b24-735c-9f7f-644b598ba18f"):
        assert "Komt niet meer" in words(rosa.post(f"{ADDRESS}weg/", {"row": row}, follow=True))
    assert taken("declared") == 1


def test_where_nothing_is_planned_it_says_what_to_do(here: Town, client_for: ClientFor) -> None:
    page = words(client_for(here.rosa).get(ADDRESS))
    assert "Kies hoe je je plaatsen bijhoudt" in page
    assert "Tel mee" not in page


def test_only_who_keeps_up_the_location_may_tell(here: Town, client_for: ClientFor) -> None:
    assert client_for(here.mia_account).get(ADDRESS).status_code == 404
    assert client_for().get(ADDRESS).status_code == 302


def test_a_second_press_of_the_button_counts_nobody_more(here: Town, rosa: PageClient) -> None:
    asked = kept(rosa.get(ADDRESS))
    for _press in range(2):
        assert "1 kind telt nu mee." in tell(rosa, here, kept=asked)
    assert taken() == 1


def test_a_page_that_says_nothing_of_its_button_still_counts(here: Town, rosa: PageClient) -> None:
    assert "1 kind telt nu mee." in tell(rosa, here, kept="onzin")
