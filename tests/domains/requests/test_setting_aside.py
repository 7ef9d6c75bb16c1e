"""Merging and "not genuine": final in the exchange format, yet a wrong one can be undone (ADR 10)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cast import ELIF, Town, town

from opvangloket.domains.requests.actions import CannotMerge, CannotMove, NothingToUndo, Registered
from opvangloket.domains.requests.contacts import requests_of_address
from opvangloket.domains.requests.events import append_event, case_story
from opvangloket.domains.requests.models import CareRequest, CaseEvent, DeskTask, Note, TaskKind
from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.domains.requests.setting_aside import merge, not_genuine, undo_set_aside
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.outcomes import outcome_as_of
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import DeskMode

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MERGED_AT, UNDONE_AT = NOW + timedelta(days=10), NOW + timedelta(days=20)


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


@pytest.fixture
def pair(here: Town) -> tuple[Registered, Registered]:
    """Both parents of Noor asked: Sara first, Elif a day later."""
    first = here.ask(here.noor())
    second = here.ask(here.noor(applicant=ELIF), now=NOW + timedelta(days=1))
    return first, second


def _merge(here: Town, pair: tuple[Registered, Registered]) -> None:
    first, second = pair
    merge(
        request_id=second.request_id, into_id=first.request_id, actor=here.worker, now=MERGED_AT, reason="Zelfde kind."
    )


def _counted(here: Town, *, on: date) -> set[str]:
    """Return the references that a report as of this day counts."""
    cases = case_facts(here.ninove.id, desk_mode=DeskMode.CENTRAL, as_of=on)
    return {case.key for case in cases if outcome_as_of(case, on).counted}


def test_a_merged_request_is_counted_once(here: Town, pair: tuple[Registered, Registered]) -> None:
    first, second = pair
    with here.at_desk():
        _merge(here, pair)
        merged = CareRequest.objects.get(id=second.request_id)
        assert (merged.state, merged.closed_at) == (RequestState.MERGED, MERGED_AT)
        assert CareRequest.objects.get(id=first.request_id).state == RequestState.REGISTERED
        [event] = case_story(second.request_id)
        assert (event.kind, event.reason) == (EventKind.MERGED_INTO, first.reference)
        assert Note.objects.get(request=merged).text == "Zelfde kind."
        assert _counted(here, on=brussels_date(MERGED_AT)) == {first.reference}
        assert AuditEvent.objects.get(action="request.merge").codes == [EventKind.MERGED_INTO]


def test_an_undone_merge_counts_again_and_history_stays(here: Town, pair: tuple[Registered, Registered]) -> None:
    first, second = pair
    both = {first.reference, second.reference}
    with here.at_desk():
        _merge(here, pair)
        undo_set_aside(request_id=second.request_id, actor=here.worker, now=UNDONE_AT)
        request = CareRequest.objects.get(id=second.request_id)
        assert (request.state, request.closed_at) == (RequestState.REGISTERED, None)
        assert case_story(second.request_id) == ()
        assert CaseEvent.ever.filter(request=request).count() == 1
        assert _counted(here, on=brussels_date(MERGED_AT) - timedelta(days=1)) == both
        assert _counted(here, on=brussels_date(MERGED_AT)) == {first.reference}
        assert _counted(here, on=brussels_date(UNDONE_AT) - timedelta(days=1)) == {first.reference}
        assert _counted(here, on=brussels_date(UNDONE_AT)) == both
        assert DeskTask.objects.get(kind=TaskKind.OTHER, done_at=None).request_id == second.request_id


def test_after_an_undoing_the_story_goes_on_and_can_be_set_aside_again(
    here: Town, pair: tuple[Registered, Registered]
) -> None:
    _, second = pair
    with here.at_desk():
        _merge(here, pair)
        undo_set_aside(request_id=second.request_id, actor=here.worker, now=UNDONE_AT)
        request = CareRequest.objects.get(id=second.request_id)
        assert append_event(request=request, at=UNDONE_AT, kind=EventKind.STILL_SEARCHING).seq == 2
        not_genuine(request_id=second.request_id, actor=here.worker, now=UNDONE_AT, reason="Toch een grap.")
        assert [event.kind for event in case_story(second.request_id)] == [
            EventKind.STILL_SEARCHING,
            EventKind.NOT_GENUINE,
        ]


def test_undoing_twice_or_what_never_was_is_refused(here: Town, pair: tuple[Registered, Registered]) -> None:
    _, second = pair
    with here.at_desk():
        with pytest.raises(NothingToUndo):
            undo_set_aside(request_id=second.request_id, actor=here.worker, now=UNDONE_AT)
        _merge(here, pair)
        undo_set_aside(request_id=second.request_id, actor=here.worker, now=UNDONE_AT)
        with pytest.raises(NothingToUndo):
            undo_set_aside(request_id=second.request_id, actor=here.worker, now=UNDONE_AT)


def test_a_request_that_does_not_count_takes_no_other_in(here: Town, pair: tuple[Registered, Registered]) -> None:
    first, second = pair
    with here.at_desk():
        not_genuine(request_id=first.request_id, actor=here.worker, now=NOW + timedelta(days=2), reason="Test.")
        with pytest.raises(CannotMerge) as refused:
            _merge(here, pair)
        assert refused.value.code == "remaining_uncounted"
        with pytest.raises(CannotMove):
            not_genuine(request_id=first.request_id, actor=here.worker, now=MERGED_AT, reason="Nog eens.")
        assert CareRequest.objects.get(id=second.request_id).state == RequestState.REGISTERED


def test_a_place_is_never_merged_away(here: Town, pair: tuple[Registered, Registered]) -> None:
    with here.at_desk():
        CareRequest.objects.filter(id=pair[1].request_id).update(state=RequestState.PLACED)
        with pytest.raises(CannotMerge) as refused:
            _merge(here, pair)
        assert refused.value.code == "place_would_be_lost"


def test_a_request_is_not_merged_with_itself_nor_across_desks(here: Town, pair: tuple[Registered, Registered]) -> None:
    first, second = pair
    with here.at_desk(), pytest.raises(CannotMerge):
        merge(request_id=first.request_id, into_id=first.request_id, actor=here.worker, now=NOW)
    with here.at_desk(here.overstroom), pytest.raises(RequestNotFound):
        merge(request_id=second.request_id, into_id=first.request_id, actor=here.worker, now=NOW)


def test_only_the_desk_sets_a_request_aside(here: Town, pair: tuple[Registered, Registered]) -> None:
    with here.at_desk(), pytest.raises(CannotMove):
        not_genuine(request_id=pair[0].request_id, actor=here.manager, now=NOW, reason="Geen plaats voor hen.")


def test_both_parents_follow_the_request_that_remains(here: Town, pair: tuple[Registered, Registered]) -> None:
    first, second = pair
    with here.at_desk():
        assert requests_of_address(ELIF.email.upper()) == {second.request_id}
        _merge(here, pair)
        assert requests_of_address(ELIF.email) == {first.request_id, second.request_id}
        undo_set_aside(request_id=second.request_id, actor=here.worker, now=UNDONE_AT)
        assert requests_of_address(ELIF.email) == {second.request_id}


def test_nobody_has_to_act_any_more_on_what_was_set_aside(here: Town) -> None:
    registered = here.ask(here.noor(own_words="Hallo hallo."))
    with here.at_desk():
        assert DeskTask.objects.filter(request_id=registered.request_id, done_at=None).exists()
        not_genuine(request_id=registered.request_id, actor=here.worker, now=NOW, reason="Een test.")
        assert not DeskTask.objects.filter(request_id=registered.request_id, done_at=None).exists()
