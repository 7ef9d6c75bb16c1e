"""Doorverwijzen: one screen passes a family on, and the list tells how far the desk is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.referrals.models import Referral
from opvangloket.domains.requests.models import CareRequest, DeskTask, TaskKind
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.rules.procedure import DeskMode, Procedure

pytestmark = pytest.mark.django_db
WHERE, LIST = "/organisator/doorverwijzen/", "/organisator/doorverwezen/"


def filled(**different: str) -> dict[str, str]:
    return {
        "location": "de-regenboog-centrum",
        "parent_first_name": "Ann",
        "parent_last_name": "Maes",
        "phone": "0499 11 22 33",
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
        "consent_how": "at_the_door",
        "consent_on_day": "2",
        "consent_on_month": "3",
        "consent_on_year": "2026",
    } | different


def referrals() -> list[Referral]:
    with looking():
        return list(Referral.objects.select_related("request__child", "location", "desk"))


def test_one_screen_passes_a_family_on(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    drawn = words(client.get(WHERE))
    assert "Dit gaat naar Opvangloket Ninove." in drawn
    assert 'name="consent_on_day" value="2"' in drawn
    told = words(client.post(WHERE, filled(words="Oma past op tot juni."), follow=True))
    assert "Doorverwezen. Het loket neemt contact op met het gezin." in told
    assert "Lou Maes · Ann Maes" in told
    assert "wacht op het loket" in told
    [referral] = referrals()
    assert (referral.location, referral.desk, referral.consent_how) == (
        here.regenboog_centrum,
        here.ninove,
        "at_the_door",
    )


def test_the_desk_sees_who_and_why_on_its_list_and_in_the_file(here: Town, client_for: ClientFor) -> None:
    client_for(here.rosa).post(WHERE, filled(words="Oma past op tot juni."))
    [referral] = referrals()
    desk = client_for(here.amina)
    row = words(desk.get("/werk/ninove/"))
    assert "De Regenboog Centrum kon niet helpen en verwees dit gezin door. Bel het." in row
    file = words(desk.get(f"/werk/ninove/gezin/{referral.request.reference}/"))
    assert "Akkoord van het gezin: mondeling, op maandag 2 maart 2026. “Oma past op tot juni.”" in file
    assert "Door De Regenboog Centrum, op maandag 2 maart 2026." in file
    with looking():
        task = DeskTask.objects.get(kind=TaskKind.REFERRED)
    desk.post(f"/werk/ninove/gezin/{referral.request.reference}/taak/", {"task": str(task.id), "note": "Gebeld."})
    assert "het loket helpt" in words(client_for(here.rosa).get(LIST))


@pytest.mark.parametrize("mode", DeskMode)
def test_both_kinds_of_desk_take_referrals(here: Town, client_for: ClientFor, mode: DeskMode) -> None:
    here.choose(Procedure(mode=mode))
    client = client_for(here.rosa)
    assert 'href="/organisator/doorverwijzen/"' in words(client.get("/organisator/plaatsing/"))
    client.post(WHERE, filled())
    assert len(referrals()) == 1


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"consent_how": ""}, "Vraag het gezin of je dit mag doorgeven."),
        ({"consent_on_month": "1"}, "Kies een datum vanaf"),
        ({"consent_on_day": "3"}, "Kies een datum tot en met"),
        ({"phone": ""}, "Vul een telefoonnummer of een e-mailadres in."),
        ({"parent_last_name": ""}, "Vul dit nog in."),
        ({"week_ma_vm": "", "week_ma_nm": ""}, "Kies minstens één dagdeel."),
        ({"location": "mias-nestje"}, "Kies een antwoord uit de lijst."),
        ({"words": "85.07.30-033.28"}, "rijksregisternummer"),
    ],
)
def test_what_is_not_right_is_asked_again(
    here: Town, client_for: ClientFor, different: dict[str, str], message: str
) -> None:
    answer = client_for(here.rosa).post(WHERE, filled(**different))
    assert answer.status_code == 200
    assert message in words(answer)
    assert 'value="Lou"' in words(answer)
    assert referrals() == []


def test_the_same_child_is_asked_about_and_another_one_passes(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    client.post(WHERE, filled())
    asked = words(client.post(WHERE, filled(location="de-regenboog-denderhof")))
    assert "Je verwees Lou Maes al door op maandag 2 maart 2026. Dan hoef je niets meer te doen." in asked
    assert len(referrals()) == 1
    client.post(WHERE, filled(not_the_same="on"))
    assert len(referrals()) == 2
    client.post(WHERE, filled(child_first_name="Mila", birth_year="2024"))
    assert len(referrals()) == 3


def test_pressed_twice_refers_once(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    kept = str(client.get(WHERE).context["form"].initial["kept"])
    for _ in range(2):
        told = client.post(WHERE, filled(kept=kept), follow=True)
        assert "Doorverwezen. Het loket neemt contact op met het gezin." in words(told)
    with looking():
        assert CareRequest.objects.count() == 1


def test_another_organiser_sees_nothing_of_it(here: Town, client_for: ClientFor) -> None:
    client_for(here.rosa).post(WHERE, filled())
    assert "Je verwees nog geen gezin door" in words(client_for(here.mia_account).get(LIST))


def test_many_referrals_take_as_many_queries_as_few(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    client.post(WHERE, filled())
    few = queries()
    for name in ("Bo", "Mila", "Noor"):
        client.post(WHERE, filled(child_first_name=name, not_the_same="on"))
    assert queries() == few


@pytest.mark.parametrize("where", [WHERE, LIST])
def test_doors(here: Town, client_for: ClientFor, where: str) -> None:
    assert client_for().get(where)["Location"].startswith("/organisator/aanmelden/")
    assert client_for(here.amina).get(where)["Location"].startswith("/organisator/aanmelden/")
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=OrganiserRole.STAND_IN)
    assert client_for(here.rosa).get(where).status_code == 200
