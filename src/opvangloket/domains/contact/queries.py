"""Conversations as each side reads them. Everything looks from the scope in force; the number of queries is constant."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery

from opvangloket.domains.contact.lines import ConversationNotFound, line_of
from opvangloket.domains.contact.models import ReadMark, ThreadMessage
from opvangloket.domains.distribution.models import Inquiry, Placement
from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.conversations import Closed, Side
from opvangloket.rules.references import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message. `author_id` is an account of the location or the desk."""

    number: int
    side: Side
    author_id: UUID | None
    at: datetime
    text: str
    for_desk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What was said between a family, a location and the desk; `read` is the last number that each side read."""

    messages: tuple[Said, ...]
    read: Mapping[Side, int]
    closed: Closed | None

    @property
    def last_number(self) -> int:
        """The number of the last message, 0 before the first."""
        return self.messages[-1].number if self.messages else 0

    def read_by(self, said: Said) -> tuple[Side, ...]:
        """Return who of the family and the location read a message that another wrote."""
        sides = (Side.FAMILY, Side.LOCATION)
        return tuple(side for side in sides if side is not said.side and self.read.get(side, 0) >= said.number)


def conversation(request_id: UUID, location_id: UUID, *, today: date) -> Conversation:
    """Return a conversation, without messages before the first; raise ConversationNotFound outside the scope."""
    line = line_of(request_id, location_id, today=today)
    thread = {"thread__request_id": request_id, "thread__location_id": location_id}
    return Conversation(
        messages=tuple(_said(row) for row in ThreadMessage.objects.filter(**thread).order_by("number")),
        read={Side(mark.side): mark.read for mark in ReadMark.objects.filter(**thread)},
        closed=line.closed(CareRequest.objects.get(id=request_id)),
    )


def unread_of_request(request_id: UUID, side: Side) -> dict[UUID, int]:
    """Return how many messages a side did not read yet about a request, by location."""
    return {location_id: count for (_request, location_id), count in _unread(side, request_id=request_id).items()}


def unread_by_request(side: Side) -> dict[UUID, int]:
    """Return how many messages wait for a side, by request."""
    counted: Counter[UUID] = Counter()
    for (request_id, _location), count in _unread(side).items():
        counted[request_id] += count
    return dict(counted)


def conversations_of_request(request_id: UUID) -> frozenset[UUID]:
    """Return the locations with which something was said about a request."""
    rows = ThreadMessage.objects.filter(thread__request_id=request_id).order_by()
    return frozenset(rows.values_list("thread__location_id", flat=True).distinct())


def unread_by_inquiry(side: Side) -> dict[UUID, int]:
    """Return how many messages wait for a side, by the latest inquiry of the family to the location."""
    unread = _unread(side)
    if not unread:
        return {}
    latest = Inquiry.objects.filter(request_id=OuterRef("request_id"), location_id=OuterRef("location_id"))
    newest = latest.filter(sent_at__isnull=False).order_by("-round", "-sent_at").values("id")[:1]
    requests = {request_id for request_id, _location in unread}
    rows = Inquiry.objects.filter(request_id__in=requests, id=Subquery(newest))
    named = {(row.request_id, row.location_id): row.id for row in rows.only("id", "request_id", "location_id")}
    return {named[line]: count for line, count in unread.items() if line in named}


def _unread(side: Side, **about: UUID) -> dict[tuple[UUID, UUID], int]:
    """Count what others wrote after the last message that a side read, by request and location."""
    marks = ReadMark.objects.filter(
        side=side, newest__gt=F("read"), **{f"thread__{name}": value for name, value in about.items()}
    )
    written = Q(thread__messages__number__gt=F("read")) & ~Q(thread__messages__side=side)
    if side is Side.DESK:
        written &= Q(thread__messages__for_desk=True)
    rows = marks.values_list("thread__request_id", "thread__location_id").annotate(
        waiting=Count("thread__messages", filter=written)
    )
    return {(request_id, location_id): waiting for request_id, location_id, waiting in rows}


def _said(row: ThreadMessage) -> Said:
    return Said(
        number=row.number,
        side=Side(row.side),
        author_id=row.author_id,
        at=row.at,
        text=row.text,
        for_desk=row.for_desk,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLine:
    """The line of an address: a request and a location, with the names that everybody in it may know."""

    request_id: UUID
    location_id: UUID
    location_name: str
    desk_name: str
    was_asked: bool


def named_line(reference: str, location_slug: str) -> NamedLine:
    """Return the line of a reference and a location in scope; raise ConversationNotFound."""
    about = {"request__reference": normalise(reference), "location__slug": location_slug}
    asked = Inquiry.objects.filter(**about, sent_at__isnull=False).select_related("location", "desk").first()
    found = asked or Placement.objects.filter(**about).select_related("location", "desk").first()
    if found is None:
        raise ConversationNotFound
    return NamedLine(
        request_id=found.request_id,
        location_id=found.location_id,
        location_name=found.location.name,
        desk_name=found.desk.name,
        was_asked=asked is not None,
    )
