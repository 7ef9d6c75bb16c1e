"""Where a request must stand by its events alone, to compare with what is stored (SPEC §21: three records).

The events decide the outcome that a town reports; the stored states decide what people see. They are written in the
same act, so whoever reads the events again must find the states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import OFFERS_MADE, EventKind
from opvangloket.rules.case_facts import CaseFacts, original_before
from opvangloket.rules.case_story import CaseStory
from opvangloket.rules.outcomes import Ground, outcome_before, standing_placements
from opvangloket.rules.procedure import DeskMode

_EVER: Final = datetime.max.replace(tzinfo=UTC)
_ANSWERS: Final = OFFERS_MADE | {EventKind.ANSWERED_NO}
_SEARCHING: Final = frozenset({RequestState.REGISTERED, RequestState.OPEN})
_STATES: Final = {
    Ground.MERGED_INTO: RequestState.MERGED,
    Ground.NOT_GENUINE: RequestState.NOT_GENUINE,
    Ground.PLACED: RequestState.PLACED,
    Ground.FOUND_ELSEWHERE: RequestState.FOUND_ELSEWHERE,
    Ground.LAPSED: RequestState.LAPSED,
    Ground.WITHDRAWN: RequestState.WITHDRAWN,
    Ground.SEARCH_ENDED: RequestState.CLOSED_UNANSWERED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What the events say: the states a request may be in, and per location its answers and whether an offer is open.

    `placements` counts every one ever made, `standing` those that were not undone.
    """

    states: frozenset[RequestState]
    answers: Mapping[str | None, int]
    open_offers: frozenset[str | None]
    placements: int
    standing: int


def replay(case: CaseFacts) -> Replayed:
    """Read all events of a request once more; the mode of the desk plays no part in where a request stands."""
    assert case.desk_mode == DeskMode.CENTRAL  # noqa: S101 - what is not counted in desk_only mode still has a state
    original = original_before(case, _EVER)
    story = CaseStory.of(case.events, _EVER)
    state = _STATES.get(outcome_before(case, _EVER, original).ground)
    return Replayed(
        states=frozenset({state}) if state else _SEARCHING,
        answers=Counter(event.location for event in case.events if event.kind in _ANSWERS),
        open_offers=frozenset(location for location, offer in story.last_offer.items() if offer.is_open),
        placements=len(story.placements),
        standing=len(standing_placements(story, original)),
    )
