"""Each night sessions that expired are forgotten, and proposals that nobody confirmed end.

What else this application keeps is in `retention.py`.
"""

from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from opvangloket.foundation import clock
from opvangloket.foundation.accounts.new_leads import sweep_lead_proposals


@app.periodic(cron="20 2 * * *")
@app.task(queue="maintenance", queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Delete expired sessions."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]


@app.periodic(cron="40 4 * * *")
@app.task(queue="sweeps", queueing_lock="end_old_lead_proposals", lock="end_old_lead_proposals")
def end_old_lead_proposals(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """End each night the proposals of desk leads that nobody confirmed in time."""
    return sweep_lead_proposals(now=clock.now())
