"""Each minute: the jobs that a dead worker had in hands go back to the queue.

A worker that is killed leaves its jobs marked as busy. Without this, a job with a lock, such as the sweeps, would keep
every later one of its kind waiting for ever. Every job may run twice: it does what is still to be done.
"""

from typing import Final

from procrastinate import JobContext, exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

# A worker gives a sign of life every ten seconds.
SILENT_SECONDS: Final = 30


@app.periodic(cron="* * * * *")
@app.task(queue="maintenance", queueing_lock="take_over_jobs", pass_context=True)
async def take_over_jobs(context: JobContext, timestamp: int) -> int:  # noqa: ARG001 - procrastinate tells when it was due
    """Put the jobs of silent workers back in the queue and return how many there were.

    A job that is in the queue again already, as each minute's are, is not put there twice.
    """
    jobs = context.app.job_manager
    stalled = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS))
    for job in stalled:
        try:
            await jobs.retry_job(job)
        except exceptions.UniqueViolation:
            await jobs.finish_job(job, Status.FAILED, delete_job=True)
    return len(stalled)
