"""What expired and proves nothing any more is forgotten each night."""

from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from opvangloket.foundation import clock
from opvangloket.foundation.accounts import codes, limits


@app.periodic(cron="20 2 * * *")
@app.task(queue="maintenance", queueing_lock="forget_expired")
def forget_expired(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Delete expired codes, buckets and sessions."""
    now = clock.now()
    sessions = Session.objects.filter(expire_date__lt=now).delete()[0]
    return sessions + codes.forget_old_codes(now=now) + limits.forget_unused(now=now)
