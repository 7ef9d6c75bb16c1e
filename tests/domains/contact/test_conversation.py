"""A family, a location and the desk write to each other; nobody else reads it, and a mail never holds the words."""

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import PARENT, SARA, Town, town
from tests.domains.distribution.journey import FULL, NOW, YES, Journey, asks, looking

from opvangloket.domains.contact.actions import (
    ConversationClosed,
    ConversationNotFound,
    EmptyMessage,
    MessageTooLong,
    TooManyMessages,
    read_conversation,
    write_message,
)
from opvangloket.domains.contact.models import ThreadMessage
from opvangloket.domains.contact.queries import (
    Conversation,
    conversation,
    conversations_of_request,
    unread_by_inquiry,
    unread_of_request,
)
from opvangloket.domains.contact.sweeps import sweep_unread
from opvangloket.domains.distribution.closing import searches
from opvangloket.domains.providers.models import Location
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.rules.conversations import Closed, Side

pytestmark = pytest.mark.django_db
HELLO = "Mogen we komen kijken?"


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


@pytest.fixture
def noor(here: Town) -> Journey:
    return asks(here)


def from_place(noor: Journey, side: Side, location: Location) -> Any:
    """Look from a side."""
    places = {
        Side.FAMILY: lambda: noor.here.as_family(noor.registered),
        Side.LOCATION: lambda: noor.here.at_organiser(location),
        Side.DESK: noor.here.at_desk,
    }
    return places[side]()


def actor(here: Town, side: Side) -> Actor:
    return {Side.FAMILY: PARENT, Side.LOCATION: here.manager, Side.DESK: here.worker}[side]


def says(
    noor: Journey, side: Side, text: str = HELLO, *, after: int = 0, at: Location | None = None, **more: Any
) -> int:
    location = at or noor.here.regenboog_centrum
    with from_place(noor, side, location):
        return write_message(
            request_id=noor.request_id,
            location_id=location.id,
            text=text,
            after=after,
            actor=actor(noor.here, side),
            now=noor.now,
            **more,
        )


def reads(noor: Journey, side: Side, *, through: int = 99) -> Conversation:
    location = noor.here.regenboog_centrum
    with from_place(noor, side, location):
        read_conversation(
            request_id=noor.request_id,
            location_id=location.id,
            through=through,
            actor=actor(noor.here, side),
            now=noor.now,
        )
        return conversation(noor.request_id, location.id, today=noor.today)


def mails(noor: Journey) -> list[str]:
    """The templates of the mails about messages, in the order in which they were planned."""
    with looking():
        rows = Message.objects.filter(template__startswith="message_waits").order_by("planned_at", "id")
        return [row.template.removeprefix("message_waits_") for row in rows]


def test_everybody_in_it_reads_it_and_nobody_else(noor: Journey) -> None:
    here = noor.here
    says(noor, Side.FAMILY)
    says(noor, Side.LOCATION, "Graag, op zaterdag.", after=1)
    says(noor, Side.DESK, "Wij kijken mee.", after=2)
    for side in Side:
        found = reads(noor, side)
        assert [(one.side, one.text) for one in found.messages] == [
            (Side.FAMILY, HELLO),
            (Side.LOCATION, "Graag, op zaterdag."),
            (Side.DESK, "Wij kijken mee."),
        ]
    with here.at_organiser(here.mias_nestje):
        assert conversation(noor.request_id, here.mias_nestje.id, today=noor.today).messages == ()
        with pytest.raises(ConversationNotFound):
            conversation(noor.request_id, here.regenboog_centrum.id, today=noor.today)
    with here.at_organiser(here.het_klavertje), pytest.raises(ConversationNotFound):
        conversation(noor.request_id, here.het_klavertje.id, today=noor.today)
    with here.at_desk(here.overstroom), pytest.raises(ConversationNotFound):
        conversation(noor.request_id, here.regenboog_centrum.id, today=noor.today)
    stranger = here.ask(here.deniz())
    with here.as_family(stranger), pytest.raises(ConversationNotFound):
        conversation(noor.request_id, here.regenboog_centrum.id, today=noor.today)


