"""The jobs of this domain: each minute the sweeps, each night the check that states follow from events."""

import logging

from procrastinate.contrib.django import app

from opvangloket.domains.distribution import sweeps
from opvangloket.domains.distribution.replay import replay_check
from opvangloket.foundation import clock
from opvangloket.foundation.tenancy.models import Desk

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queue="sweeps", queueing_lock="run_sweeps", lock="run_sweeps")
def run_sweeps(timestamp: int) -> dict[str, int]:  # noqa: ARG001 - procrastinate tells when it was due
    """Let time do its work on questions and offers, at every desk."""
    return sweeps.run_sweeps(now=clock.now())


@app.periodic(cron="40 3 * * *")
@app.task(queue="sweeps", queueing_lock="check_states")
def check_states(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Compare every night what is stored with what the events say; return how many differences were logged."""
    count = 0
    for desk_id in Desk.objects.values_list("id", flat=True):
        for difference in replay_check(desk_id):
            log.error("stored otherwise than the events say: %s", difference)
            count += 1
    return count
