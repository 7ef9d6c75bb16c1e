"""What happens in a town holds by the house's own rules, and looks like what desks know."""

from collections import Counter
from datetime import date

import pytest
from tests.simulation.conftest import ORDER, TODAY, Lived

from opvangloket.domains.distribution.models import AnswerDoor
from opvangloket.domains.requests.models import Channel, TaskKind
from opvangloket.rules.care_requests import CLOSING_STATES, RequestState
from opvangloket.rules.case_events import EventFact, EventKind, event_problems
from opvangloket.rules.case_facts import CaseFacts
from opvangloket.rules.case_facts import Channel as CaseChannel
from opvangloket.rules.inquiries import ANSWERED_STATES, OPEN_STATES, AnswerKind, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.outcomes import Outcome, OutcomeResult, outcome_as_of
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.reasons import DECLINE_REASONS, ELSEWHERE_REASONS, LAPSE_REASONS, NO_REASONS
from opvangloket.rules.references import is_valid
from opvangloket.simulation.life.course import Course
from opvangloket.simulation.moments import as_date, at, moment

LAST_EVENTS = {
    RequestState.FOUND_ELSEWHERE: EventKind.FOUND_ELSEWHERE,
    RequestState.LAPSED: EventKind.LAPSED,
    RequestState.WITHDRAWN: EventKind.WITHDRAWN,
    RequestState.CLOSED_UNANSWERED: EventKind.SEARCH_ENDED,
    RequestState.NOT_GENUINE: EventKind.NOT_GENUINE,
    RequestState.MERGED: EventKind.MERGED_INTO,
}
REASONS = {
    EventKind.ANSWERED_NO: NO_REASONS,
    EventKind.LAPSED: LAPSE_REASONS,
    EventKind.FOUND_ELSEWHERE: ELSEWHERE_REASONS,
}


def facts(course: Course) -> CaseFacts:
    """Return a course as the counting rules see it."""
    question = course.question
    return CaseFacts(
        key=course.reference,
        desk_mode=DeskMode.CENTRAL,
        channel=CaseChannel(question.channel.value),
        registered_at=moment(question.registered),
        start_on=as_date(question.start),
        pattern=question.week.parts,
        parts_wanted=question.week.wanted,
        events=tuple(
            EventFact(
                moment(event.at),
                event.kind,
                str(event.location) if event.location is not None else None,
                as_date(event.start) if event.start else None,
                event.parts,
                as_date(event.reply_by) if event.reply_by else None,
                event.reason or (course.merged_into.reference if course.merged_into else None),
                number,
            )
            for number, event in enumerate(course.events, start=1)
        ),
    )


def outcome(course: Course) -> OutcomeResult:
    return outcome_as_of(facts(course), TODAY)


def test_every_event_can_follow_the_ones_before_it(ninove: Lived) -> None:
    for course in ninove.courses:
        story = facts(course).events
        assert not event_problems(story)
        assert [event.at for event in story] == sorted(event.at for event in story)


def test_nothing_happens_before_it_was_asked_or_after_today(ninove: Lived) -> None:
    now = at(TODAY.toordinal(), 0)
    for course in ninove.courses:
        moments = [event.at for event in course.events]
        moments += [sending.at for sending in course.sendings]
        moments += [answer.at for inquiry in course.inquiries for answer in inquiry.answers]
        moments += [moment for task in course.tasks for moment in (task.made, task.done) if moment]
        assert all(course.question.registered <= moment < now for moment in moments)


def test_states_are_what_a_replay_of_the_events_gives(ninove: Lived) -> None:
    for course in ninove.courses:
        result = outcome(course)
        if course.state is RequestState.PLACED:
            assert result.placed_start is not None
        elif course.state in CLOSING_STATES:
            assert course.events[-1].kind is LAST_EVENTS[course.state]
            assert result.placed_start is None
        elif course.state in LAST_EVENTS:
            assert not result.counted
        else:
            assert result.outcome in {Outcome.UNKNOWN, Outcome.UNANSWERED_NO_OFFER, Outcome.UNANSWERED_DECLINED}


def test_lines_are_closed_when_the_search_is_over(ninove: Lived) -> None:
    for course in ninove.courses:
        if course.state is not RequestState.OPEN:
            assert not course.open_inquiries
            assert not course.open_offers
            assert (course.closed is None) == (course.state in {RequestState.PLACED, RequestState.REGISTERED})


