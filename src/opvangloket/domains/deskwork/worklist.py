"""The worklist of a desk: everything that asks for somebody today, why, and in which order (SPEC §10).

1. What follows from how requests, offers and locations stand is looked up there, so nothing waits for a sweep.
2. Tasks add what only they know, and lend their "done" to the reasons that they are about.
3. All reasons about one request, location or complaint make one entry; a page asks for the rows that it shows.

Nothing on the list goes away by ignoring it. The number of queries does not depend on how much there is to do.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from opvangloket.domains.deskwork.work import (
    Urgency,
    WorkComplaint,
    WorkEntry,
    WorkItem,
    Worklist,
    WorkLocation,
    WorkReason,
    WorkRequest,
    WorkRow,
    in_order,
)
from opvangloket.domains.deskwork.work_of_complaints import open_complaints, work_complaints
from opvangloket.domains.deskwork.work_of_locations import (
    CALLS,
    asked_locations,
    coming_locations,
    home_locations,
    incomplete_location_pages,
    late_answers,
    missing_signatures,
    moving_locations,
    unconfirmed_vacancies,
    waiting_texts,
    work_locations,
)
from opvangloket.domains.deskwork.work_of_people import proposed_leads, proposed_managers
from opvangloket.domains.deskwork.work_of_requests import (
    MOST_OF_ONE_REASON,
    expiring_offers,
    searching_families,
    unconfirmed_starts,
    undelivered_messages,
    work_requests,
)
from opvangloket.domains.requests.models import DeskTask, TaskKind
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure

MOST_TASKS: Final = 4 * MOST_OF_ONE_REASON
_REASON_OF_TASK: Final[Mapping[TaskKind, tuple[WorkReason, Urgency]]] = {
    TaskKind.URGENT: (WorkReason.URGENT, Urgency.LATE),
    TaskKind.DESK_ASKED: (WorkReason.DESK_ASKED, Urgency.SOON),
    TaskKind.REFERRED: (WorkReason.REFERRED, Urgency.SOON),
    TaskKind.OWN_WORDS: (WorkReason.OWN_WORDS, Urgency.SOON),
    TaskKind.LIKELY_DUPLICATE: (WorkReason.LIKELY_DUPLICATE, Urgency.CALM),
    TaskKind.CONFIRM_CURRENT: (WorkReason.CONFIRM_CURRENT, Urgency.CALM),
    TaskKind.TAKE_OVER: (WorkReason.TAKE_OVER, Urgency.CALM),
    TaskKind.CONTACT_UNVERIFIED: (WorkReason.CONTACT_UNVERIFIED, Urgency.SOON),
    TaskKind.ALL_SAID_NO: (WorkReason.ALL_SAID_NO, Urgency.SOON),
    TaskKind.OFFER_EXPIRING: (WorkReason.OFFER_EXPIRING, Urgency.LATE),
    TaskKind.OTHER: (WorkReason.OTHER, Urgency.SOON),
}
# Of these only the newest task about a request counts: the older ones are about an earlier round.
_ONCE_PER_REQUEST: Final = frozenset({WorkReason.CONTACT_UNVERIFIED, WorkReason.ALL_SAID_NO, WorkReason.OFFER_EXPIRING})


def worklist(procedure: Procedure, *, now: datetime) -> Worklist:
    """Return what the desk in scope has to do, the most urgent first."""
    today = brussels_date(now)
    home = home_locations(today)
    found = [
        *late_answers(today=today),
        *expiring_offers(procedure, today=today),
        *searching_families(procedure, now=now),
        *undelivered_messages(),
        *open_complaints(today=today),
        *unconfirmed_starts(today=today),
        *unconfirmed_vacancies(home, procedure, today=today),
        *proposed_managers(home, today=today),
        *proposed_leads(today=today),
        *asked_locations(),
        *waiting_texts(home),
        *moving_locations(home, today=today),
        *coming_locations(today=today),
        *incomplete_location_pages(home, procedure, today=today),
        *missing_signatures(today=today),
    ]
    items = list(_with_tasks(found, today))
    return Worklist(_entries(items), is_cut=_is_cut(items))


def _with_tasks(items: Iterable[WorkItem], today: date) -> Iterator[WorkItem]:
    """Yield the items, each with the task that ticks it off, and the tasks that are an item of their own."""
    tasks = [_item_of(task, today) for task in _open_tasks()]
    by_subject = {(task.reason, task.request_id): task for task in tasks if task.reason in _ONCE_PER_REQUEST}
    for item in items:
        task = by_subject.pop((item.reason, item.request_id), None)
        yield replace(item, task_id=task.task_id, note=item.note or task.note) if task else item
    yield from (task for task in tasks if task.reason not in _ONCE_PER_REQUEST)
    yield from by_subject.values()


def _open_tasks() -> Iterable[DeskTask]:
    """Return the tasks that nobody did, those about late answers left out: these are told by location."""
    rows = DeskTask.objects.filter(done_at=None).exclude(kind__in=CALLS)
    return rows.order_by("due_on", "id")[:MOST_TASKS]


def _item_of(task: DeskTask, today: date) -> WorkItem:
    reason, urgency = _REASON_OF_TASK[TaskKind(task.kind)]
    if urgency is Urgency.CALM and task.due_on < today and reason is WorkReason.CONFIRM_CURRENT:
        urgency = Urgency.SOON
    return WorkItem(
        reason=reason,
        urgency=urgency,
        on=task.due_on,
        request_id=task.request_id,
        location_id=task.location_id,
        task_id=task.id,
        note=task.note,
    )


def _entries(items: Iterable[WorkItem]) -> tuple[WorkEntry, ...]:
    """Make one entry of the items of one complaint, one request, or else one location, and put the entries in order."""
    by_subject: defaultdict[UUID, list[WorkItem]] = defaultdict(list)
    for item in in_order(items):
        if subject_id := _subject(item):
            by_subject[subject_id].append(item)
    return tuple(WorkEntry(tuple(own)) for own in by_subject.values())


def _subject(item: WorkItem) -> UUID | None:
    return (
        item.complaint_id
        or item.request_id
        or item.location_id
        or item.message_id
        or item.proposal_id
        or item.opening_id
        or item.move_id
    )


def work_rows(entries: Collection[WorkEntry]) -> tuple[WorkRow, ...]:
    """Return these entries with what a page shows of their requests, locations and complaints, in a query each."""
    items = [item for entry in entries for item in entry.items]
    requests = work_requests(item.request_id for item in items if item.request_id)
    locations = work_locations(item.location_id for item in items if item.location_id)
    complaints = work_complaints(item.complaint_id for item in items if item.complaint_id)
    rows = (_row(entry, requests, locations, complaints) for entry in entries)
    return tuple(row for row in rows if row.request or row.location or row.complaint or _tells_all(row))


def _tells_all(row: WorkRow) -> bool:
    """Tell whether the item says itself what it is about: a message, a proposal, or what the desk does not see yet."""
    first = row.items[0]
    return bool(first.message_id or first.proposal_id or first.opening_id or first.move_id)


def _row(
    entry: WorkEntry,
    requests: Mapping[UUID, WorkRequest],
    locations: Mapping[UUID, WorkLocation],
    complaints: Mapping[UUID, WorkComplaint],
) -> WorkRow:
    """Return the row of an entry; about nothing when the desk does not see its subject any more."""
    first = entry.items[0]
    if first.complaint_id:
        return WorkRow(entry, None, None, (), complaints.get(first.complaint_id))
    ids = dict.fromkeys(item.location_id for item in entry.items if item.location_id)
    named = tuple(locations[id_] for id_ in ids if id_ in locations)
    if first.request_id:
        return WorkRow(entry, requests.get(first.request_id), None, named)
    return WorkRow(entry, None, named[0] if named else None, named)


def _is_cut(items: Iterable[WorkItem]) -> bool:
    counted: defaultdict[WorkReason, int] = defaultdict(int)
    for item in items:
        counted[item.reason] += 1
    return any(count >= MOST_OF_ONE_REASON for count in counted.values())
