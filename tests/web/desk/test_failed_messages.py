"""Mail that did not arrive: seen on the worklist with whom to call, sent once more, and to another address."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import SARA, Town
from tests.domains.distribution.journey import asks, looking
from tests.smtp_server import MailServer, mail_server
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.deskwork.work import WorkReason
from opvangloket.domains.deskwork.worklist import worklist
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.actions import plan_message
from opvangloket.foundation.messages.delivery import PAUSES, deliver_waiting
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
PAGE = "/werk/ninove/niet-aangekomen/"
AGAIN = f"{PAGE}opnieuw/"


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.SMTP_URL = running.url
        yield running


def failed() -> list[Message]:
    with looking():
        return list(Message.objects.filter(state=MessageState.FAILED).order_by("id"))


def about_nobody(here: Town, number: int = 1, address: str = "weg@opvang.example") -> None:
    """Plan a mail that is about no request and no location."""
    plan_message(
        desk_id=here.ninove.id,
        template="complaint_moved",
        cause=f"test:{number}",
        recipient=address,
        recipient_name="Rosa",
        audience="organiser",
        context={"link": "https://loket.example/organisator/"},
        now=here.now,
    )


def test_what_was_refused_goes_to_another_address(client_for: ClientFor, here: Town, server: MailServer) -> None:
    server.answers[here.mias_nestje.email] = "550 no such user"
    noor = asks(here)
    deliver_waiting(now=here.now)
    [message] = failed()
    amina = client_for(here.amina)
    page = words(amina.get(PAGE))
    assert "Het adres bestaat niet, of weigert onze mail." in page
    assert "054 11 22 33" in page
    assert f"/werk/ninove/gezin/{noor.registered.reference}/" in page
    answer = amina.post(AGAIN, {"message": str(message.id), "address": "mia@nieuw.example"}, follow=True)
    assert "Alles kwam aan" in words(answer)
    assert deliver_waiting(now=here.now) == 1
    assert "mia@nieuw.example" in server.recipients()[-1]
    with looking():
        event = AuditEvent.objects.get(action="message.send_again")
    assert event.codes == ["other_address"]


def test_while_the_server_is_down_nothing_is_lost_and_after_a_day_the_desk_knows(
    client_for: ClientFor, here: Town, settings: Any
) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    about_nobody(here)
    for hours in range(0, 30, 1):
        deliver_waiting(now=here.now + timedelta(hours=hours))
    amina = client_for(here.amina)
    assert "De mail raakte een dag lang niet weg." in words(amina.get(PAGE))
    with mail_server() as running:
        settings.SMTP_URL = running.url
        [message] = failed()
        amina.post(AGAIN, {"message": str(message.id), "address": message.recipient})
        assert deliver_waiting(now=here.now) == 1
    assert "Alles kwam aan" in words(amina.get(PAGE))


def test_after_a_breakdown_everything_goes_out_again_in_one_act(
    client_for: ClientFor, here: Town, server: MailServer, settings: Any
) -> None:
    server.answers["nergens@opvang.example"] = "550 no such user"
    about_nobody(here, 0, "nergens@opvang.example")
    deliver_waiting(now=here.now)
    working, settings.SMTP_URL = settings.SMTP_URL, "smtp://127.0.0.1:1"
    for number in range(1, 61):
        about_nobody(here, number, f"rosa{number}@opvang.example")
    with looking():  # each of them has had its last try but one
        Message.objects.filter(state=MessageState.PLANNED).update(attempts=len(PAUSES))
    for _minute in range(60):
        deliver_waiting(now=here.now)
    assert len(failed()) == 61
    amina = client_for(here.amina)
    page = words(amina.get(PAGE))
    assert "60 berichten raakten een dag lang niet weg." in page
    assert "Nog 11 oudere berichten." in page
    settings.SMTP_URL = working
    assert "60 berichten worden opnieuw verstuurd." in words(amina.post(f"{PAGE}alles-opnieuw/", follow=True))
    assert "Alles was al opnieuw onderweg." in words(amina.post(f"{PAGE}alles-opnieuw/", follow=True))
    assert deliver_waiting(now=here.now) == 60
    assert deliver_waiting(now=here.now) == 0
    assert len(set(map(str, server.recipients()))) == len(server.recipients()) == 60
    assert [message.recipient for message in failed()] == ["nergens@opvang.example"]
    with looking():
        assert AuditEvent.objects.filter(action="message.send_again").count() == 60


def test_a_message_about_nobody_stands_on_the_worklist_too(
    client_for: ClientFor, here: Town, server: MailServer
) -> None:
    server.answers["weg@opvang.example"] = "550 no such user"
    about_nobody(here, 1)
    about_nobody(here, 2)
    deliver_waiting(now=here.now)
    with here.at_desk():
        work = worklist(Procedure(), now=here.now)
    assert work.counts()[WorkReason.MESSAGE_FAILED] == 2
    page = words(client_for(here.amina).get("/werk/ninove/?toon=message_failed"))
    assert page.count(f'href="{PAGE}"') >= 2


def test_who_was_called_is_off_the_list(client_for: ClientFor, here: Town, server: MailServer) -> None:
    server.answers["weg@opvang.example"] = "550 no such user"
    about_nobody(here)
    deliver_waiting(now=here.now)
    [message] = failed()
    told = {"message": str(message.id), "address": message.recipient, "told": "ja"}
    amina = client_for(here.amina)
    assert "Dit bericht staat niet meer op de lijst." in words(amina.post(AGAIN, told, follow=True))
    assert failed() == []
    assert deliver_waiting(now=here.now) == 0
    amina.post(AGAIN, told)
    with looking():
        assert [event.codes for event in AuditEvent.objects.filter(action="message.send_again")] == [["by_phone"]]


def test_a_code_never_goes_to_an_address_that_the_desk_types(client_for: ClientFor, here: Town) -> None:
    with looking():
        plan_message(
            desk_id=here.ninove.id,
            template="verify_contact",
            cause="test:code",
            recipient=SARA.email,
            recipient_name="Sara",
            audience="family",
            context={"code": "482913", "link": "https://loket.example/x/", "reference": "K7M2X4R9"},
            now=here.now,
        )
        Message.objects.update(state=MessageState.FAILED, failure="550 no such user")
    [message] = failed()
    amina = client_for(here.amina)
    page = words(amina.post(AGAIN, {"message": str(message.id), "address": "ander@voorbeeld.be"}))
    assert "Dit bericht bewijst een adres." in page
    assert 'value="ander@voorbeeld.be"' in page
    assert failed()[0].recipient == SARA.email
    assert "482913" not in page


def test_what_is_no_address_stays_typed(client_for: ClientFor, here: Town, server: MailServer) -> None:
    server.answers["weg@opvang.example"] = "550 no such user"
    about_nobody(here)
    deliver_waiting(now=here.now)
    [message] = failed()
    page = words(client_for(here.amina).post(AGAIN, {"message": str(message.id), "address": "mia.nieuw"}))
    assert 'value="mia.nieuw"' in page
    assert failed() == [message]


def test_another_desk_sees_and_sends_nothing(client_for: ClientFor, here: Town, server: MailServer) -> None:
    server.answers["weg@opvang.example"] = "550 no such user"
    about_nobody(here)
    deliver_waiting(now=here.now)
    [message] = failed()
    stranger = client_for(here.stranger)
    assert stranger.get(PAGE).status_code == 404
    theirs = "/werk/overstroom/niet-aangekomen/"
    assert "Alles kwam aan" in words(stranger.get(theirs))
    stranger.post(f"{theirs}opnieuw/", {"message": str(message.id), "address": "boef@voorbeeld.be"})
    assert failed() == [message]
    assert client_for().get(PAGE).status_code == 302


def test_the_number_of_queries_is_constant(client_for: ClientFor, here: Town, server: MailServer) -> None:
    server.answers["weg@opvang.example"] = "550 no such user"
    amina = client_for(here.amina)

    def count() -> int:
        deliver_waiting(now=here.now)
        with CaptureQueriesContext(connection) as queries:
            amina.get(PAGE)
        return len(queries)

    about_nobody(here, 1)
    count()
    before = count()
    for number in (2, 3, 4):
        about_nobody(here, number)
    assert count() == before