def test_inquiries_follow_their_procedure(ninove: Lived) -> None:
    for course in ninove.courses:
        for inquiry in course.inquiries:
            if inquiry.state in OPEN_STATES - {InquiryState.WAITING_RELEASE} or inquiry.state in ANSWERED_STATES:
                assert inquiry.due == inquiry.answer_from + 14
                assert inquiry.sending is not None
                assert inquiry.sent == inquiry.sending.at
            assert bool(inquiry.answers) == (inquiry.state in ANSWERED_STATES)
            for answer in inquiry.answers:
                assert answer.late == (answer.at // 1440 > (inquiry.due or 0))
                assert (answer.start is None) == (answer.kind is AnswerKind.NO)


def test_a_location_is_asked_once_a_round_and_all_in_one_moment(ninove: Lived) -> None:
    for course in ninove.courses:
        asked = [(inquiry.location, inquiry.round) for inquiry in course.inquiries]
        assert len(set(asked)) == len(asked)
        for sending in course.sendings:
            recipients = [inquiry.location for inquiry in course.inquiries if inquiry.sending is sending]
            assert recipients == sending.recipients


def test_reasons_come_from_the_closed_lists(ninove: Lived) -> None:
    for course in ninove.courses:
        for event in course.events:
            if reasons := REASONS.get(event.kind):
                assert str(event.reason) in reasons
            if event.kind is EventKind.OFFER_DECLINED:
                assert str(event.reason) in DECLINE_REASONS


def test_references_are_valid_and_questions_could_have_been_asked(ninove: Lived) -> None:
    for course in ninove.courses:
        question, day = course.question, course.question.registered // 1440
        assert is_valid(course.reference)
        assert day - 366 <= question.start <= day + 4 * 366
        assert question.start > question.born
        assert question.due is None or day - 90 <= question.due <= day + 310
        assert question.week.parts
        possible = (question.week.parts | question.week.also).bit_count()
        assert question.week.wanted is None or 1 <= question.week.wanted <= possible
        assert question.channel is not Channel.ONLINE or question.household.email or question.household.phone


def test_every_kind_of_event_state_answer_door_and_task_occurs(ninove: Lived) -> None:
    events = {event.kind for course in ninove.courses for event in course.events}
    states = {course.state for course in ninove.courses}
    inquiries = [inquiry for course in ninove.courses for inquiry in course.inquiries]
    answers = [answer for inquiry in inquiries for answer in inquiry.answers]
    offers = {offer.state for course in ninove.courses for offer in course.offers}
    tasks = {task.kind for course in ninove.courses for task in course.tasks}

    assert events >= set(EventKind) - {EventKind.OFFER_WITHDRAWN, EventKind.NOT_GENUINE}
    assert states >= set(RequestState) - {RequestState.DRAFT, RequestState.REGISTERED, RequestState.NOT_GENUINE}
    assert {inquiry.state for inquiry in inquiries} >= set(InquiryState) - {InquiryState.WAITING_RELEASE}
    assert {answer.kind for answer in answers} == set(AnswerKind)
    assert {answer.door for answer in answers} == set(AnswerDoor)
    assert offers >= {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED, OfferState.OPEN}
    # Nothing is taken over from an old list or passed on by a location, and nobody writes in a conversation.
    assert tasks >= set(TaskKind) - {TaskKind.TAKE_OVER, TaskKind.DESK_ASKED, TaskKind.REFERRED}
    assert {course.question.channel for course in ninove.courses} >= set(Channel) - {Channel.IMPORT, Channel.INTERFACE}


@pytest.mark.parametrize("year", [2024, 2025])
def test_one_family_in_three_stays_without_an_answer(ninove: Lived, year: int) -> None:
    counted = [
        result.outcome
        for course in ninove.courses
        if as_date(course.question.start).year == year
        and (result := outcome_as_of(facts(course), date(year + 1, 2, 28))).counted
    ]
    shares = {found: count / len(counted) for found, count in Counter(counted).items()}
    unanswered = shares[Outcome.UNANSWERED_NO_OFFER] + shares[Outcome.UNANSWERED_DECLINED]
    partly = sum(shares.get(found, 0) for found in (Outcome.PARTLY_LATER, Outcome.PARTLY_FEWER, Outcome.PARTLY_BOTH))

    assert 0.27 < unanswered < 0.47
    assert shares[Outcome.UNANSWERED_DECLINED] < shares[Outcome.UNANSWERED_NO_OFFER]
    assert 0.15 < shares[Outcome.ANSWERED] < 0.45
    assert 0.08 < partly < 0.32
    assert 0.03 < shares[Outcome.FOUND_ELSEWHERE] < 0.2
    assert shares[Outcome.LAPSED] < 0.09
    assert shares[Outcome.UNKNOWN] < 0.12


def test_demand_is_that_of_the_births(ninove: Lived) -> None:
    per_year = len(ninove.courses) / ORDER.years

    assert 330 < per_year < 480


def test_answers_come_mostly_in_time_and_sometimes_not(ninove: Lived) -> None:
    answers = [answer for course in ninove.courses for inquiry in course.inquiries for answer in inquiry.answers]
    late = sum(answer.late for answer in answers) / len(answers)

    assert 0.005 < late < 0.2


def test_families_speak_several_languages_and_write_their_own_words(ninove: Lived) -> None:
    languages = Counter(course.question.household.language for course in ninove.courses)

    assert len(languages) > 5
    assert languages["nl"] / len(ninove.courses) > 0.7
    assert any(course.question.own_words for course in ninove.courses)
    assert any(course.question.support_needed for course in ninove.courses)


def test_brothers_and_sisters_are_asked_together(ninove: Lived) -> None:
    families: dict[object, list[Course]] = {}
    for course in ninove.courses:
        if course.siblings:
            families.setdefault(course.siblings.id, []).append(course)

    assert families
    for children in families.values():
        assert len(children) == 2
        assert len({course.question.child_name for course in children}) == 2
        assert len({course.question.registered for course in children}) == 1
