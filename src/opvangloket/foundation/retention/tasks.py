"""The nightly run."""

from procrastinate.contrib.django import app

from opvangloket.foundation import clock
from opvangloket.foundation.retention.carrying_out import carry_out


@app.periodic(cron="30 1 * * *")
@app.task(queue="maintenance", queueing_lock="carry_out_retention", lock="carry_out_retention")
def carry_out_retention(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Forget every night what is past its term; return how many rows."""
    return sum(one.forgotten for one in carry_out(now=clock.now()))
