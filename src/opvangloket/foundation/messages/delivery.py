"""Handing a message over: claimed by one worker, tried again with growing pauses, given up after a day.

The row stays locked while the mail server is spoken to. A worker that dies between the server's yes and the commit
leaves the message planned: it is handed over once more with the same Message-ID, so a duplicate can be recognised.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import formataddr
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction

from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.tenancy.scopes import across_desks

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 240, 480, 564))  # together 24 hours
SECONDS_TO_WAIT = 20
_SUBMISSION_PORT = 587
_PERMANENT = 500


class ServerUnreachable(Exception):
    """The mail server does not answer; the message itself is not to blame."""


class AddressRefused(Exception):
    """The mail server will never take mail for this address."""


def deliver(message_id: UUID, *, now: datetime) -> str:
    """Hand over one message and return what came of it: sent, planned (tried again later), failed or nothing."""
    return _claim_and_hand_over(now, message_id=message_id) or "nothing"


def deliver_waiting(*, now: datetime, at_most: int = 500) -> int:
    """Hand over the messages whose next try is due, oldest first, and return how many were sent.

    Stops at the first message that finds no server: the others keep their tries.
    """
    sent = 0
    for _ in range(at_most):
        result = _claim_and_hand_over(now)
        if result == MessageState.SENT:
            sent += 1
        elif result is None or result == MessageState.PLANNED:
            break
    return sent


@transaction.atomic
def _claim_and_hand_over(now: datetime, message_id: UUID | None = None) -> str | None:
    with across_desks("the outbox is one for all desks"):
        due = Message.objects.filter(state=MessageState.PLANNED, next_attempt_at__lte=now)
        if message_id:
            due = due.filter(id=message_id)
        message = due.order_by("next_attempt_at").select_for_update(skip_locked=True, of=("self",)).first()
        if message is None:
            return None
        _try(message, now)
        message.save(update_fields=["state", "attempts", "next_attempt_at", "sent_at", "failure"])
    return message.state


def _try(message: Message, now: datetime) -> None:
    """Hand over a claimed message and write down what came of it."""
    message.attempts += 1
    try:
        hand_over(message)
    except AddressRefused as error:
        message.state, message.failure = MessageState.FAILED, str(error)[:300]
    except ServerUnreachable as error:
        message.failure = str(error)[:300]
        if message.attempts > len(PAUSES):
            message.state = MessageState.FAILED
        else:
            message.next_attempt_at = now + PAUSES[message.attempts - 1]
    else:
        message.state, message.sent_at, message.failure = MessageState.SENT, now, ""


def message_id_header(message: Message) -> str:
    """Return the Message-ID of a message: the same at every try."""
    domain = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    return f"<{message.id}@{domain}>"


def hand_over(message: Message) -> None:
    """Give a message to the mail server; without one it stays in the built-in mailbox, which is where it belongs."""
    if not settings.SMTP_URL:
        return
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[formataddr((message.recipient_name, message.recipient))],
        headers={"Message-ID": message_id_header(message), "Auto-Submitted": "auto-generated"},
        connection=backend(settings.SMTP_URL),
    )
    mail.attach_alternative(message.html, "text/html")
    _speaking_with_the_server(mail.send)


def _speaking_with_the_server(send: Callable[[], object]) -> None:
    try:
        send()
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        words = f"{code} {answer.decode(errors='replace')}"
        raise (AddressRefused if code >= _PERMANENT else ServerUnreachable)(words) from error
    except (smtplib.SMTPException, OSError) as error:
        raise ServerUnreachable(f"{type(error).__name__}: {error}") from error


def backend(address: str) -> EmailBackend:
    """Return Django's SMTP backend for an address: smtp://user:password@host:587 or smtps://…

    `smtp` speaks TLS (STARTTLS) as soon as there is a password to protect, or on the submission port.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("OPVANGLOKET_SMTP_URL must look like smtp://user:password@host:587 or smtps://host.")
    implicit = parts.scheme == "smtps"
    port = parts.port or (465 if implicit else 25)
    return EmailBackend(
        host=parts.hostname,
        port=port,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=implicit,
        use_tls=not implicit and (bool(parts.username) or port == _SUBMISSION_PORT),
        timeout=SECONDS_TO_WAIT,
        fail_silently=False,
    )
