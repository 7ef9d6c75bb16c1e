"""A worker that is killed between the mail server's yes and its own commit: one duplicate at most, never a loss."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg.conninfo import make_conninfo
from tests.smtp_server import mail_server

from opvangloket.config import database
from opvangloket.foundation.messages.actions import plan_message
from opvangloket.foundation.messages.delivery import deliver_waiting

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DELIVER = """
import django
django.setup()
from datetime import datetime
from opvangloket.foundation.messages.delivery import deliver_waiting
deliver_waiting(now=datetime.fromisoformat("2026-11-20T09:00:00+00:00"))
"""


@pytest.mark.faults
def test_a_killed_worker_leaves_at_most_one_duplicate(committed_database: str, settings: Any) -> None:
    for number in range(3):
        plan_message(
            desk_id=None,
            template="sign_in_code",
            cause=f"test:{number}",
            recipient=f"sara{number}@peeters.example",
            recipient_name="",
            audience="family",
            context={"code": "482913", "minutes": 15},
            now=NOW,
        )
    with mail_server() as server:
        settings.SMTP_URL = server.url
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "opvangloket.config.settings",
            "OPVANGLOKET_SMTP_URL": server.url,
            "DATABASE_URL": make_conninfo(database.app_conninfo(), dbname=committed_database),
        }
        worker = subprocess.Popen([sys.executable, "-c", DELIVER], env=environment)

        def kill_at_the_second_mail() -> None:
            if len(server.mails) == 2:
                worker.send_signal(signal.SIGKILL)
                worker.wait(timeout=30)

        server.when_taken = kill_at_the_second_mail
        assert worker.wait(timeout=60) == -signal.SIGKILL
        deadline = time.monotonic() + 20
        while len(server.mails) < 4 and time.monotonic() < deadline:
            deliver_waiting(now=NOW)  # the dead worker's row is free as soon as the database notices
        assert deliver_waiting(now=NOW) == 0
        ids = [str(mail["Message-ID"]) for mail in server.mails]
    assert len(ids) == 4
    assert len(set(ids)) == 3
    assert ids[1] == ids[2]