def test_nobody_writes_where_nothing_was_asked(noor: Journey) -> None:
    for side in (Side.FAMILY, Side.DESK, Side.LOCATION):
        with pytest.raises(ConversationNotFound):
            says(noor, side, at=noor.here.het_klavertje)
    with looking():
        assert not ThreadMessage.objects.exists()


def test_the_same_press_says_it_once_and_the_same_words_later_twice(noor: Journey) -> None:
    assert [says(noor, Side.FAMILY, "Ja"), says(noor, Side.FAMILY, "Ja\r\n")] == [1, 1]
    assert says(noor, Side.LOCATION, "Ja", after=1) == 2
    assert says(noor, Side.FAMILY, "Ja", after=2) == 3
    assert len(mails(noor)) == 2, "one to the location, one to the family"


def test_a_mail_holds_neither_the_words_nor_an_address(noor: Journey) -> None:
    says(noor, Side.FAMILY)
    says(noor, Side.LOCATION, "Graag.", after=1)
    with looking():
        sent = {row.template: row for row in Message.objects.filter(template__startswith="message_waits")}
    to_location, to_family = sent["message_waits_organiser"], sent["message_waits_family"]
    assert (to_location.recipient, to_family.recipient) == (noor.here.regenboog_centrum.email, SARA.email)
    for mail in sent.values():
        assert HELLO not in mail.text
        assert "Graag" not in mail.text
        assert "/gesprek/" in mail.text
    assert SARA.email not in to_location.text
    assert "Noor" not in to_location.text
    assert noor.here.regenboog_centrum.email not in to_family.text


def test_a_side_is_mailed_at_most_once_an_hour_and_never_forgotten(noor: Journey) -> None:
    says(noor, Side.FAMILY)
    says(noor.later(minutes=5), Side.FAMILY, "En nog iets.", after=1)
    assert mails(noor) == ["organiser"]
    assert sweep_unread(now=noor.later(minutes=50).now) == 0, "not yet an hour"
    assert sweep_unread(now=noor.later(minutes=5).now) == 1
    assert mails(noor) == ["organiser", "organiser"]
    assert sweep_unread(now=noor.later(days=1).now) == 0, "nothing new to tell"


def test_what_was_read_meanwhile_is_not_mailed(noor: Journey) -> None:
    says(noor, Side.FAMILY)
    says(noor.later(minutes=5), Side.FAMILY, "En nog iets.", after=1)
    reads(noor, Side.LOCATION)
    assert sweep_unread(now=noor.later(hours=2).now) == 0


def test_what_waits_is_counted_per_side(noor: Journey) -> None:
    here = noor.here
    says(noor, Side.FAMILY)
    says(noor, Side.FAMILY, "En nog iets.", after=1)
    with here.at_organiser(here.regenboog_centrum):
        assert unread_by_inquiry(Side.LOCATION) == {noor.inquiry(here.regenboog_centrum).id: 2}
    with here.at_organiser(here.mias_nestje):
        assert unread_by_inquiry(Side.LOCATION) == {}
    says(noor, Side.LOCATION, "Graag.", after=2)
    with here.as_family(noor.registered):
        assert unread_of_request(noor.request_id, Side.FAMILY) == {here.regenboog_centrum.id: 1}
        assert conversations_of_request(noor.request_id) == {here.regenboog_centrum.id}
    with here.at_desk():
        assert unread_of_request(noor.request_id, Side.DESK) == {}, "the desk was not asked"
    found = reads(noor, Side.LOCATION)
    assert found.read_by(found.messages[0]) == (Side.LOCATION,)
    reads(noor, Side.FAMILY, through=2)
    with here.as_family(noor.registered):
        assert unread_of_request(noor.request_id, Side.FAMILY) == {here.regenboog_centrum.id: 1}, "it came in between"


