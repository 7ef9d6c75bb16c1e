"""A wish changes beside the original question; a correction says what the original question was meant to be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.cast import MONDAY_TUESDAY, Town, town

from opvangloket.domains.requests.actions import (
    NothingChanged,
    QuestionRefused,
    Registered,
    RequestNotFound,
    SearchEnded,
    Wish,
    change_wish,
    confirm_current,
    correct,
    set_urgent,
)
from opvangloket.domains.requests.events import case_story
from opvangloket.domains.requests.models import CareRequest, DeskTask, Note, TaskKind, WishVersion
from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.domains.requests.wishes import current_wish, original_of
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.characteristics import UrgentReason
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import DeskMode

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=5)
WEDNESDAY = WeekPattern.full_days("wo")


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


@pytest.fixture
def noor(here: Town) -> Registered:
    return here.ask(here.noor())


def _request(noor: Registered) -> CareRequest:
    return CareRequest.objects.get(id=noor.request_id)


def _correct(here: Town, noor: Registered, **different: Any) -> None:
    facts: dict[str, Any] = {"reason": "Jaar verkeerd getypt.", "actor": here.worker, "now": LATER}
    correct(request_id=noor.request_id, **(facts | different))


def test_a_family_changes_what_it_wants_and_keeps_its_question(here: Town, noor: Registered) -> None:
    with here.as_family(noor):
        before = _request(noor)
        wish = Wish(
            start_on=before.start_on + timedelta(days=30),
            pattern=WEDNESDAY,
            also=MONDAY_TUESDAY | WEDNESDAY,
            parts_wanted=2,
            hours=CareHours.parse("wo 08:00-17:00"),
        )
        changed = change_wish(request_id=noor.request_id, wish=wish, actor=here.worker, now=LATER)
        assert changed == current_wish(noor.request_id)
        assert (changed.number, changed.wish.pattern, changed.wish.also) == (2, WEDNESDAY, MONDAY_TUESDAY)
        assert (_request(noor).start_on, _request(noor).parts) == (before.start_on, MONDAY_TUESDAY.mask)
        assert WishVersion.objects.filter(request=before).count() == 2
    with here.at_desk():
        assert AuditEvent.objects.get(action="request.change_wish").codes == ["version:2"]
        assert case_story(noor.request_id) == ()


def test_the_same_wish_is_no_change(here: Town, noor: Registered) -> None:
    with here.at_desk():
        same = current_wish(noor.request_id).wish
        with pytest.raises(NothingChanged):
            change_wish(request_id=noor.request_id, wish=same, actor=here.worker, now=LATER)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(start_on=date(2026, 9, 1), pattern=WeekPattern()), "pattern"),
        (Wish(start_on=date(2096, 9, 1), pattern=WEDNESDAY), "start_on"),
        (Wish(start_on=date(2026, 9, 1), end_on=date(2026, 9, 1), pattern=WEDNESDAY), "end_on"),
        (Wish(start_on=date(2026, 9, 1), pattern=WEDNESDAY, parts_wanted=3), "parts_wanted"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(here: Town, noor: Registered, wish: Wish, field: str) -> None:
    with here.at_desk(), pytest.raises(QuestionRefused) as refused:
        change_wish(request_id=noor.request_id, wish=wish, actor=here.worker, now=LATER)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_after_the_end_nothing_changes_any_more(here: Town, noor: Registered) -> None:
    with here.at_desk():
        CareRequest.objects.filter(id=noor.request_id).update(state=RequestState.LAPSED)
        wish = Wish(start_on=date(2026, 9, 1), pattern=WEDNESDAY)
        with pytest.raises(SearchEnded):
            change_wish(request_id=noor.request_id, wish=wish, actor=here.worker, now=LATER)
        with pytest.raises(SearchEnded):
            confirm_current(request_id=noor.request_id, actor=here.worker, now=LATER)


def test_a_correction_moves_the_request_to_the_right_report_year(here: Town, noor: Registered) -> None:
    meant = date(2027, 7, 1)
    with here.at_desk():
        _correct(here, noor, start_on=meant)
        [event] = case_story(noor.request_id)
        assert (event.kind, event.start_on, event.pattern, event.reason) == (
            EventKind.CORRECTED,
            meant,
            None,
            None or "",
        )
        assert original_of(_request(noor)).start_on == current_wish(noor.request_id).wish.start_on == meant
        assert _request(noor).start_on == here.noor().start_on
        for year in (2026, 2027):  # both years look at it; the rule decides for which one it counts
            [case] = case_facts(here.ninove.id, desk_mode=DeskMode.CENTRAL, start_year=year)
            assert case.key == noor.reference
        assert list(case_facts(here.ninove.id, desk_mode=DeskMode.CENTRAL, start_year=2028)) == []
        assert Note.objects.get().text == "Jaar verkeerd getypt."


def test_a_correction_decides_urgent_and_atypical_anew(here: Town) -> None:
    noor = here.ask(here.noor(urgent_reason=UrgentReason.START_WORK))
    with here.at_desk():
        assert (_request(noor).urgent, _request(noor).atypical) == (False, False)
        _correct(here, noor, start_on=here.today + timedelta(days=20), pattern=WeekPattern.full_days("za"))
        assert (_request(noor).urgent, _request(noor).atypical) == (True, True)
        assert DeskTask.objects.get(kind=TaskKind.URGENT).done_at is None
        _correct(here, noor, start_on=here.today + timedelta(days=90))
        assert _request(noor).urgent is False
        assert DeskTask.objects.get(kind=TaskKind.URGENT).done_at == LATER


def test_a_correction_leaves_a_wish_that_has_moved_on(here: Town, noor: Registered) -> None:
    with here.at_desk():
        moved = Wish(start_on=date(2026, 11, 2), pattern=MONDAY_TUESDAY)
        change_wish(request_id=noor.request_id, wish=moved, actor=here.worker, now=LATER)
        _correct(here, noor, start_on=date(2026, 8, 3), pattern=WEDNESDAY)
        wish = current_wish(noor.request_id).wish
        assert (wish.start_on, wish.pattern) == (date(2026, 11, 2), WEDNESDAY)


def test_a_corrected_pattern_ends_the_number_of_parts(here: Town) -> None:
    noor = here.ask(here.noor(parts_wanted=2))
    with here.at_desk():
        _correct(here, noor, pattern=WEDNESDAY)
        assert original_of(_request(noor)) == (here.noor().start_on, WEDNESDAY.mask, None)
        assert current_wish(noor.request_id).wish.parts_wanted is None


def test_a_correction_needs_a_reason_and_a_difference(here: Town, noor: Registered) -> None:
    with here.at_desk():
        with pytest.raises(QuestionRefused):
            _correct(here, noor, start_on=date(2026, 8, 3), reason=" ")
        with pytest.raises(NothingChanged):
            _correct(here, noor, start_on=here.noor().start_on, pattern=MONDAY_TUESDAY)
        assert case_story(noor.request_id) == ()


def test_the_desk_calls_a_request_urgent_with_a_reason(here: Town, noor: Registered) -> None:
    with here.at_desk():
        with pytest.raises(QuestionRefused):
            set_urgent(request_id=noor.request_id, urgent=True, reason="", actor=here.worker, now=LATER)
        set_urgent(request_id=noor.request_id, urgent=True, reason="Mama ziek.", actor=here.worker, now=LATER)
        assert _request(noor).urgent
        with pytest.raises(NothingChanged):
            set_urgent(request_id=noor.request_id, urgent=True, reason="Mama ziek.", actor=here.worker, now=LATER)


def test_confirming_says_that_the_family_still_searches(here: Town, noor: Registered) -> None:
    with here.at_desk():
        confirm_current(request_id=noor.request_id, actor=here.worker, now=LATER)
        assert case_story(noor.request_id) == ()  # not sent out yet: nothing to search in
        CareRequest.objects.filter(id=noor.request_id).update(state=RequestState.OPEN)
        confirm_current(request_id=noor.request_id, actor=here.worker, now=LATER)
        assert [event.kind for event in case_story(noor.request_id)] == [EventKind.STILL_SEARCHING]
        assert _request(noor).confirmed_current_on == LATER.date()


def test_another_desk_changes_nothing(here: Town, noor: Registered) -> None:
    with here.at_desk(here.overstroom):
        with pytest.raises(RequestNotFound):
            confirm_current(request_id=noor.request_id, actor=here.worker, now=LATER)
        with pytest.raises(RequestNotFound):
            _correct(here, noor, start_on=date(2026, 8, 3))
