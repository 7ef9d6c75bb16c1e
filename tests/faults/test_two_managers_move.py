"""Two managers announce at the same moment that their location moves: one does, the other is told to look."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections
from tests.cast import Town, town
from tests.domains.distribution.journey import NOW, asks, looking

from opvangloket.domains.distribution.closing.moving import announce_move, sweep_moves
from opvangloket.domains.providers.models import LocationMove
from opvangloket.domains.providers.moving import MovedMeanwhile, NewAddress, announced_move
from opvangloket.foundation.messages.models import Message

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
STREETS = ("Beverstraat", "Centrumlaan", "Weggevoerdenstraat")


def announces(here: Town, street: str, start: threading.Barrier) -> UUID | MovedMeanwhile:
    start.wait(timeout=30)
    try:
        with here.at_organiser(here.mias_nestje):
            announce_move(
                location_id=here.mias_nestje.id,
                address=NewAddress(street=street, house_number="12", postcode="9400"),
                from_on=here.today + timedelta(days=60),
                instead_of=None,
                actor=here.manager,
                now=NOW,
            )
        move = announced_move(here.mias_nestje.id)
        assert move is not None
        return move.id
    except MovedMeanwhile as late:
        return late
    finally:
        connections.close_all()


def sweeps(start: threading.Barrier) -> int:
    start.wait(timeout=30)
    try:
        with looking():
            return sweep_moves(now=NOW + timedelta(days=60))
    finally:
        connections.close_all()


def test_one_announces_and_one_sweep_does_it() -> None:
    here = town(NOW)
    asks(here)
    start = threading.Barrier(len(STREETS))
    with ThreadPoolExecutor(len(STREETS)) as pool:
        outcomes = list(pool.map(lambda street: announces(here, street, start), STREETS))
        assert sum(isinstance(one, MovedMeanwhile) for one in outcomes) == len(STREETS) - 1
        assert LocationMove.objects.count() == 1
        assert sum(pool.map(lambda _one: sweeps(start), STREETS)) == 1
    with looking():
        assert Message.objects.filter(template="location_moves_family").count() == 1
