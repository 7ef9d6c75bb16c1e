"""Answering from the mail: without a password, once, and only as long as the question is there."""

from datetime import timedelta

import pytest
from tests.cast import PARENT, Town, plan_places
from tests.domains.distribution.journey import FULL, NOW, YES, Journey, alternative, asks, looking

from opvangloket.domains.distribution.answering.links import (
    LinkClosed,
    LinkNotFound,
    LinkState,
    LinkUsed,
    answer_by_link,
    mail_fresh_link,
    open_link,
)
from opvangloket.domains.distribution.closing.searches import withdraw_request
from opvangloket.domains.distribution.models import Answer, AnswerLink
from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.domains.providers.models import Location
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.patterns import WeekPattern


def token(journey: Journey, location: Location, template: str = "inquiry_sent") -> str:
    [mail] = [one for one in journey.mails(template) if one.recipient == location.email]
    return _token_in(mail)


def _token_in(mail: Message) -> str:
    return mail.text.split("/organisator/antwoord/")[1].split("/")[0]


def test_opening_a_link_changes_nothing(here: Town) -> None:
    noor = asks(here)
    for _ in range(2):
        facts = open_link(token(noor, here.mias_nestje))
        assert facts.state is LinkState.USABLE
    assert facts.inquiry_id == noor.inquiry(here.mias_nestje).id
    assert facts.scope.location_ids == {here.mias_nestje.id}
    assert (noor.inquiry(here.mias_nestje).seen_at, noor.events()) == (None, [])


def test_a_link_answers_once(here: Town) -> None:
    noor = asks(here)
    link = token(noor, here.mias_nestje)
    answer_by_link(token=link, given=YES, now=NOW)
    assert open_link(link).state is LinkState.USED
    with pytest.raises(LinkUsed):
        answer_by_link(token=link, given=FULL, now=NOW)
    with looking():
        assert Answer.objects.values_list("door", "kind").get() == ("mail", "yes")
    assert noor.last_event().by == "organiser"


def test_an_answer_that_is_refused_leaves_the_link_as_it_was(here: Town) -> None:
    plan_places(here.mias_nestje, 0, from_on=here.today)
    noor = asks(here)
    link = token(noor, here.mias_nestje)
    with pytest.raises(PlaceTaken):
        answer_by_link(token=link, given=YES, now=NOW)
    assert open_link(link).state is LinkState.USABLE


def test_a_fresh_link_corrects_and_goes_to_the_location_itself(here: Town) -> None:
    noor = asks(here)
    used = token(noor, here.mias_nestje)
    answer_by_link(token=used, given=YES, now=NOW)
    mail_fresh_link(token=used, now=NOW + timedelta(minutes=5))
    mail_fresh_link(token=used, now=NOW + timedelta(minutes=6))
    fresh = token(noor, here.mias_nestje, "inquiry_reminder")
    answer_by_link(token=fresh, given=alternative(noor, WeekPattern.full_days("ma")), now=NOW)
    assert noor.events() == ["answered_yes", "offer_withdrawn", "answered_alternative"]


def test_a_link_dies_with_its_question(here: Town) -> None:
    noor = asks(here)
    link = token(noor, here.mias_nestje)
    with here.as_family(noor.registered):
        withdraw_request(request_id=noor.request_id, actor=PARENT, now=NOW)
    assert open_link(link).state is LinkState.CLOSED
    with pytest.raises(LinkClosed):
        answer_by_link(token=link, given=YES, now=NOW)
    with pytest.raises(LinkClosed):
        mail_fresh_link(token=link, now=NOW)


@pytest.mark.parametrize("wrong", ["", "abc", "x" * 32])
def test_a_guess_finds_nothing(here: Town, wrong: str) -> None:
    asks(here)
    with pytest.raises(LinkNotFound):
        open_link(wrong)
    with pytest.raises(LinkNotFound):
        answer_by_link(token=wrong, given=YES, now=NOW)


def test_every_location_gets_a_link_of_its_own(here: Town) -> None:
    noor = asks(here)
    assert token(noor, here.mias_nestje) != token(noor, here.regenboog_centrum)
    assert AnswerLink.objects.values("token_hash").distinct().count() == 2
