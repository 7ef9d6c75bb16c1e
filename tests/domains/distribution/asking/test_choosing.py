"""One location more, one less, or the changed question to all of them in a new round."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.cast import PARENT, Town, plan_places
from tests.domains.distribution.journey import FULL, NOW, YES, Journey, asks, looking, taken

from opvangloket.domains.distribution.asking.choosing import (
    AlreadyListed,
    NotListed,
    OfferStillOpen,
    RoundTooSoon,
    SameQuestion,
    TooManyLocations,
    add_location,
    change_question,
    drop_location,
    new_round,
)
from opvangloket.domains.distribution.asking.sending import Sent
from opvangloket.domains.distribution.lines.locking import LocationNotHere
from opvangloket.domains.distribution.models import Inquiry, Sending
from opvangloket.domains.distribution.request_lines import lines_of_request
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.models import Note, RequestedLocation, WishVersion
from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.domains.requests.wishes import Wish
from opvangloket.foundation.audit.record import Actor
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import DeskMode, Procedure

THURSDAY = WeekPattern.full_days("do")


def adds(journey: Journey, location: Location, *, actor: Actor = PARENT, **different: Any) -> Sent | None:
    facts = {"request_id": journey.request_id, "location_id": location.id, "actor": actor, "now": journey.now}
    with journey.here.at_desk() if actor.is_desk else journey.here.as_family(journey.registered):
        return add_location(**(facts | different))


def drops(journey: Journey, location: Location) -> None:
    with journey.here.as_family(journey.registered):
        drop_location(request_id=journey.request_id, location_id=location.id, actor=PARENT, now=journey.now)


def changes(journey: Journey, *, actor: Actor = PARENT, reason: str = "", **wish: Any) -> Sent | None:
    with looking():
        first = WishVersion.objects.filter(request_id=journey.request_id).latest("number")
    facts = {"start_on": first.start_on, "pattern": WeekPattern(first.parts)} | wish
    with journey.here.at_desk() if actor.is_desk else journey.here.as_family(journey.registered):
        return change_question(
            request_id=journey.request_id, wish=Wish(**facts), actor=actor, now=journey.now, sooner_reason=reason
        )


def listed(journey: Journey) -> list[UUID]:
    with looking():
        rows = RequestedLocation.objects.filter(request_id=journey.request_id, dropped_at=None).order_by("position")
        return list(rows.values_list("location_id", flat=True))


def test_an_added_location_alone_is_asked(here: Town) -> None:
    noor = asks(here)
    sent = adds(noor.later(days=3), here.het_klavertje)
    assert sent is not None
    assert listed(noor)[-1] == here.het_klavertje.id
    assert noor.inquiry(here.het_klavertje).due_on == noor.today + timedelta(days=14)
    assert noor.inquiry(here.mias_nestje).sent_at == NOW
    with looking():
        assert Sending.objects.get(id=sent.sending_id).recipients == [str(here.het_klavertje.id)]
    assert len(noor.mails("inquiry_sent")) == 3


def test_a_location_is_chosen_once_and_must_belong_to_the_desk(here: Town) -> None:
    noor = asks(here)
    with pytest.raises(AlreadyListed):
        adds(noor, here.mias_nestje)
    with pytest.raises(LocationNotHere):
        adds(noor, here.ver_weg)


def test_the_desk_may_exceed_the_maximum_with_a_reason(here: Town) -> None:
    here.choose(Procedure(max_locations=2))
    noor = asks(here)
    with pytest.raises(TooManyLocations) as refused:
        adds(noor, here.het_klavertje, more_locations_reason="Ik wil meer.")
    assert refused.value.maximum == 2
    with pytest.raises(TooManyLocations):
        adds(noor, here.het_klavertje, actor=here.worker)
    adds(noor, here.het_klavertje, actor=here.worker, more_locations_reason="Eén adres is gesloten.")
    with looking():
        assert Note.objects.get().text == "Eén adres is gesloten."


def test_before_the_question_goes_out_the_list_changes_alone(here: Town) -> None:
    noor = Journey(here=here, registered=here.ask(here.noor()), now=NOW)
    assert adds(noor, here.het_klavertje) is None
    drops(noor, here.mias_nestje)
    assert listed(noor) == [here.regenboog_centrum.id, here.het_klavertje.id]
    assert noor.states() == {}


def test_a_dropped_location_hears_it_and_may_be_chosen_again(here: Town) -> None:
    noor = asks(here)
    drops(noor, here.mias_nestje)
    assert noor.states()[here.mias_nestje.name] == "withdrawn"
    assert [mail.recipient for mail in noor.mails("inquiry_closed_organiser")] == [here.mias_nestje.email]
    with pytest.raises(NotListed):
        drops(noor, here.mias_nestje)
    assert adds(noor.later(days=1), here.mias_nestje) is not None
    assert noor.inquiry(here.mias_nestje).round == 1
    assert noor.states()[here.mias_nestje.name] == "sent"


def test_the_first_choice_stays_the_first_for_the_report_when_it_comes_back(here: Town) -> None:
    first = here.regenboog_centrum
    noor = asks(here)
    drops(noor, first)
    adds(noor.later(days=1), first)
    with looking():
        assert [line.location_id for line in lines_of_request(noor.request_id, today=noor.today)][-1] == first.id
        [case] = case_facts(here.ninove.id, desk_mode=DeskMode.CENTRAL)
        row = RequestedLocation.objects.get(request_id=noor.request_id, location=first)
        earliest = RequestedLocation.objects.filter(request_id=noor.request_id).order_by("added_at", "position")[0]
    assert (row.position, row.dropped_at, earliest.location_id) == (1, None, first.id)
    assert case.first_location_nis == first.nis_code


def test_an_offer_is_answered_before_its_location_is_dropped(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    with pytest.raises(OfferStillOpen):
        drops(noor, here.mias_nestje)


def test_a_location_that_answered_is_not_asked_the_same_again(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, FULL)
    drops(noor, here.mias_nestje)
    assert adds(noor, here.mias_nestje) is None
    assert noor.states()[here.mias_nestje.name] == "answered_no"


def test_a_changed_question_goes_to_all_at_one_moment_with_a_new_term(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    noor = asks(here, location_ids=tuple(where.id for where in here.locations))
    noor.answers(here.het_klavertje, FULL)
    noor.answers(here.regenboog_centrum, YES)
    sent = changes(noor.later(days=14), pattern=THURSDAY)
    assert sent is not None
    with looking():
        second = list(Inquiry.objects.filter(request_id=noor.request_id, round=2).select_related("wish"))
        first = list(Inquiry.objects.filter(request_id=noor.request_id, round=1).order_by("state"))
    assert {(one.sending_id, one.sent_at, one.due_on, one.wish.number) for one in second} == {
        (sent.sending_id, noor.now, noor.today + timedelta(days=14), 2)
    }
    assert len(second) == 4
    assert [one.state for one in first] == ["answered_no", "answered_yes", "withdrawn", "withdrawn"]
    # Answers and open offers stay, and nobody is told that the old question closed: the new one says enough.
    assert (taken("hold"), noor.mails("inquiry_closed_organiser")) == (1, [])
    noor.answers(here.regenboog_centrum, YES)
    assert noor.events() == ["answered_no", "answered_yes", "offer_withdrawn", "answered_yes"]
    assert (noor.last_event().parts, taken("hold")) == (THURSDAY.mask, 1)


def test_a_round_comes_at_most_once_in_fourteen_days(here: Town) -> None:
    noor = asks(here)
    with pytest.raises(RoundTooSoon) as refused:
        changes(noor.later(days=13), pattern=THURSDAY)
    assert refused.value.possible_on == here.today + timedelta(days=14)
    with looking():
        assert WishVersion.objects.filter(request_id=noor.request_id).count() == 1
    with pytest.raises(RoundTooSoon):
        changes(noor, pattern=THURSDAY, actor=here.worker)
    assert changes(noor, pattern=THURSDAY, actor=here.worker, reason="Nieuwe job.") is not None
    with pytest.raises(RoundTooSoon):
        changes(noor.later(days=10), pattern=WeekPattern.full_days("vr"))


def test_only_another_start_or_other_days_make_a_round(here: Town) -> None:
    noor = asks(here)
    assert changes(noor, hours=CareHours.parse("ma 08:00-16:00")) is None
    with here.at_desk(), pytest.raises(SameQuestion):
        new_round(request_id=noor.request_id, actor=here.worker, now=NOW, sooner_reason="Nog eens.")
    assert set(noor.states().values()) == {"sent"}


def test_a_question_that_still_waits_for_its_day_changes_freely(here: Town) -> None:
    here.choose(Procedure(send_from_months=2))
    noor = asks(here)
    sent = changes(noor.later(days=1), start_on=here.today + timedelta(days=200))
    assert sent is not None
    assert sent.sending_id is None
    assert set(noor.states().values()) == {"waiting_release"}
    with looking():
        assert Inquiry.objects.filter(request_id=noor.request_id, state="withdrawn").count() == 2
    changes(noor, start_on=here.today + timedelta(days=30))
    assert set(noor.states().values()) == {"sent"}
