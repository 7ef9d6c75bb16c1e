"""A location that closes: each question, offer and child there gets a next step, in one transaction."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import MONDAY_TUESDAY, PARENT, Town, plan_places, town
from tests.domains.distribution.journey import NOW, YES, Journey, alternative, asks, looking

from opvangloket.domains.distribution.answering.proposals import proposal_for
from opvangloket.domains.distribution.asking.choosing import ClosesBeforeStart, add_location
from opvangloket.domains.distribution.asking.round_preview import preview_round
from opvangloket.domains.distribution.asking.sending import send_out
from opvangloket.domains.distribution.closing.locations import (
    Consequence,
    ConsequencesChanged,
    NextStep,
    close_for_location,
    close_location,
    consequences,
    consequences_at_desk,
)
from opvangloket.domains.distribution.models import Answer, Inquiry, Offer, Placement
from opvangloket.domains.distribution.places.taking import ClosedByThen
from opvangloket.domains.providers.closing import ClosingRefused, closing_day, stay_open
from opvangloket.domains.providers.models import LocationInDesk, Occupation, Vacancy
from opvangloket.domains.providers.own_locations import LocationNotFound
from opvangloket.domains.requests.actions import AskedChild, Wish, mark_contact_verified, register
from opvangloket.domains.requests.models import CareRequest, Channel, DeskTask
from opvangloket.domains.requests.questions import QuestionRefused
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town(NOW)


@pytest.fixture
def close_on(here: Town) -> date:
    return here.today + timedelta(days=60)


def following(here: Town, close_on: date, today: date | None = None) -> tuple[Consequence, ...]:
    with here.at_organiser(here.mias_nestje):
        return consequences(here.mias_nestje.id, close_on=close_on, today=today or here.today)


def close(here: Town, close_on: date, *, later: timedelta = timedelta(), **different: Any) -> int:
    now = here.now + later
    seen = len(following(here, close_on, (here.today + later)))
    at = {"location_id": here.mias_nestje.id, "close_on": close_on, "shown": seen, "actor": here.manager, "now": now}
    with here.at_organiser(here.mias_nestje):
        return close_location(**(at | different))


def placed(here: Town, *, start_in: int) -> Journey:
    journey = asks(here, start_on=here.today + timedelta(days=start_in))
    journey.answers(here.mias_nestje, YES)
    journey.accepts(here.mias_nestje)
    return journey


def mails(template: str) -> list[Message]:
    with looking():
        return list(Message.objects.filter(template=template))


def tasks(journey: Journey) -> list[str]:
    with looking():
        rows = DeskTask.objects.filter(request_id=journey.request_id, kind="other", done_at=None)
        return list(rows.values_list("note", flat=True))


def state(journey: Journey) -> str:
    with looking():
        return CareRequest.objects.get(id=journey.request_id).state


def test_an_open_question_is_answered_no_with_the_reason(here: Town, close_on: date) -> None:
    journey = asks(here)
    [one] = following(here, close_on)
    assert (one.step, one.reference) == (NextStep.SAY_NO, journey.registered.reference)
    assert one.child_words == ""
    assert close(here, close_on) == 1
    with looking():
        answer = Answer.objects.get(inquiry__request_id=journey.request_id)
        others = Inquiry.objects.exclude(location=here.mias_nestje).values_list("state", flat=True)
    assert (answer.kind, answer.reason) == ("no", "sluiting")
    assert set(others) == {"sent"}
    assert len(mails("answer_no")) == 1


def test_an_open_offer_is_taken_back_and_its_place_is_free(here: Town, close_on: date) -> None:
    plan_places(here.mias_nestje, 2, from_on=here.today)
    journey = asks(here)
    journey.answers(here.mias_nestje, YES)
    [one] = following(here, close_on)
    assert one.step is NextStep.OFFER_BACK
    close(here, close_on)
    with looking():
        assert Offer.objects.get().state == "withdrawn"
    assert not Occupation.objects.exists()
    assert len(mails("offer_withdrawn")) == 1


def test_a_question_that_was_not_sent_yet_never_comes(here: Town, close_on: date) -> None:
    journey = asks(here)
    with looking():
        Inquiry.objects.filter(location=here.mias_nestje).update(
            state="waiting_release", sending=None, sent_at=None, due_on=None, remind_on=None, call_on=None
        )
    assert [one.step for one in following(here, close_on)] == [NextStep.NOT_SENT]
    close(here, close_on)
    with looking():
        assert Inquiry.objects.get(location=here.mias_nestje).state == "withdrawn"
    assert len(tasks(journey)) == 1
    assert mails("inquiry_closed_organiser") == []


def test_a_child_that_would_start_later_is_searched_a_place_for_again(here: Town, close_on: date) -> None:
    journey = placed(here, start_in=60)
    [one] = following(here, close_on)
    assert (one.step, one.child_words) == (NextStep.SEARCH_AGAIN, "Noor")
    close(here, close_on)
    with looking():
        assert Placement.objects.get().state == "undone"
    assert state(journey) == "open"
    assert "Zoek mee naar een andere plaats." in tasks(journey)[0]
    [mail] = mails("location_closes_family")
    assert mail.recipient == "sara.peeters@voorbeeld.be"


def test_a_child_that_is_there_stays_until_the_last_day(here: Town, close_on: date) -> None:
    journey = placed(here, start_in=7)
    later = timedelta(days=8)
    assert [one.step for one in following(here, close_on)] == [NextStep.STOPS_BEFORE]
    assert [one.step for one in following(here, close_on, here.today + later)] == [NextStep.LAST_DAY]
    close(here, close_on, later=later)
    with looking():
        placement = Placement.objects.get()
    assert (placement.state, placement.end_on) == ("ended", close_on)
    assert state(journey) == "placed"
    assert len(tasks(journey)) == 1
    assert len(mails("location_closes_family")) == 1


def test_a_child_that_starts_shortly_before_keeps_its_place_and_its_family_knows(here: Town, close_on: date) -> None:
    journey = placed(here, start_in=7)
    close(here, close_on)
    with looking():
        assert Placement.objects.get().state == "active"
    assert len(tasks(journey)) == len(mails("location_closes_family")) == 1


def test_everything_together_is_one_act_that_leaves_nothing_behind(here: Town, close_on: date) -> None:
    placed(here, start_in=70)
    asks(here, here.deniz(location_ids=(here.mias_nestje.id, here.het_klavertje.id)))
    offered = asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    offered.answers(here.mias_nestje, YES)
    assert {one.step for one in following(here, close_on)} >= {NextStep.SEARCH_AGAIN, NextStep.OFFER_BACK}
    count = close(here, close_on)
    assert count == 3
    assert following(here, close_on) == ()
    with looking():
        assert closing_day(here.mias_nestje.id) == close_on
    assert not Vacancy.objects.filter(closed_on=None).exists()


def test_what_came_in_meanwhile_is_shown_first(here: Town, close_on: date) -> None:
    asks(here)
    with pytest.raises(ConsequencesChanged):
        close(here, close_on, shown=0)
    with looking():
        assert closing_day(here.mias_nestje.id) is None
        assert Answer.objects.count() == 0


def test_a_day_in_the_past_is_refused_and_nothing_is_answered(here: Town) -> None:
    asks(here)
    with pytest.raises(ClosingRefused):
        close(here, here.today - timedelta(days=1))
    with looking():
        assert Answer.objects.count() == 0


def test_a_closing_is_taken_back_before_its_day_only(here: Town, close_on: date) -> None:
    close(here, close_on)
    at = {"location_id": here.mias_nestje.id, "actor": here.manager}
    with here.at_organiser(here.mias_nestje):
        for _twice in range(2):
            stay_open(**at, now=here.now)
        assert closing_day(here.mias_nestje.id) is None
    close(here, close_on)
    with here.at_organiser(here.mias_nestje), pytest.raises(ClosingRefused):
        stay_open(**at, now=here.now + timedelta(days=60))
    with pytest.raises(ClosingRefused):
        close(here, close_on + timedelta(days=9), later=timedelta(days=61))


def closed_when(here: Town, today: date) -> Consequence:
    """Close Mia's Nestje two months after a day, and return what followed for the one child."""
    close_on, later = today + timedelta(days=60), today - here.today
    [one] = following(here, close_on, today)
    assert close(here, close_on, later=later) == 1
    with looking():
        assert Placement.objects.get().end_on == date(2028, 9, 1)
    return one


