"""Consultations: every organiser is invited in one act, says whether it comes, and gets the report (SPEC §11)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from opvangloket.domains.cooperation import addresses
from opvangloket.domains.cooperation.models import Consultation, ConsultationDocument, Invitation
from opvangloket.domains.providers.addressees import Addressee, organisers_of_desk
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import AlreadySent, OpvangloketError
from opvangloket.foundation.files.documents import MOST_DOCUMENTS, CheckedDocument
from opvangloket.foundation.files.keeping import keep_document
from opvangloket.foundation.messages.actions import NewMessage, plan_messages
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.consultations import (
    LONGEST_MINUTES,
    REMIND_BEFORE,
    SHORTEST_MINUTES,
    Reply,
    has_begun,
    may_be_planned,
)
from opvangloket.rules.periods import BRUSSELS, brussels_date
from opvangloket.rules.references import normalise
from opvangloket.rules.wording import dutch_time

LONGEST_TITLE: Final = 120
LONGEST_PLACE: Final = 200
LONGEST_TEXT: Final = 5000
LONGEST_REASON: Final = 200


class ConsultationNotFound(OpvangloketError):
    """No such consultation in the scope in force."""

    code = "consultation_not_found"
    message = "We vinden dit overleg niet."


class ConsultationRefused(OpvangloketError):
    """What cannot be done with a consultation as it stands; the message says what to do."""

    code = "consultation_refused"


class NobodyToInvite(OpvangloketError):
    """The desk sees no organiser."""

    code = "nobody_to_invite"
    message = "Dit loket heeft nog geen opvang om uit te nodigen."


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenAndWhere:
    """When and where a consultation is, and what it is about; `starts_at` is aware."""

    starts_at: datetime
    minutes: int
    place: str
    agenda: str


@transaction.atomic
def plan_consultation(
    *,
    desk_id: UUID,
    title: str,
    when: WhenAndWhere,
    is_agreement_moment: bool,
    documents: Sequence[CheckedDocument],
    reference: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Invite every organiser that the desk in scope sees, at once, and return the reference.

    The same reference once more is the same press of the button. Raises ConsultationRefused, NobodyToInvite,
    NationalNumberRefused, or AlreadySent when something else stands under the reference.
    """
    _check(when, now)
    refuse_national_number(title, when.place, when.agenda)
    everyone = organisers_of_desk(desk_id, today=brussels_date(now))
    if not everyone:
        raise NobodyToInvite
    planned = Consultation(
        desk_id=desk_id,
        reference=reference,
        title=title,
        starts_at=when.starts_at,
        minutes=when.minutes,
        place=when.place,
        agenda=when.agenda,
        is_agreement_moment=is_agreement_moment,
        made_by_id=actor.id,
        invited_at=now,
    )
    Consultation.objects.bulk_create([planned], ignore_conflicts=True)
    if not Consultation.objects.filter(id=planned.id).exists():
        _check_same(planned, documents)
        return reference
    _keep(planned, documents, of_report=False, now=now)
    _mail("consultation_invited", planned, _invite(planned, everyone), now)
    _record("consultation.plan", planned, actor, now, codes=[f"invited:{len(everyone)}"])
    return reference


@transaction.atomic
def move_consultation(*, reference: str, when: WhenAndWhere, actor: Actor, now: datetime) -> None:
    """Change when, where or about what, and tell everybody; whoever had said to come on another moment says it again.

    Nothing changed is no act. Raises ConsultationNotFound, ConsultationRefused or NationalNumberRefused.
    """
    planned = _standing(reference, now)
    if when == WhenAndWhere(
        starts_at=planned.starts_at, minutes=planned.minutes, place=planned.place, agenda=planned.agenda
    ):
        return
    refuse_national_number(when.place, when.agenda)
    other_moment = when.starts_at != planned.starts_at
    _check(when, now, is_new=other_moment)
    planned.starts_at, planned.minutes = when.starts_at, when.minutes
    planned.place, planned.agenda, planned.changed_at = when.place, when.agenda, now
    planned.save(update_fields=["starts_at", "minutes", "place", "agenda", "changed_at"])
    rows = _everybody(planned)
    if other_moment:
        rows.update(reply="", represented_by=None, replied_at=None, replied_by_id=None)
    _mail("consultation_moved", planned, rows, now, again=f":{now.isoformat()}")
    _record("consultation.move", planned, actor, now, codes=["moment"] if other_moment else [])


