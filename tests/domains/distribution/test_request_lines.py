"""What a family and the desk see of each location: asked, seen, answered, offered, placed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import FULL, YES, Journey, alternative, asks

from opvangloket.domains.distribution.answering.answers import No
from opvangloket.domains.distribution.asking.choosing import change_question, drop_location
from opvangloket.domains.distribution.request_lines import RequestLine, lines_of_request, lines_of_requests
from opvangloket.domains.requests.wishes import Wish
from opvangloket.rules.differences import DifferenceKind
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.reasons import NoReason


def lines(journey: Journey) -> dict[str, RequestLine]:
    with journey.here.as_family(journey.registered):
        found = lines_of_request(journey.request_id, today=journey.today)
    return {line.location_name: line for line in found}


def test_each_location_has_its_line_in_the_order_of_the_family(here: Town) -> None:
    mia, klavertje, centrum = here.mias_nestje, here.het_klavertje, here.regenboog_centrum
    noor = asks(here, location_ids=(mia.id, klavertje.id, centrum.id))
    possible = WeekPattern.full_days("do")
    noor.answers(klavertje, No(reason=NoReason.DAYS_FULL, possible_pattern=possible))
    noor.answers(mia, alternative(noor, WeekPattern.full_days("ma"), later_days=40))
    found = lines(noor)
    assert list(found) == [mia.name, klavertje.name, centrum.name]
    assert [line.state for line in found.values()] == ["answered_alternative", "answered_no", "sent"]
    offered = found[mia.name].open_offer
    assert offered is not None
    assert offered.pattern == WeekPattern.full_days("ma")
    assert [one.kind for one in found[mia.name].differences] == [DifferenceKind.LATER, DifferenceKind.MISSING]
    refused = found[klavertje.name].answer
    assert refused is not None
    assert refused.possible_pattern == possible
    assert (found[centrum.name].due_on, found[centrum.name].overdue) == (here.today + timedelta(days=14), False)
    assert lines(noor.later(days=15))[centrum.name].overdue


def test_an_accepted_offer_shows_its_place(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    noor.later(days=1).accepts(here.mias_nestje)
    line = lines(noor)[here.mias_nestje.name]
    assert line.placement is not None
    assert (line.placement.is_direct, line.placement.agreed_at) == (False, noor.now)
    assert line.open_offer is None
    assert lines(noor)[here.regenboog_centrum.name].state is InquiryState.WITHDRAWN


def test_a_dropped_location_stays_last(here: Town) -> None:
    noor = asks(here)
    with here.as_family(noor.registered):
        drop_location(
            request_id=noor.request_id, location_id=here.regenboog_centrum.id, actor=here.worker, now=noor.now
        )
    assert list(lines(noor)) == [here.mias_nestje.name, here.regenboog_centrum.name]
    assert lines(noor)[here.regenboog_centrum.name].dropped_at == noor.now


def test_an_offer_of_an_earlier_round_stays_in_sight(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    with here.at_desk():
        wish = Wish(start_on=here.today + timedelta(days=150), pattern=WeekPattern.full_days("wo"))
        change_question(
            request_id=noor.request_id, wish=wish, actor=here.worker, now=noor.now, sooner_reason="Andere job."
        )
    line = lines(noor)[here.mias_nestje.name]
    assert (line.round, line.state, line.open_offer is not None) == (2, "sent", True)
    assert line.differences == ()


@pytest.mark.parametrize("place", ["family", "desk"])
def test_strangers_see_no_lines(here: Town, place: str) -> None:
    noor, deniz = asks(here), asks(here, here.deniz())
    looks: dict[str, Callable[[], AbstractContextManager[None]]] = {
        "family": lambda: here.as_family(deniz.registered),
        "desk": lambda: here.at_desk(here.overstroom),
    }
    with looks[place]():
        assert lines_of_request(noor.request_id, today=here.today) == ()


def test_many_lines_cost_as_many_queries_as_one(
    here: Town, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    journeys = [asks(here, location_ids=tuple(where.id for where in here.locations)) for _ in range(3)]
    for journey in journeys:
        for where in here.locations[:3]:
            journey.answers(where, FULL)
    with here.at_desk():
        for number in (1, 3):
            ids = [journey.request_id for journey in journeys[:number]]
            with django_assert_num_queries(6):
                assert len(lines_of_requests(ids, today=here.today)) == number
