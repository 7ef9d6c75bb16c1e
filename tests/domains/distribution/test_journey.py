"""One question, all the way: asked once, answered three times, accepted, counted."""

from datetime import timedelta

from tests.cast import Town, plan_places
from tests.domains.distribution.journey import FULL, NOW, YES, alternative, asks, looking, taken

from opvangloket.domains.distribution.models import Inquiry, Sending
from opvangloket.rules.patterns import WeekPattern


def test_three_answers_and_the_alternative_is_accepted(here: Town) -> None:
    """The story of the browser test, without a browser."""
    centrum, mia, klavertje = here.regenboog_centrum, here.mias_nestje, here.het_klavertje
    plan_places(centrum, 1, from_on=here.today)
    plan_places(mia, 1, from_on=here.today)
    noor = asks(here, location_ids=(centrum.id, mia.id, klavertje.id))
    assert noor.state == "open"
    with looking():
        sending = Sending.objects.get(request_id=noor.request_id)
        inquiries = list(Inquiry.objects.filter(request_id=noor.request_id))
    assert sending.recipients == sorted(str(where.id) for where in (centrum, mia, klavertje))
    assert {(one.state, one.sent_at, one.due_on) for one in inquiries} == {
        ("sent", NOW, here.today + timedelta(days=14))
    }
    assert len(noor.mails("inquiry_sent")) == 3

    noor.later(days=1).answers(klavertje, FULL)
    noor.later(days=1).answers(centrum, YES)
    noor.later(days=1).answers(mia, alternative(noor, WeekPattern.full_days("ma")))
    assert taken("hold") == 2

    noor.later(days=2).accepts(mia)
    assert noor.state == "placed"
    assert (taken("hold"), taken("placement")) == (0, 1)
    assert noor.events() == [
        "answered_no",
        "answered_yes",
        "answered_alternative",
        "offer_accepted",
        "offer_declined",
    ]
    assert len(noor.mails("offer_accepted_organiser")) == len(noor.mails("offer_declined_organiser")) == 1
    assert len(noor.mails("placement_confirmed_family")) == 1
    assert noor.tasks() == set()
