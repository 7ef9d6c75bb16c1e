"""The job of this domain."""

from procrastinate.contrib.django import app

from opvangloket.domains.contact.sweeps import sweep_unread
from opvangloket.foundation import clock


@app.periodic(cron="*/5 * * * *")
@app.task(queue="sweeps", queueing_lock="tell_of_unread_messages", lock="tell_of_unread_messages")
def tell_of_unread_messages(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Tell who was mailed a moment ago of what came in since; return how many were mailed."""
    return sweep_unread(now=clock.now())
