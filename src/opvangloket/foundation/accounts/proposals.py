"""Proposing a far-reaching role, and ending a proposal: once, in time, and never by who proposed it (SPEC §17).

What a proposal leads to, and who is told, belongs to whoever gives the role: organisers and desks each their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.foundation.accounts.codes import normal_address
from opvangloket.foundation.accounts.models import Account, Audience, RoleProposal
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.second_person import ProposalEnding, is_lapsed, last_day_to_confirm, may_confirm


class ProposalRefused(OpvangloketError):
    """A role cannot be proposed, or not be confirmed by this person."""

    code = "proposal_refused"


class NoSuchProposal(OpvangloketError):
    """No proposal that still waits."""

    code = "no_such_proposal"
    message = "Dit voorstel wacht niet meer. Iemand bevestigde, weigerde of nam het terug."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProposal:
    """A role that waits for a second person; `proposer` is empty for whoever runs the installation."""

    id: UUID
    place_id: UUID
    role: str
    name: str
    email: str
    proposer_id: UUID | None
    proposer: str
    proposer_email: str
    proposed_on: date

    @property
    def last_day(self) -> date:
        """The last day on which it can be confirmed."""
        return last_day_to_confirm(self.proposed_on)

    def may_be_confirmed_by(self, address: str) -> bool:
        """Tell whether whoever reads this address is a second person here."""
        return may_confirm(address, proposer=self.proposer_email, candidate=self.email)


def propose_role(
    *, audience: Audience, place_id: UUID, role: str, address: str, name: str, actor: Actor, now: datetime
) -> OpenProposal:
    """Write down a proposal, and return it; the caller holds the lock of the place. Raise ProposalRefused.

    One that waited too long makes way for the new one.
    """
    email, today = normal_address(address), brussels_date(now)
    with across_desks("an account and its proposals may be of another place"):
        if Account.objects.filter(audience=audience, email__iexact=email, active=False).exists():
            raise ProposalRefused("Dit adres is afgesloten. Bel het loket.")
        rows = RoleProposal.objects.filter(audience=audience, place_id=place_id, ended_at=None)
        for row in rows.filter(email__iexact=email).select_for_update():
            if not is_lapsed(brussels_date(row.proposed_at), today=today):
                raise ProposalRefused("Deze persoon is al voorgesteld. Het wacht nog op een tweede persoon.")
            end_proposal(row, ProposalEnding.LAPSED, actor_id=None, now=now)
        made = RoleProposal.objects.create(
            audience=audience,
            place_id=place_id,
            role=role,
            email=email,
            name=name.strip(),
            proposed_at=now,
            proposed_by_id=actor.id,
        )
    return _open_proposals([made])[0]


def open_proposals(audience: Audience, place_ids: Iterable[UUID], *, today: date) -> tuple[OpenProposal, ...]:
    """Return what waits for a second person at these places, the oldest first, in two queries."""
    with across_desks("the desk confirms for an organiser that has nobody else"):
        rows = RoleProposal.objects.filter(audience=audience, place_id__in=list(place_ids), ended_at=None)
        found = _open_proposals(rows.order_by("proposed_at", "id"))
    return tuple(one for one in found if not is_lapsed(one.proposed_on, today=today))


def locked_proposal(proposal_id: UUID, *, audience: Audience, place_id: UUID, today: date) -> RoleProposal:
    """Return a proposal of a place that still waits, locked until the transaction ends; raise NoSuchProposal."""
    with across_desks("the desk confirms for an organiser that has nobody else"):
        rows = RoleProposal.objects.filter(id=proposal_id, audience=audience, place_id=place_id, ended_at=None)
        row = rows.select_for_update().first()
    if row is None or is_lapsed(brussels_date(row.proposed_at), today=today):
        raise NoSuchProposal
    return row


def refuse_own_proposal(row: RoleProposal, actor: Actor) -> None:
    """Raise ProposalRefused when this person proposed the role, or would get it: also by a second account."""
    known = dict(Account.objects.filter(id__in=[row.proposed_by_id, actor.id]).values_list("id", "email"))
    proposer = known.get(row.proposed_by_id, "") if row.proposed_by_id else ""
    own = known.get(actor.id, "") if actor.id else ""
    if not own or not may_confirm(own, proposer=proposer, candidate=row.email):
        raise ProposalRefused("Je kan je eigen voorstel niet bevestigen. Dat doet iemand anders.")


@transaction.atomic
def end_proposal(row: RoleProposal, ending: ProposalEnding, *, actor_id: UUID | None, now: datetime) -> None:
    """Write down how a locked proposal ended."""
    row.ending, row.ended_at, row.ended_by_id = ending, now, actor_id
    with across_desks("the desk confirms for an organiser that has nobody else"):
        row.save(update_fields=["ending", "ended_at", "ended_by_id"])


def lapsed_proposals(audience: Audience, *, now: datetime) -> list[RoleProposal]:
    """Return the proposals that waited too long, locked; what another sweep holds is left to it."""
    rows = RoleProposal.objects.filter(audience=audience, ended_at=None).order_by("id")
    waiting = rows.select_for_update(skip_locked=True)
    return [row for row in waiting if is_lapsed(brussels_date(row.proposed_at), today=brussels_date(now))]


def record_proposal(
    action: str,
    proposal_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    desk_id: UUID | None = None,
    codes: Iterable[str] = (),
) -> None:
    """Write down what was done with a proposal; that of an organiser belongs to no single desk."""
    with across_desks("a proposal may be of any desk, or of none"):
        record(
            action,
            actor=actor,
            at=now,
            desk_id=desk_id,
            subject_kind="role_proposal",
            subject_id=proposal_id,
            codes=codes,
        )


def _open_proposals(rows: Iterable[RoleProposal]) -> list[OpenProposal]:
    found = list(rows)
    if not found:
        return []
    people = Account.objects.in_bulk([row.proposed_by_id for row in found if row.proposed_by_id])
    return [
        OpenProposal(
            id=row.id,
            place_id=row.place_id,
            role=row.role,
            name=row.name,
            email=row.email,
            proposer_id=row.proposed_by_id,
            proposer=people[row.proposed_by_id].name if row.proposed_by_id in people else "",
            proposer_email=people[row.proposed_by_id].email if row.proposed_by_id in people else "",
            proposed_on=brussels_date(row.proposed_at),
        )
        for row in found
    ]
