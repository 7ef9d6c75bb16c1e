"""The jobs of this domain."""

from procrastinate.contrib.django import app

from opvangloket.domains.referrals.reminding import sweep_lists
from opvangloket.foundation import clock


@app.periodic(cron="40 7 * * *")
@app.task(queue="sweeps", queueing_lock="remind_of_lists", lock="remind_of_lists")
def remind_of_lists(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Remind in the morning, in the last two weeks of a quarter, of lists that were not handed in; return how many."""
    return sweep_lists(now=clock.now())
