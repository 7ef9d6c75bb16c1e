"""How a search ends, and how it goes on again (SPEC §4).

Whoever closes a request closes in the same transaction everything that hangs on it: open inquiries, open offers with
the places that they hold, and placements of which the care never started.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.course import agreed_start, close_proposals, places_of
from opvangloket.domains.distribution.lines.ending import Ending, close_lines, settle_search
from opvangloket.domains.distribution.lines.locking import request_at_its_desk
from opvangloket.domains.distribution.lines.notices import tell_family, tell_undone
from opvangloket.domains.distribution.models import Placement, PlacementState
from opvangloket.domains.distribution.places.changing import change_places
from opvangloket.domains.distribution.places.taking import release_places
from opvangloket.domains.requests import setting_aside
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.states import move, record_act
from opvangloket.foundation.audit.record import Actor
from opvangloket.rules.care_requests import CLOSING_STATES, RequestState, care_started
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import DeclineReason, ElsewhereReason, LapseReason

ELSEWHERE: Final = Ending("Het gezin vond elders opvang.", DeclineReason.FOUND_ELSEWHERE)
NOT_NEEDED: Final = Ending("Het gezin heeft geen opvang meer nodig.", DeclineReason.NO_LONGER_NEEDED)
STOPPED: Final = Ending("Het gezin zoekt niet verder.", DeclineReason.OTHER)
SET_ASIDE: Final = Ending("Het loket sloot deze vraag af.", DeclineReason.OTHER)
BROUGHT_BACK: Final = "De vraag telt weer mee."

_FAMILY_WORDS: Final = {
    RequestState.FOUND_ELSEWHERE: "Je liet weten dat je elders opvang vond.",
    RequestState.LAPSED: "Je liet weten dat je geen opvang meer nodig hebt.",
    RequestState.WITHDRAWN: "Je trok je vraag in.",
    RequestState.CLOSED_UNANSWERED: "We zoeken niet verder.",
}


def withdraw_request(*, request_id: UUID, actor: Actor, now: datetime) -> None:
    """Withdraw a request, without a reason; raise RequestNotFound or CannotMove."""
    _close(request_id, RequestState.WITHDRAWN, EventKind.WITHDRAWN, STOPPED, actor=actor, now=now)


def found_elsewhere(*, request_id: UUID, where: ElsewhereReason, actor: Actor, now: datetime) -> None:
    """Close a request because the family found care that the desk did not bring; raise as `withdraw_request`."""
    to_state = RequestState.FOUND_ELSEWHERE
    _close(request_id, to_state, EventKind.FOUND_ELSEWHERE, ELSEWHERE, actor=actor, now=now, reason=where)


def lapse(*, request_id: UUID, reason: LapseReason, actor: Actor, now: datetime) -> None:
    """Close a request because no care is needed any more; raise as `withdraw_request`."""
    _close(request_id, RequestState.LAPSED, EventKind.LAPSED, NOT_NEEDED, actor=actor, now=now, reason=reason)


def end_search(*, request_id: UUID, actor: Actor, now: datetime) -> None:
    """Close a request for which no place was found: it counts as unanswered; raise as `withdraw_request`."""
    to_state = RequestState.CLOSED_UNANSWERED
    _close(request_id, to_state, EventKind.SEARCH_ENDED, STOPPED, actor=actor, now=now)


@transaction.atomic
def reopen(*, request_id: UUID, actor: Actor, now: datetime) -> None:
    """Let a search go on: a closing was undone, or the care of a placement never started.

    The locations are asked again by `sending.send_out` or a new round. Raises RequestNotFound, and CannotMove once
    care has started: asking again is then a new request.
    """
    with request_at_its_desk(request_id) as request:
        today = brussels_date(now)
        standing = _standing(request)
        move(request, RequestState.OPEN, now=now, actor=actor, care_started=_has_started(standing, today))
        append_event(request=request, at=now, kind=EventKind.REOPENED, by=actor.kind)
        _undo(request, standing, today, now)
        record_act("request.reopen", request, actor=actor, now=now)


@transaction.atomic
def not_genuine(*, request_id: UUID, actor: Actor, now: datetime, reason: str) -> None:
    """Set a request aside that was none, and close what hangs on it; raise as `requests.actions.not_genuine`."""
    with request_at_its_desk(request_id) as request:
        _let_go(request, actor, now)
        setting_aside.not_genuine(request_id=request_id, actor=actor, now=now, reason=reason)


@transaction.atomic
def merge(*, request_id: UUID, into_id: UUID, actor: Actor, now: datetime, reason: str = "") -> None:
    """Let a duplicate go up in another request, and close what hangs on it; raise as `requests.actions.merge`."""
    # The rows are locked in the order of their ids, here as in `setting_aside`.
    with request_at_its_desk(min(request_id, into_id)), request_at_its_desk(request_id) as request:
        _let_go(request, actor, now)
        setting_aside.merge(request_id=request_id, into_id=into_id, actor=actor, now=now, reason=reason)


@transaction.atomic
def undo_set_aside(*, request_id: UUID, actor: Actor, now: datetime, reason: str = "") -> None:
    """Bring a request back that was merged or called not genuine, with the places that it had.

    Inquiries and offers stay closed; the desk gets a task to ask again. Raises as `requests.actions.undo_set_aside`.
    """
    with request_at_its_desk(request_id) as request:
        let_go_at = request.closed_at
        setting_aside.undo_set_aside(request_id=request_id, actor=actor, now=now, reason=reason)
        lost = Placement.objects.filter(request=request, state=PlacementState.UNDONE, undone_at=let_go_at)
        for placement in lost.select_related("request__child"):
            placement.state, placement.undone_at = PlacementState.ACTIVE, None
            placement.save(update_fields=["state", "undone_at"])
            change_places(places_of(placement), subject_id=placement.id, now=now, over_capacity_reason=BROUGHT_BACK)


@transaction.atomic
def _close(
    request_id: UUID,
    to_state: RequestState,
    kind: EventKind,
    ending: Ending,
    *,
    actor: Actor,
    now: datetime,
    reason: ElsewhereReason | LapseReason | str = "",
) -> None:
    """Close a request: its lines first, then the event that decides its outcome."""
    with request_at_its_desk(request_id) as request:
        today, old = brussels_date(now), RequestState(request.state)
        standing = _standing(request)
        close_lines(request, ending, actor=actor, now=now)
        move(request, to_state, now=now, actor=actor, care_started=_has_started(standing, today))
        append_event(request=request, at=now, kind=kind, reason=reason, by=actor.kind)
        _undo(request, standing, today, now)
        settle_search(request, now=now)
        action = "request.withdraw" if to_state is RequestState.WITHDRAWN else "request.close"
        record_act(action, request, actor=actor, now=now, codes=[kind, *([reason] if reason else [])])
        if old not in CLOSING_STATES:
            tell_family(
                "request_closed_family",
                request,
                cause=f"request_closed:{request.id}:{now.isoformat()}",
                now=now,
                context={"reference": request.reference, "reason_words": _FAMILY_WORDS[to_state]},
            )


def _standing(request: CareRequest) -> list[Placement]:
    """Return the placements of a locked request that were not undone, also those that ended."""
    rows = Placement.objects.filter(request=request).exclude(state=PlacementState.UNDONE)
    return list(rows.select_related("location__organiser"))


def _has_started(standing: Iterable[Placement], today: date) -> bool:
    return any(care_started(agreed_start=agreed_start(placement), today=today) for placement in standing)


def _undo(request: CareRequest, standing: Iterable[Placement], today: date, now: datetime) -> None:
    """Undo the placements of which care had not started, as the events say; the locations are told."""
    for placement in standing:
        if not care_started(agreed_start=agreed_start(placement), today=today):
            _undo_one(request, placement, now)


def _undo_one(request: CareRequest, placement: Placement, now: datetime) -> None:
    placement.state, placement.undone_at = PlacementState.UNDONE, now
    placement.save(update_fields=["state", "undone_at"])
    close_proposals(placement.id, now=now)
    release_places([placement.id])
    tell_undone(request, placement, now=now)


def _let_go(request: CareRequest, actor: Actor, now: datetime) -> None:
    """Close all that hangs on a locked request that no longer counts, its running places too."""
    close_lines(request, SET_ASIDE, actor=actor, now=now)
    for placement in _standing(request):
        if placement.state == PlacementState.ACTIVE:
            _undo_one(request, placement, now)