@transaction.atomic
def cancel_consultation(*, reference: str, because: str, actor: Actor, now: datetime) -> None:
    """Let a consultation not take place, and tell everybody why; raise ConsultationNotFound or ConsultationRefused."""
    refuse_national_number(because)
    planned = _standing(reference, now)
    planned.cancelled_at, planned.cancelled_because = now, because
    planned.save(update_fields=["cancelled_at", "cancelled_because"])
    _mail("consultation_cancelled", planned, _everybody(planned), now)
    _record("consultation.cancel", planned, actor, now)


@transaction.atomic
def reply_to_invitation(
    *, reference: str, organiser_id: UUID, reply: Reply, represented_by: int | None, actor: Actor, now: datetime
) -> None:
    """Say whether the organiser in scope comes; `represented_by` is the number of another invitation.

    It may be said otherwise until the consultation begins. Raises ConsultationNotFound or ConsultationRefused.
    """
    if not Consultation.objects.filter(reference=normalise(reference)).exists():
        raise ConsultationNotFound
    with across_desks("an organiser names who speaks for it"):
        planned = _standing(reference, now)
        rows = Invitation.objects.select_for_update(of=("self",)).filter(consultation=planned)
        own = rows.filter(organiser_id=organiser_id).first()
        if own is None:
            raise ConsultationNotFound
        speaker = None
        if reply is Reply.REPRESENTED:
            others = Invitation.objects.filter(consultation=planned).exclude(id=own.id)
            speaker = others.filter(number=represented_by or 0).first()
            if speaker is None:
                raise ConsultationRefused("Kies wie jullie vertegenwoordigt.")
        own.reply, own.represented_by = reply, speaker
        own.replied_at, own.replied_by_id = now, actor.id
        own.save(update_fields=["reply", "represented_by", "replied_at", "replied_by_id"])
    _record("consultation.reply", planned, actor, now, codes=[f"reply:{reply}"])


@transaction.atomic
def note_attendance(*, reference: str, present: Collection[int], actor: Actor, now: datetime) -> None:
    """Write down who was there, by the numbers of their invitations; raise ConsultationNotFound or ConsultationRefused."""
    held = _held(reference, now)
    rows = Invitation.objects.filter(consultation=held)
    rows.filter(number__in=present).update(attended=True)
    rows.exclude(number__in=present).update(attended=False)
    _record("consultation.attendance", held, actor, now, codes=[f"present:{len(set(present))}"])


@transaction.atomic
def send_report(
    *, reference: str, text: str, documents: Sequence[CheckedDocument], actor: Actor, now: datetime
) -> None:
    """Send the report to everybody who was invited, once; raise ConsultationNotFound or ConsultationRefused.

    The same text once more is the same press of the button.
    """
    refuse_national_number(text)
    held = _held(reference, now)
    if held.reported_at is not None:
        if held.report == text:
            return
        raise ConsultationRefused("Het verslag is al verstuurd. Stuur een aanvulling als nieuws.")
    held.report, held.reported_at = text, now
    held.save(update_fields=["report", "reported_at"])
    _keep(held, documents, of_report=True, now=now)
    _mail("consultation_reported", held, _everybody(held), now)
    _record("consultation.report", held, actor, now)


def sweep_invitations(*, now: datetime) -> int:
    """Remind whoever did not reply, in the week before; return how many were mailed. Running it again does nothing."""
    with across_desks("every desk has consultations"), transaction.atomic():
        near = Consultation.objects.filter(cancelled_at=None, starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE)
        # Who was invited in this very week needs no reminder.
        near = near.filter(invited_at__lt=F("starts_at") - REMIND_BEFORE)
        planned = 0
        for one in near.order_by("starts_at", "id"):
            waiting = _everybody(one).filter(reply="")
            planned += _mail("consultation_reminder", one, waiting, now, again=f":{one.starts_at.isoformat()}")
        return planned


