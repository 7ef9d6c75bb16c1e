"""A new manager of an organiser: one manager proposes, another one confirms, or the desk where there is no other.

A manager may do everything at all locations, and give others a role; so nobody becomes one by the will of one person.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.domains.providers.opening import organisers_at
from opvangloket.domains.providers.team import TEAM_PAGE, mail_people, managers_of, running, standing, tell_managers
from opvangloket.foundation.accounts.models import Audience, OrganiserMembership, OrganiserRole, RoleProposal
from opvangloket.foundation.accounts.people import account_for
from opvangloket.foundation.accounts.proposals import (
    NoSuchProposal,
    OpenProposal,
    ProposalRefused,
    end_proposal,
    lapsed_proposals,
    locked_proposal,
    open_proposals,
    propose_role,
    record_proposal,
    refuse_own_proposal,
)
from opvangloket.foundation.audit.record import SYSTEM, Actor
from opvangloket.foundation.messages.actions import absolute
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.second_person import ProposalEnding, SecondPerson, second_person

_ENDED_WORDS = {
    ProposalEnding.CONFIRMED: "{name} is nu verantwoordelijke van {organiser}.",
    ProposalEnding.REFUSED: "{name} werd geen verantwoordelijke van {organiser}: het voorstel is geweigerd.",
    ProposalEnding.LAPSED: "{name} werd geen verantwoordelijke van {organiser}: niemand bevestigde het op tijd.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingManager:
    """Somebody who was proposed as manager, and who is asked to confirm."""

    proposal: OpenProposal
    organiser_name: str
    asked: SecondPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerToCheck:
    """A proposal that the desk checks: with the numbers at which it knows the organiser and its locations."""

    waiting: WaitingManager
    locations: tuple[str, ...]
    phones: tuple[str, ...]


@transaction.atomic
def propose_manager(*, organiser_id: UUID, address: str, name: str, actor: Actor, now: datetime) -> WaitingManager:
    """Propose somebody as manager, tell the other managers, and return who is asked to confirm; ProposalRefused."""
    organiser = Organiser.objects.select_for_update().get(id=organiser_id)
    today = brussels_date(now)
    managers = managers_of(organiser_id, today=today)
    if any(one.email.casefold() == address.strip().casefold() for one in managers):
        raise ProposalRefused("Deze persoon is al verantwoordelijke.")
    proposal = propose_role(
        audience=Audience.ORGANISER,
        place_id=organiser_id,
        role=OrganiserRole.MANAGER,
        address=address,
        name=name,
        actor=actor,
        now=now,
    )
    record_proposal("manager.propose", proposal.id, actor=actor, now=now)
    waiting = _waiting([proposal], today=today)[0]
    others = [one for one in managers if proposal.may_be_confirmed_by(one.email)]
    context = {
        "organiser_name": organiser.name,
        "proposer_name": actor.name,
        "candidate_name": proposal.name,
        "until_on": proposal.last_day,
        "link": absolute(TEAM_PAGE),
    }
    mail_people(others, "manager_proposed", context, cause=str(proposal.id), now=now)
    return waiting


@transaction.atomic
def confirm_manager(*, proposal_id: UUID, organiser_id: UUID, actor: Actor, now: datetime) -> str:
    """Let a second manager confirm a proposal; return the name of the new manager.

    Raises NoSuchProposal, or ProposalRefused for who proposed it or is proposed.
    """
    return _confirm(proposal_id, organiser_id, actor, now)


@transaction.atomic
def confirm_manager_at_desk(
    *, proposal_id: UUID, organiser_id: UUID, desk_id: UUID, actor: Actor, now: datetime
) -> str:
    """Let the lead of a home desk confirm for an organiser with no other manager; return the new manager's name.

    Raises NoSuchProposal, also once another manager can confirm, or ProposalRefused.
    """
    _refuse_other_desk(proposal_id, organiser_id, desk_id, today=brussels_date(now))
    return _confirm(proposal_id, organiser_id, actor, now)


@transaction.atomic
def refuse_manager(*, proposal_id: UUID, organiser_id: UUID, actor: Actor, now: datetime) -> str:
    """Refuse a proposal, or take back the own one; return the name of who was proposed. Raise NoSuchProposal."""
    return _refuse(proposal_id, organiser_id, actor, now)


@transaction.atomic
def refuse_manager_at_desk(*, proposal_id: UUID, organiser_id: UUID, desk_id: UUID, actor: Actor, now: datetime) -> str:
    """Refuse at a home desk what it was asked to confirm; return the name of who was proposed. NoSuchProposal."""
    _refuse_other_desk(proposal_id, organiser_id, desk_id, today=brussels_date(now))
    return _refuse(proposal_id, organiser_id, actor, now)


def sweep_proposals(*, now: datetime) -> int:
    """End the proposals that nobody confirmed in time and tell who proposed them; return how many."""
    with transaction.atomic(), across_desks("proposals of all organisers"):
        lapsed = lapsed_proposals(Audience.ORGANISER, now=now)
        for row in lapsed:
            _end(row, ProposalEnding.LAPSED, SYSTEM, now)
    return len(lapsed)


def waiting_managers(organiser_id: UUID, *, today: date) -> tuple[WaitingManager, ...]:
    """Return who was proposed as manager of an organiser and is not confirmed yet."""
    return _waiting(open_proposals(Audience.ORGANISER, [organiser_id], today=today), today=today)


def managers_to_check(organiser_ids: Iterable[UUID], *, today: date) -> tuple[ManagerToCheck, ...]:
    """Return the proposals that the home desk of these organisers is asked to confirm, in at most five queries."""
    proposals = open_proposals(Audience.ORGANISER, organiser_ids, today=today)
    asked = [one for one in _waiting(proposals, today=today) if one.asked is SecondPerson.DESK]
    if not asked:
        return ()
    ids = {one.proposal.place_id for one in asked}
    names: defaultdict[UUID, list[str]] = defaultdict(list)
    phones: defaultdict[UUID, list[str]] = defaultdict(list)
    for organiser_id, phone in Organiser.objects.filter(id__in=ids).values_list("id", "phone"):
        phones[organiser_id].append(phone)
    for row in Location.objects.filter(organiser_id__in=ids).order_by("name"):
        names[row.organiser_id].append(row.name)
        phones[row.organiser_id].append(row.phone)
    return tuple(
        ManagerToCheck(
            waiting=one,
            locations=tuple(names[one.proposal.place_id]),
            phones=tuple(dict.fromkeys(phone for phone in phones[one.proposal.place_id] if phone)),
        )
        for one in asked
    )


def _waiting(proposals: Iterable[OpenProposal], *, today: date) -> tuple[WaitingManager, ...]:
    found = list(proposals)
    if not found:
        return ()
    ids = {one.place_id for one in found}
    names = dict(Organiser.objects.filter(id__in=ids).values_list("id", "name"))
    addresses: defaultdict[UUID, list[str]] = defaultdict(list)
    with across_desks("whether another manager can confirm"):
        managers = running(today).filter(organiser_id__in=ids, role=OrganiserRole.MANAGER)
        for organiser_id, address in managers.values_list("organiser_id", "account__email"):
            addresses[organiser_id].append(address)
    return tuple(
        WaitingManager(
            proposal=one,
            organiser_name=names[one.place_id],
            asked=second_person(addresses[one.place_id], proposer=one.proposer_email, candidate=one.email),
        )
        for one in found
    )


def _refuse_other_desk(proposal_id: UUID, organiser_id: UUID, desk_id: UUID, *, today: date) -> None:
    """Raise NoSuchProposal unless this desk is asked; the organiser's lock keeps that so."""
    Organiser.objects.select_for_update().filter(id=organiser_id).first()
    homes = [one.id for one in organisers_at(desk_id, today=today)]
    asked = {one.waiting.proposal.id for one in managers_to_check(homes, today=today)}
    if proposal_id not in asked:
        raise NoSuchProposal


