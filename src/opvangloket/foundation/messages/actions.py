"""Planning a message: a row and a job, in the transaction of what caused it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.messages.rendering import absolute, render
from opvangloket.foundation.messages.tasks import deliver_message
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import across_desks

__all__ = ["absolute", "plan_message"]


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
