"""Planning a message: a row and a job, in the transaction of what caused it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.messages.rendering import absolute, render
from opvangloket.foundation.messages.tasks import deliver_message
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import across_desks

__all__ = ["CannotSendAgain", "absolute", "plan_message", "send_again"]


class CannotSendAgain(OpvangloketError):
    """Only a message that did not arrive is sent again."""

    code = "not_failed"


@transaction.atomic
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
    if not recipient:
        return None
    desk = Desk.objects.get(id=desk_id) if desk_id else None
    name = " ".join(recipient_name.split())
    rendered = render(template, context, recipient_name=name, desk=desk)
    message = Message(
        desk=desk,
        cause=cause,
        template=template,
        recipient=recipient,
        recipient_name=name,
        audience=audience,
        request_id=request_id,
        location_id=location_id,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        planned_at=now,
        next_attempt_at=now,
    )
    with across_desks("whoever causes a message may not always read it"):
        Message.objects.bulk_create([message], ignore_conflicts=True)
        planned = Message.objects.filter(id=message.id).exists()
    if not planned:
        return None
    deliver_message.defer(message_id=str(message.id))
    return message.id


@transaction.atomic
def send_again(*, message_id: UUID, actor: Actor, now: datetime) -> None:
    """Try once more to hand over a message that did not arrive; raise CannotSendAgain for any other message."""
    message = Message.objects.select_for_update().filter(id=message_id, state=MessageState.FAILED).first()
    if message is None:
        raise CannotSendAgain("Dit bericht is al verstuurd of wordt nog geprobeerd.")
    message.state, message.attempts, message.next_attempt_at = MessageState.PLANNED, 0, now
    message.save(update_fields=["state", "attempts", "next_attempt_at"])
    record(
        "message.send_again",
        actor=actor,
        at=now,
        desk_id=message.desk_id,
        subject_kind="message",
        subject_id=message.id,
        request_id=message.request_id,
    )
    deliver_message.defer(message_id=str(message.id))