def test_for_a_child_that_goes_to_school_by_then_nobody_searches(here: Town) -> None:
    journey = placed(here, start_in=30)  # born on 1 January 2026: to school by 1 September 2028
    assert closed_when(here, date(2028, 8, 1)).step is NextStep.AT_SCHOOL
    assert tasks(journey) == []
    assert len(mails("location_closes_family")) == 1


def test_a_place_that_went_to_another_child_after_school_does_not_stop_a_closing(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    placed(here, start_in=30)
    after = asks(
        here, here.deniz(start_on=date(2028, 10, 2), location_ids=(here.mias_nestje.id,), channel=Channel.PHONE)
    )
    after.answers(here.mias_nestje, YES)
    after.accepts(here.mias_nestje)
    today = date(2028, 11, 1)
    steps = {one.step for one in following(here, today + timedelta(days=60), today)}
    assert steps == {NextStep.AT_SCHOOL, NextStep.LAST_DAY}
    assert close(here, today + timedelta(days=60), later=today - here.today) == 2
    with looking():
        assert set(Placement.objects.values_list("end_on", flat=True)) == {date(2028, 9, 1), date(2028, 12, 31)}


def test_a_family_that_left_for_school_long_ago_hears_nothing(here: Town) -> None:
    journey = placed(here, start_in=30)
    assert closed_when(here, date(2029, 9, 1)).step is NextStep.AT_SCHOOL
    assert tasks(journey) == []
    assert mails("location_closes_family") == []


def test_a_stranger_closes_nothing(here: Town, close_on: date) -> None:
    asks(here)
    with here.at_organiser(here.het_klavertje):
        assert consequences(here.mias_nestje.id, close_on=close_on, today=here.today) == ()
        with pytest.raises(LocationNotFound):
            close_location(
                location_id=here.mias_nestje.id, close_on=close_on, shown=0, actor=here.manager, now=here.now
            )


def at_desk(here: Town, close_on: date, **different: Any) -> int:
    """Let Karel of Ninove close Mia's Nestje, after seeing what follows."""
    at = {"location_id": here.mias_nestje.id, "desk_id": here.ninove.id, "close_on": close_on}
    with here.at_desk():
        own, elsewhere = consequences_at_desk(**at, today=here.today)
        return close_for_location(
            **(at | {"shown": len(own) + elsewhere, "actor": here.lead, "now": here.now} | different)
        )


def test_the_lead_of_its_home_desk_closes_a_location_in_its_name(here: Town, close_on: date) -> None:
    asks(here)
    placed(here, start_in=60)
    assert at_desk(here, close_on) == 2
    with looking():
        assert closing_day(here.mias_nestje.id) == close_on
        answer = Answer.objects.get(kind="no")
    assert (answer.reason, answer.door) == ("sluiting", "phone")
    assert len(mails("location_closes_family")) == 1


def test_families_of_another_desk_get_their_next_step_and_stay_unseen(here: Town, close_on: date) -> None:
    with looking():
        LocationInDesk.objects.create(
            location=here.mias_nestje, desk=here.overstroom, relation="view", start_on=here.today
        )
    asks(here)
    with here.at_desk(here.overstroom):
        question = here.deniz(location_ids=(here.mias_nestje.id,), channel=Channel.PHONE)
        elsewhere = register(
            desk_id=here.overstroom.id, question=question, actor=here.lead, now=NOW, randomness=here.randomness
        )
        mark_contact_verified(request_id=elsewhere.request_id, actor=here.lead, now=NOW)
        send_out(request_id=elsewhere.request_id, actor=here.lead, now=NOW)
    with here.at_desk():
        at = {"location_id": here.mias_nestje.id, "desk_id": here.ninove.id, "close_on": close_on}
        own, others = consequences_at_desk(**at, today=here.today)
        assert others == 1
        assert elsewhere.reference not in [one.reference for one in own]
        assert close_for_location(**at, shown=2, actor=here.lead, now=NOW) == 2
    with looking():
        assert set(Inquiry.objects.filter(location=here.mias_nestje).values_list("state", flat=True)) == {"answered_no"}


def test_its_own_people_read_what_the_desk_wrote_down_in_their_name(here: Town, close_on: date) -> None:
    at_desk(here, close_on)
    at_desk(here, close_on)  # pressed twice, or by two people
    told = sorted(mails("written_down_by_desk"), key=lambda mail: mail.recipient)
    assert [mail.recipient for mail in told] == ["mia@nestje.example", "mias-nestje@opvang.example"]
    assert {mail.desk_id for mail in told} == {here.ninove.id}
    assert "Het loket noteerde in jullie naam: Mia's Nestje sluit op vrijdag 1 mei 2026." in told[0].text
    at_desk(here, close_on + timedelta(days=31))
    with here.at_desk():
        stay_open(location_id=here.mias_nestje.id, actor=here.lead, now=here.now)
    texts = [mail.text for mail in mails("written_down_by_desk") if mail.recipient == here.mia.email]
    for day in ("sluit op vrijdag 1 mei 2026.", "sluit op maandag 1 juni 2026.", "sluit niet."):
        assert sum(day in text for text in texts) == 1
    assert len(texts) == 3


def test_who_closes_its_own_location_needs_no_mail_about_it(here: Town, close_on: date) -> None:
    close(here, close_on)
    assert mails("written_down_by_desk") == []


def test_a_desk_that_only_sees_a_location_does_not_close_it(here: Town, close_on: date) -> None:
    with looking():
        LocationInDesk.objects.filter(location=here.mias_nestje).update(relation="view")
    with pytest.raises(LocationNotFound):
        at_desk(here, close_on)
    with looking():
        assert closing_day(here.mias_nestje.id) is None


def test_who_closes_before_the_start_is_not_asked_any_more(here: Town, close_on: date) -> None:
    close(here, close_on)
    later = here.noor(start_on=close_on, location_ids=(here.mias_nestje.id,))
    with pytest.raises(QuestionRefused, match="sluit voor je start"):
        here.ask(later)
    sooner = asks(here, start_on=close_on - timedelta(days=1), location_ids=(here.mias_nestje.id,))
    assert sooner.states()["Mia's Nestje"] == "sent"


def test_who_closes_before_the_start_cannot_be_added(here: Town, close_on: date) -> None:
    journey = asks(here, start_on=close_on, location_ids=(here.het_klavertje.id,))
    close(here, close_on)
    with here.as_family(journey.registered), pytest.raises(ClosesBeforeStart, match="Dat is voor de start"):
        add_location(request_id=journey.request_id, location_id=here.mias_nestje.id, actor=PARENT, now=here.now)


def test_a_changed_start_after_the_closing_is_not_asked_there(here: Town, close_on: date) -> None:
    journey = asks(here)
    close(here, close_on)
    later = Wish(start_on=close_on + timedelta(days=30), pattern=MONDAY_TUESDAY)
    with here.as_family(journey.registered):
        preview = preview_round(request_id=journey.request_id, wish=later, today=here.today)
    assert preview.location_names == ("De Regenboog Centrum",)


@pytest.mark.parametrize("keeps_places", [True, False])
def test_nothing_that_starts_on_the_closing_day_is_offered_any_more(
    here: Town, close_on: date, keeps_places: bool
) -> None:
    if keeps_places:
        plan_places(here.mias_nestje, 2, from_on=here.today)
    close(here, close_on)
    journey = asks(here, start_on=close_on - timedelta(days=1), location_ids=(here.mias_nestje.id,))
    with pytest.raises(ClosedByThen, match="Deze opvang sluit op"):
        journey.answers(here.mias_nestje, alternative(journey, MONDAY_TUESDAY, later_days=1))
    with looking():
        assert not Answer.objects.exists()
        assert not Occupation.objects.exists()
    journey.answers(here.mias_nestje, YES)
    assert journey.states()["Mia's Nestje"] == "answered_yes"


def test_where_an_offer_holds_nothing_the_closing_day_counts_as_well(here: Town, close_on: date) -> None:
    here.choose(Procedure(offer_holds_place=False))
    close(here, close_on)
    journey = asks(here, start_on=close_on - timedelta(days=1), location_ids=(here.mias_nestje.id,))
    with pytest.raises(ClosedByThen):
        journey.answers(here.mias_nestje, alternative(journey, MONDAY_TUESDAY, later_days=1))


def test_the_proposal_starts_before_the_closing_or_is_not_made(here: Town, close_on: date) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    until_then = asks(here, start_on=here.today + timedelta(days=30), end_on=close_on)
    until_then.answers(here.mias_nestje, YES)
    until_then.accepts(here.mias_nestje)
    close(here, close_on)
    late = asks(
        here,
        start_on=close_on - timedelta(days=9),
        location_ids=(here.mias_nestje.id,),
        later_start_months=6,
        child=AskedChild(first_name="Lou", last_name="Peeters", birth_on=here.today - timedelta(days=80)),
    )
    with here.at_organiser(here.mias_nestje):
        proposal = proposal_for(late.inquiry(here.mias_nestje).id, today=here.today)
    assert (proposal.is_counted, proposal.alternative, proposal.possible_from_on) == (True, None, None)
