"""What can stand on the worklist: the reasons, how urgent each is, and the rows that a page shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.complaints import ComplaintState, Topic
from opvangloket.rules.patterns import WeekPattern


class WorkReason(StrEnum):
    """Why something is on the list; each reason goes away by what happens, never by itself.

    They stand in the order in which they are handled: first what is lost when the day is over.
    """

    OFFER_EXPIRING = "offer_expiring"
    URGENT = "urgent"
    ANSWERS_LATE = "answers_late"
    REFERRED = "referred"
    START_NEAR = "start_near"
    ALL_SAID_NO = "all_said_no"
    VULNERABLE_SILENT = "vulnerable_silent"
    CONTACT_UNVERIFIED = "contact_unverified"
    NOT_SENT = "not_sent"
    DESK_ASKED = "desk_asked"
    COMPLAINT = "complaint"
    OWN_WORDS = "own_words"
    MESSAGE_FAILED = "message_failed"
    LIKELY_DUPLICATE = "likely_duplicate"
    CONFIRM_CURRENT = "confirm_current"
    TAKE_OVER = "take_over"
    MANAGER_PROPOSED = "manager_proposed"
    LEAD_PROPOSED = "lead_proposed"
    OPENING_ASKED = "opening_asked"
    TEXT_WAITS = "text_waits"
    LOCATION_MOVES = "location_moves"
    START_UNCONFIRMED = "start_unconfirmed"
    VACANCY_UNCONFIRMED = "vacancy_unconfirmed"
    PAGE_INCOMPLETE = "page_incomplete"
    AGREEMENT_UNSIGNED = "agreement_unsigned"
    OTHER = "other"


class Urgency(StrEnum):
    """When something has to be done: today, this week, or when there is time."""

    LATE = "late"
    SOON = "soon"
    CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One reason for one request, location or complaint. `count` is how many things it is about, `on` the date that counts.

    `task_id` is the task that can be ticked off. `handled_on` and `note` tell what the desk already did: the item
    then stays, calmly, until what it waits for has happened.
    """

    reason: WorkReason
    urgency: Urgency
    on: date
    request_id: UUID | None = None
    location_id: UUID | None = None
    complaint_id: UUID | None = None
    message_id: UUID | None = None
    proposal_id: UUID | None = None
    opening_id: UUID | None = None
    move_id: UUID | None = None
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
class WorkComplaint:
    """The complaint that a row is about; `location_name` is empty when it is about the desk or the cooperation."""

    complaint_id: UUID
    reference: str
    topic: Topic
    state: ComplaintState
    complainant_name: str
    location_name: str


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """One request, one complaint, or else one location, with every reason why it is on the list, the most urgent first."""

    items: tuple[WorkItem, ...]

    @property
    def urgency(self) -> Urgency:
        """How urgent the most urgent reason is."""
        return self.items[0].urgency

    @property
    def reasons(self) -> frozenset[WorkReason]:
        """Every reason why the entry is there."""
        return frozenset(item.reason for item in self.items)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An entry as a page shows it, with what it is about itself; `locations` are those the items name."""

    entry: WorkEntry
    request: WorkRequest | None
    location: WorkLocation | None
    locations: tuple[WorkLocation, ...]
    complaint: WorkComplaint | None = None

    @property
    def items(self) -> tuple[WorkItem, ...]:
        """The reasons, the most urgent first."""
        return self.entry.items


@dataclass(frozen=True, slots=True)
class Worklist:
    """All entries in order; `is_cut` tells that some reason applied to more than a list can show."""

    entries: tuple[WorkEntry, ...]
    is_cut: bool

    def counts(self) -> dict[WorkReason, int]:
        """Return for each reason how many entries have it, in the order of the reasons; zero is left out."""
        counted = Counter(reason for entry in self.entries for reason in entry.reasons)
        return {reason: counted[reason] for reason in WorkReason if counted[reason]}


_URGENCIES = {urgency: place for place, urgency in enumerate(Urgency)}
_REASONS = {reason: place for place, reason in enumerate(WorkReason)}


def in_order(items: Iterable[WorkItem]) -> tuple[WorkItem, ...]:
    """Put reasons in the order in which they are handled: urgency, then the order of the reasons, then the date."""
    return tuple(sorted(items, key=lambda item: (_URGENCIES[item.urgency], _REASONS[item.reason], item.on)))
