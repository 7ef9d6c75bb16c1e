"""The jobs of this domain: each reads the clock once and calls a sweep."""

from procrastinate.contrib.django import app

from opvangloket.domains.providers import new_managers, vacancy_links
from opvangloket.foundation import clock


@app.periodic(cron="10 7 * * *")
@app.task(queue="sweeps", queueing_lock="ask_about_vacancies", lock="ask_about_vacancies")
def ask_about_vacancies(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Ask every morning the locations whose free places nobody confirmed for a week."""
    return vacancy_links.sweep_vacancies(now=clock.now())


@app.periodic(cron="30 4 * * *")
@app.task(queue="sweeps", queueing_lock="end_old_proposals", lock="end_old_proposals")
def end_old_proposals(timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """End each night the proposals of managers that nobody confirmed in time."""
    return new_managers.sweep_proposals(now=clock.now())
