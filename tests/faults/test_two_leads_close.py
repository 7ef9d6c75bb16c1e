"""Two leads close the same location at the same moment: every question gets one next step, everybody one mail."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from tests.cast import Town, town
from tests.domains.distribution.journey import NOW, YES, asks, looking

from opvangloket.domains.distribution.closing.locations import ConsequencesChanged, close_for_location
from opvangloket.domains.distribution.models import Answer, Offer
from opvangloket.domains.providers.closing import closing_day
from opvangloket.foundation.messages.models import Message

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
PRESSED = 3


def closes(here: Town, start: threading.Barrier) -> int | str:
    start.wait(timeout=30)
    try:
        with here.at_desk():
            return close_for_location(
                location_id=here.mias_nestje.id,
                desk_id=here.ninove.id,
                close_on=here.today + timedelta(days=60),
                shown=2,
                actor=here.lead,
                now=NOW,
            )
    except ConsequencesChanged as late:
        return late.code
    finally:
        connections.close_all()


def test_one_closes_and_the_others_read_that_something_changed() -> None:
    here = town(NOW)
    asks(here)
    offered = asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    offered.answers(here.mias_nestje, YES)
    start = threading.Barrier(PRESSED)
    with ThreadPoolExecutor(PRESSED) as pool:
        outcomes = list(pool.map(lambda _one: closes(here, start), range(PRESSED)))
    assert sorted(outcomes, key=str) == [2, *["consequences_changed"] * (PRESSED - 1)]
    with looking():
        assert closing_day(here.mias_nestje.id) == here.today + timedelta(days=60)
        assert Answer.objects.filter(kind="no").count() == 1
        assert list(Offer.objects.values_list("state", flat=True)) == ["withdrawn"]
        templates = list(Message.objects.values_list("template", flat=True))
    for template, mails in (("answer_no", 1), ("offer_withdrawn", 1), ("written_down_by_desk", 2)):
        assert templates.count(template) == mails, template
