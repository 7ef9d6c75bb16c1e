"""Writing in a conversation and reading it. Nobody learns an address of another: a mail only says that something waits."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.contact.lines import ConversationNotFound, line_of
from opvangloket.domains.contact.models import ReadMark, Thread, ThreadMessage
from opvangloket.domains.contact.notices import ask_desk, settle_desk, tell
from opvangloket.domains.distribution.lines.locking import request_at_its_desk
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.accounts.limits import Limit, take
from opvangloket.foundation.audit.record import Actor, ActorKind, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.rules.conversations import CLOSED_WORDS, LONGEST_MESSAGE, Closed, Side
from opvangloket.rules.periods import brussels_date

__all__ = [
    "ConversationClosed",
    "ConversationNotFound",
    "EmptyMessage",
    "MessageTooLong",
    "TooManyMessages",
    "read_conversation",
    "write_message",
]

_AT_ONCE: Final = Limit("thread-messages", 20, timedelta(hours=1))
_SIDES: Final = {
    ActorKind.PARENT: Side.FAMILY,
    ActorKind.ORGANISER: Side.LOCATION,
    ActorKind.DESK_WORKER: Side.DESK,
    ActorKind.DESK_LEAD: Side.DESK,
}


class EmptyMessage(OpvangloketError):
    """A message without words."""

    code = "empty_message"
    message = "Schrijf eerst je bericht."


class MessageTooLong(OpvangloketError):
    """More than anybody reads."""

    code = "message_too_long"

    def __init__(self) -> None:
        super().__init__(f"Je bericht is te lang. Er passen {LONGEST_MESSAGE} tekens in.")


class ConversationClosed(OpvangloketError):
    """The location has nothing to do with the family any more."""

    code = "conversation_closed"

    def __init__(self, why: Closed) -> None:
        super().__init__(CLOSED_WORDS[why])
        self.why = why


class TooManyMessages(OpvangloketError):
    """One side writes more than a conversation bears."""

    code = "too_many_messages"
    message = "Je schreef veel berichten na elkaar. Wacht even, of bel het loket."


@transaction.atomic
def write_message(
    *,
    request_id: UUID,
    location_id: UUID,
    text: str,
    after: int,
    actor: Actor,
    now: datetime,
    for_desk: bool = False,
) -> int:
    """Write a message in the conversation of a family with a location, and return its number.

    `after` is the number of the last message that the writer saw: the same words once more after it are the same
    press of the button, and change nothing. `for_desk` asks the desk to look, which puts it on its worklist. The
    others are mailed that something waits, at most once an hour each. Raises ConversationNotFound, ConversationClosed,
    EmptyMessage, MessageTooLong, TooManyMessages or NationalNumberRefused.
    """
    words = _plain(text)
    line = line_of(request_id, location_id, today=brussels_date(now))
    side = _SIDES[actor.kind]
    with request_at_its_desk(request_id) as request:
        if why := line.closed(request):
            raise ConversationClosed(why)
        thread = _thread(request, location_id, now)
        same = ThreadMessage.objects.filter(thread=thread, side=side, text=words, number__gt=after)
        if (said := same.values_list("number", flat=True).first()) is not None:
            return said
        if not take(_AT_ONCE, f"{thread.id}:{side}", now=now):
            raise TooManyMessages
        message = _append(thread, side, words, for_desk=for_desk and side != Side.DESK, actor=actor, now=now)
        for mark in _marks(thread, message):
            tell(thread, mark, message, now=now)
        if message.for_desk:
            ask_desk(thread, message, now=now)
        elif side == Side.DESK:
            settle_desk(thread, now=now)
        _record("thread.write", thread, actor, now)
        return message.number


@transaction.atomic
def read_conversation(*, request_id: UUID, location_id: UUID, through: int, actor: Actor, now: datetime) -> None:
    """Remember that a side read up to and with message `through`; a read by a location or the desk is written down."""
    thread = Thread.objects.filter(request_id=request_id, location_id=location_id).first()
    if thread is None:
        return
    side = _SIDES[actor.kind]
    ReadMark.objects.filter(thread=thread, side=side, read__lt=through).update(read=through)
    if side != Side.FAMILY:
        _record("thread.read", thread, actor, now)


def _plain(text: str) -> str:
    words = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not words:
        raise EmptyMessage
    if len(words) > LONGEST_MESSAGE:
        raise MessageTooLong
    refuse_national_number(words)
    return words


def _thread(request: CareRequest, location_id: UUID, now: datetime) -> Thread:
    """Return the conversation, opened when this is its first message; the request's row is locked."""
    known = {"request": request, "location_id": location_id}
    thread = Thread.objects.filter(**known).select_related("location__organiser").first()
    if thread is None:
        opened = Thread.objects.create(**known, desk_id=request.desk_id, opened_at=now)
        ReadMark.objects.bulk_create(ReadMark(thread=opened, side=side) for side in Side)
        thread = Thread.objects.select_related("location__organiser").get(id=opened.id)
    thread.request = request
    return thread


def _append(thread: Thread, side: Side, words: str, *, for_desk: bool, actor: Actor, now: datetime) -> ThreadMessage:
    last = ThreadMessage.objects.filter(thread=thread).order_by("-number").values_list("number", flat=True).first()
    return ThreadMessage.objects.create(
        thread=thread, number=(last or 0) + 1, side=side, author_id=actor.id, at=now, text=words, for_desk=for_desk
    )


def _marks(thread: Thread, message: ThreadMessage) -> list[ReadMark]:
    """Move on the marks of those for whom a message is, and return them; the desk only where it is asked."""
    sides = {Side.FAMILY, Side.LOCATION} - {Side(message.side)}
    if message.for_desk:
        sides.add(Side.DESK)
    marks = list(ReadMark.objects.select_for_update().filter(thread=thread, side__in=sides).order_by("side"))
    for mark in marks:
        mark.newest = message.number
    ReadMark.objects.bulk_update(marks, ["newest"])
    return marks


def _record(action: str, thread: Thread, actor: Actor, now: datetime) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=thread.desk_id,
        subject_kind="thread",
        subject_id=thread.id,
        request_id=thread.request_id,
    )
