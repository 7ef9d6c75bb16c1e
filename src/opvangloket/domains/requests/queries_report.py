"""Requests as the counting rules see them: facts without names, streamed, so that a report needs little memory.

However many requests a desk has, this takes two streams (and one short look at corrections): requests and their
events, both in the order of the request's id, laid side by side as they come in.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from opvangloket.domains.providers.models import LocationMove
from opvangloket.domains.requests.models import CareRequest, CaseEvent, RequestedLocation, SetAside
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.case_events import EventFact, EventKind
from opvangloket.rules.case_facts import CaseFacts, Channel
from opvangloket.rules.patterns import CareHours
from opvangloket.rules.periods import end_of_brussels_day
from opvangloket.rules.procedure import DeskMode

_ROWS_AT_A_TIME: Final = 5_000
_KINDS: Final = {kind.value: kind for kind in EventKind}
_CHANNELS: Final = {channel.value: channel for channel in Channel}
_REQUEST_ID: Final = itemgetter(0)
_MOMENT: Final = itemgetter(0)
_NO_EVENTS: Final[tuple[EventFact, ...]] = ()


def case_facts(
    desk_id: UUID, *, desk_mode: DeskMode, start_year: int | None = None, as_of: date | None = None
) -> Iterator[CaseFacts]:
    """Stream the requests of a desk with their events in reading order; `key` is the reference.

    With `start_year` only those that can count in that year's report: the start as first asked lies in it, or some
    correction says so. With `as_of` a merge that was undone after that day still stands, as it did then (ADR 10).
    Runs in the scope of the caller, at the moment of the call.
    """
    requests = CareRequest.objects.filter(desk_id=desk_id)
    if start_year is not None:
        requests = requests_of_year(desk_id, start_year)
    return _stream(_request_rows(requests), _event_rows(requests, as_of), desk_mode)


def requests_of_year(desk_id: UUID, start_year: int) -> QuerySet[CareRequest]:
    """Return the requests that can count in a year: as first asked, or as some correction says."""
    corrected_into = CaseEvent.objects.filter(desk_id=desk_id, kind=EventKind.CORRECTED, start_on__year=start_year)
    # A list, not a subquery: then each side of this "or" finds its rows by an index.
    ids = list(corrected_into.values_list("request_id", flat=True))
    return CareRequest.objects.filter(Q(start_on__year=start_year) | Q(id__in=ids), desk_id=desk_id)


def _request_rows(requests: QuerySet[CareRequest]) -> QuerySet[CareRequest, tuple[Any, ...]]:
    """Return what the rules ask of each request, ordered by id; the last column is the first location's code."""
    chosen = RequestedLocation.objects.filter(request_id=OuterRef("id")).order_by("added_at", "position")
    return (
        requests.order_by("id")
        .annotate(first_location_nis=Subquery(chosen.values(nis=_nis_when_asked())[:1]))
        .values_list(
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
            "first_location_nis",
        )
    )


def _nis_when_asked() -> Combinable:
    """Return the municipality of a requested location when the question came in: a later move changes no count."""
    moved = LocationMove.objects.exclude(done_at=None)
    if not moved.exists():
        return F("location__nis_code")
    later = moved.filter(location=OuterRef("location"), done_at__gt=OuterRef("request__registered_at"))
    return Coalesce(Subquery(later.order_by("done_at").values("left_nis_code")[:1]), F("location__nis_code"))


def _event_rows(requests: QuerySet[CareRequest], as_of: date | None) -> QuerySet[CaseEvent, tuple[Any, ...]]:
    """Return the events of these requests, ordered by request and sequence: the order of an index, so never sorted."""
    undone = SetAside.all_rows.filter(event_id=OuterRef("id"), undone_at__isnull=False)
    if as_of:
        undone = undone.filter(undone_at__lt=end_of_brussels_day(as_of))
    with across_desks("the requests are those of the scope; a second look at the desk only leads the planner astray"):
        events = CaseEvent.ever.all()
    return (
        events.filter(~Exists(undone), request__in=requests.order_by())
        .order_by("request_id", "seq")
        .values_list(
            "request_id",
            "at",
            "kind",
            Cast("location_id", TextField()),
            "start_on",
            "parts",
            "reply_by_on",
            "reason",
            "seq",
        )
    )


def _stream(
    requests: QuerySet[CareRequest, tuple[Any, ...]],
    events: QuerySet[CaseEvent, tuple[Any, ...]],
    desk_mode: DeskMode,
) -> Iterator[CaseFacts]:
    """Lay the two streams side by side. An event of a request that came in meanwhile is passed over."""
    stories = groupby(events.iterator(chunk_size=_ROWS_AT_A_TIME), key=_REQUEST_ID)
    next_id, rows = next(stories, (None, iter(())))
    for request in requests.iterator(chunk_size=_ROWS_AT_A_TIME):
        while next_id is not None and next_id < request[0]:
            next_id, rows = next(stories, (None, iter(())))
        yield _case(request, _story(rows) if next_id == request[0] else _NO_EVENTS, desk_mode)


def _story(rows: Iterator[tuple[Any, ...]]) -> tuple[EventFact, ...]:
    """Return one request's events in reading order; rows of one moment keep their sequence."""
    facts = [
        EventFact(at, _KINDS[kind], location, start_on, parts, reply_by_on, reason, seq)
        for _, at, kind, location, start_on, parts, reply_by_on, reason, seq in rows
    ]
    facts.sort(key=_MOMENT)
    return tuple(facts)


def _case(row: tuple[Any, ...], events: tuple[EventFact, ...], desk_mode: DeskMode) -> CaseFacts:
    (
        _id, reference, channel, registered_at, start_on, parts, parts_wanted, hours, residence_nis, characteristics,
        urgent_reason, special_need, first_location_nis,
    ) = row  # fmt: skip
    return CaseFacts(
        key=reference,
        desk_mode=desk_mode,
        channel=_CHANNELS[channel],
        registered_at=registered_at,
        start_on=start_on,
        pattern=parts,
        parts_wanted=parts_wanted,
        hours=_hours(tuple(hours)) if hours else None,
        residence_nis=residence_nis or None,
        first_location_nis=first_location_nis,
        characteristics=frozenset(characteristics),
        urgent_reason=urgent_reason or None,
        special_need=special_need,
        events=events,
    )


@lru_cache(maxsize=4096)
def _hours(entries: tuple[str, ...]) -> CareHours:
    """Read exact hours once: many families keep the same ones."""
    return CareHours.parse("|".join(entries))
