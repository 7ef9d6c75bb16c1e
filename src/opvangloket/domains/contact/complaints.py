"""Complaining, and following a complaint until the desk closes it.

Nobody's name goes along unless the family says so. Each act looks from the desk of the complaint, with its row locked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from opvangloket.domains.contact.complaint_notices import tell_of_complaint, tell_of_step
from opvangloket.domains.contact.lines import line_of
from opvangloket.domains.contact.models import Complaint, ComplaintStep
from opvangloket.domains.distribution.lines.locking import request_at_its_desk
from opvangloket.domains.providers.models import LocationInDesk
from opvangloket.foundation.accounts.limits import Limit, take
from opvangloket.foundation.audit.record import Actor, ActorKind, record
from opvangloket.foundation.errors import AlreadySent, OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.complaints import (
    LONGEST_COMPLAINT,
    ComplaintState,
    Party,
    StepKind,
    Topic,
    due_on,
    state_after,
    steps_open_to,
)
from opvangloket.rules.periods import brussels_date

_AT_ONCE: Final = Limit("complaints", 5, timedelta(days=1))
_PARTIES: Final = {
    ActorKind.PARENT: Party.FAMILY,
    ActorKind.ORGANISER: Party.ORGANISER,
    ActorKind.DESK_WORKER: Party.DESK,
    ActorKind.DESK_LEAD: Party.DESK,
}
_RIGHTS: Final = {
    StepKind.REPLY: "complaint.answer",
    StepKind.REMARK: "complaint.write",
    StepKind.NOTE: "complaint.follow",
    StepKind.HAND_ON: "complaint.hand_on",
    StepKind.CLOSE: "complaint.follow",
}


class ComplaintNotFound(OpvangloketError):
    """No such complaint in the scope in force."""

    code = "complaint_not_found"
    message = "We vinden deze klacht niet."


class ComplaintRefused(OpvangloketError):
    """Words that are missing or too many, or too many complaints in a day."""

    code = "complaint_refused"


class StepNotOpen(OpvangloketError):
    """What somebody wants to do does not go together with where the complaint is."""

    code = "step_not_open"
    message = "Dit kan nu niet meer. Bekijk hieronder wat er intussen gebeurde."


@transaction.atomic
def complain_as_family(
    *,
    request_id: UUID,
    location_id: UUID | None,
    text: str,
    shows_name: bool,
    reference: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Take a family's complaint about a location of its question, or about the desk without one; return its reference.

    The location reads the family's name only with `shows_name`. The same reference once more is the same press of
    the button. Raises RequestNotFound, ConversationNotFound for a location that was never asked, ComplaintRefused,
    NationalNumberRefused, or AlreadySent when something else stands under the reference.
    """
    words = _plain(text)
    if location_id:
        line_of(request_id, location_id, today=brussels_date(now))
    with request_at_its_desk(request_id) as request:
        return _receive(
            Complaint(
                desk_id=request.desk_id,
                reference=reference,
                topic=Topic.LOCATION if location_id else Topic.DESK,
                request=request,
                location_id=location_id,
                shows_name=shows_name or location_id is None,
                text=words,
            ),
            who=str(request_id),
            actor=actor,
            now=now,
        )


@transaction.atomic
def complain_as_organiser(
    *, organiser_id: UUID, desk_id: UUID, topic: Topic, text: str, reference: str, actor: Actor, now: datetime
) -> str:
    """Take an organiser's complaint about a desk that sees one of its locations, or about the cooperation there.

    Returns its reference. Raises ComplaintNotFound for another desk, and what `complain_as_family` raises.
    """
    words = _plain(text)
    if topic is Topic.LOCATION or not LocationInDesk.objects.filter(desk_id=desk_id).exists():
        raise ComplaintNotFound
    with scope(DeskScope(desk_id)):
        return _receive(
            Complaint(
                desk_id=desk_id,
                reference=reference,
                topic=topic,
                organiser_id=organiser_id,
                author_id=actor.id,
                shows_name=True,
                text=words,
            ),
            who=str(organiser_id),
            actor=actor,
            now=now,
        )


