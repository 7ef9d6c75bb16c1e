"""Giving one message to the mail server, and saying in three words what came of it."""

import smtplib
from email.utils import formataddr
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from opvangloket.foundation.messages.models import Message

SECONDS_TO_WAIT = 20
_PERMANENT = 500
_PLAIN_PORT, _SUBMISSION_PORT, _TLS_PORT = 25, 587, 465


class Outcome(StrEnum):
    """What came of one try."""

    TAKEN = "taken"
    LATER = "later"  # the server does not take this message now
    REFUSED = "refused"  # the server will never take it
    NO_SERVER = "no_server"  # the server cannot be reached: the message is not to blame


class Answer(NamedTuple):
    """The outcome of one try, with the server's own words."""

    outcome: Outcome
    words: str = ""


def hand_over(message: Message) -> Answer:
    """Give a message to the mail server; without one it stays in the built-in mailbox, which is where it belongs."""
    if not settings.SMTP_URL:
        return Answer(Outcome.TAKEN)
    try:
        _mail(message).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        refused = Outcome.REFUSED if code >= _PERMANENT else Outcome.LATER
        return Answer(refused, f"{code} {words.decode(errors='replace')}")
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        return Answer(Outcome.LATER, f"{error.smtp_code} {error.smtp_error!r}")
    except (smtplib.SMTPException, OSError) as error:
        return Answer(Outcome.NO_SERVER, f"{type(error).__name__}: {error}")
    except ValueError as error:  # an address or a header that no mail can carry
        return Answer(Outcome.REFUSED, f"{type(error).__name__}: {error}")
    return Answer(Outcome.TAKEN)


def message_id_header(message: Message) -> str:
    """Return the Message-ID of a message: the same at every try, so that a duplicate can be recognised."""
    domain = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    return f"<{message.id}@{domain}>"


def _mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[formataddr((message.recipient_name, message.recipient))],
        reply_to=[message.desk.email] if message.desk and message.desk.email else None,
        headers={"Message-ID": message_id_header(message), "Auto-Submitted": "auto-generated"},
        connection=backend(settings.SMTP_URL),
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def backend(address: str) -> EmailBackend:
    """Return Django's SMTP backend for an address: smtp://user:password@host:587 or smtps://…

    `smtp` speaks TLS (STARTTLS) as soon as there is a password to protect, or on the submission port.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("OPVANGLOKET_SMTP_URL must look like smtp://user:password@host:587 or smtps://host.")
    implicit = parts.scheme == "smtps"
    port = parts.port or (_TLS_PORT if implicit else _PLAIN_PORT)
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
