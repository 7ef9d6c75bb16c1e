"""Two requests side by side: merged, kept apart, and brought back."""

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import Journey, asks
from tests.web.conftest import ClientFor, PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(client_for: ClientFor, here: Town) -> PageClient:
    return client_for(here.amina)


@pytest.fixture
def twice(here: Town) -> tuple[Journey, Journey]:
    return asks(here), asks(here)


def _compare(first: Journey, second: Journey) -> str:
    return f"/werk/ninove/gezin/{first.registered.reference}/dubbel/{second.registered.reference}/"


def test_what_looks_alike_is_listed_with_why(amina: PageClient, twice: tuple[Journey, Journey]) -> None:
    first, second = twice
    text = amina.get(f"/werk/ninove/gezin/{first.registered.reference}/dubbel/").content.decode()
    assert _compare(first, second) in text
    assert "geboortedatum" in text


def test_another_request_is_named_by_its_reference(
    amina: PageClient, here: Town, twice: tuple[Journey, Journey]
) -> None:
    first, _second = twice
    deniz = asks(here, here.deniz())
    address = f"/werk/ninove/gezin/{first.registered.reference}/dubbel/"
    found = amina.post(address, {"reference": deniz.registered.reference.lower()})
    assert found["Location"] == _compare(first, deniz)
    assert "Dit nummer klopt niet." in amina.post(address, {"reference": "ABC"}).content.decode()


def test_both_stand_side_by_side(amina: PageClient, twice: tuple[Journey, Journey]) -> None:
    text = amina.get(_compare(*twice)).content.decode()
    assert text.count("0470 12 34 56") == 2
    assert amina.get(_compare(twice[0], twice[0])).status_code == 404


def test_one_goes_up_in_the_other_and_comes_back(amina: PageClient, twice: tuple[Journey, Journey]) -> None:
    first, second = twice
    merged = amina.post(_compare(first, second), {"choice": "this", "reason": "Zelfde mama"}, follow=True)
    assert "Samengevoegd." in merged.content.decode()
    assert (first.state, second.state) == ("open", "merged")
    gone = amina.get(f"/werk/ninove/gezin/{second.registered.reference}/").content.decode()
    assert "Deze vraag ging op in" in gone
    amina.post(f"/werk/ninove/gezin/{second.registered.reference}/toch-meetellen/", {"reason": "Toch niet"})
    assert second.state == "open"


def test_the_other_one_may_remain(amina: PageClient, twice: tuple[Journey, Journey]) -> None:
    first, second = twice
    answer = amina.post(_compare(first, second), {"choice": "other"})
    assert answer["Location"] == f"/werk/ninove/gezin/{second.registered.reference}/"
    assert (first.state, second.state) == ("merged", "open")
    refused = amina.post(_compare(first, second), {"choice": "this"}).content.decode()
    assert "De vraag die overblijft, telt zelf niet mee." in refused


def test_two_children_are_kept_apart(amina: PageClient, twice: tuple[Journey, Journey]) -> None:
    first, second = twice
    assert second.tasks() == {"likely_duplicate"}
    amina.post(_compare(first, second), {"choice": "apart", "reason": "Een tweeling"})
    assert second.tasks() == set()
    assert {first.state, second.state} == {"open"}


def test_without_a_choice_nothing_happens(amina: PageClient, twice: tuple[Journey, Journey]) -> None:
    text = amina.post(_compare(*twice), {"reason": "Ik twijfel"}).content.decode()
    assert "Ik twijfel" in text
    assert {journey.state for journey in twice} == {"open"}
