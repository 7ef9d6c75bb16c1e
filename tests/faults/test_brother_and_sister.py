"""Two parents press at the same moment, each for another child: both children go, once, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from tests.cast import town
from tests.domains.distribution.journey import NOW, YES, Journey, asks_together, looking

from opvangloket.domains.distribution.models import Placement

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
ROUNDS = 6


def test_both_children_go_once_whoever_presses_first() -> None:
    here = town(NOW)

    def presses(child: Journey) -> bool:
        try:
            child.accepts(here.mias_nestje)
            return True
        finally:
            connections.close_all()

    for _round in range(ROUNDS):
        children = asks_together(here, "Noor", "Lou", "Bas")
        for child in children:
            child.answers(here.mias_nestje, YES)
        with ThreadPoolExecutor(len(children)) as pool:
            assert all(pool.map(presses, children))
        assert {child.state for child in children} == {"placed"}
        assert [child.events().count("offer_accepted") for child in children] == [1, 1, 1]
    with looking():
        assert Placement.objects.count() == 3 * ROUNDS
