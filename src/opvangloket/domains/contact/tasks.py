"""The jobs of this domain."""

from procrastinate.contrib.django import app

from opvangloket.domains.contact.sweeps import sweep_unread, sweep_visits
from opvangloket.foundation import clock


@app.periodic(cron="*/5 * * * *")
@app.task(queue="sweeps", queueing_lock="tell_of_unread_messages", lock="tell_of_unread_messages")
def tell_of_unread_messages(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Tell who was mailed a moment ago of what came in since; return how many were mailed."""
    return sweep_unread(now=clock.now())


@app.periodic(cron="*/10 6-21 * * *")
@app.task(queue="sweeps", queueing_lock="look_at_visits", lock="look_at_visits")
def look_at_visits(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Remind of tomorrow's visits during the day, and cancel those that make no sense any more; return how many."""
    return sweep_visits(now=clock.now())
