"""The events of one request: whether they can follow each other, and which of them are new here.

Stored events of an earlier import must come back in their order. An event that is equal to one that was written here
is that event. What the folder has beside them is appended.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

from opvangloket.domains.exchange.folder.formats import EVENTS, REQUESTS, EventRow
from opvangloket.domains.exchange.folder.reading import fact
from opvangloket.domains.exchange.lists.row_errors import RowErrors
from opvangloket.rules.care_requests import CLOSING_STATES, UNCOUNTED_STATES, RequestState
from opvangloket.rules.case_events import EventFact, EventKind, event_problems, in_reading_order
from opvangloket.rules.case_facts import CaseFacts, original_before
from opvangloket.rules.outcomes import Ground, outcome_before

_EVER: Final = datetime.max.replace(tzinfo=UTC)
_CLOSERS: Final = frozenset(
    {
        EventKind.FOUND_ELSEWHERE,
        EventKind.LAPSED,
        EventKind.WITHDRAWN,
        EventKind.SEARCH_ENDED,
        EventKind.NOT_GENUINE,
        EventKind.MERGED_INTO,
    }
)
_STATES: Final = {
    Ground.MERGED_INTO: RequestState.MERGED,
    Ground.NOT_GENUINE: RequestState.NOT_GENUINE,
    Ground.PLACED: RequestState.PLACED,
    Ground.FOUND_ELSEWHERE: RequestState.FOUND_ELSEWHERE,
    Ground.LAPSED: RequestState.LAPSED,
    Ground.WITHDRAWN: RequestState.WITHDRAWN,
    Ground.SEARCH_ENDED: RequestState.CLOSED_UNANSWERED,
}


class StoredEvent(NamedTuple):
    """An event that is kept here; `row` names the location as the folder does. `stands` is false when undone."""

    seq: int
    imported: bool
    stands: bool
    row: EventRow


class NewEvent(NamedTuple):
    """An event of the folder with its line."""

    line: int
    row: EventRow


@dataclass(slots=True)
class Story:
    """What the folder adds to a request, and all its standing events in reading order."""

    appended: list[NewEvent] = field(default_factory=list)
    first_seq: int = 1
    facts: tuple[EventFact, ...] = ()


def story_of(
    events: Sequence[NewEvent], stored: Sequence[StoredEvent], *, request_line: int, errors: RowErrors
) -> Story:
    """Return what the folder adds to a request; `events` and `stored` are in reading order.

    What cannot follow, is missing or would come between stored events is added to `errors`.
    """
    appended, missing = _beside(events, [event for event in stored if event.stands])
    story = Story([events[place] for place in appended], max((event.seq for event in stored), default=0) + 1)
    if missing is not None:
        _add_missing(missing, story.appended, request_line, errors)
        return story
    _find_squeezed(events, appended, errors)
    lines = {story.first_seq + place: event.line for place, event in enumerate(story.appended)}
    story.facts = in_reading_order(
        [
            *(fact(event.row)._replace(seq=event.seq) for event in stored if event.stands),
            *(fact(event.row)._replace(seq=seq) for seq, event in zip(lines, story.appended, strict=True)),
        ]
    )
    for place, problem in event_problems(story.facts):
        if line := lines.get(story.facts[place].seq):
            errors.add(EVENTS.name, line, problem.column, problem.wrong, problem.now)
    return story


def _find_squeezed(events: Sequence[NewEvent], appended: Sequence[int], errors: RowErrors) -> None:
    """Add each new event that would have to come before a stored one of the same instant: their order is kept."""
    added = set(appended)
    last_stored_at = {event.row.at: place for place, event in enumerate(events) if place not in added}
    for place in appended:
        if place < last_stored_at.get(events[place].row.at, -1):
            errors.add(
                EVENTS.name,
                events[place].line,
                "at",
                "Deze nieuwe rij komt op hetzelfde moment vóór een rij die al is overgenomen.",
                "Zet de nieuwe rij na de andere rijen van dat moment, of kijk het moment na.",
            )


def _beside(new: Sequence[NewEvent], stored: Sequence[StoredEvent]) -> tuple[list[int], EventRow | None]:
    """Return the places of the new events beside the stored ones, and the first imported one that is not found."""
    appended, at = list[int](), 0
    for place, event in enumerate(new):
        found = at
        while found < len(stored) and not stored[found].imported and stored[found].row != event.row:
            found += 1
        if found < len(stored) and stored[found].row == event.row:
            at = found + 1
        else:
            appended.append(place)
    return appended, next((event.row for event in stored[at:] if event.imported), None)


def _add_missing(missing: EventRow, appended: Sequence[NewEvent], request_line: int, errors: RowErrors) -> None:
    """Add the error that a stored event is not in the folder any more: at the row that was changed, if there is one."""
    changed = next((event for event in appended if event.row.at == missing.at), None) or next(
        (event for event in appended if event.row.kind == missing.kind), None
    )
    wrong = f"De gebeurtenis {missing.kind} van {missing.at.isoformat()} is al overgenomen, maar staat hier niet meer."
    what_to_do = "Herstel de rij zoals ze was. Nieuwe gebeurtenissen mag je toevoegen."
    if changed:
        errors.add(EVENTS.name, changed.line, EVENTS.differing(changed.row, missing), wrong, what_to_do)
    else:
        errors.add(REQUESTS.name, request_line, "request", wrong, what_to_do)


def state_of(case: CaseFacts) -> tuple[RequestState, datetime | None]:
    """Return the state of a request after all its events, and when it was closed (None: it is open or placed).

    The mode of the desk does not matter here: it decides what is counted, not how a request stands.
    """
    ground = outcome_before(case, _EVER, original_before(case, _EVER)).ground
    state = _STATES.get(ground, RequestState.OPEN)
    if state not in CLOSING_STATES | UNCOUNTED_STATES:
        return state, None
    return state, max(event.at for event in case.events if event.kind in _CLOSERS)
