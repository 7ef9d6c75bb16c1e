"""Asking for a change of a running care: the location proposes or the family asks, and the other side answers.

What a location proposes holds the places that it needs, under the same lock as an offer, until it is answered or its
last day has passed; where offers of the desk hold nothing, neither does this. What a family asks holds nothing: the
location looks what is free when it answers.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.changes import NO_HOURS, ChangeRefused, check_running, location_to_go_to
from opvangloket.domains.distribution.care.course import close_proposals, course_of, hours_on
from opvangloket.domains.distribution.change_proposals.notices import tell_proposed
from opvangloket.domains.distribution.change_proposals.proposed_places import proposed_places
from opvangloket.domains.distribution.lines.locking import check_own, placement_at_its_desk
from opvangloket.domains.distribution.models import CareChange, ChangeProposal, Placement
from opvangloket.domains.distribution.places.changing import hold_beside, places_beside
from opvangloket.domains.distribution.places.taking import check_places
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.care_course import CareChangeKind, pattern_on
from opvangloket.rules.change_proposals import ProposalState, Proposer, last_day_to_answer
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure


@transaction.atomic
def propose_days(
    *,
    placement_id: UUID,
    asked_by: Proposer,
    from_on: date,
    pattern: WeekPattern,
    hours: CareHours = NO_HOURS,
    message: str = "",
    over_capacity_reason: str = "",
    actor: Actor,
    now: datetime,
) -> UUID:
    """Ask the other side whether a child comes on other day parts or hours from a day on; return the proposal's id.

    It comes instead of what was open before; the same once more changes nothing. Raises PlacementNotFound,
    CannotConfirm, ChangeRefused, NationalNumberRefused, and PlaceTaken when a location proposes what is not free.
    """
    with placement_at_its_desk(placement_id) as placement:
        _check_ahead(placement, from_on, brussels_date(now))
        if not pattern:
            raise ChangeRefused("Kies minstens één dag.", "no_days")
        changes = list(CareChange.objects.filter(placement=placement).order_by("seq"))
        known = pattern_on(course_of(placement, changes), from_on), hours_on(placement, changes, from_on)
        if known == (pattern, hours):
            raise ChangeRefused("Dat zijn al de dagen en uren van dan. Kies iets anders.", "nothing_new")
        asked = ChangeProposal(
            kind=CareChangeKind.DAYS,
            asked_by=asked_by,
            from_on=from_on,
            parts=pattern.mask,
            hours=hours.entries(),
            message=message,
            over_capacity_reason=over_capacity_reason,
        )
        return _ask(placement, asked, actor, now)


@transaction.atomic
def propose_move(
    *,
    placement_id: UUID,
    location_id: UUID,
    from_on: date,
    message: str = "",
    over_capacity_reason: str = "",
    actor: Actor,
    now: datetime,
) -> UUID:
    """Ask a family whether its child goes to another location of the same organiser; return the proposal's id.

    Raises as `propose_days`, and LocationNotHere for a location that is not of this organiser.
    """
    check_own(location_id)
    with placement_at_its_desk(placement_id) as placement:
        today = brussels_date(now)
        _check_ahead(placement, from_on, today)
        asked = ChangeProposal(
            kind=CareChangeKind.MOVED,
            asked_by=Proposer.ORGANISER,
            from_on=from_on,
            parts=pattern_on(course_of(placement), from_on).mask,
            location=location_to_go_to(placement, location_id, today),
            message=message,
            over_capacity_reason=over_capacity_reason,
        )
        return _ask(placement, asked, actor, now)


def _ask(placement: Placement, asked: ChangeProposal, actor: Actor, now: datetime) -> UUID:
    """Put a proposal to the other side, instead of what was open, with its places held where the desk chose so."""
    before = ChangeProposal.objects.filter(placement=placement, state=ProposalState.OPEN).first()
    if before and _says_the_same(before, asked):
        return before.id
    refuse_national_number(asked.message)
    close_proposals(placement.id, now=now)
    asked.desk_id, asked.placement, asked.state = placement.desk_id, placement, ProposalState.OPEN
    asked.made_at, asked.by, asked.by_id = now, actor.kind, actor.id
    asked.message, asked.over_capacity_reason = asked.message.strip(), asked.over_capacity_reason.strip()
    procedure = procedure_in_force(asked.desk_id, brussels_date(now)).procedure
    asked.reply_by_on = _last_day(asked, procedure, brussels_date(now))
    by_location = asked.asked_by == Proposer.ORGANISER
    # Going over is chosen now, so it is taken now: the family could not choose it later.
    asked.holds_place = by_location and (procedure.offer_holds_place or bool(asked.over_capacity_reason))
    asked.save(force_insert=True)
    codes = _hold(placement, asked, now) if by_location else []
    log_proposal("placement.propose", asked, actor, now, *codes)
    tell_proposed(asked, now=now)
    return asked.id


def _hold(placement: Placement, asked: ChangeProposal, now: datetime) -> list[str]:
    """Hold what a location proposes, or only look that it is free; return codes for the log."""
    wanted = proposed_places(placement, asked)
    if not asked.holds_place:
        check_places(places_beside(wanted, placement.id))
        return []
    taken = hold_beside(
        wanted,
        subject_id=asked.id,
        beside=placement.id,
        now=now,
        over_capacity_reason=asked.over_capacity_reason,
    )
    return ["over_capacity"] if taken.went_over else []


def _says_the_same(before: ChangeProposal, asked: ChangeProposal) -> bool:
    facts = ("kind", "asked_by", "from_on", "parts", "hours", "location_id")
    return all(getattr(before, name) == getattr(asked, name) for name in facts)


def _last_day(asked: ChangeProposal, procedure: Procedure, today: date) -> date:
    """Return until when the other side can answer: as long as for an offer, or for a question."""
    term = procedure.reply_by_days if asked.asked_by == Proposer.ORGANISER else procedure.answer_term_days
    return last_day_to_answer(today=today, from_on=asked.from_on, term_days=term)


def _check_ahead(placement: Placement, from_on: date, today: date) -> None:
    check_running(placement, from_on)
    if from_on <= today:
        raise ChangeRefused("Kies een dag na vandaag. Er is nog tijd nodig om te antwoorden.", "too_soon")


def log_proposal(act: str, proposal: ChangeProposal, actor: Actor, now: datetime, *codes: str) -> None:
    """Write in the log who did what with a proposal, with the codes that go with it."""
    record(
        act,
        actor=actor,
        at=now,
        desk_id=proposal.desk_id,
        subject_kind="placement",
        subject_id=proposal.placement_id,
        request_id=proposal.placement.request_id,
        codes=codes,
    )
