"""Reading the log: who read or changed the file of a request. Looks from the scope in force."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.audit.record import ActorKind

_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class LoggedRead:
    """Somebody read a file: when, what kind of person, and of what (an inquiry's id tells which location)."""

    at: datetime
    by: ActorKind
    subject_kind: str
    subject_id: UUID | None


def reads_of_request(request_id: UUID) -> tuple[LoggedRead, ...]:
    """Return who read or printed what a family asked, the newest first, at most two hundred."""
    reads = AuditEvent.objects.filter(Q(action__endswith=".read") | Q(action="inquiry.print"), request_id=request_id)
    rows = reads.order_by("-at", "-id")
    return tuple(
        LoggedRead(row.at, ActorKind(row.actor_kind), row.subject_kind, row.subject_id) for row in rows[:_MOST_SHOWN]
    )
