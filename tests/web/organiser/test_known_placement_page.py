"""A family that asked here already and got its place at the door: placed once, from its own question."""

from dataclasses import replace

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import Journey, asks, looking
from tests.web.conftest import ClientFor
from tests.web.organiser.test_direct_page import filled, placements
from tests.web.reading import words

from opvangloket.domains.requests.models import CareRequest, CaseEvent
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import DeskMode, Procedure

pytestmark = pytest.mark.django_db


def where(journey: Journey, location: str = "de-regenboog-centrum") -> str:
    return f"/organisator/vraag/{journey.registered.reference}/{location}/geplaatst/"


def given(**different: str) -> dict[str, str]:
    parts = {f"week_{day}_{part}": "yes" for day in ("ma", "di") for part in ("vm", "nm")}
    dates = {"start_day": "1", "start_month": "juli", "start_year": "2026"}
    return {**parts, **dates, "agreed": "on"} | different


def noor_again(here: Town, **different: str) -> dict[str, str]:
    """Return the form of a direct placement, filled in for the child of a question that lies here."""
    born = here.noor().child.birth_on
    assert born is not None
    return filled(
        child_first_name="Noor",
        child_last_name="Peeters",
        birth_day=str(born.day),
        birth_month=str(born.month),
        birth_year=str(born.year),
        parent_first_name="Sara",
        parent_last_name="Peeters",
        phone="0470 12 34 56",
        **different,
    )


@pytest.mark.parametrize("mode", DeskMode)
def test_a_question_that_came_by_the_desk_is_placed_and_counts(
    here: Town, client_for: ClientFor, mode: DeskMode
) -> None:
    here.choose(Procedure(mode=mode))
    noor = asks(here)
    client = client_for(here.rosa)
    question = where(noor).removesuffix("geplaatst/")
    assert f'href="{where(noor)}"' in words(client.get(question))
    assert "Noor Peeters" in words(client.get(where(noor)))
    told = words(client.post(where(noor), given(), follow=True))
    assert "Geplaatst. Het gezin kreeg bericht, en zijn vraag telt als beantwoord." in told
    assert (noor.state, noor.events()) == ("placed", ["placed_directly"])
    assert noor.states()["Mia's Nestje"] == "withdrawn"
    [placement] = placements()
    assert placement.parts == WeekPattern.full_days("ma", "di").mask


def test_pressed_twice_places_once(here: Town, client_for: ClientFor) -> None:
    noor = asks(here)
    client = client_for(here.rosa)
    for _ in range(2):
        answer = client.post(where(noor), given())
        assert answer["Location"].startswith("/organisator/plaatsingen/")
    with looking():
        assert CaseEvent.objects.filter(kind="placed_directly").count() == 1


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"agreed": ""}, "Geef alleen een plaats door waar het gezin voor koos."),
        ({"start_year": ""}, "Vul ook het jaar in."),
        ({f"week_{day}_{part}": "" for day in ("ma", "di") for part in ("vm", "nm")}, "Kies minstens één dagdeel."),
    ],
)
def test_what_is_not_right_is_asked_again(
    here: Town, client_for: ClientFor, different: dict[str, str], message: str
) -> None:
    noor = asks(here)
    answer = client_for(here.rosa).post(where(noor), given(**different))
    assert message in words(answer)
    assert placements() == []


def test_a_full_week_asks_for_a_reason(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 0, from_on=here.today)
    noor = asks(here)
    client = client_for(here.rosa)
    assert "Er is geen plaats vrij" in words(client.post(where(noor), given()))
    client.post(where(noor), given(over_capacity_reason="Een kind vertrekt."))
    assert len(placements()) == 1


def test_the_door_offers_the_question_instead_of_counting_twice(here: Town, client_for: ClientFor) -> None:
    noor = asks(here)
    client = client_for(here.rosa)
    asked = words(client.post("/organisator/plaatsing/", noor_again(here)))
    assert "Vroeg dit kind al bij jou?" in asked
    assert f'href="{where(noor)}"' in asked
    assert 'value="0470 12 34 56"' in asked
    assert placements() == []
    client.post("/organisator/plaatsing/", noor_again(here, not_the_same="on"))
    assert len(placements()) == 1
    with looking():
        assert CareRequest.objects.count() == 2


def test_a_name_that_the_desk_hides_is_not_told_by_typing_it(here: Town, client_for: ClientFor) -> None:
    here.choose(replace(Procedure(), blind_first_answer=True))
    noor = asks(here)
    client = client_for(here.rosa)
    assert client.get(where(noor)).status_code == 404
    assert "Geef het door" not in words(client.get(where(noor).removesuffix("geplaatst/")))
    client.post("/organisator/plaatsing/", noor_again(here))
    assert len(placements()) == 1


def test_a_family_that_asked_elsewhere_is_not_told(here: Town, client_for: ClientFor) -> None:
    asks(here, here.noor(location_ids=(here.mias_nestje.id,)))
    client_for(here.rosa).post("/organisator/plaatsing/", noor_again(here))
    assert len(placements()) == 1


def test_doors(here: Town, client_for: ClientFor) -> None:
    noor = asks(here)
    assert client_for().get(where(noor))["Location"].startswith("/organisator/aanmelden/")
    assert client_for(here.wim).get(where(noor)).status_code == 404
    assert client_for(here.mia_account).get(where(noor)).status_code == 404
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=OrganiserRole.STAND_IN)
    assert client_for(here.rosa).get(where(noor)).status_code == 200
