"""Writing requests that are new here, and what the folder adds to those that were known.

No message is sent and no term starts: a request that is still open becomes one task for its desk (SPEC §10).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection

from opvangloket.domains.exchange.folder.formats import REQUESTS, RequestRow
from opvangloket.domains.exchange.folder.installed import Installed
from opvangloket.domains.exchange.folder.stories import Story, state_of
from opvangloket.domains.exchange.table_copy import TableCopy
from opvangloket.domains.families.models import Child, Guardian
from opvangloket.domains.requests.models import (
    CareRequest,
    CaseEvent,
    DeskTask,
    RequestedLocation,
    TaskKind,
    WishVersion,
)
from opvangloket.foundation.audit.record import ActorKind
from opvangloket.foundation.ids import new_id
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_facts import CaseFacts
from opvangloket.rules.case_facts import Channel as CaseChannel
from opvangloket.rules.categories import NO_HOURS, Categories, Declaration, categories_of
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.references import RandomSource, new_reference

_GUARDIANS: Final = TableCopy(
    Guardian, "id", "desk_id", "first_name", "last_name", "email", "phone", "language", "residence_nis"
)
_CHILDREN: Final = TableCopy(Child, "id", "desk_id", "first_name", "last_name", "birth_on", "due_on")
_REQUESTS: Final = TableCopy(
    CareRequest,
    *("id", "desk_id", "reference", "source", "external_id", "imported_digest", "applicant_id", "child_id"),
    *(
        "registered_at",
        "channel",
        "residence_nis",
        "start_on",
        "end_on",
        "parts",
        "also_parts",
        "parts_wanted",
        "hours",
    ),
    *("characteristics", "urgent_reason", "special_need", "rule_set", "urgent", "atypical", "priority", "vulnerable"),
    *("state", "closed_at"),
)
_CHOSEN: Final = TableCopy(RequestedLocation, "id", "request_id", "location_id", "position", "added_at")
_WISHES: Final = TableCopy(
    WishVersion,
    *("id", "request_id", "number", "made_at", "made_by_kind", "start_on", "end_on", "parts", "also_parts"),
    *("parts_wanted", "hours"),
)
_EVENTS: Final = TableCopy(
    CaseEvent,
    *("id", "desk_id", "request_id", "seq", "at", "kind", "location_id", "start_on", "parts", "reply_by_on"),
    *("reason", "by", "imported"),
)
_TASKS: Final = TableCopy(DeskTask, "id", "desk_id", "kind", "request_id", "subject_id", "due_on", "made_at")


class Known(NamedTuple):
    """A request that was imported before and gets further events."""

    id: UUID
    row: RequestRow
    story: Story


@dataclass(slots=True)
class RequestWriter:
    """Writes the requests of one folder, batch by batch."""

    source: str
    installed: Installed
    now: datetime
    randomness: RandomSource
    requests: int = 0
    events: int = 0
    open: int = 0
    changed_desks: set[UUID] = field(default_factory=set)

    def write_new(self, batch: Sequence[tuple[RequestRow, Story]]) -> None:
        """Write requests that are new here with everything that belongs to them."""
        references = self._fresh_references(len(batch))
        made = [
            _NewRequest(new_id(), new_id(), new_id(), self.installed.desks[row.desk], reference, row, story)
            for (row, story), reference in zip(batch, references, strict=True)
        ]
        _GUARDIANS.write(_guardian(request) for request in made)
        _CHILDREN.write(_child(request) for request in made)
        _REQUESTS.write(self._request(request) for request in made)
        _CHOSEN.write(
            (new_id(), request.id, self.installed.locations[location], position, request.row.registered_at)
            for request in made
            for position, location in enumerate(request.row.locations, start=1)
        )
        _WISHES.write(_wish(request) for request in made)
        for request in made:
            self.changed_desks.add(request.desk_id)
        self.requests += len(made)
        self._write_events((request.id, request.desk_id, request.story) for request in made)
        self._write_tasks((request.id, request.desk_id) for request in made if request.state[0] is RequestState.OPEN)

    def write_further(self, batch: Sequence[Known]) -> None:
        """Append events to requests that were known, and let their state follow."""
        opened = []
        self._write_events((known.id, self.installed.desks[known.row.desk], known.story) for known in batch)
        for known in batch:
            desk_id = self.installed.desks[known.row.desk]
            self.changed_desks.add(desk_id)
            state, closed_at = state_of(case_of(known.row, known.story))
            CareRequest.objects.filter(id=known.id).update(state=state, closed_at=closed_at)
            tasks = DeskTask.objects.filter(kind=TaskKind.TAKE_OVER, subject_id=known.id)
            if state is not RequestState.OPEN:
                tasks.filter(done_at=None).update(done_at=self.now)
            elif not tasks.exists():
                opened.append((known.id, desk_id))
        self._write_tasks(opened)

    def _fresh_references(self, count: int) -> list[str]:
        """Return so many references that no request has yet."""
        fresh: dict[str, None] = {}
        while len(fresh) < count:
            drawn = [new_reference(self.randomness) for _ in range(count - len(fresh))]
            taken = set(CareRequest.objects.filter(reference__in=drawn).values_list("reference", flat=True))
            fresh |= dict.fromkeys(reference for reference in drawn if reference not in taken)
        return list(fresh)

    def _request(self, request: "_NewRequest") -> tuple[Any, ...]:
        row, categories = request.row, _categories(request.row)
        return (
            *(request.id, request.desk_id, request.reference, self.source, row.id, REQUESTS.digest(row)),
            *(request.guardian_id, request.child_id, row.registered_at, row.channel, row.residence_nis),
            *(row.start_on, row.end_on, row.pattern, row.also_possible or 0, row.parts_wanted, row.hours),
            *(row.characteristics, row.urgent_reason, row.special_need, categories.rule_set),
            *(categories.urgent, categories.atypical, categories.priority, categories.vulnerable),
            *request.state,
        )

    def _write_events(self, stories: Iterable[tuple[UUID, UUID, Story]]) -> None:
        rows = []
        for request_id, desk_id, story in stories:
            for seq, (_line, event) in enumerate(story.appended, start=story.first_seq):
                location_id = self.installed.locations[event.location] if event.location else None
                rows.append(
                    (
                        *(new_id(), desk_id, request_id, seq, event.at, event.kind, location_id, event.start_on),
                        *(event.pattern, event.reply_by_on, event.reason, event.by, True),
                    )
                )
        _EVENTS.write(rows)
        self.events += len(rows)

    def _write_tasks(self, requests: Iterable[tuple[UUID, UUID]]) -> None:
        today = brussels_date(self.now)
        rows = [
            (new_id(), desk_id, TaskKind.TAKE_OVER, request_id, request_id, today, self.now)
            for request_id, desk_id in requests
        ]
        _TASKS.write(rows)
        self.open += len(rows)


class _NewRequest:
    """A request on its way in, with the ids of what belongs to it."""

    __slots__ = ("child_id", "desk_id", "guardian_id", "id", "reference", "row", "state", "story")

    def __init__(
        self, id_: UUID, guardian_id: UUID, child_id: UUID, desk_id: UUID, reference: str, row: RequestRow, story: Story
    ) -> None:
        self.id, self.guardian_id, self.child_id, self.desk_id = id_, guardian_id, child_id, desk_id
        self.reference, self.row, self.story = reference, row, story
        self.state = state_of(case_of(row, story))


def _guardian(request: _NewRequest) -> tuple[Any, ...]:
    row = request.row
    return (
        *(request.guardian_id, request.desk_id, row.applicant_first_name, row.applicant_last_name),
        *(row.applicant_email, row.applicant_phone, row.language, row.residence_nis),
    )


def _child(request: _NewRequest) -> tuple[Any, ...]:
    row = request.row
    return (
        *(request.child_id, request.desk_id, row.child_first_name, row.child_last_name),
        *(row.child_birth_on, row.child_due_on),
    )


def _wish(request: _NewRequest) -> tuple[Any, ...]:
    row = request.row
    return (
        *(new_id(), request.id, 1, row.registered_at, ActorKind.SYSTEM, row.start_on, row.end_on, row.pattern),
        *(row.also_possible or 0, row.parts_wanted, row.hours),
    )


def _categories(row: RequestRow) -> Categories:
    return categories_of(
        Declaration(
            registered_on=brussels_date(row.registered_at),
            original_start=row.start_on,
            pattern=WeekPattern(row.pattern),
            hours=CareHours.parse("|".join(row.hours)) if row.hours else NO_HOURS,
            characteristics=frozenset(map(Characteristic, row.characteristics)),
            urgent_reason=UrgentReason(row.urgent_reason) if row.urgent_reason else None,
            special_need=row.special_need,
        )
    )


def case_of(row: RequestRow, story: Story) -> CaseFacts:
    """Return a request as the outcome rules read it; enough to tell its state."""
    return CaseFacts(
        key=row.id,
        desk_mode=DeskMode.CENTRAL,
        channel=CaseChannel(row.channel),
        registered_at=row.registered_at,
        start_on=row.start_on,
        pattern=row.pattern,
        parts_wanted=row.parts_wanted,
        events=story.facts,
    )


def lock_requests(ids: Iterable[UUID]) -> None:
    """Take hold of these requests, in the order of their ids, until the transaction ends."""
    list(CareRequest.objects.select_for_update(of=("self",)).filter(id__in=list(ids)).order_by("id").values_list("id"))


def take_turns() -> None:
    """Wait until no other import is under way; the next one waits for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('opvangloket.exchange.import', 0))")
