"""What can stand on the worklist: the reasons, how urgent each is, and the rows that a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.patterns import WeekPattern


class WorkReason(StrEnum):
    """Why something is on the list; each reason goes away by what happens, never by itself."""

    ANSWERS_LATE = "answers_late"
    OFFER_EXPIRING = "offer_expiring"
    START_NEAR = "start_near"
    ALL_SAID_NO = "all_said_no"
    URGENT = "urgent"
    VULNERABLE_SILENT = "vulnerable_silent"
    CONTACT_UNVERIFIED = "contact_unverified"
    NOT_SENT = "not_sent"
    OWN_WORDS = "own_words"
    MESSAGE_FAILED = "message_failed"
    LIKELY_DUPLICATE = "likely_duplicate"
    CONFIRM_CURRENT = "confirm_current"
    TAKE_OVER = "take_over"
    START_UNCONFIRMED = "start_unconfirmed"
    VACANCY_UNCONFIRMED = "vacancy_unconfirmed"
    PAGE_INCOMPLETE = "page_incomplete"
    OTHER = "other"


class Urgency(StrEnum):
    """When something has to be done: today, this week, or when there is time."""

    LATE = "late"
    SOON = "soon"
    CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One reason for one request or location. `count` is how many things it is about, `on` the date that counts.

    `task_id` is the task that can be ticked off. `handled_on` and `note` tell what the desk already did: the item
    then stays, calmly, until what it waits for has happened.
    """

    reason: WorkReason
    urgency: Urgency
    on: date
    request_id: UUID | None = None
    location_id: UUID | None = None
    count: int = 1
    task_id: UUID | None = None
    handled_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRequest:
    """The request that a row is about: enough to know whom to call about what."""

    request_id: UUID
    reference: str
    state: RequestState
    child_name: str
    born_on: date
    is_born: bool
    applicant_name: str
    phone: str
    urgent: bool
    vulnerable: bool
    start_on: date
    pattern: WeekPattern
    also: WeekPattern


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLocation:
    """The location that a row is about."""

    location_id: UUID
    slug: str
    name: str
    organiser_name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """A row of the worklist: one request or one location with every reason why it is there, the most urgent first.

    `locations` are those that the items name.
    """

    request: WorkRequest | None
    location: WorkLocation | None
    items: tuple[WorkItem, ...]
    locations: tuple[WorkLocation, ...] = ()

    @property
    def urgency(self) -> Urgency:
        """How urgent the most urgent reason is."""
        return self.items[0].urgency

    @property
    def reasons(self) -> frozenset[WorkReason]:
        """Every reason why the row is there."""
        return frozenset(item.reason for item in self.items)


@dataclass(frozen=True, slots=True)
class Worklist:
    """All rows in order; `is_cut` tells that some reason applied to more than a list can show."""

    rows: tuple[WorkRow, ...]
    is_cut: bool

    def counts(self) -> dict[WorkReason, int]:
        """Return for each reason how many rows have it, in the order of the reasons; what has none is left out."""
        counted = {reason: sum(reason in row.reasons for row in self.rows) for reason in WorkReason}
        return {reason: count for reason, count in counted.items() if count}


_URGENCIES = {urgency: place for place, urgency in enumerate(Urgency)}
_REASONS = {reason: place for place, reason in enumerate(WorkReason)}


def in_order(items: Iterable[WorkItem]) -> tuple[WorkItem, ...]:
    """Put reasons in the order in which they are handled: urgency, then the date, then the order of the reasons."""
    return tuple(sorted(items, key=lambda item: (_URGENCIES[item.urgency], item.on, _REASONS[item.reason])))
