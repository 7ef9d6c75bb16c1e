"""A button pressed twice at the same moment, over two connections: both are told the same, and it is done once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import Random

import pytest
from django.db import connections
from tests.cast import PARENT, Town, plan_places, town
from tests.domains.distribution.journey import FULL, YES, alternative, asks, looking, taken

from opvangloket.domains.distribution.answering import giving
from opvangloket.domains.distribution.answering.answers import NewAnswer
from opvangloket.domains.distribution.asking import questions
from opvangloket.domains.distribution.care import start
from opvangloket.domains.distribution.models import Answer, AnswerDoor, Inquiry, Offer, Placement, Sending
from opvangloket.domains.distribution.placing import direct, offers
from opvangloket.domains.distribution.replay import replay_check
from opvangloket.domains.requests.models import CareRequest, Channel
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.references import new_reference

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PRESSES = 4


def at_once(press: Callable[[], object]) -> list[object]:
    """Press from one start, each over a connection of its own, and return what each was told."""
    gate = threading.Barrier(PRESSES)

    def one(_number: int) -> object:
        try:
            gate.wait(timeout=30)
            return press()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PRESSES) as pool:
        return list(pool.map(one, range(PRESSES), timeout=60))


@pytest.fixture
def here() -> Town:
    """A town in which Mia has two places, so that a second one could be taken by mistake."""
    made = town(NOW)
    plan_places(made.mias_nestje, 2, from_on=made.today)
    return made


def all_the_same(told: list[object]) -> bool:
    return all(one == told[0] for one in told)


@pytest.mark.parametrize("kind", ["yes", "alternative", "no"])
def test_an_answer_is_given_once(here: Town, kind: str) -> None:
    noor = asks(here)
    something_else = alternative(noor, WeekPattern.full_days("ma"))
    given: NewAnswer = {"yes": YES, "alternative": something_else, "no": FULL}[kind]
    inquiry_id = noor.inquiry(here.mias_nestje).id

    def press() -> object:
        with here.at_organiser(here.mias_nestje):
            return giving.answer(inquiry_id=inquiry_id, given=given, door=AnswerDoor.INBOX, actor=here.manager, now=NOW)

    assert all_the_same(at_once(press))
    with looking():
        assert Answer.objects.count() == 1
        assert Offer.objects.count() == (kind != "no")
    assert len(noor.mails("offer_made")) + len(noor.mails("answer_no")) == 1
    assert taken() == (kind != "no")
    assert replay_check(here.ninove.id) == ()


def test_a_place_is_taken_and_its_start_confirmed_once(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    offer_id = noor.offer(here.mias_nestje).id

    def take() -> object:
        with here.as_family(noor.registered):
            return offers.accept(offer_id=offer_id, actor=PARENT, now=NOW)

    assert all_the_same(at_once(take))
    placement_id = noor.placement().id

    def confirm() -> None:
        with here.at_organiser(here.mias_nestje):
            start.confirm_start(placement_id=placement_id, actor=here.manager, now=NOW)

    at_once(confirm)
    assert noor.events() == ["answered_yes", "offer_accepted", "start_confirmed"]
    assert len(noor.mails("placement_confirmed_family")) == 1
    assert taken() == 1
    assert replay_check(here.ninove.id) == ()


def test_a_child_at_the_door_is_placed_once(here: Town) -> None:
    kept = new_reference(Random(1))
    question = here.noor(channel=Channel.ORGANISER, location_ids=())

    def press() -> object:
        with here.at_organiser(here.mias_nestje):
            registered, _ = direct.place_directly(
                desk_id=here.ninove.id,
                location_id=here.mias_nestje.id,
                question=question,
                actor=here.manager,
                now=NOW,
                randomness=Random(2),
                reference=kept,
            )
            return registered.reference

    assert at_once(press) == [kept] * PRESSES
    with looking():
        assert (CareRequest.objects.count(), Placement.objects.count()) == (1, 1)
        assert Message.objects.filter(template="placement_confirmed_family").count() == 1
    assert taken() == 1


def test_a_question_on_the_phone_is_registered_and_sent_once(here: Town) -> None:
    kept = new_reference(Random(1))
    question = here.noor(channel=Channel.PHONE)

    def press() -> object:
        with here.at_desk():
            [registered] = questions.ask(
                desk_id=here.ninove.id,
                questions=[question],
                actor=here.worker,
                now=NOW,
                randomness=Random(2),
                reference=kept,
            )
            return registered.reference

    assert at_once(press) == [kept] * PRESSES
    with looking():
        assert (CareRequest.objects.count(), Sending.objects.count()) == (1, 1)
        assert Message.objects.filter(template="inquiry_sent").count() == Inquiry.objects.count() == 2
    assert replay_check(here.ninove.id) == ()
