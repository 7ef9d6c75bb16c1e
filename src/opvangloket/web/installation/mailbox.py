"""The built-in mailbox of a playground: every message of every desk, as its recipient reads it."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpResponse

from opvangloket.foundation.messages.queries import Mail
from opvangloket.foundation.messages.queries import mailbox as newest_mail
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page

_LINK = re.compile(r"(https?://[^\s<>]+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a message: words, or a link."""

    words: str
    link: str


@dataclass(frozen=True, slots=True)
class ShownMail:
    """A message, with its paragraphs cut into words and links."""

    subject: str
    recipient: str
    recipient_name: str
    planned_at: datetime
    state_words: str
    failed: bool
    lines: tuple[tuple[Piece, ...], ...]


@open_page
def mailbox(request: Request) -> HttpResponse:
    """List the newest messages, or those to one address."""
    if not settings.PLAYGROUND:
        raise Http404
    search = request.GET.get("adres", "").strip()[:100]
    mails = [_shown(mail) for mail in newest_mail(search=search)]
    return page(request, "installation/mailbox.html", {"mails": mails, "search": search}, swaps=("mails",))


def _shown(mail: Mail) -> ShownMail:
    return ShownMail(
        subject=mail.row.subject,
        recipient=mail.row.recipient,
        recipient_name=mail.row.recipient_name,
        planned_at=mail.row.planned_at,
        state_words=mail.row.state_words,
        failed=mail.row.has_failed,
        lines=tuple(_pieces(line) for line in mail.text.splitlines()),
    )


def _pieces(line: str) -> tuple[Piece, ...]:
    """Cut a line at its links; a link of our own becomes one on this host, so that it works wherever we run."""
    return tuple(
        Piece(part, part.removeprefix(settings.PUBLIC_ADDRESS) if _LINK.fullmatch(part) else "")
        for part in _LINK.split(line)
        if part
    )
