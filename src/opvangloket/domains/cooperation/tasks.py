"""The jobs of this domain."""

from procrastinate.contrib.django import app

from opvangloket.domains.cooperation.consultations import sweep_invitations
from opvangloket.foundation import clock


@app.periodic(cron="20 8 * * *")
@app.task(queue="sweeps", queueing_lock="remind_of_consultations", lock="remind_of_consultations")
def remind_of_consultations(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Remind whoever did not reply to an invitation, in the week before; return how many were mailed."""
    return sweep_invitations(now=clock.now())
