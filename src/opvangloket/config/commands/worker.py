"""Run the jobs: messages to hand over, and the sweeps over terms that passed."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add how many jobs at once, and whether to stop when there are none left."""
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at once (default: 4)")
    parser.add_argument("--once", action="store_true", help="stop when no job is waiting")


def run(arguments: argparse.Namespace) -> int:
    """Run jobs until SIGINT or SIGTERM; jobs under way are finished first."""
    run_jobs(concurrency=arguments.concurrency, wait=not arguments.once)
    return 0


def run_jobs(*, concurrency: int, wait: bool) -> None:
    """Run the jobs that wait, and with `wait` also those to come."""
    from django.db import connections
    from procrastinate import connector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.contrib.django.utils import connector_params
    from procrastinate.psycopg_connector import PsycopgConnector

    class WorkerConnector(PsycopgConnector):
        """Fetches jobs over connections of its own, that come back by themselves when the database was away."""

        def get_sync_connector(self) -> connector.BaseConnector:
            """Return Django's: a job that plans a message puts the next job in the same transaction."""
            return DjangoConnector()

    settings = connections["default"].settings_dict
    kept, settings["CONN_MAX_AGE"] = settings["CONN_MAX_AGE"], 0  # a thread that ends leaves no connection open
    try:
        with app.replace_connector(WorkerConnector(kwargs=connector_params())) as jobs:
            jobs.run_worker(concurrency=concurrency, wait=wait, delete_jobs="successful", shutdown_graceful_timeout=50)
    finally:
        settings["CONN_MAX_AGE"] = kept
