"""Taking hold of a request, moving it through its states, and writing down who did. The table is `rules.care_requests`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.audit.record import Actor, ActorKind, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules import lifecycles
from opvangloket.rules.care_requests import CLOSING_STATES, LABELS, UNCOUNTED_STATES, RequestState, can_move

ROLE_IN_RULES: Final = {
    ActorKind.PARENT: lifecycles.Actor.PARENT,
    ActorKind.VISITOR: lifecycles.Actor.PARENT,
    ActorKind.ORGANISER: lifecycles.Actor.ORGANISER,
    ActorKind.DESK_WORKER: lifecycles.Actor.DESK,
    ActorKind.DESK_LEAD: lifecycles.Actor.DESK,
    ActorKind.SYSTEM: lifecycles.Actor.SYSTEM,
}
_ENDED: Final = CLOSING_STATES | UNCOUNTED_STATES


class RequestNotFound(OpvangloketError):
    """No such request in the scope in force."""

    code = "request_not_found"
    message = "We vinden deze vraag niet."


class CannotMove(OpvangloketError):
    """The request cannot go from the state it is in to the one that was asked."""

    code = "cannot_move"

    def __init__(self, old: RequestState, new: RequestState) -> None:
        super().__init__(f"Dit kan niet meer: de vraag staat op “{LABELS[old]}”.")
        self.old, self.new = old, new


def locked_request(request_id: UUID) -> CareRequest:
    """Return a request with its row locked until the transaction ends; raise RequestNotFound outside the scope.

    Every action that changes a request begins here, so two acts on one request come one after the other. Rows of
    scarce places are locked later than this one, never before it.
    """
    request = CareRequest.objects.select_for_update(of=("self",)).filter(id=request_id).first()
    if request is None:
        raise RequestNotFound
    return request


def move(
    request: CareRequest,
    to_state: RequestState,
    *,
    now: datetime,
    actor: Actor | None = None,
    care_started: bool = False,
) -> None:
    """Bring a locked request to another state, as far as the table of moves allows; raise CannotMove otherwise.

    With `actor`, also asks whether this kind of person may do it. `closed_at` follows: set when the search ends,
    empty again when it goes on.
    """
    old, by = RequestState(request.state), ROLE_IN_RULES[actor.kind] if actor else None
    if not can_move(old, to_state, by=by, care_started=care_started):
        raise CannotMove(old, to_state)
    request.state = to_state
    request.closed_at = now if to_state in _ENDED else None
    request.save(update_fields=["state", "closed_at"])


def record_act(action: str, request: CareRequest, *, actor: Actor, now: datetime, codes: Iterable[str] = ()) -> None:
    """Write down who did what with a request (`foundation.audit`)."""
    record(
        action,
        actor=actor,
        at=now,
        desk_id=request.desk_id,
        subject_kind="request",
        subject_id=request.id,
        request_id=request.id,
        codes=codes,
    )
