"""A worker killed at each of its moments: what it had in hands is done by the next one, and everything once."""

from collections import Counter
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import town
from tests.domains.distribution.journey import asks, looking
from tests.faults.processes import victims
from tests.smtp_server import MailServer, mail_server

from opvangloket.domains.distribution.models import SweepStep
from opvangloket.domains.distribution.replay import replay_check
from opvangloket.foundation import clock
from opvangloket.foundation.jobs.tasks import SILENT_SECONDS
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.tenancy.models import Installation, InstallationKind

pytestmark = pytest.mark.faults
QUESTIONS = 4


def test_what_a_dead_worker_left_is_done_once(committed_database: str) -> None:
    """Questions wait to be mailed and their reminders to be made; worker after worker dies of it."""
    Installation.objects.create(kind=InstallationKind.TEST, clock_offset=timedelta())
    here = town(clock.now())
    for _ in range(QUESTIONS):
        asks(here)
    clock.move(timedelta(days=11))
    connections.close_all()
    with mail_server() as post, victims(committed_database, OPVANGLOKET_SMTP_URL=post.url) as processes:
        for deaths in count():
            assert _duplicates(post) <= deaths
            if not processes.work(die_at=deaths + 1):
                break
            _let_the_dead_be_missed()
        assert deaths > 50
        assert not processes.work()
    with looking():
        assert not Message.objects.exclude(state=MessageState.SENT).exists()
        assert SweepStep.objects.filter(step="remind").count() == 2 * QUESTIONS
        assert _taken(post).keys() == set(Message.objects.values_list("id", flat=True))
    assert not ProcrastinateJob.objects.exists()
    assert replay_check(here.ninove.id) == ()


def _let_the_dead_be_missed() -> None:
    """Let so much time pass that a worker that gives no sign of life is taken for dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - make_interval(secs => %s)",
            [SILENT_SECONDS + 1],
        )


def _taken(post: MailServer) -> Counter[UUID]:
    """Return how often each message was handed over."""
    return Counter(UUID(str(mail["Message-ID"]).strip("<>").partition("@")[0]) for mail in post.mails)


def _duplicates(post: MailServer) -> int:
    taken = _taken(post)
    return taken.total() - len(taken)
