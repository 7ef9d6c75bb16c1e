"""Two second persons press at the same moment about the same proposal: one decides, the other reads that it is done."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date
from functools import partial

import pytest
from django.db import connections
from tests.cast import Town, town
from tests.domains.distribution.journey import NOW, looking

from opvangloket.domains.providers.new_managers import confirm_manager, confirm_manager_at_desk, refuse_manager
from opvangloket.domains.providers.new_managers import propose_manager as propose
from opvangloket.foundation.accounts.models import (
    Account,
    Audience,
    DeskMembership,
    DeskRole,
    OrganiserMembership,
    OrganiserRole,
    RoleProposal,
)
from opvangloket.foundation.accounts.new_leads import add_lead, confirm_lead, refuse_lead
from opvangloket.foundation.accounts.proposals import NoSuchProposal
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.audit.record import SYSTEM, Actor, ActorKind
from opvangloket.foundation.messages.models import Message

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
INES = "ines@opvang.example"
TRIES = 3
Decision = Callable[[], str]


@pytest.fixture
def here() -> Town:
    return town(NOW)


def at_once(*decisions: Decision) -> list[str]:
    """Let every decision be taken in a connection of its own at one moment; return what each came to."""
    start = threading.Barrier(len(decisions))

    def decided(decide: Decision) -> str:
        start.wait(timeout=30)
        try:
            return decide()
        except NoSuchProposal as late:
            return late.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(decisions)) as pool:
        return sorted(pool.map(decided, decisions))


def also_manages(here: Town, name: str) -> Actor:
    """Make one more manager of De Regenboog."""
    account = Account.objects.create(
        audience=Audience.ORGANISER, email=f"{name.lower()}@opvang.example", name=name, created_at=NOW
    )
    with looking():
        OrganiserMembership.objects.create(
            organiser_id=here.regenboog.id, account=account, role=OrganiserRole.MANAGER, start_on=date(2020, 1, 1)
        )
    return Actor(ActorKind.ORGANISER, account.id, name)


def also_leads(here: Town, name: str) -> Actor:
    """Make one more lead of the desk of Ninove."""
    account = Account.objects.create(
        audience=Audience.DESK, email=f"{name.lower()}@ninove.example", name=name, created_at=NOW
    )
    with looking():
        DeskMembership.objects.create(desk=here.ninove, account=account, role=DeskRole.LEAD, start_on=date(2020, 1, 1))
    return Actor(ActorKind.DESK_LEAD, account.id, name)


def proposed(here: Town) -> dict[str, object]:
    with here.at_organiser(here.regenboog_centrum):
        waiting = propose(organiser_id=here.regenboog.id, address=INES, name="Ines", actor=here.manager, now=NOW)
    return {"proposal_id": waiting.proposal.id, "organiser_id": here.regenboog.id, "now": NOW}


def at_regenboog(here: Town) -> Callable[[], AbstractContextManager[None]]:
    return partial(here.at_organiser, here.regenboog_centrum)


def by(place: Callable[[], AbstractContextManager[None]], act: Callable[..., str], **facts: object) -> Decision:
    def decide() -> str:
        with place():
            return act(**facts)

    return decide


def endings() -> list[tuple[str, str]]:
    """Return who was proposed as what and how it ended."""
    with looking():
        return list(RoleProposal.objects.values_list("name", "ending"))


def roles_of(address: str) -> Iterator[str]:
    """Yield the running roles of whoever reads this address; an account that is not there has none."""
    with looking():
        for kind in (OrganiserMembership, DeskMembership):
            yield from kind.objects.filter(account__email=address, end_on=None).values_list("role", flat=True)


def decided(action: str) -> int:
    with looking():
        return AuditEvent.objects.filter(action=action).count()


@pytest.mark.parametrize("_time", range(TRIES))
def test_two_managers_confirm_the_same_new_manager(here: Town, _time: int) -> None:
    others = [also_manages(here, name) for name in ("Tine", "Bert")]
    facts = proposed(here)
    assert at_once(*(by(at_regenboog(here), confirm_manager, **facts, actor=one) for one in others)) == [
        "Ines",
        "no_such_proposal",
    ]
    assert list(roles_of(INES)) == ["manager"]
    assert endings() == [("Ines", "confirmed")]
    assert decided("manager.confirm") == 1
    with looking():
        assert Message.objects.filter(template="colleague_invited", recipient=INES).count() == 1


@pytest.mark.parametrize("_time", range(TRIES))
def test_two_leads_confirm_the_same_new_manager(here: Town, _time: int) -> None:
    facts = proposed(here) | {"desk_id": here.ninove.id}
    leads = (here.lead, also_leads(here, "Lotte"))
    said = at_once(*(by(here.at_desk, confirm_manager_at_desk, **facts, actor=one) for one in leads))
    assert said == ["Ines", "no_such_proposal"]
    assert list(roles_of(INES)) == ["manager"]
    assert decided("manager.confirm") == 1


@pytest.mark.parametrize("_time", range(TRIES))
def test_one_confirms_while_who_proposed_takes_it_back(here: Town, _time: int) -> None:
    facts = proposed(here)
    other = also_manages(here, "Tine")
    said = at_once(
        by(at_regenboog(here), confirm_manager, **facts, actor=other),
        by(at_regenboog(here), refuse_manager, **facts, actor=here.manager),
    )
    assert said == ["Ines", "no_such_proposal"]
    [(_name, ending)] = endings()
    assert list(roles_of(INES)) == (["manager"] if ending == "confirmed" else [])
    assert decided("manager.confirm") == (ending == "confirmed")
    assert decided("manager.end_proposal") == 1


@pytest.mark.parametrize("act", [confirm_lead, refuse_lead])
@pytest.mark.parametrize("_time", range(TRIES))
def test_two_leads_decide_about_the_same_new_lead(here: Town, act: Callable[..., str], _time: int) -> None:
    with looking():
        add_lead(desk_id=here.ninove.id, address="nele@ninove.example", name="Nele", actor=SYSTEM, now=NOW)
        proposal_id = RoleProposal.objects.values_list("id", flat=True).get()
    facts = {"proposal_id": proposal_id, "desk_id": here.ninove.id, "now": NOW}
    said = at_once(
        by(here.at_desk, confirm_lead, **facts, actor=here.lead),
        by(here.at_desk, act, **facts, actor=also_leads(here, "Lotte")),
    )
    assert said == ["Nele", "no_such_proposal"]
    [(_name, ending)] = endings()
    assert list(roles_of("nele@ninove.example")) == ([DeskRole.LEAD] if ending == "confirmed" else [])
    assert decided("lead.end_proposal") == 1
