"""Leaving a request out of every count: a duplicate of another one, or no real request; and undoing that (ADR 10).

These actions concern the request alone. Inquiries, offers and places that hang on it are closed by
`distribution.closing.searches`, which calls them in the same transaction.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.desk_tasks import open_task, settle_tasks
from opvangloket.domains.requests.duplicates import pair_id
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest, SetAside, TaskKind
from opvangloket.domains.requests.notes import keep_reason
from opvangloket.domains.requests.states import CannotMove, locked_request, move, record_act
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.care_requests import UNCOUNTED_STATES, RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.periods import brussels_date

# Nobody has to act any more on a request that does not count.
_NEEDLESS_TASKS: Final = tuple(TaskKind)


class CannotMerge(OpvangloketError):
    """These two requests cannot be merged in this direction."""

    code = "cannot_merge"


class NothingToUndo(OpvangloketError):
    """The request was not set aside here: it counts, or it came in like that."""

    code = "nothing_to_undo"
    message = "Hier valt niets ongedaan te maken."


@transaction.atomic
def merge(*, request_id: UUID, into_id: UUID, actor: Actor, now: datetime, reason: str = "") -> None:
    """Let a duplicate go up in another request, which keeps its own question, date and reference.

    Raises CannotMerge when the other one no longer counts itself, or when the only place would be lost: then the
    merge has to go the other way round. Both applicants see the request that remains (`queries.family_requests`).
    """
    if request_id == into_id:
        raise CannotMerge("Kies twee verschillende vragen.", "same_request")
    # Both rows in the order of their ids: two workers who merge crosswise wait for each other, never for ever.
    rows = {id_: locked_request(id_) for id_ in sorted((request_id, into_id))}
    duplicate, remaining = rows[request_id], rows[into_id]
    if RequestState(remaining.state) in UNCOUNTED_STATES:
        raise CannotMerge("De vraag die overblijft, telt zelf niet mee. Kies een andere vraag.", "remaining_uncounted")
    if duplicate.state == RequestState.PLACED and remaining.state != RequestState.PLACED:
        raise CannotMerge("De dubbele vraag heeft een plaats. Voeg samen in de andere richting.", "place_would_be_lost")
    _set_aside(duplicate, EventKind.MERGED_INTO, actor, now, reason=reason, into=remaining)
    settle_tasks(
        desk_id=duplicate.desk_id,
        kinds=[TaskKind.LIKELY_DUPLICATE],
        subject_id=pair_id(request_id, into_id),
        now=now,
    )


@transaction.atomic
def not_genuine(*, request_id: UUID, actor: Actor, now: datetime, reason: str) -> None:
    """Close a request that was none: a test, a joke, a stranger's address. It counts nowhere."""
    _set_aside(locked_request(request_id), EventKind.NOT_GENUINE, actor, now, reason=reason)


@transaction.atomic
def undo_set_aside(*, request_id: UUID, actor: Actor, now: datetime, reason: str = "") -> None:
    """Bring a request back that was merged or called not genuine: it stands where it stood and counts again.

    The desk gets a task, for what had been sent out was taken back. Raises NothingToUndo.
    """
    request = locked_request(request_id)
    decision = SetAside.objects.filter(request=request, undone_at=None).select_related("event").first()
    if decision is None:
        raise NothingToUndo
    decision.undone_at, decision.undone_by_id = now, actor.id
    decision.save(update_fields=["undone_at", "undone_by_id"])
    request.state, request.closed_at = decision.state_before, decision.closed_before_at
    request.save(update_fields=["state", "closed_at"])
    keep_reason(request, reason, actor=actor, now=now)
    if RequestState(request.state) in {RequestState.REGISTERED, RequestState.OPEN}:
        open_task(
            desk_id=request.desk_id,
            kind=TaskKind.OTHER,
            subject_id=decision.id,
            request_id=request.id,
            due_on=brussels_date(now),
            now=now,
            note="De vraag telt weer mee. Kijk of ze opnieuw naar de opvang moet.",
        )
    record_act("request.merge", request, actor=actor, now=now, codes=["undo", decision.event.kind])


def _set_aside(
    request: CareRequest,
    kind: EventKind,
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    into: CareRequest | None = None,
) -> None:
    """Write the event and the decision, move the request and clear its tasks."""
    state_before, closed_before_at = request.state, request.closed_at
    to_state = RequestState.MERGED if into else RequestState.NOT_GENUINE
    if RequestState(state_before) in UNCOUNTED_STATES:
        raise CannotMove(RequestState(state_before), to_state)
    event = append_event(request=request, at=now, kind=kind, reason=into.reference if into else "", by=actor.kind)
    move(request, to_state, now=now, actor=actor)
    SetAside.objects.create(
        request=request,
        event=event,
        into=into,
        state_before=state_before,
        closed_before_at=closed_before_at,
    )
    settle_tasks(desk_id=request.desk_id, kinds=_NEEDLESS_TASKS, request_id=request.id, now=now)
    keep_reason(request, reason, actor=actor, now=now)
    record_act("request.merge" if into else "request.close", request, actor=actor, now=now, codes=[kind])