def _invite(planned: Consultation, everyone: Sequence[Addressee]) -> list[Invitation]:
    return Invitation.objects.bulk_create(
        Invitation(
            consultation=planned,
            number=number,
            organiser=to.organiser,
            location_id=to.location_id,
            was_mailed=bool(to.address),
        )
        for number, to in enumerate(everyone, start=1)
    )


def _check(when: WhenAndWhere, now: datetime, *, is_new: bool = True) -> None:
    if is_new and not may_be_planned(when.starts_at, now=now):
        raise ConsultationRefused("Kies een dag die minstens een week en hoogstens een jaar later is.")
    if not SHORTEST_MINUTES <= when.minutes <= LONGEST_MINUTES:
        raise ConsultationRefused("Een overleg duurt een half uur tot acht uur.")


def _standing(reference: str, now: datetime) -> Consultation:
    """Return a consultation that still has to begin, with its row locked."""
    planned = _locked(reference)
    if planned.cancelled_at is not None:
        raise ConsultationRefused("Dit overleg gaat niet door.")
    if has_begun(planned.starts_at, now=now):
        raise ConsultationRefused("Dit overleg is al begonnen.")
    return planned


def _held(reference: str, now: datetime) -> Consultation:
    """Return a consultation that began, with its row locked."""
    held = _locked(reference)
    if held.cancelled_at is not None:
        raise ConsultationRefused("Dit overleg gaat niet door.")
    if not has_begun(held.starts_at, now=now):
        raise ConsultationRefused("Dit overleg moet nog beginnen.")
    return held


def _locked(reference: str) -> Consultation:
    row = Consultation.objects.select_for_update(of=("self",)).filter(reference=normalise(reference)).first()
    if row is None:
        raise ConsultationNotFound
    return row


def _everybody(row: Consultation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(consultation=row).select_related("organiser").order_by("number")


def _check_same(planned: Consultation, documents: Sequence[CheckedDocument]) -> None:
    """Raise AlreadySent when the invitation under this reference is another one."""
    facts = ("title", "starts_at", "minutes", "place", "agenda", "is_agreement_moment")
    stored = Consultation.objects.get(reference=planned.reference)
    papers = ConsultationDocument.objects.filter(consultation=stored, of_report=False).order_by("number")
    titles = list(papers.values_list("document__title", flat=True))
    is_same = all(getattr(stored, name) == getattr(planned, name) for name in facts)
    if not is_same or titles != [document.title for document in documents[:MOST_DOCUMENTS]]:
        raise AlreadySent(
            "Deze uitnodiging is al verstuurd, zoals ze toen was. Verander ze bij het overleg zelf. "
            "Of verstuur opnieuw om een tweede overleg te plannen."
        )


def _keep(row: Consultation, documents: Sequence[CheckedDocument], *, of_report: bool, now: datetime) -> None:
    first = ConsultationDocument.objects.filter(consultation=row).count() + 1
    ConsultationDocument.objects.bulk_create(
        ConsultationDocument(
            consultation=row, number=number, of_report=of_report, document_id=keep_document(document, now=now)
        )
        for number, document in enumerate(documents[:MOST_DOCUMENTS], start=first)
    )


def _mail(template: str, row: Consultation, to: Iterable[Invitation], now: datetime, *, again: str = "") -> int:
    """Plan a mail to each of these, where each reads its mail today, and return how many were planned."""
    at = row.starts_at.astimezone(BRUSSELS)
    reached = {one.organiser.id: one for one in organisers_of_desk(row.desk_id, today=brussels_date(now))}
    mails = []
    for one in to:
        today = reached.get(one.organiser_id)
        organiser = today.organiser if today else one.organiser
        mails.append(
            NewMessage(
                template=template,
                cause=f"{template}:{one.id}{again}",
                recipient=today.address if today else organiser.email,
                recipient_name=organiser.name,
                audience="organiser",
                context={
                    "on": at.date(),
                    "time": dutch_time(at.hour * 60 + at.minute),
                    "link": addresses.consultation_of_organiser(row.reference),
                },
                location_id=today.location_id if today else one.location_id,
            )
        )
    return len(plan_messages(mails, desk_id=row.desk_id, now=now))


def _record(action: str, row: Consultation, actor: Actor, now: datetime, *, codes: Collection[str] = ()) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=row.desk_id,
        subject_kind="consultation",
        subject_id=row.id,
        codes=codes,
    )
