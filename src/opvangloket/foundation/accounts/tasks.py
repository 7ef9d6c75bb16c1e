"""Sessions that expired are forgotten each night; what else this application keeps is in `retention.py`."""

from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from opvangloket.foundation import clock


@app.periodic(cron="20 2 * * *")
@app.task(queue="maintenance", queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Delete expired sessions."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
