"""Requests as the counting rules see them: facts without names, streamed, so that a report needs little memory."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from opvangloket.domains.requests.models import CareRequest, CaseEvent, RequestedLocation
from opvangloket.rules.case_events import EventFact, EventKind
from opvangloket.rules.case_facts import CaseFacts
from opvangloket.rules.patterns import CareHours
from opvangloket.rules.periods import end_of_brussels_day
from opvangloket.rules.procedure import DeskMode

_REQUESTS_AT_A_TIME: Final = 2_000
_REQUEST_FIELDS: Final = (
    "id",
    "reference",
    "channel",
    "registered_at",
    "start_on",
    "parts",
    "parts_wanted",
    "hours",
    "residence_nis",
    "characteristics",
    "urgent_reason",
    "special_need",
)
_EVENT_FIELDS: Final = ("request_id", "at", "kind", "location_id", "start_on", "parts", "reply_by_on", "reason", "seq")


def case_facts(
    desk_id: UUID, *, desk_mode: DeskMode, as_of: date | None = None, start_year: int | None = None
) -> Iterator[CaseFacts]:
    """Stream the requests of a desk with their events in reading order; `key` is the reference.

    With `start_year` only those that can count in that year's report: the start as first asked lies in it, or some
    correction says so. A merge that the desk undid later than `as_of` still stands on that day; without `as_of` what
    was ever undone does not stand. Runs in the scope of the caller.
    """
    requests = CareRequest.objects.filter(desk_id=desk_id).order_by("id")
    if start_year is not None:
        corrected_into = CaseEvent.ever.filter(
            desk_id=desk_id, kind=EventKind.CORRECTED, start_on__year=start_year
        ).order_by()
        requests = requests.filter(Q(start_on__year=start_year) | Q(id__in=corrected_into.values("request_id")))
    rows = _with_first_location(requests).iterator(chunk_size=_REQUESTS_AT_A_TIME)
    while batch := list(islice(rows, _REQUESTS_AT_A_TIME)):
        events = _events_of([row[0] for row in batch], as_of)
        for row in batch:
            yield _case(row, desk_mode, events.get(row[0], ()))


def _with_first_location(requests: QuerySet[CareRequest]) -> QuerySet[CareRequest, tuple[Any, ...]]:
    chosen = RequestedLocation.objects.filter(request_id=OuterRef("id")).order_by("position")
    first_nis = Subquery(chosen.values("location__nis_code")[:1])
    return requests.annotate(first_nis=first_nis).values_list(*_REQUEST_FIELDS, "first_nis")


def _events_of(request_ids: Sequence[UUID], as_of: date | None) -> dict[UUID, tuple[EventFact, ...]]:
    standing = Q(set_aside__undone_at=None)
    if as_of is not None:
        standing |= Q(set_aside__undone_at__gte=end_of_brussels_day(as_of))
    rows: Iterable[tuple[Any, ...]] = (
        CaseEvent.ever.filter(standing, request_id__in=request_ids)
        .order_by("request_id", "at", "seq")
        .values_list(*_EVENT_FIELDS)
    )
    return {
        request_id: tuple(
            EventFact(at, EventKind(kind), location and str(location), start_on, parts, reply_by_on, reason, seq)
            for _, at, kind, location, start_on, parts, reply_by_on, reason, seq in events
        )
        for request_id, events in groupby(rows, key=lambda row: row[0])
    }


def _case(row: tuple[Any, ...], desk_mode: DeskMode, events: tuple[EventFact, ...]) -> CaseFacts:
    (
        _id, reference, channel, registered_at, start_on, parts, parts_wanted, hours, residence_nis, characteristics,
        urgent_reason, special_need, first_nis,
    ) = row  # fmt: skip
    return CaseFacts(
        key=reference,
        desk_mode=desk_mode,
        channel=channel,
        registered_at=registered_at,
        start_on=start_on,
        pattern=parts,
        parts_wanted=parts_wanted,
        hours=CareHours.parse("|".join(hours)) if hours else None,
        residence_nis=residence_nis,
        first_location_nis=first_nis,
        characteristics=frozenset(characteristics),
        urgent_reason=urgent_reason,
        special_need=special_need,
        events=events,
    )
