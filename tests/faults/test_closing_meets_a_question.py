"""A location that closes while somebody asks it: the question is seen, or it comes when all is over; never in between."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from tests.cast import Town, town
from tests.domains.distribution.journey import NOW, asks, looking

from opvangloket.domains.distribution.closing.locations import ConsequencesChanged, close_location
from opvangloket.domains.distribution.models import Answer
from opvangloket.domains.providers.closing import closing_day

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
PATIENCE = 30.0


def closes(here: Town) -> int:
    """Close Mia's Nestje for someone who saw that nobody waits there."""
    try:
        with here.at_organiser(here.mias_nestje):
            return close_location(
                location_id=here.mias_nestje.id,
                close_on=here.today + timedelta(days=200),
                shown=0,
                actor=here.manager,
                now=NOW,
            )
    finally:
        connections.close_all()


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def wait_until_blocked(closing: Future[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not somebody_waits_for_a_lock():
        assert not closing.done(), "the closing did not wait for the question"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_question_that_is_just_being_sent_is_waited_for_and_shown() -> None:
    here = town(NOW)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            asks(here)
            closing = pool.submit(closes, here)
            wait_until_blocked(closing)
        with pytest.raises(ConsequencesChanged):
            closing.result(PATIENCE)
    with looking():
        assert closing_day(here.mias_nestje.id) is None
        assert not Answer.objects.exists()
