"""The town in which a question travels; after each story the stored states must follow from the events."""

from collections.abc import Iterator

import pytest
from tests.cast import Town, town
from tests.domains.distribution.journey import NOW

from opvangloket.domains.distribution.replay import replay_check


@pytest.fixture
def here(db: None) -> Iterator[Town]:
    """Give the town, and check afterwards what every act has to leave behind."""
    made = town(NOW)
    yield made
    for desk in (made.ninove, made.overstroom):
        assert replay_check(desk.id) == ()
