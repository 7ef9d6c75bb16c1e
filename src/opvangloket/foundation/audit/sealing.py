"""Sealing logs: a chain of hashes per desk over what was appended, so that nothing changes or vanishes unseen.

A log is ordered by its ids, which are made in the order of time. A row is sealed once no transaction can still bring
an older one: the horizon lies before the start of the oldest transaction that runs. All desks of a log are sealed in
one transaction, so every row before the last sealed one is sealed.

What must be forgotten is buried (`burial.py`): a tombstone with its digest takes the place of the row.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from opvangloket.foundation.audit.models import AuditEvent, ChainSeal, Tombstone
from opvangloket.foundation.ids import new_id, uuid7
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.hash_chain import GENESIS, chain, record_digest

# Clocks of several servers differ a little.
_MARGIN: Final = timedelta(seconds=60)
_AT_A_TIME: Final = 2_000
_BITS_AFTER_TIME: Final = 80


@dataclass(frozen=True, slots=True)
class Sealed:
    """One record as the chain covers it."""

    id: UUID
    desk_id: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class Log:
    """A log to seal: its name, all its rows, and the columns that a link covers, the id first."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[str, ...]

    def records(self, rows: QuerySet[Any]) -> Iterator[Sealed]:
        """Yield rows as the chain covers them."""
        for values in rows.values_list(*self.columns).iterator(_AT_A_TIME):
            record = dict(zip(self.columns, values, strict=True))
            yield Sealed(record["id"], record["desk_id"], record_digest(record))

    def buried(self, stones: QuerySet[Tombstone]) -> Iterator[Sealed]:
        """Yield what stays of the rows of this log that were forgotten."""
        for id_, desk_id, digest in stones.filter(log=self.name).values_list("id", "desk_id", "digest").iterator():
            yield Sealed(id_, desk_id, bytes.fromhex(digest))


def columns_of(model: Any) -> tuple[str, ...]:
    """Return all columns of a model, the id first: a chain covers everything that was appended."""
    names = [field.attname for field in model._meta.concrete_fields]
    return ("id", *(name for name in names if name != "id"))


AUDIT: Final = Log("audit", lambda: AuditEvent.objects.exclude(desk=None), columns_of(AuditEvent))


def horizon() -> UUID:
    """Return the id before which no row can come in any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        [oldest_start] = cursor.fetchone()
    # A fresh id tells the time by which ids are made, also where the clock of the installation was moved.
    present = new_id().int >> _BITS_AFTER_TIME
    oldest = min(present, int(oldest_start.timestamp() * 1_000)) if oldest_start else present
    return uuid7(oldest - int(_MARGIN.total_seconds() * 1_000), 0)


def newest_sealed(log: Log) -> UUID | None:
    """Return the last id that any seal of a log covers: every row up to it is sealed."""
    return ChainSeal.objects.filter(log=log.name).order_by("-through_id").values_list("through_id", flat=True).first()


@transaction.atomic
def seal(log: Log, *, before: UUID, now: datetime) -> int:
    """Seal the rows of a log with an id before the horizon, for every desk, and return how many there were."""
    with across_desks("each desk has a chain of its own"):
        newest = newest_sealed(log)
        rows = log.rows().filter(id__lt=before)
        waiting = rows.filter(id__gt=newest) if newest else rows
        sealed = 0
        for desk_id, records in groupby(log.records(waiting.order_by("desk_id", "id")), lambda one: one.desk_id):
            sealed += _seal_desk(log, desk_id, records, now)
        return sealed


def broken_seal(log: Log, desk_id: UUID) -> int | None:
    """Return the number of the first seal of a desk that does not follow from its rows, or None when all do.

    Where the oldest seals were forgotten themselves, the chain is followed from the first that is left.
    """
    with across_desks("a chain is checked whole"):
        previous, after = None, None
        for one in ChainSeal.objects.filter(log=log.name, desk_id=desk_id).order_by("number"):
            if previous is None:
                previous = GENESIS if one.number == 1 else bytes.fromhex(one.previous)
            count, link = _link(previous, _covered(log, desk_id, after, one.through_id))
            if (one.previous, one.digest, one.records) != (previous.hex(), link.hex(), count):
                return one.number
            previous, after = link, one.through_id
        return None


def _covered(log: Log, desk_id: UUID, after: UUID | None, through: UUID) -> Iterator[Sealed]:
    """Yield what a seal covers in the order of the log, rows and tombstones alike."""
    bounds = {"desk_id": desk_id, "id__lte": through} | ({"id__gt": after} if after else {})
    rows = log.records(log.rows().filter(**bounds).order_by("id"))
    stones = log.buried(Tombstone.objects.filter(**bounds).order_by("id"))
    return merge(rows, stones, key=lambda one: one.id)


def _seal_desk(log: Log, desk_id: UUID, records: Iterable[Sealed], now: datetime) -> int:
    last = ChainSeal.objects.filter(log=log.name, desk_id=desk_id).order_by("-number").first()
    previous = bytes.fromhex(last.digest) if last else GENESIS
    through: list[UUID] = []
    count, link = _link(previous, _remembering_last(records, through))
    ChainSeal.objects.create(
        desk_id=desk_id,
        log=log.name,
        number=last.number + 1 if last else 1,
        through_id=through[0],
        records=count,
        previous=previous.hex(),
        digest=link.hex(),
        sealed_at=now,
    )
    return count


def _remembering_last(records: Iterable[Sealed], last: list[UUID]) -> Iterator[Sealed]:
    """Pass records on, and leave the id of the last one in `last`."""
    for record in records:
        last[:] = [record.id]
        yield record


def _link(previous: bytes, records: Iterable[Sealed]) -> tuple[int, bytes]:
    """Return how many records there were, and the link after them; one at a time, so memory stays flat."""
    count, link = 0, previous
    for record in records:
        link = chain(link, [record.digest])
        count += 1
    return count, link