@transaction.atomic
def take_step(
    *, complaint_id: UUID, kind: StepKind, text: str, after: int, actor: Actor, now: datetime, code: str = ""
) -> int:
    """Reply, remark, note, hand on or close, and return the number of the step.

    `after` is the number of the last step that the writer saw: the same once more after it is the same press of the
    button. `code` says to whom it is handed on, or how it ended. A remark starts the term anew. Raises
    ComplaintNotFound, StepNotOpen, ComplaintRefused or NationalNumberRefused.
    """
    words = _plain(text)
    party = _PARTIES[actor.kind]
    with _locked(complaint_id) as complaint:
        said = ComplaintStep.objects.filter(complaint=complaint)
        same = said.filter(kind=kind, party=party, text=words, code=code, number__gt=after)
        if (number := same.values_list("number", flat=True).first()) is not None:
            return number
        if kind not in _open_to(party, complaint):
            raise StepNotOpen
        last = said.aggregate(last=Max("number"))["last"] or 0
        step = ComplaintStep.objects.create(
            complaint=complaint,
            number=last + 1,
            kind=kind,
            party=party,
            author_id=actor.id,
            at=now,
            text=words,
            code=code,
        )
        _move(complaint, kind, now)
        tell_of_step(complaint, step, now=now)
        _record(_RIGHTS[kind], complaint, actor, now, [kind, *([code] if code else [])])
        return step.number


def note_read(*, complaint_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down that an organiser or the desk read a complaint; a family that reads its own leaves no trace."""
    if actor.kind is ActorKind.PARENT:
        return
    complaint = Complaint.objects.filter(id=complaint_id).first()
    if complaint is None:
        raise ComplaintNotFound
    _record("complaint.read", complaint, actor, now)


def _receive(complaint: Complaint, *, who: str, actor: Actor, now: datetime) -> str:
    """Store a complaint with its term, and tell who has to answer."""
    if before := Complaint.objects.filter(reference=complaint.reference).first():
        return _same(before, complaint)
    if not take(_AT_ONCE, who, now=now):
        raise ComplaintRefused("Je schreef vandaag al veel klachten. Bel het loket.")
    today = brussels_date(now)
    procedure = procedure_in_force(complaint.desk_id, today).procedure
    complaint.received_at, complaint.due_on = now, due_on(today, days=procedure.complaint_days)
    stored = Complaint.objects.bulk_create([complaint], ignore_conflicts=True)
    if Complaint.objects.filter(id=stored[0].id).exists():
        tell_of_complaint(complaint, now=now)
        _record("complaint.write", complaint, actor, now, [complaint.topic])
    return _same(Complaint.objects.get(reference=complaint.reference), complaint)


def _same(stored: Complaint, complaint: Complaint) -> str:
    """Return the reference of what was stored under it, when that is this complaint; raise AlreadySent."""
    facts = ("topic", "request_id", "location_id", "organiser_id", "shows_name", "text")
    if any(getattr(stored, name) != getattr(complaint, name) for name in facts):
        raise AlreadySent(
            "Je klacht is al verstuurd, zoals ze toen was. Wat je nu schrijft, las nog niemand. "
            "Verstuur opnieuw om er een tweede klacht van te maken."
        )
    return stored.reference


def _plain(text: str) -> str:
    words = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not words:
        raise ComplaintRefused("Schrijf eerst wat je wil zeggen.")
    if len(words) > LONGEST_COMPLAINT:
        raise ComplaintRefused(f"Je tekst is te lang. Er passen {LONGEST_COMPLAINT} tekens in.")
    refuse_national_number(words)
    return words


@contextmanager
def _locked(complaint_id: UUID) -> Iterator[Complaint]:
    """Lock a complaint that the caller sees, and look from its desk for as long as the block lasts."""
    desk_id = Complaint.objects.filter(id=complaint_id).values_list("desk_id", flat=True).first()
    if desk_id is None:
        raise ComplaintNotFound
    with scope(DeskScope(desk_id)):
        yield Complaint.objects.select_for_update(of=("self",)).get(id=complaint_id)


def _open_to(party: Party, complaint: Complaint) -> frozenset[StepKind]:
    complainant = Party.FAMILY if complaint.request_id else Party.ORGANISER
    state = ComplaintState(complaint.state)
    return steps_open_to(party, complainant=complainant, topic=Topic(complaint.topic), state=state)


def _move(complaint: Complaint, kind: StepKind, now: datetime) -> None:
    complaint.state = state_after(kind, ComplaintState(complaint.state))
    if kind is StepKind.REMARK:
        today = brussels_date(now)
        procedure = procedure_in_force(complaint.desk_id, today).procedure
        complaint.due_on = due_on(today, days=procedure.complaint_days)
    if kind is StepKind.CLOSE:
        complaint.closed_at = now
    complaint.save(update_fields=["state", "due_on", "closed_at"])


def _record(action: str, complaint: Complaint, actor: Actor, now: datetime, codes: list[str] | None = None) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=complaint.desk_id,
        subject_kind="complaint",
        subject_id=complaint.id,
        request_id=complaint.request_id,
        codes=codes or [],
    )
