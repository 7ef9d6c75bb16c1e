"""Rechtstreekse plaatsing: one screen, and the child counts."""

from datetime import date
from typing import Any

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.distribution.models import Placement
from opvangloket.domains.requests.models import CareRequest, CaseEvent
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import DeskMode, Procedure

pytestmark = pytest.mark.django_db
WHERE = "/organisator/plaatsing/"


def filled(**different: str) -> dict[str, str]:
    return {
        "location": "de-regenboog-centrum",
        "child_first_name": "Lou",
        "child_last_name": "Maes",
        "birth_day": "3",
        "birth_month": "1",
        "birth_year": "2026",
        "start_day": "1",
        "start_month": "april",
        "start_year": "2026",
        "week_ma_vm": "yes",
        "week_ma_nm": "yes",
        "parent_first_name": "Ann",
        "parent_last_name": "Maes",
        "phone": "0499 11 22 33",
        "postcode": "9400",
    } | different


def placements() -> list[Placement]:
    with looking():
        return list(Placement.objects.select_related("request__child", "request__applicant"))


def test_one_screen_places_a_child(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    assert "Gaf je zelf een gezin een plaats?" in words(client.get(WHERE))
    told = client.post(WHERE, filled(), follow=True)
    assert "Geplaatst. Dit kind telt nu mee." in words(told)
    assert "Lou Maes" in words(told)
    [placement] = placements()
    assert (placement.start_on, placement.parts) == (date(2026, 4, 1), WeekPattern.full_days("ma").mask)
    request = placement.request
    assert (request.state, request.channel, request.residence_nis) == ("placed", "organiser", "41048")
    assert request.child.birth_on == date(2026, 1, 3)
    with looking():
        assert CaseEvent.objects.get(request=request).kind == "placed_directly"


def test_a_postcode_may_have_its_place_behind_it(here: Town, client_for: ClientFor) -> None:
    assert "Geplaatst." in words(client_for(here.rosa).post(WHERE, filled(postcode="9402 Meerbeke"), follow=True))
    assert placements()[0].request.applicant.postcode == "9402"


def kept_by(client: Any) -> str:
    """Return what the drawn form keeps."""
    return str(client.get(WHERE).context["form"].initial["kept"])


def test_pressed_twice_places_once_and_another_child_anew(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    kept = {"kept": kept_by(client)}
    for _ in range(2):
        assert "Geplaatst. Dit kind telt nu mee." in words(client.post(WHERE, filled(**kept), follow=True))
    assert len(placements()) == 1
    client.post(WHERE, filled(child_first_name="Mila", **kept))
    assert {one.request.child.first_name for one in placements()} == {"Lou", "Mila"}


def test_a_reference_that_we_did_not_keep_is_not_used(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    client.post(WHERE, filled(kept="ABCD2345:vals"))
    [placement] = placements()
    assert placement.request.reference != "ABCD2345"


def test_a_date_to_come_is_an_expected_child(here: Town, client_for: ClientFor) -> None:
    expected = filled(child_first_name="", birth_month="6", start_month="september")
    client_for(here.rosa).post(WHERE, expected)
    [placement] = placements()
    assert (placement.request.child.birth_on, placement.request.child.due_on) == (None, date(2026, 6, 3))


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"birth_year": ""}, "Vul ook het jaar in."),
        ({"child_first_name": ""}, "Vul de voornaam van je kind in."),
        ({"parent_last_name": ""}, "Vul dit nog in."),
        ({"postcode": "0000"}, "Deze postcode kennen we niet."),
        ({"week_ma_vm": "", "week_ma_nm": ""}, "Kies minstens één dagdeel."),
        ({"location": ""}, "Kies een antwoord."),
        ({"location": "mias-nestje"}, "Kies een antwoord uit de lijst."),
        ({"start_month": "januari", "start_day": "2"}, "De opvang kan niet starten voor de geboorte."),
    ],
)
def test_what_is_not_right_is_asked_again(
    here: Town, client_for: ClientFor, different: dict[str, str], message: str
) -> None:
    answer = client_for(here.rosa).post(WHERE, filled(**different))
    assert answer.status_code == 200
    assert message in words(answer)
    assert 'value="0499 11 22 33"' in words(answer)
    assert placements() == []


def test_a_full_week_asks_for_a_reason(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    client = client_for(here.rosa)
    client.post(WHERE, filled())
    refused = client.post(WHERE, filled(child_first_name="Bo"))
    assert "Er is geen plaats vrij op maandag hele dag" in words(refused)
    assert len(placements()) == 1
    client.post(WHERE, filled(child_first_name="Bo", over_capacity_reason="Een kind vertrekt."))
    assert len(placements()) == 2


def test_whoever_has_one_location_need_not_choose(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.mia_account)
    assert "Bij welke opvang?" not in words(client.get(WHERE))
    client.post(WHERE, filled())
    assert [placement.location_id for placement in placements()] == [here.mias_nestje.id]


def test_a_desk_that_counts_only_its_own_questions_asks_nothing(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(mode=DeskMode.DESK_ONLY))
    client = client_for(here.rosa)
    assert "Jouw loket telt alleen vragen die het zelf kreeg." in words(client.get(WHERE))
    client.post(WHERE, filled())
    with looking():
        assert not CareRequest.objects.exists()


def test_doors(here: Town, client_for: ClientFor) -> None:
    assert client_for().get(WHERE)["Location"].startswith("/organisator/aanmelden/")
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=OrganiserRole.STAND_IN)
    assert client_for(here.rosa).get(WHERE).status_code == 200
