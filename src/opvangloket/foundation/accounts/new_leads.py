"""A new lead of a desk: whoever runs the installation proposes, and a lead who is there confirms.

The first lead of a desk needs no second person: there is nobody yet whose families it could look into.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.foundation.accounts.models import Audience, DeskRole, RoleProposal
from opvangloket.foundation.accounts.people import give_desk_role
from opvangloket.foundation.accounts.proposals import (
    OpenProposal,
    end_proposal,
    lapsed_proposals,
    locked_proposal,
    open_proposals,
    propose_role,
    record_proposal,
    refuse_own_proposal,
)
from opvangloket.foundation.accounts.queries import people_of_desk
from opvangloket.foundation.audit.record import SYSTEM, Actor
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.second_person import ProposalEnding, SecondPerson, second_person


@transaction.atomic
def add_lead(*, desk_id: UUID, address: str, name: str, actor: Actor, now: datetime) -> bool:
    """Make somebody lead of a desk without one, or propose it to the lead who is there; return whether it waits.

    Raises ProposalRefused for who waits already.
    """
    Desk.objects.select_for_update().get(id=desk_id)
    with across_desks("the operator adds people to any desk"):
        people = people_of_desk(desk_id, brussels_date(now))
    leads = [one.email for one in people if one.role == DeskRole.LEAD.label]
    if second_person(leads, proposer="", candidate=address) is SecondPerson.DESK:
        give_desk_role(desk_id=desk_id, address=address, name=name, role=DeskRole.LEAD, actor=actor, now=now)
        return False
    proposal = propose_role(
        audience=Audience.DESK,
        place_id=desk_id,
        role=DeskRole.LEAD,
        address=address,
        name=name,
        actor=actor,
        now=now,
    )
    record_proposal("lead.propose", proposal.id, desk_id=desk_id, actor=actor, now=now)
    return True


def waiting_leads(desk_id: UUID, *, today: date) -> tuple[OpenProposal, ...]:
    """Return who was proposed as lead of a desk and is not confirmed yet."""
    return open_proposals(Audience.DESK, [desk_id], today=today)


@transaction.atomic
def confirm_lead(*, proposal_id: UUID, desk_id: UUID, actor: Actor, now: datetime) -> str:
    """Let a lead confirm a proposal and return the new lead's name; raise NoSuchProposal or ProposalRefused."""
    row = locked_proposal(proposal_id, audience=Audience.DESK, place_id=desk_id, today=brussels_date(now))
    refuse_own_proposal(row, actor)
    give_desk_role(desk_id=desk_id, address=row.email, name=row.name, role=DeskRole(row.role), actor=actor, now=now)
    record_proposal("lead.confirm", row.id, desk_id=desk_id, actor=actor, now=now)
    return _end(row, ProposalEnding.CONFIRMED, actor, now)


@transaction.atomic
def refuse_lead(*, proposal_id: UUID, desk_id: UUID, actor: Actor, now: datetime) -> str:
    """Let a lead refuse a proposal and return the name of who was proposed; raise NoSuchProposal."""
    row = locked_proposal(proposal_id, audience=Audience.DESK, place_id=desk_id, today=brussels_date(now))
    return _end(row, ProposalEnding.REFUSED, actor, now)


def sweep_lead_proposals(*, now: datetime) -> int:
    """End the proposals of leads that nobody confirmed in time; return how many."""
    with transaction.atomic(), across_desks("proposals of all desks"):
        lapsed = lapsed_proposals(Audience.DESK, now=now)
        for row in lapsed:
            _end(row, ProposalEnding.LAPSED, SYSTEM, now)
    return len(lapsed)


def _end(row: RoleProposal, ending: ProposalEnding, actor: Actor, now: datetime) -> str:
    end_proposal(row, ending, actor_id=actor.id, now=now)
    record_proposal("lead.end_proposal", row.id, desk_id=row.place_id, actor=actor, now=now, codes=[ending])
    return row.name
