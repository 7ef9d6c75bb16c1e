"""A small Ninove, made once: its courses in memory for most tests, and written down for those about rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from opvangloket.foundation.ids import seeded
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.simulation.life.course import Course
from opvangloket.simulation.life.history import History
from opvangloket.simulation.life.outside import Declared
from opvangloket.simulation.making import MadeTown, TownOrder, make_town, planned_town
from opvangloket.simulation.supply.town import Town

NINOVE = "41048"
TODAY = date(2026, 11, 20)
ORDER = TownOrder(nis_codes=(NINOVE,), today=TODAY, years=3, seed=7)


@dataclass
class Lived:
    """A town with everything that happened there."""

    town: Town
    courses: list[Course] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)


def live_through(order: TownOrder) -> Lived:
    """Make the history of a town without writing it down."""
    with seeded(order.seed):
        lived = Lived(planned_town(order))
        History(lived.town, finished=lived.courses.append, declare=lived.declared.append).run()
    return lived


@pytest.fixture(scope="session")
def ninove() -> Lived:
    """Give three years of Ninove."""
    return live_through(ORDER)


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[MadeTown]:
    """Write that same town into the database for the tests of one module, seen from nowhere in particular."""
    with django_db_blocker.unblock(), transaction.atomic(), across_desks("tests of a whole town"):
        yield make_town(ORDER)
        transaction.set_rollback(True)
