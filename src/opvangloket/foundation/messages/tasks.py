"""The jobs of the outbox: one per message, and a sweep a minute for retries and for jobs that got lost."""

from uuid import UUID

from procrastinate.contrib.django import app

from opvangloket.foundation import clock
from opvangloket.foundation.messages import delivery


@app.task(queue="messages")
def deliver_message(*, message_id: str) -> str | None:
    """Hand over one message, if that is still to be done."""
    return delivery.deliver(UUID(message_id), now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queue="messages", queueing_lock="deliver_waiting")
def deliver_waiting(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Hand over every message whose next try is due."""
    return delivery.deliver_waiting(now=clock.now())
