"""What an organiser sees of the questions that lie with it: enough to answer, and nothing more."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.cast import Town, plan_places, town
from tests.domains.distribution.journey import FULL, YES, Journey, asks

from opvangloket.domains.distribution.inbox.filters import that_are_urgent, that_fit
from opvangloket.domains.distribution.inbox.questions import AskedCare, AskingFamily, OrganiserQuestion
from opvangloket.domains.distribution.inbox.reading import read_questions
from opvangloket.domains.distribution.inbox.rows import InboxFilter, InboxRow, inbox, inbox_count, inbox_row
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.providers.models import Location, LocationInDesk, SubsidyStep
from opvangloket.domains.requests.models import Channel
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.inquiries import AnswerKind, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ORDINARY = WeekPattern.full_days("ma", "di", "wo", "do", "vr")


@pytest.fixture
def here() -> Town:
    return town(NOW)


def rows(here: Town, *locations: Location, **different: Any) -> tuple[InboxRow, ...]:
    own = locations or (here.regenboog_centrum, here.regenboog_denderhof)
    facts: dict[str, Any] = {"today": here.today, **different}
    with here.at_organiser(*own):
        return inbox([location.id for location in own], **facts).rows


def row(journey: Journey, location: Location) -> InboxRow:
    with journey.here.at_organiser(location):
        return inbox_row(journey.registered.reference, location.slug, today=journey.today)


def test_the_read_models_hold_these_fields_and_no_others() -> None:
    """A field more is a decision about privacy: SPEC §5 says what an organiser sees."""
    assert {field.name for field in fields(AskingFamily)} == {
        "child_name", "applicant_name", "phone", "email", "language",
    }  # fmt: skip
    assert {field.name for field in fields(AskedCare)} == {
        "start_on", "end_on", "needed", "also", "parts_wanted", "other_week", "hours",
        "later_start_months", "other_days_ok", "fewer_days_ok",
    }  # fmt: skip
    assert {field.name for field in fields(OrganiserQuestion)} == {
        "inquiry_id", "reference", "location_id", "location_slug", "location_name", "location_tariff",
        "desk_slug", "desk_name", "desk_phone", "state", "sent_at", "due_on", "answer_from_on", "seen_at",
        "answered_at", "closed_at", "may_answer", "reply_by_days", "holds_place", "age_at_start", "expected_on",
        "family", "care", "message", "support_needed", "sibling", "urgent", "special_need", "vulnerable",
        "priority", "priority_with_sibling",
    }  # fmt: skip


def test_open_questions_come_by_days_left(here: Town) -> None:
    late = asks(here)
    later = replace(here, now=datetime(2026, 3, 5, 9, 0, tzinfo=UTC))
    asks(later, later.deniz())
    found = rows(here)
    assert [row.question.location_name for row in found] == [
        "De Regenboog Centrum",
        "De Regenboog Centrum",
        "De Regenboog Denderhof",
    ]
    assert [row.question.due_on for row in found] == [date(2026, 3, 16), date(2026, 3, 19), date(2026, 3, 19)]
    assert found[0].question.reference == late.registered.reference
    assert found[0].question.age_at_start == "5 maanden"
    assert found[1].question.expected_on == later.deniz().child.due_on
    with here.at_organiser(here.regenboog_centrum):
        counted = inbox_count([here.regenboog_centrum.id])
    assert (counted.waiting, counted.first_due_on) == (2, date(2026, 3, 16))


def test_what_fits_by_itself_is_what_the_rows_show_as_free(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    first, second = asks(here), asks(here, pattern=WeekPattern.of("wo_vm"))
    asks(here, here.deniz())
    own = (here.regenboog_centrum, here.regenboog_denderhof)

    def fitting() -> tuple[frozenset[UUID], frozenset[UUID]]:
        by_rows = {row.question.inquiry_id for row in rows(here) if row.fits}
        with here.at_organiser(*own):
            return frozenset(by_rows), that_fit([location.id for location in own], today=here.today)

    by_rows, by_itself = fitting()
    assert len(by_rows) == 3
    assert by_rows == by_itself
    first.answers(here.regenboog_centrum, YES)
    by_rows, by_itself = fitting()
    assert by_itself == by_rows == {second.inquiry(here.regenboog_centrum).id}


def test_what_fits_and_what_is_urgent_keep_to_the_own_locations(here: Town) -> None:
    plan_places(here.mias_nestje, 3, from_on=here.today)
    urgent = asks(here, start_on=here.today + timedelta(days=20), urgent_reason=UrgentReason.START_WORK)
    asks(here)
    ids = [here.regenboog_centrum.id, here.mias_nestje.id]
    with here.at_organiser(here.regenboog_centrum):
        assert that_fit(ids, today=here.today) == frozenset()
        assert that_are_urgent(ids) == {urgent.inquiry(here.regenboog_centrum).id}


def test_filters(here: Town) -> None:
    yes, no = asks(here), asks(here, here.deniz())
    yes.later(hours=1).answers(here.regenboog_centrum, YES)
    no.later(hours=2).answers(here.regenboog_centrum, FULL)
    own = (here.regenboog_centrum,)
    assert rows(here, *own) == ()
    answered = rows(here, *own, show=InboxFilter.ANSWERED)
    assert [row.question.state for row in answered] == [InquiryState.ANSWERED_NO, InquiryState.ANSWERED_YES]
    given = answered[1].answer
    assert given is not None
    assert given.offer is not None
    assert (given.kind, given.offer.state) == (AnswerKind.YES, OfferState.OPEN)
    assert len(rows(here, here.regenboog_centrum, here.regenboog_denderhof, show=InboxFilter.ALL)) == 3


def test_pages_follow_each_other(here: Town) -> None:
    first, second = asks(here), asks(here, here.deniz())
    own = (here.regenboog_centrum,)
    assert [rows(here, *own, page=page, per_page=1)[0].question.reference for page in (1, 2)] == [
        first.registered.reference,
        second.registered.reference,
    ]
    assert rows(here, *own, page=3, per_page=1) == ()


def test_what_lies_with_others_is_not_found(here: Town) -> None:
    journey = asks(here)
    assert rows(here, here.het_klavertje) == ()
    with here.at_organiser(here.het_klavertje), pytest.raises(InquiryNotFound):
        inbox_row(journey.registered.reference, here.regenboog_centrum.slug, today=here.today)
    with here.at_organiser(here.regenboog_centrum), pytest.raises(InquiryNotFound):
        inbox_row(journey.registered.reference, here.mias_nestje.slug, today=here.today)


def test_a_question_that_waits_for_its_day_is_not_there_yet(here: Town) -> None:
    here.choose(Procedure(send_from_months=1))
    asks(here)
    assert rows(here, show=InboxFilter.ALL) == ()


def test_before_answer_from_only_a_no_is_possible(here: Town) -> None:
    here.choose(Procedure(answer_from_months=2))
    journey = asks(here)
    question = row(journey, here.regenboog_centrum).question
    assert question.may_answer == {AnswerKind.NO}
    assert question.answer_from_on == date(2026, 4, 30)


def test_names_are_shown_from_the_sending_unless_the_desk_chose_otherwise(here: Town) -> None:
    shown = row(asks(here), here.regenboog_centrum).question.family
    assert shown == AskingFamily(
        child_name="Noor Peeters",
        applicant_name="Sara Peeters",
        phone="0470 12 34 56",
        email="sara.peeters@voorbeeld.be",
        language="nl",
    )


def test_a_blind_first_answer_shows_names_afterwards_also_in_the_next_round(here: Town) -> None:
    here.choose(Procedure(blind_first_answer=True))
    journey = asks(here)
    assert row(journey, here.regenboog_centrum).question.family is None
    journey.answers(here.regenboog_centrum, YES)
    assert row(journey, here.regenboog_centrum).question.family is not None
    assert row(journey, here.mias_nestje).question.family is None


def test_a_list_is_read_once_by_each_and_only_what_lies_here(here: Town) -> None:
    noor, deniz = asks(here), asks(here, here.deniz())
    own, others = (noor.inquiry(location).id for location in (here.regenboog_centrum, here.mias_nestje))
    for later in (timedelta(), timedelta(hours=1)):
        with here.at_organiser(here.regenboog_centrum):
            read_questions(inquiry_ids=[own, others], actor=here.manager, now=here.now + later)
    assert noor.inquiry(here.regenboog_centrum).seen_at == here.now
    assert noor.inquiry(here.mias_nestje).seen_at is None
    assert deniz.inquiry(here.regenboog_centrum).seen_at is None
    with here.at_desk():
        reads = AuditEvent.objects.filter(action="inquiry.read")
        assert list(reads.values_list("subject_id", "request_id")) == [(own, noor.request_id)] * 2


def test_names_are_gone_when_the_question_lies_elsewhere(here: Town) -> None:
    told = {"message_to_locations": "Dag!", "support_needed": "Een rustige slaapplek", "support_shared": True}
    journey = asks(here, **told)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    gone, taken = (row(journey, location).question for location in (here.mias_nestje, here.regenboog_centrum))
    assert (gone.state, gone.family, gone.may_answer) == (InquiryState.WITHDRAWN, None, frozenset())
    assert (gone.message, gone.support_needed) == ("", "")
    assert taken.family is not None
    assert (taken.message, taken.support_needed) == ("Dag!", "Een rustige slaapplek")


def test_free_places_are_those_of_the_whole_care_of_this_child(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    first, second = asks(here), asks(here, here.deniz())
    assert row(first, here.regenboog_centrum).free == ORDINARY
    first.answers(here.regenboog_centrum, YES)
    assert row(second, here.regenboog_centrum).free == ORDINARY - WeekPattern.full_days("ma", "di")
    assert row(first, here.regenboog_centrum).free == ORDINARY, "its own offer does not stand in its way"
    assert row(first, here.mias_nestje).free is None


def test_priority_is_an_outcome_and_depends_on_the_location(here: Town) -> None:
    facts = frozenset({Characteristic.SINGLE_PARENT, Characteristic.SIBLING, Characteristic.LOW_INCOME})
    here.mias_nestje.subsidy_step = SubsidyStep.T1
    here.mias_nestje.save()
    journey = asks(
        here,
        here.noor(
            channel=Channel.PHONE,
            characteristics=facts,
            location_ids=(here.regenboog_centrum.id, here.mias_nestje.id, here.het_klavertje.id),
        ),
    )
    income, free, plus = (
        row(journey, location).question for location in (here.regenboog_centrum, here.mias_nestje, here.het_klavertje)
    )
    assert income.priority == "voorrang volgens de wet"
    assert free.priority == free.priority_with_sibling == ""
    assert (income.vulnerable, plus.vulnerable, income.sibling) == (False, True, True)


def test_a_sibling_may_give_priority_where_the_sibling_is(here: Town) -> None:
    journey = asks(here, characteristics=frozenset({Characteristic.SIBLING}))
    question = row(journey, here.regenboog_centrum).question
    assert question.priority == ""
    assert question.priority_with_sibling == "voorrang volgens de wet"


def test_support_is_told_only_with_consent(here: Town) -> None:
    told = {"special_need": True, "support_needed": "Een rustige slaapplek"}
    silent = row(asks(here, **told), here.regenboog_centrum).question
    shared = asks(here, here.noor(channel=Channel.PHONE, support_shared=True, **told))
    assert (silent.special_need, silent.support_needed) == (True, "")
    assert row(shared, here.regenboog_centrum).question.support_needed == "Een rustige slaapplek"


def test_questions_of_several_desks_come_together(here: Town) -> None:
    with here.at_desk(here.overstroom):
        LocationInDesk.objects.create(
            location=here.regenboog_centrum, desk=here.overstroom, relation="view", start_on=date(2026, 1, 1)
        )
    asks(here)
    asks(
        replace(here, ninove=here.overstroom),
        here.noor(channel=Channel.PHONE, location_ids=(here.regenboog_centrum.id,)),
    )
    assert {row.question.desk_slug for row in rows(here)} == {"ninove", "overstroom"}


def test_the_number_of_queries_does_not_grow(here: Town, django_assert_num_queries: Any) -> None:
    plan_places(here.regenboog_centrum, 3, from_on=here.today)
    for _ in range(2):
        asks(here).answers(here.regenboog_centrum, YES)
    for many in (2, 8):
        for _ in range(many):
            asks(here, here.deniz())
        with here.at_organiser(here.regenboog_centrum), django_assert_num_queries(11):
            inbox([here.regenboog_centrum.id], show=InboxFilter.ALL, today=here.today)
