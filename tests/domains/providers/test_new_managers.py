"""A new manager takes two people: a second manager, or the home desk where there is no other."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.cast import Town, town
from tests.domains.distribution.journey import looking

from opvangloket.domains.deskwork.work import Urgency, WorkReason
from opvangloket.domains.deskwork.worklist import worklist
from opvangloket.domains.providers.models import DeskRelation, LocationInDesk
from opvangloket.domains.providers.new_managers import (
    WaitingManager,
    confirm_manager,
    confirm_manager_at_desk,
    propose_manager,
    refuse_manager,
    refuse_manager_at_desk,
    sweep_proposals,
    waiting_managers,
)
from opvangloket.domains.providers.team import LastManager, end_colleague, invite_colleague, manager_names
from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole, RoleProposal
from opvangloket.foundation.accounts.proposals import NoSuchProposal, ProposalRefused
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.retention.terms import Limit, told
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.second_person import DAYS_TO_CONFIRM, SecondPerson

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
INES = "ines@opvang.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town(NOW)


@pytest.fixture
def tom(here: Town) -> Actor:
    """A second manager of De Regenboog."""
    return manager(here, "Tom", "tom@opvang.example")


def manager(here: Town, name: str, email: str) -> Actor:
    account = Account.objects.create(audience=Audience.ORGANISER, email=email, name=name, created_at=NOW)
    with looking():
        OrganiserMembership.objects.create(
            organiser_id=here.regenboog.id, account=account, role=OrganiserRole.MANAGER, start_on=date(2020, 1, 1)
        )
    return Actor(ActorKind.ORGANISER, account.id, name)


@contextmanager
def at_regenboog(here: Town) -> Iterator[dict[str, Any]]:
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        yield {"organiser_id": here.regenboog.id}


def propose(here: Town, *, address: str = INES, by: Actor | None = None, now: datetime = NOW) -> WaitingManager:
    with at_regenboog(here) as facts:
        return propose_manager(**facts, address=address, name="Ines Maes", actor=by or here.manager, now=now)


def by_desk(here: Town, waiting: WaitingManager, *, now: datetime = NOW, **different: Any) -> str:
    facts: dict[str, Any] = {
        "proposal_id": waiting.proposal.id,
        "organiser_id": here.regenboog.id,
        "desk_id": here.ninove.id,
        "actor": here.lead,
    }
    with here.at_desk():
        return confirm_manager_at_desk(**facts | different, now=now)


def managers(here: Town) -> tuple[str, ...]:
    return manager_names(here.regenboog.id, today=here.today)


def mailed(template: str) -> list[str]:
    with looking():
        rows = Message.objects.filter(template=template).order_by("recipient")
        return list(rows.values_list("recipient", flat=True))


def logged() -> Counter[tuple[str, UUID | None]]:
    """What was done by whom; what is of one moment has no order."""
    with looking():
        rows = AuditEvent.objects.filter(subject_kind="role_proposal")
        return Counter(rows.values_list("action", "actor_id"))


def test_a_second_manager_confirms(here: Town, tom: Actor) -> None:
    waiting = propose(here)
    assert waiting.asked is SecondPerson.COLLEAGUE
    assert mailed("manager_proposed") == ["tom@opvang.example"]
    assert managers(here) == ("Rosa", "Tom")
    with at_regenboog(here) as facts:
        assert confirm_manager(**facts, proposal_id=waiting.proposal.id, actor=tom, now=NOW) == "Ines Maes"
    assert managers(here) == ("Ines Maes", "Rosa", "Tom")
    assert mailed("colleague_invited") == [INES]
    assert mailed("managers_changed") == ["rosa@opvang.example", "tom@opvang.example"]
    ended = ("manager.end_proposal", tom.id)
    assert logged() == Counter([("manager.propose", here.rosa.id), ("manager.confirm", tom.id), ended])


def test_nobody_confirms_the_own_proposal(here: Town, tom: Actor) -> None:
    waiting = propose(here)
    with at_regenboog(here) as facts, pytest.raises(ProposalRefused):
        confirm_manager(**facts, proposal_id=waiting.proposal.id, actor=here.manager, now=NOW)
    assert managers(here) == ("Rosa", "Tom")


@pytest.mark.parametrize("address", ["rosa@opvang.example", "Rosa+loket@opvang.example", INES])
def test_a_second_role_makes_no_second_person(here: Town, address: str) -> None:
    waiting = propose(here)
    Account.objects.filter(id=here.karel.id).update(email=address)
    with pytest.raises(ProposalRefused):
        by_desk(here, waiting)
    assert managers(here) == ("Rosa",)


def test_the_desk_confirms_where_there_is_no_other_manager(here: Town) -> None:
    waiting = propose(here)
    assert waiting.asked is SecondPerson.DESK
    assert by_desk(here, waiting) == "Ines Maes"
    assert managers(here) == ("Ines Maes", "Rosa")
    with pytest.raises(NoSuchProposal):
        by_desk(here, waiting)
    with looking():
        assert OrganiserMembership.objects.filter(account__email=INES).count() == 1


def test_the_desk_is_not_asked_once_a_colleague_can_confirm(here: Town) -> None:
    waiting = propose(here)
    manager(here, "Tom", "tom@opvang.example")
    with pytest.raises(NoSuchProposal):
        by_desk(here, waiting)


def test_another_desk_and_another_organiser_are_not_asked(here: Town) -> None:
    waiting = propose(here)
    with looking():
        LocationInDesk.objects.create(
            location=here.regenboog_centrum,
            desk=here.overstroom,
            relation=DeskRelation.VIEW,
            start_on=date(2020, 1, 1),
        )
    with here.at_desk(here.overstroom), pytest.raises(NoSuchProposal):
        confirm_manager_at_desk(
            proposal_id=waiting.proposal.id,
            organiser_id=here.regenboog.id,
            desk_id=here.overstroom.id,
            actor=Actor(ActorKind.DESK_LEAD, here.stranger.id),
            now=NOW,
        )
    with here.at_organiser(here.mias_nestje), pytest.raises(NoSuchProposal):
        confirm_manager(
            proposal_id=waiting.proposal.id,
            organiser_id=here.mia.id,
            actor=Actor(ActorKind.ORGANISER, here.mia_account.id),
            now=NOW,
        )
    assert managers(here) == ("Rosa",)


def test_who_was_staff_becomes_manager_in_its_place(here: Town) -> None:
    with at_regenboog(here) as facts:
        invite_colleague(
            **facts,
            address=INES,
            name="Ines",
            role=OrganiserRole.STAFF,
            location_ids=[here.regenboog_centrum.id],
            start_on=here.today,
            until_on=None,
            actor=here.manager,
            now=NOW,
        )
    by_desk(here, propose(here))
    with looking():
        [row] = OrganiserMembership.objects.filter(account__email=INES, end_on=None)
    assert (row.role, row.location_id) == (OrganiserRole.MANAGER, None)


def test_who_manages_already_or_waits_already_is_not_proposed_again(here: Town) -> None:
    propose(here)
    for address in (INES, "INES@opvang.example", "rosa@opvang.example"):
        with pytest.raises(ProposalRefused):
            propose(here, address=address)


def test_a_closed_account_is_not_proposed(here: Town) -> None:
    Account.objects.create(audience=Audience.ORGANISER, email=INES, name="Ines", active=False, created_at=NOW)
    with pytest.raises(ProposalRefused):
        propose(here)


def test_a_refused_proposal_is_told_and_one_taken_back_is_not(here: Town, tom: Actor) -> None:
    with at_regenboog(here) as facts:
        refuse_manager(**facts, proposal_id=propose(here).proposal.id, actor=tom, now=NOW)
        assert mailed("managers_changed") == ["rosa@opvang.example", "tom@opvang.example"]
        refuse_manager(**facts, proposal_id=propose(here).proposal.id, actor=here.manager, now=NOW)
    with looking():
        endings = list(RoleProposal.objects.order_by("id").values_list("ending", flat=True))
    assert endings == ["refused", "withdrawn"]
    assert len(mailed("managers_changed")) == 2
    assert managers(here) == ("Rosa", "Tom")


def test_the_desk_refuses_too(here: Town) -> None:
    waiting = propose(here)
    with here.at_desk():
        refuse_manager_at_desk(
            proposal_id=waiting.proposal.id,
            organiser_id=here.regenboog.id,
            desk_id=here.ninove.id,
            actor=here.lead,
            now=NOW,
        )
    assert mailed("managers_changed") == ["rosa@opvang.example"]
    with pytest.raises(NoSuchProposal):
        by_desk(here, waiting)


def test_what_nobody_confirms_lapses_once(here: Town) -> None:
    waiting = propose(here)
    last, after = (NOW + timedelta(days=DAYS_TO_CONFIRM + more) for more in (0, 1))
    assert sweep_proposals(now=last) == 0
    with pytest.raises(NoSuchProposal):
        by_desk(here, waiting, now=after)  # whether or not the sweep has run
    assert [sweep_proposals(now=after) for _again in range(2)] == [1, 0]
    assert mailed("managers_changed") == ["rosa@opvang.example"]
    propose(here, now=after)


def test_a_proposal_that_lapsed_makes_way_for_a_new_one(here: Town) -> None:
    propose(here)
    after = NOW + timedelta(days=DAYS_TO_CONFIRM + 1)
    with at_regenboog(here) as facts:
        assert waiting_managers(facts["organiser_id"], today=after.date()) == ()
    again = propose(here, now=after)
    assert by_desk(here, again, now=after) == "Ines Maes"


def test_the_desk_reads_it_on_its_worklist_until_somebody_decides(here: Town) -> None:
    def urgencies(now: datetime) -> list[Urgency]:
        with here.at_desk():
            entries = worklist(Procedure(), now=now).entries
        return [one.urgency for one in entries if WorkReason.MANAGER_PROPOSED in one.reasons]

    waiting = propose(here)
    assert urgencies(NOW) == [Urgency.SOON]
    assert urgencies(NOW + timedelta(days=DAYS_TO_CONFIRM - 3)) == [Urgency.LATE]
    assert urgencies(NOW + timedelta(days=DAYS_TO_CONFIRM + 1)) == []
    with here.at_desk(here.overstroom):
        assert WorkReason.MANAGER_PROPOSED not in worklist(Procedure(), now=NOW).counts()
    by_desk(here, waiting)
    assert urgencies(NOW) == []


def role_of(account_id: UUID) -> UUID:
    return OrganiserMembership.objects.get(account_id=account_id).id


def test_one_manager_ends_another_but_never_the_last(here: Town, tom: Actor) -> None:
    assert tom.id is not None
    with at_regenboog(here) as facts:
        end_colleague(**facts, role_id=role_of(tom.id), actor=here.manager, now=NOW)
        assert managers(here) == ("Rosa",)
        assert mailed("managers_changed") == ["rosa@opvang.example", "tom@opvang.example"]
        with pytest.raises(LastManager):
            end_colleague(**facts, role_id=role_of(here.rosa.id), actor=here.manager, now=NOW)
    assert managers(here) == ("Rosa",)


def test_an_ended_proposal_is_forgotten_in_time(here: Town) -> None:
    waiting = propose(here)
    by_desk(here, waiting)
    [term] = [one for one in told() if one.label == "accounts.RoleProposal"]
    later = NOW + timedelta(seconds=1)
    with looking():
        assert not term.rows(Limit(NOW.date(), NOW)).exists()
        assert [row.id for row in term.rows(Limit(later.date(), later))] == [waiting.proposal.id]
