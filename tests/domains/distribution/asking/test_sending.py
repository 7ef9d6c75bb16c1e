"""All chosen locations get the question in one transaction, with the same fields, at one moment."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import VISITOR, Town
from tests.domains.distribution.journey import NOW, ORGANISER, YES, Journey, asks, looking

from opvangloket.domains.distribution.answering.giving import CannotAnswer
from opvangloket.domains.distribution.asking import questions, sending
from opvangloket.domains.distribution.asking.sending import ContactNotVerified, NotSearching, send_out
from opvangloket.domains.distribution.models import AnswerLink, Inquiry, Sending
from opvangloket.domains.providers.models import DeskRelation, LocationInDesk
from opvangloket.domains.requests.models import CareRequest, Channel, RequestedLocation
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.rules.characteristics import UrgentReason
from opvangloket.rules.procedure import Procedure


def asks_online(here: Town, **different: Any) -> Journey:
    facts: dict[str, Any] = {"questions": [here.noor()], "actor": VISITOR, "now": NOW} | different
    with here.at_desk():
        [registered] = questions.ask(desk_id=here.ninove.id, randomness=here.randomness, **facts)
    return Journey(here=here, registered=registered, now=NOW)


def confirm(journey: Journey) -> None:
    with journey.here.as_family(journey.registered):
        questions.confirm_contact(request_ids={journey.request_id}, actor=VISITOR, now=journey.now)


def test_a_question_goes_out_when_its_contact_is_verified(here: Town) -> None:
    noor = asks_online(here)
    assert (noor.state, noor.states()) == ("registered", {})
    with here.as_family(noor.registered), pytest.raises(ContactNotVerified):
        send_out(request_id=noor.request_id, actor=VISITOR, now=NOW)
    confirm(noor.later(hours=2))
    assert noor.state == "open"
    assert {(one.state, one.sent_at) for one in inquiries(noor)} == {("sent", noor.now)}
    confirm(noor.later(hours=1))
    assert len(inquiries(noor)) == 2
    assert len(noor.mails("request_receipt")) == 1


def inquiries(journey: Journey) -> list[Inquiry]:
    with looking():
        return list(Inquiry.objects.filter(request_id=journey.request_id).select_related("sending"))


def test_the_sending_is_proof_of_whom_what_and_when(here: Town) -> None:
    noor = asks(here)
    with looking():
        proof = Sending.objects.get(request_id=noor.request_id)
        request = CareRequest.objects.get(id=noor.request_id)
        wish = request.wishes.get()
    assert {one.sending_id for one in inquiries(noor)} == {proof.id}
    assert proof.recipients == sorted(str(where.id) for where in (here.mias_nestje, here.regenboog_centrum))
    assert (proof.round, proof.sent_at, proof.procedure_number) == (1, NOW, 0)
    with looking():
        assert proof.fields_digest == sending.fields_digest(request, wish)
        request.message_to_locations = "Liefst bij haar neefje."
        assert proof.fields_digest != sending.fields_digest(request, wish)


def test_the_term_is_fixed_with_the_version_of_the_procedure(here: Town) -> None:
    here.choose(Procedure(answer_term_days=21, remind_after_days=7, call_after_days=30))
    noor = asks(here)
    here.choose(Procedure())
    terms = {(one.due_on, one.remind_on, one.call_on, one.procedure_number) for one in inquiries(noor)}
    day = timedelta(days=1)
    assert terms == {(here.today + 21 * day, here.today + 7 * day, here.today + 30 * day, 1)}


def test_a_term_may_move_off_a_holiday(here: Town) -> None:
    here.choose(Procedure(move_term_off_closed_days=True, answer_term_days=34, call_after_days=40))
    noor = asks(here)
    assert {one.due_on for one in inquiries(noor)} == {date(2026, 4, 7)}  # Easter lies on 5 April


def test_between_sending_and_answering_a_location_reads_and_says_no_only(here: Town) -> None:
    here.choose(Procedure(send_from_months=6, answer_from_months=3))
    noor = asks(here)
    inquiry = noor.inquiry(here.mias_nestje)
    assert (inquiry.state, inquiry.answer_from_on) == ("sent", date(2026, 3, 30))
    assert inquiry.due_on == date(2026, 4, 13)
    with pytest.raises(CannotAnswer, match="vanaf maandag 30 maart 2026") as refused:
        noor.answers(here.mias_nestje, YES)
    assert refused.value.code == "too_early"
    assert "Een plaats voorstellen kan vanaf maandag 30 maart 2026" in noor.mails("inquiry_sent")[0].text
    assert "maandag 30 maart 2026" in noor.mails("request_receipt")[0].text
    noor.later(days=28).answers(here.mias_nestje, YES)


def test_who_stopped_or_left_the_desk_is_not_asked(here: Town) -> None:
    noor = asks_online(here, questions=[here.noor(location_ids=tuple(where.id for where in here.locations))])
    here.mias_nestje.closed_on = here.today
    here.mias_nestje.save()
    with looking():
        LocationInDesk.objects.filter(location=here.het_klavertje).update(end_on=here.today)
    confirm(noor)
    assert set(noor.states()) == {here.regenboog_centrum.name, here.regenboog_denderhof.name}


def test_a_question_without_locations_is_open_and_the_desk_searches_along(here: Town) -> None:
    noor = asks(here, location_ids=())
    assert (noor.state, noor.states()) == ("open", {})
    assert "Het loket zoekt met je mee" in noor.mails("request_receipt")[0].text


def test_an_urgent_question_goes_to_the_whole_territory_in_the_same_second(here: Town) -> None:
    here.choose(Procedure(urgent_to_all=True))
    with looking():
        LocationInDesk.objects.create(
            location=here.ver_weg, desk=here.ninove, relation=DeskRelation.VIEW, start_on=here.today
        )
    urgent = here.noor(
        channel=Channel.PHONE, urgent_reason=UrgentReason.START_WORK, start_on=here.today + timedelta(days=20)
    )
    with_consent, without = (
        asks_online(here, questions=[urgent], urgent_to_all=consent, actor=here.worker) for consent in (True, False)
    )
    assert set(with_consent.states()) == {where.name for where in here.locations}
    assert len({one.sending_id for one in inquiries(with_consent)}) == 1
    assert len(without.states()) == 2
    calm = asks_online(here, questions=[here.noor(channel=Channel.PHONE)], urgent_to_all=True, actor=here.worker)
    assert len(calm.states()) == 2


def test_the_first_chosen_location_stays_first_when_all_are_asked(here: Town) -> None:
    here.choose(Procedure(urgent_to_all=True))
    start_on = here.today + timedelta(days=20)
    noor = asks_online(
        here, questions=[here.noor(urgent_reason=UrgentReason.START_WORK, start_on=start_on)], urgent_to_all=True
    )
    with looking():
        listed = RequestedLocation.objects.filter(request_id=noor.request_id).order_by("position")
        assert listed[0].location_id == here.regenboog_centrum.id
        assert len(listed) == 4
    assert noor.states() == {}


def test_a_stranger_sends_nothing(here: Town) -> None:
    noor = asks_online(here)
    with here.at_desk(here.overstroom), pytest.raises(RequestNotFound):
        send_out(request_id=noor.request_id, actor=here.worker, now=NOW)


def test_a_closed_request_sends_nothing(here: Town) -> None:
    noor = asks(here)
    from opvangloket.domains.distribution.closing.searches import withdraw_request

    with here.at_desk():
        withdraw_request(request_id=noor.request_id, actor=here.worker, now=NOW)
        with pytest.raises(NotSearching):
            send_out(request_id=noor.request_id, actor=here.worker, now=NOW)


def test_a_link_is_kept_as_a_hash_only(here: Town) -> None:
    noor = asks(here)
    [text, _] = [mail.text for mail in noor.mails("inquiry_sent")]
    token = text.split("/organisator/antwoord/")[1].split("/")[0]
    assert len(token) >= 32
    assert not AnswerLink.objects.filter(token_hash__contains=token).exists()
    assert AnswerLink.objects.count() == 2


def test_sending_is_written_down(here: Town) -> None:
    noor = asks(here)
    with looking():
        assert AuditEvent.objects.get(action="inquiry.send").request_id == noor.request_id


@pytest.mark.parametrize("number", [1, 4])
def test_more_locations_cost_no_more_queries(
    here: Town, number: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    noor = asks_online(here, questions=[here.noor(location_ids=tuple(w.id for w in here.locations[:number]))])
    with here.at_desk():
        questions.mark_contact_verified(request_id=noor.request_id, actor=ORGANISER, now=NOW)
        with django_assert_num_queries(32):
            send_out(request_id=noor.request_id, actor=here.worker, now=NOW)
