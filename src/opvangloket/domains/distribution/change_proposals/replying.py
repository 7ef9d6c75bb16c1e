"""Answering a proposed change of a running care: yes makes it happen, no or silence leaves everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.changes import change_days, move_to
from opvangloket.domains.distribution.change_proposals.notices import tell_not_answered, tell_off
from opvangloket.domains.distribution.change_proposals.proposing import log_proposal
from opvangloket.domains.distribution.lines.ending import settle_line
from opvangloket.domains.distribution.lines.locking import placement_at_its_desk
from opvangloket.domains.distribution.models import AnswerDoor, ChangeProposal
from opvangloket.domains.distribution.places.taking import PlaceTaken, release_places
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.audit.record import SYSTEM, Actor, ActorKind
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.rules.change_proposals import ProposalState, Proposer, may_answer
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date

_SIDES: Final = {ActorKind.PARENT: Proposer.FAMILY, ActorKind.ORGANISER: Proposer.ORGANISER}
_CLOSED_WORDS: Final = {
    ProposalState.AGREED: "Dit is al afgesproken.",
    ProposalState.REFUSED: "Hier is al nee op gezegd.",
    ProposalState.TAKEN_BACK: "Dit voorstel geldt niet meer.",
    ProposalState.JUST_TAKEN: "Deze plaats is net ingenomen. Vraag de opvang wat nog kan.",
    ProposalState.LAPSED: "De tijd om te antwoorden is voorbij. Bel even wat nog kan.",
}


class ProposalNotFound(OpvangloketError):
    """No such proposal in the scope in force."""

    code = "proposal_not_found"
    message = "We vinden dit voorstel niet."


class ProposalClosed(OpvangloketError):
    """The proposal is not open any more; the code is the state that it is in."""

    def __init__(self, state: ProposalState) -> None:
        super().__init__(_CLOSED_WORDS[state], f"proposal_{state}")


class ChangeJustTaken(OpvangloketError):
    """Somebody else took the place first, at a desk where a proposal holds none."""

    code = "change_just_taken"
    message = "Deze plaats is net ingenomen. Alles blijft zoals nu. Vraag de opvang wat nog kan."


class NotYours(OpvangloketError):
    """Who asked takes back; the other side answers."""

    code = "not_yours"
    message = "Dit is aan de andere kant. Wacht op het antwoord, of bel even."


def agree(
    *,
    proposal_id: UUID,
    over_capacity_reason: str = "",
    door: AnswerDoor | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Say yes to a proposed change: it becomes one, on the places that were held for it; both sides are told.

    Who proposed may write down that the other said yes, but a family never answers itself. A second time changes
    nothing. Raises ProposalNotFound, ProposalClosed, NotYours, what the change raises, PlaceTaken for a location when
    what nothing was held for is not free, and for a family ChangeJustTaken (the proposal is then closed).
    """
    if not _agree(proposal_id, over_capacity_reason, door, actor, now):
        raise ChangeJustTaken


@transaction.atomic
def _agree(proposal_id: UUID, why_over: str, door: AnswerDoor | None, actor: Actor, now: datetime) -> bool:
    """Let a proposed change happen; return False when its place went to somebody else, which is then written down."""
    with _proposal_at_its_desk(proposal_id) as proposal:
        if proposal.state == ProposalState.AGREED:
            return True
        _check_open(proposal, now)
        if proposal.asked_by == _SIDES.get(actor.kind) == Proposer.FAMILY:
            raise NotYours
        try:
            with transaction.atomic():
                _let_happen(proposal, why_over or proposal.over_capacity_reason, door, actor, now)
        except PlaceTaken:
            if actor.kind is not ActorKind.PARENT:
                raise
            _close(proposal, ProposalState.JUST_TAKEN, now)
            log_proposal("placement.just_taken", proposal, actor, now)
            tell_off(proposal, to=Proposer.FAMILY, now=now)
            tell_off(proposal, to=Proposer.ORGANISER, now=now)
            return False
        return True


def _let_happen(proposal: ChangeProposal, why_over: str, door: AnswerDoor | None, actor: Actor, now: datetime) -> None:
    _close(proposal, ProposalState.AGREED, now)
    agreed_on = brussels_date(proposal.made_at if proposal.asked_by == Proposer.FAMILY else now)
    _change(proposal, agreed_on, why_over, door, actor, now)
    release_places([proposal.id])
    log_proposal("placement.agree", proposal, actor, now)


