"""Mail arrives once, in the end, or the desk sees that it did not."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from tests.smtp_server import MailServer, mail_server

from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages import actions, queries
from opvangloket.foundation.messages.delivery import PAUSES, deliver, deliver_waiting
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.messages.smtp import Outcome, backend
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, across_desks, scope

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SARA = "sara@peeters.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.SMTP_URL = running.url
        yield running


@pytest.fixture
def desk() -> Desk:
    return Desk.objects.create(
        slug="ninove", name="Opvangloket Ninove", territory=["41048"], phone="054 31 32 33",
        email="loket@ninove.example", created_at=NOW,
    )  # fmt: skip


def plan(number: int = 1, recipient: str = SARA, at: datetime = NOW, **changes: Any) -> UUID:
    message_id = actions.plan_message(
        **{
            "desk_id": None,
            "template": "confirm_current",
            "cause": f"test:{number}",
            "recipient": recipient,
            "recipient_name": "Sara Peeters",
            "audience": "family",
            "context": {"child_first_name": "Noor", "reference": "K7M2X4R9", "link": "https://loket.example/x/"},
            "now": at,
        }
        | changes
    )
    assert message_id
    return message_id


def state(message_id: UUID) -> Message:
    with across_desks("test"):
        return Message.objects.get(id=message_id)


def test_a_mail_has_its_text_its_html_and_its_own_id(server: MailServer, desk: Desk) -> None:
    message_id = plan(desk_id=desk.id)
    assert deliver(message_id, now=NOW) == Outcome.TAKEN
    [mail] = server.mails
    assert mail["To"] == f"Sara Peeters <{SARA}>"
    assert mail["Message-ID"] == f"<{message_id}@localhost>"
    assert mail["Reply-To"] == "loket@ninove.example"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "054 31 32 33" in plain.get_content()
    assert "<html" in html.get_content()
    sent = state(message_id)
    assert (sent.state, sent.sent_at, sent.attempts) == (MessageState.SENT, NOW, 1)


def test_a_sent_mail_is_not_sent_again(server: MailServer) -> None:
    message_id = plan()
    deliver(message_id, now=NOW)
    assert deliver(message_id, now=NOW) is None
    assert deliver_waiting(now=NOW + timedelta(days=1)) == 0
    assert len(server.mails) == 1


def test_without_a_mail_server_mail_lies_in_the_mailbox() -> None:
    message_id = plan()
    assert deliver(message_id, now=NOW) == Outcome.TAKEN
    assert [mail.row.id for mail in queries.mailbox(search="SARA@")] == [message_id]
    assert queries.mailbox(search="amina") == ()


def test_a_server_that_is_down_is_tried_again_for_a_day_and_then_the_desk_sees_it(settings: Any, desk: Desk) -> None:
    with mail_server() as gone:
        settings.SMTP_URL = gone.url
    message_id = plan(desk_id=desk.id)
    moment = NOW
    for pause in PAUSES:
        assert deliver(message_id, now=moment) == Outcome.NO_SERVER
        assert state(message_id).next_attempt_at == moment + pause
        assert deliver(message_id, now=moment + pause - timedelta(seconds=1)) is None
        moment += pause
    assert moment == NOW + timedelta(days=1)
    assert deliver(message_id, now=moment) == Outcome.NO_SERVER
    with scope(DeskScope(desk.id)):
        [failed] = queries.failed_messages()
    assert failed.has_failed
    assert "refused" in failed.failure
    with scope(DeskScope(new_id())):
        assert queries.failed_messages() == ()


def test_when_the_server_is_back_the_sweep_sends_what_waited(settings: Any) -> None:
    with mail_server() as gone:
        settings.SMTP_URL = gone.url
    first = plan(1)
    deliver(first, now=NOW)
    plan(2, "mia@onthaal.example", NOW + timedelta(seconds=5))
    assert deliver_waiting(now=NOW + timedelta(seconds=30)) == 0
    with mail_server() as server:
        settings.SMTP_URL = server.url
        assert deliver_waiting(now=NOW + timedelta(seconds=61)) == 1  # each waits for its own next try
        assert deliver_waiting(now=NOW + timedelta(seconds=91)) == 1
        assert len(set(server.recipients())) == 2


def test_a_sweep_without_a_server_costs_one_message_one_try(settings: Any) -> None:
    with mail_server() as gone:
        settings.SMTP_URL = gone.url
    ids = [plan(number) for number in range(3)]
    deliver_waiting(now=NOW)
    assert sorted(state(message_id).attempts for message_id in ids) == [0, 0, 1]


def test_an_address_that_does_not_exist_fails_at_once_and_alone(server: MailServer) -> None:
    server.answers[SARA] = "550 5.1.1 no such user"
    wrong, right = plan(1), plan(2, "mia@onthaal.example")
    assert deliver_waiting(now=NOW) == 1
    assert state(wrong).state == MessageState.FAILED
    assert "no such user" in state(wrong).failure
    assert state(right).state == MessageState.SENT


def test_a_full_mailbox_is_tried_again_and_keeps_nobody_waiting(server: MailServer) -> None:
    server.answers[SARA] = "452 mailbox full"
    full, right = plan(1), plan(2, "mia@onthaal.example")
    assert deliver_waiting(now=NOW) == 1
    assert (state(full).state, state(full).attempts) == (MessageState.PLANNED, 1)
    assert state(right).state == MessageState.SENT
    server.answers.clear()
    assert deliver_waiting(now=NOW + PAUSES[0]) == 1


def test_an_address_that_no_mail_can_carry_fails_alone(server: MailServer) -> None:
    broken, right = plan(1, "sara\n@peeters.example"), plan(2)
    assert deliver_waiting(now=NOW) == 1
    assert state(broken).state == MessageState.FAILED
    assert state(right).state == MessageState.SENT


def test_the_desk_sends_again_what_failed_and_nothing_else(server: MailServer, desk: Desk) -> None:
    server.answers[SARA] = "550 no such user"
    message_id = plan(desk_id=desk.id)
    amina = Actor(ActorKind.DESK_WORKER, new_id())
    with scope(DeskScope(desk.id)):
        with pytest.raises(actions.CannotSendAgain):
            actions.send_again(message_id=message_id, actor=amina, now=NOW)
        deliver(message_id, now=NOW)
        server.answers.clear()
        actions.send_again(message_id=message_id, actor=amina, now=NOW)
        assert AuditEvent.objects.get().action == "message.send_again"
    assert deliver(message_id, now=NOW) == Outcome.TAKEN
    assert state(message_id).failure == ""


def test_a_family_sees_its_own_messages_and_nobody_reads_a_code_along(desk: Desk) -> None:
    request_id = new_id()
    mine = plan(1, desk_id=desk.id, request_id=request_id)
    code = plan(
        2, desk_id=desk.id, request_id=request_id, template="verify_contact",
        context={"code": "482913", "link": "https://loket.example/x/", "reference": "K7M2X4R9"},
    )  # fmt: skip
    plan(3, "info@regenboog.example", desk_id=desk.id, request_id=request_id, audience="organiser")
    with scope(FamilyScope(desk.id, frozenset({request_id}))):
        rows = queries.messages_of_request(request_id)
    assert [row.id for row in rows] == [code, mine]
    assert "Noor" in rows[1].text
    assert rows[0].text == ""
    with scope(DeskScope(desk.id)):
        assert len(queries.messages_of_request(request_id)) == 3


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp://mail.example:587", 587, True, False),
        ("smtp://loket:p%40ss@mail.example:2525", 2525, True, False),
        ("smtps://loket:p%40ss@mail.example", 465, False, True),
    ],
)
def test_a_password_never_travels_in_the_open(address: str, port: int, tls: bool, ssl: bool) -> None:
    found = backend(address)
    assert (found.port, found.use_tls, found.use_ssl) == (port, tls, ssl)
    assert found.password == ("p@ss" if "loket" in address else "")
    assert found.timeout is not None


def test_an_address_that_is_no_mail_server_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        backend("mail.example:25")
