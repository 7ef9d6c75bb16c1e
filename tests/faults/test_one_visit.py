"""A moment for a visit goes to one family, also when many press at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections
from tests.cast import PARENT, town
from tests.domains.distribution.journey import NOW, Journey, asks, looking

from opvangloket.domains.contact.models import Visit, VisitMoment
from opvangloket.domains.contact.visits import MomentTaken, book_visit, publish_moments

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
FAMILIES = 12


def test_of_many_who_press_at_once_one_comes() -> None:
    here = town(NOW)
    location = here.regenboog_centrum
    journeys = [asks(here, location_ids=(location.id,)) for _family in range(FAMILIES)]
    with here.at_organiser(location):
        moments = [NOW + timedelta(days=9)]
        publish_moments(location_id=location.id, starts_at=moments, minutes=30, actor=here.manager, now=NOW)
        [moment_id] = VisitMoment.objects.values_list("id", flat=True)

    def presses(journey: Journey) -> bool:
        try:
            with here.as_family(journey.registered):
                return isinstance(
                    book_visit(request_id=journey.request_id, moment_id=moment_id, actor=PARENT, now=NOW), UUID
                )
        except MomentTaken:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(FAMILIES) as pool:
        assert sum(pool.map(presses, journeys)) == 1
    with looking():
        assert Visit.objects.filter(cancelled_at=None).count() == 1
