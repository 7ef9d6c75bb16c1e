"""The job of this domain: each minute it reads the clock once and runs every sweep."""

from procrastinate.contrib.django import app

from opvangloket.domains.distribution import sweeps
from opvangloket.foundation import clock


@app.periodic(cron="* * * * *")
@app.task(queue="sweeps", queueing_lock="run_sweeps", lock="run_sweeps")
def run_sweeps(timestamp: int) -> dict[str, int]:  # noqa: ARG001 - procrastinate tells when it was due
    """Let time do its work on questions and offers, at every desk."""
    return sweeps.run_sweeps(now=clock.now())
