"""The course of one request: what was asked, sent, answered, offered and placed, as rows will tell it.

Moments are minutes, days are ordinals, day parts are masks, locations are positions in the town's list. Identifiers
are given when the rows are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union
from uuid import UUID

from opvangloket.domains.distribution.models import AnswerDoor
from opvangloket.domains.requests.models import TaskKind
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.inquiries import AnswerKind, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.simulation.demand.questions import Question
from opvangloket.simulation.demand.weeks import AskedWeek
from opvangloket.simulation.supply.ledger import Stay


@dataclass(slots=True)
class Wish:
    """A version of what the family wants; the first is the original question."""

    made: int
    made_by: str
    start: int
    end: int | None
    week: AskedWeek


@dataclass(slots=True)
class Sending:
    """One round, sent to all its recipients at one moment."""

    round: int
    at: int
    recipients: list[int]
    procedure_number: int


@dataclass(slots=True)
class Answer:
    """What a location answered."""

    at: int
    kind: AnswerKind
    door: AnswerDoor
    start: int | None = None
    parts: int | None = None
    reason: str = ""
    possible_parts: int | None = None
    possible_from: int | None = None
    message: str = ""
    late: bool = False


@dataclass(slots=True)
class Inquiry:
    """The question as it lies with one location in one round."""

    location: int
    round: int
    wish: int
    send_from: int
    answer_from: int
    procedure_number: int
    state: InquiryState = InquiryState.WAITING_RELEASE
    sending: Sending | None = None
    sent: int | None = None
    due: int | None = None
    remind: int | None = None
    call: int | None = None
    seen: int | None = None
    answered: int | None = None
    closed: int | None = None
    answers: list[Answer] = field(default_factory=list)
    planned: bool = False


@dataclass(slots=True)
class Offer:
    """What a yes or an alternative proposes."""

    inquiry: Inquiry
    answer: Answer
    start: int
    end: int | None
    parts: int
    reply_by: int
    stay: Stay
    state: OfferState = OfferState.OPEN
    closed: int | None = None
    decline_reason: str = ""


@dataclass(slots=True)
class Placement:
    """A place assigned to the child."""

    location: int
    offer: Offer | None
    agreed: int
    start: int
    end: int | None
    parts: int
    stay: Stay
    confirmed: int | None = None
    confirmed_start: int | None = None
    confirmed_parts: int | None = None
    undone: int | None = None


@dataclass(slots=True)
class Event:
    """What happened, in the words of the exchange format."""

    at: int
    kind: EventKind
    location: int | None = None
    start: int | None = None
    parts: int | None = None
    reply_by: int | None = None
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """The family was asked whether its question still holds, and said nothing since it last confirmed that."""

    confirmed: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two requests that may be about one child, the older first."""

    older: Course
    newer: Course


Subject = Union["Course", Inquiry, Sending, Offer, Silence, Pair]


@dataclass(slots=True)
class Task:
    """Something on the desk's list, and what it is about."""

    kind: TaskKind
    subject: Subject
    due: int
    made: int
    location: int | None = None
    note: str = ""
    done: int | None = None
    by_desk: bool = False


@dataclass(slots=True)
class Siblings:
    """Requests that one family made in one go, for one applicant."""

    id: UUID
    together: bool
    applicant_id: UUID | None = None


@dataclass(slots=True, eq=False)
class Course:
    """A request on its way."""

    id: UUID
    reference: str
    desk: int
    question: Question
    siblings: Siblings | None = None
    state: RequestState = RequestState.REGISTERED
    verified: int | None = None
    closed: int | None = None
    set_aside_from: tuple[RequestState, int | None] | None = None
    merged_into: Course | None = None
    born_told: bool = False
    confirmed_current: int = 0
    asked_to_confirm: int | None = None
    written: bool = False
    chosen: list[tuple[int, int]] = field(default_factory=list)  # location, added
    wishes: list[Wish] = field(default_factory=list)
    sendings: list[Sending] = field(default_factory=list)
    inquiries: list[Inquiry] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    attempts: int = 0
    pending: int = 0

    @property
    def wish(self) -> Wish:
        """What the family wants now."""
        return self.wishes[-1]

    @property
    def open_offers(self) -> list[Offer]:
        """The offers that wait for the family."""
        return [offer for offer in self.offers if offer.state is OfferState.OPEN]

    @property
    def open_inquiries(self) -> list[Inquiry]:
        """The inquiries that wait for a location."""
        return [
            inquiry for inquiry in self.inquiries if inquiry.state in (InquiryState.SENT, InquiryState.WAITING_RELEASE)
        ]