def test_a_question_to_the_desk_waits_on_its_list_until_it_writes(noor: Journey) -> None:
    says(noor, Side.FAMILY, for_desk=True)
    says(noor, Side.FAMILY, "Kan het loket helpen?", after=1, for_desk=True)
    with noor.here.at_desk():
        assert unread_of_request(noor.request_id, Side.DESK) == {noor.here.regenboog_centrum.id: 2}
    reads(noor, Side.DESK)
    assert "desk_asked" in noor.tasks()
    says(noor, Side.DESK, "We bellen je.", after=2)
    assert "desk_asked" not in noor.tasks()
    assert "desk_asked" in noor.tasks(done=True)


def test_whom_no_mail_reaches_the_desk_calls(here: Town) -> None:
    noor = asks(here)
    with looking():
        applicant = here.regenboog_centrum.inquiries.get(request_id=noor.request_id).request.applicant
        applicant.email = ""
        applicant.save()
    says(noor, Side.LOCATION)
    assert mails(noor) == []
    assert "other" in noor.tasks()


def test_a_location_that_said_no_still_writes_until_the_family_has_a_place(noor: Journey) -> None:
    here = noor.here
    noor.answers(here.mias_nestje, FULL)
    says(noor, Side.LOCATION, at=here.mias_nestje)
    noor.answers(here.regenboog_centrum, YES)
    noor.accepts(here.regenboog_centrum)
    with pytest.raises(ConversationClosed) as refused:
        says(noor, Side.LOCATION, "Toch plaats!", after=1, at=here.mias_nestje)
    assert refused.value.why is Closed.PLACED_ELSEWHERE
    says(noor, Side.FAMILY, "Tot binnenkort.", at=here.regenboog_centrum)


def test_when_the_search_stops_it_stays_readable(noor: Journey) -> None:
    says(noor, Side.FAMILY)
    with noor.here.as_family(noor.registered):
        searches.withdraw_request(request_id=noor.request_id, actor=PARENT, now=noor.now)
    with pytest.raises(ConversationClosed):
        says(noor, Side.FAMILY, "Nog iets.", after=1)
    found = reads(noor, Side.LOCATION)
    assert (len(found.messages), found.closed) == (1, Closed.SEARCH_ENDED)


def test_what_cannot_be_sent(noor: Journey) -> None:
    with pytest.raises(EmptyMessage):
        says(noor, Side.FAMILY, " \n ")
    with pytest.raises(MessageTooLong):
        says(noor, Side.FAMILY, "x" * 2001)
    with pytest.raises(NationalNumberRefused):
        says(noor, Side.FAMILY, "Mijn nummer is 85.07.30-033.28.")
    says(noor, Side.FAMILY, "x" * 2000)


def test_a_flood_is_stopped_and_only_of_the_side_that_floods(noor: Journey) -> None:
    for number in range(20):
        says(noor, Side.FAMILY, f"Bericht {number}", after=number)
    with pytest.raises(TooManyMessages):
        says(noor, Side.FAMILY, "Nog een", after=20)
    says(noor, Side.LOCATION, "Rustig.", after=20)
    noor.later(minutes=10)
    says(noor, Side.FAMILY, "Goed.", after=21)


def test_who_wrote_and_who_read_is_written_down(noor: Journey) -> None:
    says(noor, Side.FAMILY)
    reads(noor, Side.LOCATION)
    reads(noor, Side.FAMILY)
    with looking():
        rows = AuditEvent.objects.filter(action__startswith="thread.").order_by("at", "id")
        assert [(row.action, row.actor_kind, row.request_id) for row in rows] == [
            ("thread.write", "parent", noor.request_id),
            ("thread.read", "organiser", noor.request_id),
        ]


def test_a_late_sweep_tells_only_once(noor: Journey) -> None:
    says(noor, Side.FAMILY)
    says(noor, Side.FAMILY, "En nog iets.", after=1)
    moment = noor.now + timedelta(days=2)
    assert [sweep_unread(now=moment), sweep_unread(now=moment)] == [1, 0]
