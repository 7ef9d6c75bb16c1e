"""A new lead of a desk: proposed by whoever runs the installation, confirmed by a lead who is there."""

import argparse
from datetime import timedelta

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.config.commands import person as command
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import Account, DeskMembership, DeskRole, RoleProposal
from opvangloket.foundation.accounts.new_leads import add_lead, sweep_lead_proposals
from opvangloket.foundation.accounts.people import end_desk_role
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.audit.record import SYSTEM
from opvangloket.rules.second_person import DAYS_TO_CONFIRM

pytestmark = pytest.mark.django_db
SETTINGS, ACT = "/werk/ninove/instellingen/", "/werk/ninove/instellingen/trekkers/"
LIEN = "lien@ninove.example"


def add(here: Town, address: str = LIEN) -> bool:
    return add_lead(desk_id=here.ninove.id, address=address, name="Lien Vos", actor=SYSTEM, now=here.now)


def typed(**act: str) -> dict[str, str]:
    with looking():
        return {"proposal": str(RoleProposal.objects.latest("proposed_at").id), **act}


def leads(here: Town) -> set[str]:
    with looking():
        rows = DeskMembership.objects.filter(desk=here.ninove, role=DeskRole.LEAD, end_on=None)
        return set(rows.values_list("account__email", flat=True))


def test_a_lead_confirms_a_new_one(client_for: ClientFor, here: Town) -> None:
    assert add(here)
    assert leads(here) == {here.karel.email}
    karel = client_for(here.karel)
    assert "Een nieuwe trekker is voorgesteld. Bel en bevestig voor" in words(karel.get("/werk/ninove/"))
    page = words(karel.get(SETTINGS))
    assert "Lien Vos" in page
    assert "Bevestigen kan tot en met maandag 16 maart 2026." in page
    assert "Lien Vos is nu trekker van dit loket." in words(karel.post(ACT, typed(confirm="ja"), follow=True))
    assert leads(here) == {here.karel.email, LIEN}
    assert "Dit voorstel wacht niet meer." in words(karel.post(ACT, typed(confirm="ja"), follow=True))
    with looking():
        acts = list(AuditEvent.objects.filter(subject_kind="role_proposal").order_by("id").values_list("action"))
    assert [action for (action,) in acts] == ["lead.propose", "lead.confirm", "lead.end_proposal"]


def test_the_first_lead_of_a_desk_needs_nobody(here: Town) -> None:
    end_desk_role(desk_id=here.ninove.id, address=here.karel.email, actor=SYSTEM, now=here.now)
    assert not add(here)
    assert leads(here) == {LIEN}


def test_a_lead_refuses_and_a_worker_leaves_it_to_the_lead(client_for: ClientFor, here: Town) -> None:
    add(here)
    amina = client_for(here.amina)
    assert "De trekker van het loket bevestigt dit." in words(amina.get(SETTINGS))
    assert amina.post(ACT, typed(confirm="ja")).status_code == 403
    karel = client_for(here.karel)
    assert "Lien Vos wordt geen trekker." in words(karel.post(ACT, typed(), follow=True))
    assert leads(here) == {here.karel.email}
    assert "Wacht op een tweede persoon" not in words(karel.get(SETTINGS))


def test_who_is_proposed_does_not_confirm_by_another_spelling(client_for: ClientFor, here: Town) -> None:
    add(here)
    Account.objects.filter(id=here.karel.id).update(email="Lien+loket@ninove.example")
    answer = client_for(here.karel).post(ACT, typed(confirm="ja"), follow=True)
    assert "Je kan je eigen voorstel niet bevestigen." in words(answer)
    assert LIEN not in leads(here)


def test_another_desk_confirms_nothing_here(client_for: ClientFor, here: Town) -> None:
    add(here)
    stranger = client_for(here.stranger)
    there = stranger.post("/werk/overstroom/instellingen/trekkers/", typed(confirm="ja"), follow=True)
    assert "Dit voorstel wacht niet meer." in words(there)
    assert stranger.post(ACT, typed(confirm="ja")).status_code == 404
    assert client_for(here.karel).post(ACT, {"proposal": "x"}).status_code == 404
    assert leads(here) == {here.karel.email}


def test_what_nobody_confirms_lapses_once(client_for: ClientFor, here: Town) -> None:
    add(here)
    later = here.now + timedelta(days=DAYS_TO_CONFIRM + 1)
    with clock.stopped_at(later):
        answer = client_for(here.karel).post(ACT, typed(confirm="ja"), follow=True)
    assert "Dit voorstel wacht niet meer." in words(answer)
    assert [sweep_lead_proposals(now=later) for _again in range(2)] == [1, 0]
    assert leads(here) == {here.karel.email}


def person(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(words))


def test_the_command_says_who_confirms(here: Town, capsys: pytest.CaptureFixture[str]) -> None:
    assert person("add", LIEN, "--desk", "ninove", "--name", "Lien Vos", "--role", "lead") == 0
    assert "A lead of Opvangloket Ninove confirms Lien Vos" in capsys.readouterr().out
    assert leads(here) == {here.karel.email}
    assert person("add", "tom@ninove.example", "--desk", "ninove", "--name", "Tom") == 0
    assert "Tom signs in at /werk/" in capsys.readouterr().out
