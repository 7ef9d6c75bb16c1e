"""Writing down what happened to a request, in the words of the exchange format. Beside the importer the only writer."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from opvangloket.domains.requests.models import CareRequest, CaseEvent
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.case_events import EventFact, EventKind, EventProblem, event_problem


class EventNotPossible(OpvangloketError):
    """The event cannot follow what happened before: an acceptance without an offer, for instance."""

    code = "event_not_possible"

    def __init__(self, problem: EventProblem) -> None:
        super().__init__(f"{problem.wrong} {problem.now}", code=problem.code)
        self.problem = problem


def append_event(
    *,
    request: CareRequest,
    at: datetime,
    kind: EventKind,
    location_id: UUID | None = None,
    start_on: date | None = None,
    parts: int | None = None,
    reply_by_on: date | None = None,
    reason: str = "",
    by: str = "",
) -> CaseEvent:
    """Append an event to a request, inside the caller's transaction; raise EventNotPossible when it cannot follow.

    `parts` is a mask of day parts; empty start and parts mean "as originally asked". `by` is a code of a role
    ("parent", "desk_worker"), never a name. The request's row is locked, so sequence numbers never collide, and an
    act that waited for the lock never lands before the act that it waited for.
    """
    with scope(DeskScope(request.desk_id)):
        CareRequest.objects.select_for_update(of=("self",)).only("id").get(id=request.id)
        before = case_story(request.id)
        at = max((at, *(event.at for event in before)))
        fact = EventFact(at, kind, str(location_id) if location_id else None, start_on, parts, reply_by_on, reason)
        if problem := event_problem(before, fact):
            raise EventNotPossible(problem)
        last_seq = CaseEvent.ever.filter(request_id=request.id).aggregate(last=Max("seq"))["last"]
        return CaseEvent.objects.create(
            desk_id=request.desk_id,
            request_id=request.id,
            seq=1 + (last_seq or 0),
            at=at,
            kind=kind,
            location_id=location_id,
            start_on=start_on,
            parts=parts,
            reply_by_on=reply_by_on,
            reason=reason,
            by=by,
        )


def case_story(request_id: UUID) -> tuple[EventFact, ...]:
    """Return the events of one request that stand, in reading order."""
    rows = (
        CaseEvent.objects.filter(request_id=request_id)
        .order_by("at", "seq")
        .values_list("at", "kind", "location_id", "start_on", "parts", "reply_by_on", "reason", "seq")
    )
    return tuple(
        EventFact(at, EventKind(kind), str(location) if location else None, start_on, parts, reply_by_on, reason, seq)
        for at, kind, location, start_on, parts, reply_by_on, reason, seq in rows
    )
