"""The jobs of this domain: each reads the clock once and calls a sweep."""

from procrastinate.contrib.django import app

from opvangloket.domains.requests import sweeps
from opvangloket.foundation import clock


@app.periodic(cron="15 2 * * *")
@app.task(queue="sweeps", queueing_lock="sweep_duplicates")
def sweep_duplicates(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Look every night for requests about the same child that came in without being compared."""
    return sweeps.sweep_duplicates(now=clock.now())


@app.periodic(cron="5 * * * *")
@app.task(queue="sweeps", queueing_lock="sweep_unverified")
def sweep_unverified(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Ask the desk every hour to call the families whose contact stayed unverified."""
    return sweeps.sweep_unverified(now=clock.now())
