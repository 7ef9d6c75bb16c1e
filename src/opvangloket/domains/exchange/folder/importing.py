"""Importing an exchange folder: everything or nothing (SPEC §10, EXCHANGE).

1. read the files: cells, references; requests and events go into staging tables (`reading`, `staging`);
2. compare desks, organisers and locations with those of this installation (`installed`);
3. walk through the requests in batches with their events: check the order, compare with what was imported before, and
   as long as nothing is wrong, write (`stories`, `writing`);
4. commit when nothing was wrong; else undo all and list every error.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from opvangloket.domains.exchange.folder import staging
from opvangloket.domains.exchange.folder.formats import EVENTS, FILES, REQUESTS, EventRow, RequestRow
from opvangloket.domains.exchange.folder.installed import Installed, add_disagreement, find_installed
from opvangloket.domains.exchange.folder.installing import Made, install, show_locations
from opvangloket.domains.exchange.folder.kept import request_rows, stored_events
from opvangloket.domains.exchange.folder.names import own_source
from opvangloket.domains.exchange.folder.reading import Folder, Progress, read_folder
from opvangloket.domains.exchange.folder.sources import open_source
from opvangloket.domains.exchange.folder.stories import NewEvent, StoredEvent, Story, story_of
from opvangloket.domains.exchange.folder.writing import Known, RequestWriter, lock_requests, take_turns
from opvangloket.domains.exchange.lists.row_errors import RowError, RowErrors
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.audit.record import SYSTEM, record
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.references import RandomSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did, or would have to be mended first.

    The numbers are those of the folder (`requests`, `events`) and of what was new here (`new_…`); nothing is new
    when there are errors or when it was only a check. `errors` lists at most a thousand of `error_count`.
    """

    checked_only: bool
    requests: int
    events: int
    new_desks: int = 0
    new_organisers: int = 0
    new_locations: int = 0
    new_requests: int = 0
    new_events: int = 0
    to_take_over: int = 0
    error_count: int = 0
    errors: tuple[RowError, ...] = ()
    ignored_files: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the folder has no errors."""
        return self.error_count == 0


def no_progress(_step: str, _done: int, _total: int) -> None:
    """Keep silent."""


def import_folder(
    where: Path,
    *,
    now: datetime,
    randomness: RandomSource,
    check: bool = False,
    progress: Progress = no_progress,
) -> ImportResult:
    """Import a folder or its zip, or with `check` only look whether that would go; raise CannotReadFolder.

    `progress` hears what is being done, and how much of how much. `randomness` draws the references of requests.
    """
    with open_source(where) as source, across_desks("an import serves every desk in the folder"), transaction.atomic():
        take_turns()
        staging.create_tables()
        errors = RowErrors()
        folder = read_folder(source, errors, progress)
        installed = find_installed(folder, errors, now=now)
        arrival = _Arrival(
            folder, installed, errors, RequestWriter(folder.source, installed, now, randomness), progress
        )
        made = Made(0, 0, 0)
        if errors or check:
            arrival.walk(write=False)
        else:
            made = install(folder, installed, now=now)
            show_locations(folder, installed, staging.desks_and_their_locations())
            arrival.walk(write=True)
            _record(arrival.writer, made, installed, now)
        if errors or check:
            transaction.set_rollback(True)
            made, arrival.writer = Made(0, 0, 0), RequestWriter(folder.source, installed, now, randomness)
        return _result(folder, made, arrival.writer, errors, check=check, ignored=source.ignored)


def _result(
    folder: Folder, made: Made, writer: RequestWriter, errors: RowErrors, *, check: bool, ignored: tuple[str, ...]
) -> ImportResult:
    return ImportResult(
        checked_only=check,
        requests=folder.requests,
        events=folder.events,
        new_desks=made.desks,
        new_organisers=made.organisers,
        new_locations=made.locations,
        new_requests=writer.requests,
        new_events=writer.events,
        to_take_over=writer.open,
        error_count=errors.count,
        errors=errors.in_order(FILES),
        ignored_files=ignored,
    )


def _record(writer: RequestWriter, made: Made, installed: Installed, now: datetime) -> None:
    """Write down for each desk that something came in; an import that changed nothing leaves no trace."""
    desks = set(installed.desks.values()) if made.desks or made.locations or made.organisers else writer.changed_desks
    for desk_id in sorted(desks):
        record("exchange.import", actor=SYSTEM, at=now, desk_id=desk_id, subject_kind="desk", subject_id=desk_id)


@dataclass(slots=True)
class _Arrival:
    """The walk through the staged requests of one folder."""

    folder: Folder
    installed: Installed
    errors: RowErrors
    writer: RequestWriter
    progress: Progress
    location_names: dict[UUID, str] = field(default_factory=dict)

    def walk(self, *, write: bool) -> None:
        """Look at every request with its events, and write it as long as `write` is wanted and nothing is wrong."""
        self.location_names = {id_: external_id for external_id, id_ in self.installed.locations.items()}
        order_counts = EVENTS.name not in self.errors.unreadable and not staging.has_stray_events()
        done = 0
        is_own = self.folder.source == own_source()
        with staging.staged_requests(self.folder.source, is_own=is_own) as batches:
            for batch in batches:
                self._look_at(batch, order_counts=order_counts, write=write)
                done += len(batch)
                self.progress("vragen overnemen" if write else "vragen nakijken", done, self.folder.requests)

    def _look_at(self, batch: list[tuple[Any, ...]], *, order_counts: bool, write: bool) -> None:
        events = staging.staged_events([row[_ID] for row in batch])
        stored = self._stored({row[0]: row[_ID] for row in batch if row[0]})
        arrived: list[tuple[RequestRow, Story]] = []
        further: list[Known] = []
        changed: dict[UUID, tuple[int, RequestRow]] = {}
        for known_id, digest, line, ok, *values in batch:
            own = events.get(values[0], [])
            story = Story()
            if order_counts and all(event_ok for _line, event_ok, _row in own):
                story = self._story(own, stored.get(known_id, []), line)
            if not ok:
                continue
            row = staging.request_row(values)
            if known_id is None:
                arrived.append((row, story))
                continue
            if digest != REQUESTS.digest(row):
                changed[known_id] = (line, row)
            if story.appended:
                further.append(Known(known_id, row, story))
        self._compare(changed)
        if write and not self.errors:
            self.writer.write_new(arrived)
            self._append(further, events)

    def _story(
        self, own: Sequence[tuple[int, bool, EventRow]], stored: Sequence[StoredEvent], request_line: int
    ) -> Story:
        new = [NewEvent(line, row) for line, _ok, row in own]
        return story_of(new, stored, request_line=request_line, errors=self.errors)

    def _append(self, further: list[Known], events: dict[str, list[tuple[int, bool, EventRow]]]) -> None:
        """Take hold of the requests that get further events, read them again, and append."""
        if not further:
            return
        lock_requests(known.id for known in further)
        stored = self._stored({known.id: known.row.id for known in further})
        self.writer.write_further(
            [
                known._replace(story=self._story(events[known.row.id], stored.get(known.id, []), request_line=0))
                for known in further
            ]
        )

    def _stored(self, known_names: dict[UUID, str]) -> dict[UUID, list[StoredEvent]]:
        if not known_names:
            return {}
        return stored_events(known_names, source=self.folder.source, location_name=self._location_name)

    def _location_name(self, location_id: UUID) -> str:
        """Return a location as the folder calls it; one that is not in the folder by something that no folder says."""
        return self.location_names.get(location_id, f"\0{location_id}")

    def _compare(self, changed: dict[UUID, tuple[int, RequestRow]]) -> None:
        """Add each known request that differs from what is kept here, at the first column that differs."""
        if not changed:
            return
        requests = CareRequest.objects.filter(id__in=list(changed))
        for batch in request_rows(requests, source=self.folder.source, location_name=self._location_name):
            for request_id, mine in batch:
                line, row = changed[request_id]
                if column := REQUESTS.differing(mine, row):
                    add_disagreement(self.errors, REQUESTS, line, column)


_ID = 4  # the place of the request's own id in a row of `staging.staged_requests`
