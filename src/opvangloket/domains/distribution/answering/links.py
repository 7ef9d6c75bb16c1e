"""Signed links by which a location answers from its mail, without a password (SPEC §5).

A link carries 192 random bits; only their hash is kept. Opening it changes nothing: the page behind it has a button.
It works once and until its inquiry closes. Afterwards it still shows what was answered, and can mail a fresh link.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.answering.answers import Answered, NewAnswer
from opvangloket.domains.distribution.answering.giving import answer, correct
from opvangloket.domains.distribution.lines.notices import remind_of_inquiry
from opvangloket.domains.distribution.models import AnswerDoor, AnswerLink, Inquiry
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import OrganiserScope, across_desks, scope
from opvangloket.rules.inquiries import InquiryState

_BYTES: Final = 24
# Somebody who reads the mail of the location: who that is, nobody knows.
BEARER: Final = Actor(ActorKind.ORGANISER)


class LinkState(StrEnum):
    """What a link is still good for."""

    USABLE = "usable"
    USED = "used"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What a link is about, and the place from which its page looks: one location of one organiser."""

    state: LinkState
    inquiry_id: UUID
    location_id: UUID
    organiser_id: UUID

    @property
    def scope(self) -> OrganiserScope:
        """The scope of the page behind this link."""
        return OrganiserScope(self.organiser_id, frozenset({self.location_id}))


class LinkNotFound(OpvangloketError):
    """No inquiry has this link."""

    code = "link_not_found"
    message = "Deze link werkt niet. Kijk of je hem helemaal overnam."


class LinkUsed(OpvangloketError):
    """The link worked once already; a fresh one can be mailed."""

    code = "link_used"
    message = "Je gebruikte deze link al. Vraag een nieuwe om je antwoord te veranderen."


class LinkClosed(OpvangloketError):
    """The inquiry of this link waits for no answer any more."""

    code = "link_closed"
    message = "Deze vraag is afgesloten. Je hoeft niets meer te doen."


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def make_links(inquiries: Iterable[Inquiry], *, now: datetime) -> dict[UUID, str]:
    """Make a fresh link for each inquiry, in one query, and return the tokens by inquiry. They are never stored."""
    tokens = {inquiry.id: secrets.token_urlsafe(_BYTES) for inquiry in inquiries}
    AnswerLink.objects.bulk_create(
        AnswerLink(inquiry_id=inquiry_id, token_hash=_digest(token), made_at=now)
        for inquiry_id, token in tokens.items()
    )
    return tokens


def open_link(token: str) -> LinkFacts:
    """Return what a link is about, without changing anything; raise LinkNotFound for one that never was."""
    return _facts(_found(token))


@transaction.atomic
def answer_by_link(*, token: str, given: NewAnswer, now: datetime) -> Answered:
    """Answer, or correct an answer, by a link, which is used up with it.

    Raises LinkNotFound, LinkUsed, LinkClosed and what `answering.answer` raises; then the link still works.
    """
    link = _found(token, lock=True)
    facts = _facts(link)
    if facts.state is LinkState.USED:
        raise LinkUsed
    if facts.state is LinkState.CLOSED:
        raise LinkClosed
    link.used_at = now
    link.save(update_fields=["used_at"])
    act = answer if link.inquiry.answered_at is None else correct
    with scope(facts.scope):
        return act(inquiry_id=facts.inquiry_id, given=given, door=AnswerDoor.MAIL, actor=BEARER, now=now)


@transaction.atomic
def mail_fresh_link(*, token: str, now: datetime) -> None:
    """Mail the location a fresh link for the same inquiry; raise LinkNotFound or LinkClosed.

    It goes to the location's own address, so whoever found an old link gets nothing.
    """
    link = _found(token, lock=True)
    if _facts(link).state is LinkState.CLOSED:
        raise LinkClosed
    with across_desks("a link knows its inquiry, not its desk"):
        inquiry = Inquiry.objects.select_related("request__child", "location__organiser", "wish").get(
            id=link.inquiry_id
        )
        fresh = make_links([inquiry], now=now)[inquiry.id]
        remind_of_inquiry(inquiry.request, inquiry, fresh, step=f"fresh_link:{link.id}", now=now, to_stand_ins=False)


def _found(token: str, *, lock: bool = False) -> AnswerLink:
    links = AnswerLink.objects.select_related("inquiry__location")
    if lock:
        links = links.select_for_update(of=("self",))
    link = links.filter(token_hash=_digest(token)).first()
    if link is None:
        raise LinkNotFound
    return link


def _facts(link: AnswerLink) -> LinkFacts:
    inquiry = link.inquiry
    state = LinkState.USED if link.used_at else LinkState.USABLE
    if InquiryState(inquiry.state) in {InquiryState.WITHDRAWN, InquiryState.CLOSED_NO_ANSWER}:
        state = LinkState.CLOSED
    return LinkFacts(
        state=state,
        inquiry_id=inquiry.id,
        location_id=inquiry.location_id,
        organiser_id=inquiry.location.organiser_id,
    )
