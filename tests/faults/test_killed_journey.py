"""The web server killed at each moment of each act of a question's way: the traces are those of an undisturbed way.

A person whose server died goes back and presses the button again. Nothing that was done may be lost or done twice.
Each third moment by default; `make faults` takes every one.
"""

import os
import sys
from collections import Counter
from itertools import count
from typing import Any

import pytest
from django.db import connections
from tests.cast import Town, plan_places, town
from tests.faults.journeys import WAYS, Journey
from tests.faults.processes import victims
from tests.faults.sweep import Sweep, Undisturbed

from opvangloket.domains.distribution.replay import replay_check
from opvangloket.foundation import clock

pytestmark = pytest.mark.faults
STRIDE, ENOUGH_DEATHS = (1, 900) if "OPVANGLOKET_EVERY_MOMENT" in os.environ else (3, 300)


def test_killed_at_any_moment(committed_database: str) -> None:
    here = _town()
    connections.close_all()
    numbers = count(1)
    with victims(committed_database) as processes:
        undisturbed = Undisturbed(processes)
        with processes.serving_here():
            expected = [_traces(Journey(here, undisturbed, next(numbers)), way) for way in WAYS]
        sweep = Sweep(processes, STRIDE)
        while not sweep.is_complete:
            for way, traces in zip(WAYS, expected, strict=True):
                assert _traces(Journey(here, sweep, next(numbers)), way) == traces
    sys.stdout.write(f"{sweep.deaths} deaths, {sweep.deaths_that_did_it} after the act was done\n")
    assert sweep.deaths >= ENOUGH_DEATHS
    assert replay_check(here.ninove.id) == ()


def _town() -> Town:
    """Make a town of this moment, in which Mia counts her places and De Regenboog does not."""
    here = town(clock.now())
    plan_places(here.mias_nestje, 500, from_on=here.today)
    return here


def _traces(journey: Journey, way: Any) -> dict[str, Counter[Any]]:
    way(journey)
    return journey.traces()
