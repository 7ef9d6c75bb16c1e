"""Planning a message: a row and a job, in the transaction of what caused it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.types import JSONDict

from opvangloket.foundation.audit.record import Actor, Subject, record, record_each
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.catalogue import TEMPLATES
from opvangloket.foundation.messages.delivery import GIVEN_UP
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.messages.rendering import absolute, render
from opvangloket.foundation.messages.tasks import deliver_message
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import across_desks

__all__ = [
    "CannotSendAgain",
    "NewMessage",
    "absolute",
    "plan_message",
    "plan_messages",
    "send_again",
    "send_all_again",
    "told_by_phone",
]


class CannotSendAgain(OpvangloketError):
    """Only a message that did not arrive is sent again."""

    code = "not_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """One message to plan: `context` holds what `catalogue.TEMPLATES[template]` names."""

    template: str
    cause: str
    recipient: str
    recipient_name: str
    audience: str
    context: Mapping[str, object]
    location_id: UUID | None = None


def plan_message(
    *,
    desk_id: UUID | None,
    template: str,
    cause: str,
    recipient: str,
    recipient_name: str,
    audience: str,
    context: Mapping[str, object],
    now: datetime,
    request_id: UUID | None = None,
    location_id: UUID | None = None,
) -> UUID | None:
    """Plan one message to one recipient, and return its id; None when nothing was planned.

    Nothing is planned when this cause already has its message (`cause` is unique: "inquiry_sent:<inquiry id>"), or
    when there is no address: the caller then gives the desk a task where the message cannot be missed. The words are
    fixed now; `context` holds what `catalogue.TEMPLATES[template]` names.
    """
    message = NewMessage(
        template=template,
        cause=cause,
        recipient=recipient,
        recipient_name=recipient_name,
        audience=audience,
        context=context,
        location_id=location_id,
    )
    return plan_messages([message], desk_id=desk_id, request_id=request_id, now=now).get(cause)


@transaction.atomic
def plan_messages(
    messages: Sequence[NewMessage], *, desk_id: UUID | None, now: datetime, request_id: UUID | None = None
) -> dict[str, UUID]:
    """Plan messages of one desk, in a fixed number of queries, and return the ids of what was planned by cause.

    As with `plan_message`: whoever has no address, and a cause that already has its message, is left out.
    """
    addressed = [message for message in messages if message.recipient]
    if not addressed:
        return {}
    desk = Desk.objects.get(id=desk_id) if desk_id else None
    rows = [_row(message, desk, now, request_id) for message in addressed]
    with across_desks("whoever causes a message may not always read it"):
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        planned = dict(Message.objects.filter(id__in=[row.id for row in rows]).values_list("cause", "id"))
    if planned:
        jobs: list[JSONDict] = [{"message_id": str(message_id)} for message_id in planned.values()]
        deliver_message.batch_defer(*jobs)
    return planned


@transaction.atomic
def send_all_again(*, desk_id: UUID, actor: Actor, now: datetime) -> int:
    """Try once more whatever no mail server of a desk took for a day, and return how many; what was refused stays.

    The sweep of the next minute hands them over, and stops at the first when the server is still away.
    """
    rows = list(Message.objects.select_for_update().filter(GIVEN_UP, desk_id=desk_id).order_by("id"))
    for row in rows:
        row.state, row.attempts, row.next_attempt_at = MessageState.PLANNED, 0, now
    Message.objects.bulk_update(rows, ["state", "attempts", "next_attempt_at"], batch_size=500)
    subjects = [Subject(desk_id, row.id, row.request_id) for row in rows]
    record_each("message.send_again", subjects, subject_kind="message", actor=actor, at=now)
    return len(rows)


@transaction.atomic
def told_by_phone(*, message_id: UUID, actor: Actor, now: datetime) -> None:
    """Remember that somebody told by phone what a message that did not arrive would say; raise CannotSendAgain."""
    message = _failed(message_id)
    message.state = MessageState.TOLD
    message.save(update_fields=["state"])
    _record(message, ["by_phone"], actor, now)


def _failed(message_id: UUID) -> Message:
    message = Message.objects.select_for_update().filter(id=message_id, state=MessageState.FAILED).first()
    if message is None:
        raise CannotSendAgain("Dit bericht is al verstuurd of wordt nog geprobeerd.")
    return message


def _record(message: Message, codes: list[str], actor: Actor, now: datetime) -> None:
    record(
        "message.send_again",
        actor=actor,
        at=now,
        desk_id=message.desk_id,
        subject_kind="message",
        subject_id=message.id,
        request_id=message.request_id,
        codes=codes,
    )


def _proves_an_address(message: Message) -> bool:
    """Tell whether a message lets a family in: whoever reads it counts as the owner of the address."""
    return message.audience == "family" and TEMPLATES[message.template].private


def _row(message: NewMessage, desk: Desk | None, now: datetime, request_id: UUID | None) -> Message:
    """Return the unsaved row of a message, with its words fixed."""
    name = " ".join(message.recipient_name.split())
    rendered = render(message.template, message.context, recipient_name=name, desk=desk)
    return Message(
        desk=desk,
        cause=message.cause,
        template=message.template,
        recipient=message.recipient,
        recipient_name=name,
        audience=message.audience,
        request_id=request_id,
        location_id=message.location_id,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        planned_at=now,
        next_attempt_at=now,
    )


@transaction.atomic
def send_again(*, message_id: UUID, actor: Actor, now: datetime, address: str = "") -> None:
    """Try once more to hand over a message that did not arrive, to another address where one is given.

    Raises CannotSendAgain for any other message. The log tells that the address changed, never the address.
    """
    message = _failed(message_id)
    if address and address != message.recipient and _proves_an_address(message):
        raise CannotSendAgain("Dit bericht bewijst een adres. Verander het adres eerst bij het gezin.")
    changed = bool(address) and address != message.recipient
    message.recipient = address or message.recipient
    message.state, message.attempts, message.next_attempt_at = MessageState.PLANNED, 0, now
    message.save(update_fields=["recipient", "state", "attempts", "next_attempt_at"])
    _record(message, ["other_address"] if changed else [], actor, now)
    deliver_message.defer(message_id=str(message.id))