@transaction.atomic
def refuse(*, proposal_id: UUID, words: str = "", actor: Actor, now: datetime) -> None:
    """Say no to a proposed change: the care stays as it is, and what was held is free again; who asked is told.

    A second time changes nothing. Raises ProposalNotFound, ProposalClosed, NotYours and NationalNumberRefused.
    """
    refuse_national_number(words)
    with _proposal_at_its_desk(proposal_id) as proposal:
        if proposal.state == ProposalState.REFUSED:
            return
        _check_open(proposal, now)
        if proposal.asked_by == _SIDES.get(actor.kind):
            raise NotYours
        proposal.reply = words.strip()
        _close(proposal, ProposalState.REFUSED, now)
        release_places([proposal.id])
        log_proposal("placement.refuse", proposal, actor, now)
        tell_off(proposal, to=Proposer(proposal.asked_by), now=now)


@transaction.atomic
def take_back(*, proposal_id: UUID, actor: Actor, now: datetime) -> None:
    """Take back what one asked; the other side is told. A second time changes nothing.

    Raises ProposalNotFound, ProposalClosed, and NotYours for what the other side asked.
    """
    with _proposal_at_its_desk(proposal_id) as proposal:
        if proposal.state == ProposalState.TAKEN_BACK:
            return
        _check_open(proposal, now)
        asked_by = Proposer(proposal.asked_by)
        if _SIDES.get(actor.kind, asked_by) != asked_by:
            raise NotYours
        _close(proposal, ProposalState.TAKEN_BACK, now)
        release_places([proposal.id])
        log_proposal("placement.take_back", proposal, actor, now)
        tell_off(proposal, to=Proposer.FAMILY if asked_by is Proposer.ORGANISER else Proposer.ORGANISER, now=now)


def lapse(proposal: ChangeProposal, request: CareRequest, *, now: datetime) -> bool:
    """Write down that the last day of an open proposal has passed; both sides are told. For the sweep."""
    proposal.placement.request = request
    _close(proposal, ProposalState.LAPSED, now)
    release_places([proposal.id])
    log_proposal("placement.lapse", proposal, SYSTEM, now)
    tell_off(proposal, to=Proposer.FAMILY, now=now)
    tell_off(proposal, to=Proposer.ORGANISER, now=now)
    if proposal.asked_by == Proposer.FAMILY:
        tell_not_answered(proposal, now=now)
    return True


@contextmanager
def _proposal_at_its_desk(proposal_id: UUID) -> Iterator[ChangeProposal]:
    """Lock the request of a proposal that the caller sees, and look from its desk as long as the block lasts."""
    placement_id = ChangeProposal.objects.filter(id=proposal_id).values_list("placement_id", flat=True).first()
    if placement_id is None:
        raise ProposalNotFound
    with placement_at_its_desk(placement_id) as placement:
        proposal = ChangeProposal.objects.select_related("location").get(id=proposal_id)
        proposal.placement = placement
        yield proposal


def _check_open(proposal: ChangeProposal, now: datetime) -> None:
    """Refuse a proposal that is closed, or whose last day is over though no job wrote that down yet."""
    state, today = ProposalState(proposal.state), brussels_date(now)
    if not may_answer(state, reply_by_on=proposal.reply_by_on, today=today):
        raise ProposalClosed(ProposalState.LAPSED if state is ProposalState.OPEN else state)


def _close(proposal: ChangeProposal, state: ProposalState, now: datetime) -> None:
    proposal.state, proposal.closed_at = state, now
    proposal.save(update_fields=["state", "closed_at", "reply"])
    settle_line([proposal.id], now=now)


def _change(
    proposal: ChangeProposal, agreed_on: date, why: str, door: AnswerDoor | None, actor: Actor, now: datetime
) -> None:
    """Let what was proposed happen, with the day on which the family agreed."""
    if proposal.location_id:
        move_to(
            placement_id=proposal.placement_id,
            location_id=proposal.location_id,
            from_on=proposal.from_on,
            family_agreed_on=agreed_on,
            over_capacity_reason=why,
            held_by=proposal.id,
            door=door,
            actor=actor,
            now=now,
        )
        return
    change_days(
        placement_id=proposal.placement_id,
        from_on=proposal.from_on,
        pattern=WeekPattern(proposal.parts),
        hours=CareHours.parse("|".join(proposal.hours)),
        family_agreed_on=agreed_on,
        over_capacity_reason=why,
        held_by=proposal.id,
        door=door,
        actor=actor,
        now=now,
    )
