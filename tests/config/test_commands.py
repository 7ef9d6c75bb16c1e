"""The commands that run an installation: serve, worker, clock."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.conninfo import make_conninfo

from opvangloket.config import database
from opvangloket.config.commands import clock as clock_command
from opvangloket.config.commands import serve
from opvangloket.config.commands.worker import run_jobs
from opvangloket.foundation import clock
from opvangloket.foundation.messages.actions import plan_message
from opvangloket.foundation.messages.queries import mailbox
from opvangloket.foundation.tenancy.models import Installation, InstallationKind

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def plan(cause: str = "test", now: datetime = NOW) -> None:
    plan_message(
        desk_id=None, template="sign_in_code", cause=cause, recipient="sara@peeters.example", recipient_name="",
        audience="family", context={"code": "482913", "minutes": 15}, now=now,
    )  # fmt: skip


def states() -> list[str]:
    return [mail.row.state for mail in mailbox()]


# Clock


@pytest.mark.parametrize(
    ("text", "distance"),
    [
        ("+14d", timedelta(days=14)),
        ("3h", timedelta(hours=3)),
        ("-1d", timedelta(days=-1)),
        ("+2w", timedelta(weeks=2)),
        ("-90m", timedelta(minutes=-90)),
        ("14", None),
        ("d", None),
        ("+1y", None),
        ("--1d", None),
        ("+99999d", None),
    ],
)
def test_a_distance_is_a_sign_a_number_and_a_unit(text: str, distance: timedelta | None) -> None:
    assert clock_command.distance_of(text) == distance


def test_a_step_back_is_not_taken_for_an_option() -> None:
    parser = ArgumentParser()
    clock_command.arguments(parser)
    assert parser.parse_args(["-1d"]).by == "-1d"
    assert parser.parse_args([]).by == ""


@pytest.fixture
def real_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the remembered distance before and after."""
    monkeypatch.setattr(clock, "_remembered", None)


def test_moving_the_clock_brings_what_was_due(
    committed_database: str, real_clock: None, capsys: pytest.CaptureFixture[str]
) -> None:
    Installation.objects.create(kind=InstallationKind.DEMO, clock_offset=timedelta())
    plan(now=clock.now() + timedelta(days=3))
    run_jobs(concurrency=1, wait=False)
    assert states() == ["planned"]
    assert clock_command.run(Namespace(by="+14d")) == 0
    assert states() == ["sent"]
    assert re.search(r"14 days, 0 hours and 0 minutes ahead of the world", capsys.readouterr().out)
    assert clock.now() - clock.wall_time() > timedelta(days=13)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [InstallationKind.PRODUCTION, None])
def test_a_real_installation_keeps_its_clock(
    kind: InstallationKind | None, real_clock: None, capsys: pytest.CaptureFixture[str]
) -> None:
    if kind:
        Installation.objects.create(kind=kind, clock_offset=timedelta())
    assert clock_command.run(Namespace(by="+14d")) == 1
    assert capsys.readouterr().err == "This is a real installation, so its clock stays right.\n"
    assert abs(clock.now() - clock.wall_time()) < timedelta(minutes=1)


@pytest.mark.django_db
def test_what_is_no_distance_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert clock_command.run(Namespace(by="tomorrow")) == 2
    assert "+14d" in capsys.readouterr().err


# Worker


def test_the_worker_hands_over_what_waits(committed_database: str) -> None:
    plan()
    run_jobs(concurrency=1, wait=False)
    assert states() == ["sent"]
    assert not ProcrastinateJob.objects.filter(task_name__endswith="deliver_message").exists()


def test_a_message_planned_by_a_job_is_sent_by_the_next(committed_database: str) -> None:
    """The message and its job appear together: a second worker that is quick finds both or neither."""

    @app.task(name="test:plans slowly")
    def plans_slowly() -> None:
        with transaction.atomic():
            plan()
            time.sleep(0.5)

    try:
        plans_slowly.defer()
        run_jobs(concurrency=2, wait=False)
        run_jobs(concurrency=2, wait=False)
    finally:
        del app.tasks["test:plans slowly"]
    assert states() == ["sent"]


# Serve


def test_a_busy_port_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert serve.run(Namespace(host="127.0.0.1", port=port)) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"Port {port} is in use" in said
    assert f"--port {port + 1}" in said
    assert serve.why_not("127.0.0.1", port) == ""


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("192.0.2.1", 8000), ("nergens.invalid", 8000)])
def test_an_address_that_is_not_ours_is_said(host: str, port: int) -> None:
    assert f"cannot listen on {host}" in serve.why_not(host, port)


def start_server(committed_database: str, *options: str) -> tuple[subprocess.Popen[str], int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": make_conninfo(database.app_conninfo(), dbname=committed_database),
        "DATABASE_OWNER_URL": make_conninfo(database.owner_conninfo(), dbname=committed_database),
    }
    command = [sys.executable, "-m", "opvangloket.config.cli", "serve", "--port", str(port), *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True), port


def test_the_server_and_its_worker_start_answer_and_stop(committed_database: str) -> None:
    plan(now=datetime.now(UTC))
    server, port = start_server(committed_database, "--with-worker")
    try:
        wait_until(lambda: _answers(port))
        wait_until(lambda: states() == ["sent"])
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=60)  # returns when the worker too has let go of the output
    finally:
        server.kill()
    assert server.returncode == 0
    assert f"http://localhost:{port}/" in said
    assert not _answers(port)


def test_a_server_stopped_while_it_starts_waits_for_nothing(committed_database: str) -> None:
    server, port = start_server(committed_database)
    try:
        wait_until(lambda: children(server.pid) == 2)
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)  # a worker process that heard nothing is killed after 30 seconds
    finally:
        server.kill()
    assert server.returncode == 0
    assert not _answers(port)


def children(process: int) -> int:
    listed = subprocess.run(["ps", "--ppid", str(process), "-o", "pid="], capture_output=True, text=True, check=False)
    return len(listed.stdout.split())


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/gezondheid/", timeout=5) as answer:
            return bool(answer.status == 200)
    except URLError:
        return False


def wait_until(happened: Any, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)
