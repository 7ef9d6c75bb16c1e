"""Requests and events of this installation as rows of the exchange format: to export them, and to compare with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from opvangloket.domains.exchange.formats import EventRow, RequestRow
from opvangloket.domains.exchange.stories import StoredEvent
from opvangloket.domains.requests.models import CareRequest, CaseEvent, RequestedLocation

REQUESTS_AT_A_TIME: Final = 2_000
LocationName = Callable[[UUID], str]
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
    requests: QuerySet[CareRequest], *, name: Callable[[str, str, str], str], location_name: LocationName
) -> Iterator[list[tuple[UUID, RequestRow]]]:
    """Yield the requests in batches, each with its id here and its row.

    `name` gives the id in the format from source, external id and reference; `location_name` that of a location.
    """
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
                        name(source, external_id, reference),
                        *fields,
                        [location_name(location) for location in chosen.get(request_id, ())],
                        language,
                    )
                ),
            )
            for source, external_id, reference, request_id, *fields, language in batch
        ]


def _chosen_locations(request_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    chosen: dict[UUID, list[UUID]] = {}
    rows = RequestedLocation.objects.filter(request_id__in=request_ids).order_by("request_id", "position")
    for request_id, location_id in rows.values_list("request_id", "location_id"):
        chosen.setdefault(request_id, []).append(location_id)
    return chosen


def stored_events(
    request_ids: Sequence[UUID], *, name: Callable[[UUID], str], location_name: LocationName
) -> dict[UUID, list[StoredEvent]]:
    """Return everything that was ever written about these requests, in reading order.

    `name` gives the id of the request in the format.
    """
    found: dict[UUID, list[StoredEvent]] = {}
    rows: Iterable[tuple[Any, ...]] = (
        CaseEvent.ever.filter(request_id__in=request_ids)
        .order_by("request_id", "at", "seq")
        .values_list(
            "request_id",
            "seq",
            "imported",
            "set_aside__undone_at",
            "location_id",
            "at",
            "kind",
            "start_on",
            "parts",
            "reply_by_on",
            "reason",
            "by",
        )
    )
    for request_id, seq, imported, undone_at, location_id, at, kind, *terms in rows:
        location = location_name(location_id) if location_id else ""
        row = EventRow(name(request_id), at, kind, location, *terms)
        found.setdefault(request_id, []).append(StoredEvent(seq, imported, undone_at is None, row))
    return found
