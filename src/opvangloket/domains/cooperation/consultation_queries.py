"""Reading consultations: as the desk that follows who comes, and as an organiser that was invited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from opvangloket.domains.cooperation.consultations import ConsultationNotFound
from opvangloket.domains.cooperation.models import Consultation, ConsultationDocument, Invitation
from opvangloket.foundation.files.keeping import KeptDocument, kept_document
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.consultations import Reply, has_begun
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.references import normalise

MOST_SHOWN: Final = 60
# The names of the documents, without the documents.
_TITLES: Final = Prefetch("documents__document", queryset=Document.objects.only("title"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDocument:
    """A document of a consultation, by its number."""

    number: int
    title: str
    of_report: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFacts:
    """A consultation as everybody reads it; `has_begun` tells that nobody replies any more."""

    reference: str
    desk_name: str
    title: str
    starts_at: datetime
    minutes: int
    place: str
    agenda: str
    is_agreement_moment: bool
    invited_at: datetime
    cancelled_because: str
    is_cancelled: bool
    has_begun: bool
    report: str
    reported_at: datetime | None
    documents: tuple[NamedDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An organiser that was invited: what it said, through whom, and whether it was there (None: not told)."""

    number: int
    name: str
    was_mailed: bool
    reply: Reply | None
    represented_by: str
    attended: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnInvitation:
    """An invitation as the organiser reads it; `others` are the numbers and names of who else was invited."""

    facts: ConsultationFacts
    reply: Reply | None
    represented_by: int | None
    others: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRow:
    """A consultation in the list of the desk: how many were invited, and how many come themselves or through others."""

    facts: ConsultationFacts
    invited: int
    coming: int
    waiting: int


def consultations_of_desk(*, now: datetime) -> tuple[ConsultationRow, ...]:
    """Return the consultations of the desk in scope, the newest first, in four queries."""
    rows = _rows().prefetch_related("invitations").order_by("-starts_at", "-id")[:MOST_SHOWN]
    return tuple(_row(row, now) for row in rows)


def agreement_moments(rows: Iterable[ConsultationRow]) -> tuple[date, ...]:
    """Return the days of the agreement moments among these that take or took place."""
    facts = [row.facts for row in rows]
    return tuple(brussels_date(one.starts_at) for one in facts if one.is_agreement_moment and not one.is_cancelled)


def consultation_at_desk(reference: str, *, now: datetime) -> tuple[ConsultationFacts, tuple[Invited, ...]]:
    """Return a consultation of the desk in scope with everybody who was invited, by name; raise ConsultationNotFound."""
    row = _row_of(reference)
    invited = Invitation.objects.filter(consultation=row).select_related("organiser", "represented_by__organiser")
    return _facts(row, now), tuple(_invited(one) for one in invited.order_by("number"))


def invitations_of_organiser(*, now: datetime) -> tuple[OwnInvitation, ...]:
    """Return the consultations to which the organiser in scope was invited, the newest first."""
    rows = list(_rows().order_by("-starts_at", "-id")[:MOST_SHOWN])
    own = {one.consultation_id: one for one in Invitation.objects.filter(consultation__in=rows)}
    return tuple(_own(row, own[row.id], (), now) for row in rows)


def own_invitation(reference: str, *, now: datetime) -> OwnInvitation:
    """Return an invitation of the organiser in scope with who else was invited; raise ConsultationNotFound."""
    row = _row_of(reference)
    own = Invitation.objects.select_related("represented_by").get(consultation=row)
    with across_desks("an organiser names who speaks for it"):
        others = Invitation.objects.filter(consultation=row).exclude(id=own.id).order_by("number")
        named = tuple(others.values_list("number", "organiser__name"))
    return _own(row, own, named, now)


def invitations_without_reply(*, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """Return the references and moments of what the organiser in scope did not reply to, the nearest first."""
    rows = Invitation.objects.filter(reply="", consultation__cancelled_at=None, consultation__starts_at__gt=now)
    rows = rows.order_by("consultation__starts_at")
    return tuple(rows.values_list("consultation__reference", "consultation__starts_at"))


def consultation_document(reference: str, number: int) -> KeptDocument:
    """Return a document of a consultation in scope; raise ConsultationNotFound."""
    rows = ConsultationDocument.objects.filter(consultation__reference=normalise(reference), number=number)
    found = rows.first()
    if found is None:
        raise ConsultationNotFound
    return kept_document(found.document_id)


def organisers_invited(reference: str) -> frozenset[UUID]:
    """Return the organisers that were invited to the consultation with this reference.

    Only ids come out, to compare with those at which somebody has a role.
    """
    with across_desks("whoever works for several organisers is told for which one a link is"):
        rows = Invitation.objects.filter(consultation__reference=normalise(reference))
        return frozenset(rows.values_list("organiser_id", flat=True))


def _rows() -> QuerySet[Consultation]:
    return Consultation.objects.select_related("desk").prefetch_related(_TITLES)


def _row_of(reference: str) -> Consultation:
    row = _rows().filter(reference=normalise(reference)).first()
    if row is None:
        raise ConsultationNotFound
    return row


def _row(row: Consultation, now: datetime) -> ConsultationRow:
    replies = [one.reply for one in row.invitations.all()]
    return ConsultationRow(
        facts=_facts(row, now),
        invited=len(replies),
        coming=sum(reply in {Reply.COMES, Reply.REPRESENTED} for reply in replies),
        waiting=replies.count(""),
    )


def _facts(row: Consultation, now: datetime) -> ConsultationFacts:
    documents = sorted(row.documents.all(), key=lambda one: one.number)
    return ConsultationFacts(
        reference=row.reference,
        desk_name=row.desk.name,
        title=row.title,
        starts_at=row.starts_at,
        minutes=row.minutes,
        place=row.place,
        agenda=row.agenda,
        is_agreement_moment=row.is_agreement_moment,
        invited_at=row.invited_at,
        cancelled_because=row.cancelled_because,
        is_cancelled=row.cancelled_at is not None,
        has_begun=has_begun(row.starts_at, now=now),
        report=row.report,
        reported_at=row.reported_at,
        documents=tuple(
            NamedDocument(number=one.number, title=one.document.title, of_report=one.of_report) for one in documents
        ),
    )


def _invited(one: Invitation) -> Invited:
    return Invited(
        number=one.number,
        name=one.organiser.name,
        was_mailed=one.was_mailed,
        reply=Reply(one.reply) if one.reply else None,
        represented_by=one.represented_by.organiser.name if one.represented_by else "",
        attended=one.attended,
    )


def _own(row: Consultation, own: Invitation, others: tuple[tuple[int, str], ...], now: datetime) -> OwnInvitation:
    return OwnInvitation(
        facts=_facts(row, now),
        reply=Reply(own.reply) if own.reply else None,
        represented_by=own.represented_by.number if own.represented_by else None,
        others=others,
    )
