"""The jobs of this domain: each minute the sweeps and the seals, each night the checks, each week the lists."""

import logging

from procrastinate.contrib.django import app

from opvangloket.domains.distribution import sweeps
from opvangloket.domains.distribution.asking.proof import LOGS
from opvangloket.domains.distribution.closing import moving
from opvangloket.domains.distribution.inbox import weekly_lists
from opvangloket.domains.distribution.replay import replay_check
from opvangloket.foundation import clock
from opvangloket.foundation.audit import sealing
from opvangloket.foundation.tenancy.models import Desk

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queue="sweeps", queueing_lock="run_sweeps", lock="run_sweeps")
def run_sweeps(timestamp: int) -> dict[str, int]:  # noqa: ARG001 - procrastinate tells when it was due
    """Let time do its work on questions and offers, at every desk."""
    return sweeps.run_sweeps(now=clock.now())


@app.periodic(cron="20 5 * * *")
@app.task(queue="sweeps", queueing_lock="mail_weekly_lists", lock="mail_weekly_lists")
def mail_weekly_lists(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Offer each Monday morning, and each morning what was missed, the open questions to print."""
    return weekly_lists.sweep_weekly_lists(now=clock.now())


@app.periodic(cron="5 * * * *")
@app.task(queue="sweeps", queueing_lock="move_locations", lock="move_locations")
def move_locations(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Give each location that moves its new address within an hour of the day on which it does."""
    return moving.sweep_moves(now=clock.now())


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


@app.periodic(cron="* * * * *")
@app.task(queue="sweeps", queueing_lock="seal_logs", lock="seal_logs")
def seal_logs(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Seal every minute what was appended to the logs; return how many records."""
    before, now = sealing.horizon(), clock.now()
    return sum(sealing.seal(log, before=before, now=now) for log in LOGS)


@app.periodic(cron="10 4 * * *")
@app.task(queue="sweeps", queueing_lock="check_seals")
def check_seals(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Check every night that no sealed record changed or vanished; return how many chains are broken."""
    broken = 0
    for desk_id in Desk.objects.values_list("id", flat=True):
        for one in LOGS:
            if number := sealing.broken_seal(one, desk_id):
                log.error("the chain of log %s of desk %s breaks at seal %s", one.name, desk_id, number)
                broken += 1
    return broken
