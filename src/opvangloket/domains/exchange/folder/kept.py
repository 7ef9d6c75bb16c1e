"""Requests and events of this installation as rows of the exchange format: to export them, and to compare with."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from opvangloket.domains.exchange.folder.formats import EventRow, RequestRow
from opvangloket.domains.exchange.folder.names import NameOf, merge_targets, request_name
from opvangloket.domains.exchange.folder.stories import StoredEvent
from opvangloket.domains.requests.models import CareRequest, CaseEvent, RequestedLocation
from opvangloket.rules.case_events import EventKind

REQUESTS_AT_A_TIME: Final = 2_000
_REQUEST_FIELDS: Final = (
    "id",
    "desk__slug",
    "registered_at",
    "channel",
    "applicant__first_name",
    "applicant__last_name",
    "applicant__email",
    "applicant__phone",
    "residence_nis",
    "child__first_name",
    "child__last_name",
    "child__birth_on",
    "child__due_on",
    "start_on",
    "end_on",
    "parts",
    "also_parts",
    "parts_wanted",
    "hours",
    "characteristics",
    "urgent_reason",
    "special_need",
    "applicant__language",
)


def request_rows(
    requests: QuerySet[CareRequest], *, source: str, location_name: NameOf
) -> Iterator[list[tuple[UUID, RequestRow]]]:
    """Yield requests in batches, each with its id here and its row in a folder of this source."""
    rows: Iterator[tuple[Any, ...]] = requests.values_list(
        "source", "external_id", "reference", *_REQUEST_FIELDS
    ).iterator(REQUESTS_AT_A_TIME)
    while batch := list(islice(rows, REQUESTS_AT_A_TIME)):
        chosen = _chosen_locations([row[3] for row in batch])
        yield [
            (
                request_id,
                RequestRow._make(
                    (
                        request_name(source, of_source, external_id, reference),
                        *fields,
                        [location_name(location) for location in chosen.get(request_id, ())],
                        language,
                    )
                ),
            )
            for of_source, external_id, reference, request_id, *fields, language in batch
        ]


def _chosen_locations(request_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    chosen: dict[UUID, list[UUID]] = {}
    rows = RequestedLocation.objects.filter(request_id__in=request_ids).order_by("request_id", "position")
    for request_id, location_id in rows.values_list("request_id", "location_id"):
        chosen.setdefault(request_id, []).append(location_id)
    return chosen


def stored_events(
    request_names: Mapping[UUID, str], *, source: str, location_name: NameOf, out_of_sight: str = ""
) -> dict[UUID, list[StoredEvent]]:
    """Return everything that was ever written about these requests, in reading order, as rows of such a folder.

    The reason of a merge is how the other request is called there. When that request cannot be seen from the scope in
    force, the merge stays as it is kept; or it is told as "not genuine" with the reason `out_of_sight`, when given.
    """
    rows: list[tuple[Any, ...]] = list(
        CaseEvent.ever.filter(request_id__in=list(request_names))
        .order_by("request_id", "at", "seq")
        .values_list(
            "request_id", "request__source", "seq", "imported", "set_aside__undone_at", "location_id",
            "at", "kind", "start_on", "parts", "reply_by_on", "reason", "by",
        )
    )  # fmt: skip
    others = merge_targets(source, [_merge(row) for row in rows if row[7] == EventKind.MERGED_INTO])
    found: dict[UUID, list[StoredEvent]] = {}
    for row in rows:
        (
            request_id,
            _source,
            seq,
            imported,
            undone_at,
            location_id,
            at,
            kind,
            start_on,
            parts,
            reply_by_on,
            reason,
            by,
        ) = row
        if kind == EventKind.MERGED_INTO and _merge(row) in others:
            reason = others[_merge(row)]
        elif kind == EventKind.MERGED_INTO and out_of_sight:
            kind, reason = EventKind.NOT_GENUINE, out_of_sight
        location = location_name(location_id) if location_id else ""
        event = EventRow(request_names[request_id], at, kind, location, start_on, parts, reply_by_on, reason, by)
        found.setdefault(request_id, []).append(StoredEvent(seq, imported, undone_at is None, event))
    return found


def _merge(row: tuple[Any, ...]) -> tuple[str, bool, str]:
    return row[1], row[3], row[11]
