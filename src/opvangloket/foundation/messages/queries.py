"""Reading the outbox: the messages of a request, the ones that did not arrive, and the playground's mailbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from opvangloket.foundation.messages.catalogue import TEMPLATES
from opvangloket.foundation.messages.delivery import GIVEN_UP
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.tenancy.scopes import across_desks

_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as somebody else than its recipient may see it: without the words when these carry a code."""

    id: UUID
    planned_at: datetime
    sent_at: datetime | None
    audience: str
    recipient: str
    recipient_name: str
    subject: str
    text: str
    state: str
    state_words: str
    failure: str
    request_id: UUID | None = None
    location_id: UUID | None = None

    @property
    def has_failed(self) -> bool:
        """Return whether this message never arrived."""
        return self.state == MessageState.FAILED


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """How much waits: jobs not started, messages planned, of these more than ten minutes late, and not arrived."""

    jobs_waiting: int
    messages_waiting: int
    messages_overdue: int
    messages_failed: int


@dataclass(frozen=True, slots=True)
class FailedCounts:
    """How many messages did not arrive, and how many of these because no mail server took them for a day."""

    all: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A message in the built-in mailbox, as its recipient reads it."""

    row: MessageRow
    text: str


def messages_of_request(request_id: UUID) -> tuple[MessageRow, ...]:
    """Return what was sent about a request, newest first; a family sees only its own messages."""
    return tuple(map(_row, Message.objects.filter(request_id=request_id).order_by("-planned_at", "-id")))


def failed_messages(limit: int = 50) -> tuple[MessageRow, ...]:
    """Return the messages of the desk in scope that did not arrive, newest first."""
    failed = Message.objects.filter(state=MessageState.FAILED).order_by("-planned_at", "-id")
    return tuple(map(_row, failed[:limit]))


def failed_counts() -> FailedCounts:
    """Count the messages of the desk in scope that did not arrive."""
    counted = Message.objects.filter(state=MessageState.FAILED).aggregate(
        all=Count("id"), given_up=Count("id", filter=GIVEN_UP)
    )
    return FailedCounts(counted["all"], counted["given_up"])


def mailbox(*, search: str = "", limit: int = 100) -> tuple[Mail, ...]:
    """Return the newest messages of the whole installation. Only a playground may show this."""
    with across_desks("the built-in mailbox of a playground"):
        rows = Message.objects.order_by("-planned_at", "-id")
        if search:
            rows = rows.filter(Q(recipient__icontains=search) | Q(recipient_name__icontains=search))
        return tuple(Mail(_row(message), message.text) for message in rows[:limit])


def outbox_figures(*, now: datetime) -> OutboxFigures:
    """Count what waits and what did not arrive, over all desks: for the health page and the sysadmin."""
    planned = Q(state=MessageState.PLANNED)
    with across_desks("the health of the installation"):
        counted = Message.objects.exclude(state=MessageState.SENT).aggregate(
            waiting=Count("id", filter=planned),
            overdue=Count("id", filter=planned & Q(next_attempt_at__lt=now - _LATE)),
            failed=Count("id", filter=Q(state=MessageState.FAILED)),
        )
    jobs = ProcrastinateJob.objects.filter(status="todo").count()
    return OutboxFigures(jobs, counted["waiting"], counted["overdue"], counted["failed"])


def _row(message: Message) -> MessageRow:
    return MessageRow(
        id=message.id,
        planned_at=message.planned_at,
        sent_at=message.sent_at,
        audience=message.audience,
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        subject=message.subject,
        text="" if TEMPLATES[message.template].private else message.text,
        state=message.state,
        state_words=MessageState(message.state).label,
        failure=message.failure,
        request_id=message.request_id,
        location_id=message.location_id,
    )
