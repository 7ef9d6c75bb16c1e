"""Handing messages over: each claimed by one worker, tried again with growing pauses, given up after a day.

The row stays locked while the mail server is spoken to. A worker that dies between the server's yes and the commit
leaves the message planned: it is handed over once more, with the same Message-ID.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.messages.smtp import Answer, Outcome, hand_over
from opvangloket.foundation.tenancy.scopes import across_desks

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 240, 480, 564))  # together 24 hours
GIVEN_UP = Q(state=MessageState.FAILED, attempts__gt=len(PAUSES))  # no server refused these: none took them for a day
_FAILURE_LENGTH = 300


def deliver(message_id: UUID, *, now: datetime) -> Outcome | None:
    """Try to hand over one message; None when there is nothing to do: sent already, claimed, or not due."""
    return _claim_and_try(now, message_id)


def deliver_waiting(*, now: datetime, at_most: int = 500) -> int:
    """Hand over the messages whose next try is due, oldest first, and return how many the server took.

    Stops at the first message that finds no server: the others keep their tries.
    """
    taken = 0
    for _ in range(at_most):
        outcome = _claim_and_try(now)
        if outcome in {None, Outcome.NO_SERVER}:
            break
        taken += outcome == Outcome.TAKEN
    return taken


@transaction.atomic
def _claim_and_try(now: datetime, message_id: UUID | None = None) -> Outcome | None:
    with across_desks("the outbox is one for all desks"):
        due = Message.objects.filter(state=MessageState.PLANNED, next_attempt_at__lte=now)
        if message_id:
            due = due.filter(id=message_id)
        locked = due.select_related("desk").select_for_update(skip_locked=True, of=("self",))
        message = locked.order_by("next_attempt_at", "id").first()
        if message is None:
            return None
        answer = hand_over(message)
        _write_down(message, answer, now)
        message.save(update_fields=["state", "attempts", "next_attempt_at", "sent_at", "failure"])
    return answer.outcome


def _write_down(message: Message, answer: Answer, now: datetime) -> None:
    message.attempts += 1
    message.failure = answer.words[:_FAILURE_LENGTH]
    if answer.outcome == Outcome.TAKEN:
        message.state, message.sent_at = MessageState.SENT, now
    elif answer.outcome == Outcome.REFUSED or message.attempts > len(PAUSES):
        message.state = MessageState.FAILED
    else:
        message.next_attempt_at = now + PAUSES[message.attempts - 1]
