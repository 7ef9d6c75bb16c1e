"""Reading the outbox: the messages of a request, the ones that did not arrive, and the playground's mailbox."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from opvangloket.foundation.messages.catalogue import TEMPLATES
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.tenancy.scopes import across_desks


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

    @property
    def has_failed(self) -> bool:
        """Return whether this message never arrived."""
        return self.state == MessageState.FAILED


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


def mailbox(*, search: str = "", limit: int = 100) -> tuple[Mail, ...]:
    """Return the newest messages of the whole installation. Only a playground may show this."""
    with across_desks("the built-in mailbox of a playground"):
        rows = Message.objects.order_by("-planned_at", "-id")
        if search:
            rows = rows.filter(Q(recipient__icontains=search) | Q(recipient_name__icontains=search))
        return tuple(Mail(_row(message), message.text) for message in rows[:limit])


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
    )
