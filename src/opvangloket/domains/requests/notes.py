"""The desk's own words in a family's file. Events and the audit log hold codes; what a person writes stands here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.models import CareRequest, Note
from opvangloket.domains.requests.states import RequestNotFound, record_act
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number


class EmptyNote(OpvangloketError):
    """A note without words."""

    code = "empty_note"
    message = "Schrijf eerst iets op."


@transaction.atomic
def write_note(*, request_id: UUID, text: str, actor: Actor, now: datetime) -> UUID:
    """Add a note to a file; raise EmptyNote, or NationalNumberRefused for a national number."""
    if not text.strip():
        raise EmptyNote
    request = CareRequest.objects.filter(id=request_id).first()
    if request is None:
        raise RequestNotFound
    note_id = _write(request, text, actor, now)
    record_act("note.write", request, actor=actor, now=now)
    return note_id


def keep_reason(request: CareRequest, reason: str, *, actor: Actor, now: datetime) -> None:
    """Keep why somebody of the desk did something, when they wrote it down; part of that act."""
    if reason.strip() and actor.id:
        _write(request, reason, actor, now)


def _write(request: CareRequest, text: str, actor: Actor, now: datetime) -> UUID:
    refuse_national_number(text)
    if actor.id is None:
        raise TypeError("a note has an author")
    return Note.objects.create(request=request, at=now, author_id=actor.id, text=text.strip()).id
