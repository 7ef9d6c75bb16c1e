"""Events are appended one after another, in causal order, and never one that cannot follow; states follow the table."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections, transaction
from tests.cast import Town, town

from opvangloket.domains.requests.actions import CannotMove, Registered, RequestNotFound
from opvangloket.domains.requests.events import EventNotPossible, append_event, case_story
from opvangloket.domains.requests.models import CareRequest, CaseEvent, RequestedLocation
from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.domains.requests.states import locked_request, move
from opvangloket.foundation.audit.record import SYSTEM
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind, ProblemCode
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import DeskMode

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
WEDNESDAY = WeekPattern.full_days("wo").mask


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


@pytest.fixture
def noor(here: Town) -> Registered:
    return here.ask(here.noor())


def _request(noor: Registered) -> CareRequest:
    return CareRequest.objects.get(id=noor.request_id)


def test_an_organiser_act_appends_to_the_story_that_it_may_not_read(here: Town, noor: Registered) -> None:
    with here.at_organiser(here.mias_nestje):
        append_event(
            request=_request(noor),
            at=NOW,
            kind=EventKind.ANSWERED_ALTERNATIVE,
            location_id=here.mias_nestje.id,
            start_on=here.today,
            parts=WEDNESDAY,
            by="organiser",
        )
    with here.at_desk():
        [event] = case_story(noor.request_id)
        assert (event.kind, event.location, event.pattern, event.seq) == (
            EventKind.ANSWERED_ALTERNATIVE,
            str(here.mias_nestje.id),
            WEDNESDAY,
            1,
        )


def test_an_event_that_cannot_follow_is_refused(here: Town, noor: Registered) -> None:
    with here.at_desk():
        request = _request(noor)
        with pytest.raises(EventNotPossible) as refused:
            append_event(request=request, at=NOW, kind=EventKind.OFFER_ACCEPTED, location_id=here.mias_nestje.id)
        assert refused.value.code == ProblemCode.NO_OFFER_BEFORE
        with pytest.raises(EventNotPossible):
            append_event(request=request, at=NOW, kind=EventKind.ANSWERED_NO, location_id=here.mias_nestje.id)
        assert case_story(noor.request_id) == ()


def test_who_waited_for_the_lock_comes_after_whom_it_waited_for(here: Town, noor: Registered) -> None:
    with here.at_desk():
        request = _request(noor)
        append_event(request=request, at=LATER, kind=EventKind.ANSWERED_YES, location_id=here.mias_nestje.id)
        append_event(request=request, at=NOW, kind=EventKind.OFFER_DECLINED, location_id=here.mias_nestje.id)
        assert [(event.kind, event.at, event.seq) for event in case_story(noor.request_id)] == [
            (EventKind.ANSWERED_YES, LATER, 1),
            (EventKind.OFFER_DECLINED, LATER, 2),
        ]


def test_the_stream_for_the_report_gives_each_request_its_own_story(here: Town, noor: Registered) -> None:
    deniz = here.ask(here.deniz())
    with here.at_desk():
        for kind in (EventKind.STILL_SEARCHING, EventKind.WITHDRAWN):
            append_event(request=_request(deniz), at=LATER, kind=kind)
        lonely = here.ask(here.noor(location_ids=()), actor=here.worker)
        cases = {case.key: case for case in case_facts(here.ninove.id, desk_mode=DeskMode.CENTRAL)}
        assert cases[deniz.reference].events == case_story(deniz.request_id)
        assert cases[noor.reference].events == cases[lonely.reference].events == ()
        assert cases[noor.reference].first_location_nis == here.regenboog_centrum.nis_code
        assert cases[lonely.reference].first_location_nis is None


def test_a_later_choice_is_never_the_first_location(here: Town, noor: Registered) -> None:
    with here.at_desk():
        chosen = RequestedLocation.objects.filter(request_id=noor.request_id)
        RequestedLocation.objects.create(request_id=noor.request_id, location=here.ver_weg, position=0, added_at=LATER)
        chosen.filter(location=here.regenboog_centrum).update(dropped_at=LATER)
        [case] = case_facts(here.ninove.id, desk_mode=DeskMode.CENTRAL)
        assert case.first_location_nis == here.regenboog_centrum.nis_code


def test_the_report_takes_as_many_queries_for_many_requests_as_for_one(
    here: Town, noor: Registered, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        here.ask(here.deniz())
    with here.at_desk(), django_assert_num_queries(4):  # type: ignore[operator]
        assert len(list(case_facts(here.ninove.id, desk_mode=DeskMode.CENTRAL, start_year=2026))) == 4


def test_a_state_moves_as_the_table_says(here: Town, noor: Registered) -> None:
    with here.at_desk(), transaction.atomic():
        request = locked_request(noor.request_id)
        with pytest.raises(CannotMove) as refused:
            move(request, RequestState.PLACED, now=NOW)
        assert (refused.value.old, refused.value.new) == (RequestState.REGISTERED, RequestState.PLACED)
        move(request, RequestState.OPEN, now=NOW, actor=SYSTEM)
        with pytest.raises(CannotMove):
            move(request, RequestState.WITHDRAWN, now=NOW, actor=here.manager)
        move(request, RequestState.WITHDRAWN, now=LATER, actor=here.worker)
        assert _request(noor).closed_at == LATER
        move(request, RequestState.OPEN, now=LATER, actor=here.worker)
        assert _request(noor).closed_at is None


def test_a_request_of_another_desk_is_not_found(here: Town, noor: Registered) -> None:
    with here.at_desk(here.overstroom), transaction.atomic(), pytest.raises(RequestNotFound):
        locked_request(noor.request_id)


def test_two_acts_at_once_get_two_places_in_the_story(committed_database: str) -> None:
    here = town(NOW)
    noor = here.ask(here.noor())
    together = Barrier(2, timeout=20)

    def act(kind: EventKind) -> None:
        try:
            with here.at_desk():
                request = _request(noor)
                together.wait()
                with transaction.atomic():
                    append_event(request=request, at=NOW, kind=kind)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, (EventKind.STILL_SEARCHING, EventKind.SEARCH_ENDED)))
    with here.at_desk():
        seqs = list(CaseEvent.objects.filter(request_id=noor.request_id).order_by("seq").values_list("seq", flat=True))
    assert seqs == [1, 2]
