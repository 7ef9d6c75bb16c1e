"""Writing down who did or read what. Ids and codes only: free text never enters this log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from opvangloket.foundation.audit.models import AuditEvent


class ActorKind(StrEnum):
    """Who acts."""

    PARENT = "parent"
    ORGANISER = "organiser"
    DESK_WORKER = "desk_worker"
    DESK_LEAD = "desk_lead"
    SYSTEM = "system"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: a kind, and an account's id where there is one."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""

    @property
    def is_desk(self) -> bool:
        """Return whether this is somebody of the desk."""
        return self.kind in {ActorKind.DESK_WORKER, ActorKind.DESK_LEAD}


SYSTEM = Actor(ActorKind.SYSTEM)


def record(
    action: str,
    *,
    actor: Actor,
    at: datetime,
    desk_id: UUID | None,
    subject_kind: str,
    subject_id: UUID | None,
    request_id: UUID | None = None,
    codes: Iterable[str] = (),
) -> None:
    """Append one audit event.

    `action` is a right's name of rights.yaml where there is one ("inquiry.answer"); `codes` are closed-list values
    such as a coded reason or a changed field's name, never words of a person.
    """
    event = AuditEvent(
        desk_id=desk_id,
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        request_id=request_id,
        codes=list(codes),
    )
    # Not through the scoped manager: an organiser's act is written down although an organiser reads no log.
    event.save(force_insert=True)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: its desk, its row, its request where there is one, and its codes; see `record`."""

    desk_id: UUID | None
    id: UUID
    request_id: UUID | None = None
    codes: tuple[str, ...] = ()


def record_each(action: str, subjects: Iterable[Subject], *, subject_kind: str, actor: Actor, at: datetime) -> None:
    """Append one audit event for every subject of the same act, in one query; see `record`."""
    events = [
        AuditEvent(
            desk_id=subject.desk_id,
            at=at,
            actor_kind=actor.kind,
            actor_id=actor.id,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject.id,
            request_id=subject.request_id,
            codes=list(subject.codes),
        )
        for subject in subjects
    ]
    AuditEvent._base_manager.bulk_create(events)
