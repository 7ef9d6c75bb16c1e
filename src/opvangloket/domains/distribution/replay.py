"""The nightly check: do the stored states follow from the events? (SPEC §21)

A difference means that an act wrote one and not the other. It is reported, never repaired by itself: a person decides
which of the two is right.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, Final
from uuid import UUID

from opvangloket.domains.distribution.models import Answer, CareChange, ChangeProposal, Offer, Placement, PlacementState
from opvangloket.domains.providers.models import CapacityKind, Occupation
from opvangloket.domains.requests.models import CareRequest, CaseEvent
from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.care_requests import UNCOUNTED_STATES, RequestState
from opvangloket.rules.case_facts import CaseFacts
from opvangloket.rules.change_proposals import ProposalState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.replay import Replayed, replay

_AT_A_TIME: Final = 500


class Differs(StrEnum):
    """What is stored otherwise than the events say."""

    STATE = "state"
    ANSWERS = "answers"
    OPEN_OFFERS = "open_offers"
    PLACEMENTS = "placements"
    PLACES = "places"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDifference:
    """One difference, in codes and counts only: it may stand in a log."""

    request_id: UUID
    reference: str
    what: Differs
    stored: str
    replayed: str


@dataclass(slots=True, kw_only=True)
class _Stored:
    """What is stored of one request. An imported one has a state, and nothing of its course before it came here."""

    request_id: UUID
    state: RequestState
    imported: bool
    answers: Counter[str | None]
    open_offers: set[str | None]
    placements: int
    standing: int
    places: str


def replay_check(desk_id: UUID) -> tuple[StateDifference, ...]:
    """Return where the stored states of a desk's requests do not follow from their events; nothing when all is well.

    Looks at every request, some hundreds at a time, in flat memory.
    """
    with scope(DeskScope(desk_id)):
        cases = case_facts(desk_id, desk_mode=DeskMode.CENTRAL)
        found: list[StateDifference] = []
        while batch := list(islice(cases, _AT_A_TIME)):
            stored = _stored([case.key for case in batch])
            for case in batch:
                found.extend(_differences(case, stored[case.key]))
        return tuple(found)


def _differences(case: CaseFacts, stored: _Stored) -> Iterator[StateDifference]:
    told = replay(case)
    for what, there, by_events in _compared(told, stored):
        if there != by_events:
            yield StateDifference(
                request_id=stored.request_id, reference=case.key, what=what, stored=there, replayed=by_events
            )


def _compared(told: Replayed, stored: _Stored) -> Iterator[tuple[Differs, str, str]]:
    """Yield what is compared, as stored and as the events say."""
    state = stored.state if stored.state in told.states else min(told.states)
    yield Differs.STATE, stored.state, state
    if stored.imported:
        return
    yield Differs.ANSWERS, _counts(stored.answers), _counts(told.answers)
    yield Differs.OPEN_OFFERS, _names(stored.open_offers), _names(told.open_offers)
    if stored.state not in UNCOUNTED_STATES:
        placed = f"{stored.standing}/{stored.placements}"
        yield Differs.PLACEMENTS, placed, f"{told.standing}/{told.placements}"
    yield Differs.PLACES, stored.places, ""


def _counts(counted: Any) -> str:
    return " ".join(f"{location}:{count}" for location, count in sorted(counted.items(), key=str))


def _names(locations: Iterable[str | None]) -> str:
    return " ".join(sorted(map(str, locations)))


def _stored(references: Sequence[str]) -> dict[str, _Stored]:
    """Return what is stored of these requests, in a fixed number of queries."""
    requests = CareRequest.objects.filter(reference__in=references).values_list("id", "reference", "state")
    ids = {request_id: (reference, RequestState(state)) for request_id, reference, state in requests}
    imported = set(CaseEvent.ever.filter(request_id__in=ids, imported=True).values_list("request_id", flat=True))
    answers: defaultdict[UUID, Counter[str | None]] = defaultdict(Counter)
    rows = Answer.objects.filter(inquiry__request_id__in=ids)
    for request_id, location_id in rows.values_list("inquiry__request_id", "inquiry__location_id"):
        answers[request_id][str(location_id)] += 1
    offers = list(Offer.objects.filter(request_id__in=ids).only("id", "request_id", "location_id", "state", "held"))
    placements = list(Placement.objects.filter(request_id__in=ids).select_related("location"))
    proposals = list(ChangeProposal.objects.filter(placement__request_id__in=ids).select_related("placement"))
    taken = _taken(offers, placements, proposals)
    open_offers: defaultdict[UUID, set[str | None]] = defaultdict(set)
    for offer in offers:
        if offer.state == OfferState.OPEN:
            open_offers[offer.request_id].add(str(offer.location_id))
    moved = set(CareChange.objects.filter(to_placement__in=placements).values_list("to_placement_id", flat=True))
    # A child that moves to another location of the same organiser keeps the place that it was given.
    given = [placement for placement in placements if placement.id not in moved]
    made = Counter(placement.request_id for placement in given)
    standing = Counter(one.request_id for one in given if one.state != PlacementState.UNDONE)
    return {
        reference: _Stored(
            request_id=request_id,
            state=state,
            imported=request_id in imported,
            answers=answers[request_id],
            open_offers=open_offers[request_id],
            placements=made[request_id],
            standing=standing[request_id],
            places=taken[request_id],
        )
        for request_id, (reference, state) in ids.items()
    }


def _taken(
    offers: Sequence[Offer], placements: Sequence[Placement], proposals: Sequence[ChangeProposal]
) -> defaultdict[UUID, str]:
    """Return per request what is wrong with the places that it takes; empty when each is as it must be.

    A place is taken for an open offer that holds it, for a running placement at a location that counts its places,
    for an open proposal that needs more than the placement has, and for nothing else.
    """
    subjects = [row.id for row in (*offers, *placements, *proposals)]
    taken = set(Occupation.objects.filter(subject_id__in=subjects).values_list("subject_id", flat=True))
    wrong: defaultdict[UUID, str] = defaultdict(str)
    for offer in offers:
        must = offer.state == OfferState.OPEN and offer.held
        if must != (offer.id in taken):
            wrong[offer.request_id] += f"offer:{'missing' if must else 'left'} "
    for placement in placements:
        runs = placement.state == PlacementState.ACTIVE
        counts = placement.location.capacity_kind != CapacityKind.NONE
        if placement.id in taken:
            problem = "left" if placement.state == PlacementState.UNDONE else ""
        else:
            problem = "missing" if runs and counts else ""
        if problem:
            wrong[placement.request_id] += f"placement:{problem} "
    for proposal in proposals:
        if proposal.id in taken and proposal.state != ProposalState.OPEN:
            wrong[proposal.request_id] += "proposal:left "
    return wrong