def _confirm(proposal_id: UUID, organiser_id: UUID, actor: Actor, now: datetime) -> str:
    today = brussels_date(now)
    organiser = Organiser.objects.select_for_update().get(id=organiser_id)
    row = locked_proposal(proposal_id, audience=Audience.ORGANISER, place_id=organiser_id, today=today)
    refuse_own_proposal(row, actor)
    account = account_for(Audience.ORGANISER, address=row.email, name=row.name, now=now)
    with across_desks("a new manager may have another role, also at another organiser"):
        standing(today).filter(organiser_id=organiser_id, account=account).update(end_on=today)
        OrganiserMembership.objects.create(organiser_id=organiser_id, account=account, role=row.role, start_on=today)
    record_proposal("manager.confirm", row.id, actor=actor, now=now)
    _end(row, ProposalEnding.CONFIRMED, actor, now)
    context = {"organiser_name": organiser.name, "start_on": today, "until_on": None, "link": absolute("/organisator/")}
    mail_people([account], "colleague_invited", context, cause=str(row.id), now=now)
    return row.name


def _refuse(proposal_id: UUID, organiser_id: UUID, actor: Actor, now: datetime) -> str:
    Organiser.objects.select_for_update().filter(id=organiser_id).first()
    row = locked_proposal(proposal_id, audience=Audience.ORGANISER, place_id=organiser_id, today=brussels_date(now))
    own = row.proposed_by_id is not None and row.proposed_by_id == actor.id
    _end(row, ProposalEnding.WITHDRAWN if own else ProposalEnding.REFUSED, actor, now)
    return row.name


def _end(row: RoleProposal, ending: ProposalEnding, actor: Actor, now: datetime) -> None:
    """Write down the end of a proposal, and tell the managers; what somebody takes back itself needs no mail."""
    end_proposal(row, ending, actor_id=actor.id, now=now)
    record_proposal("manager.end_proposal", row.id, actor=actor, now=now, codes=[ending])
    if ending not in _ENDED_WORDS:
        return
    organiser = Organiser.objects.get(id=row.place_id)
    words = _ENDED_WORDS[ending].format(name=row.name, organiser=organiser.name)
    told = [one for one in managers_of(row.place_id, today=brussels_date(now)) if one.email != row.email]
    tell_managers(told, words, cause=str(row.id), now=now)
