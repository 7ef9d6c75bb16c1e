"""What can happen to a request: the closed list of events, their order, and what each row needs.

These are the events of the exchange format (EXCHANGE.md, `events.csv`). An imported row and an act on a page
become the same fact, so `outcomes.outcome_as_of` counts both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple


class EventKind(StrEnum):
    """Every kind of event; the value is the word in the exchange format and in the database."""

    ANSWERED_YES = "answered_yes"
    ANSWERED_ALTERNATIVE = "answered_alternative"
    ANSWERED_NO = "answered_no"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    OFFER_EXPIRED = "offer_expired"
    OFFER_WITHDRAWN = "offer_withdrawn"
    PLACED_DIRECTLY = "placed_directly"
    START_CONFIRMED = "start_confirmed"
    STILL_SEARCHING = "still_searching"
    SEARCH_ENDED = "search_ended"
    FOUND_ELSEWHERE = "found_elsewhere"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    CORRECTED = "corrected"
    NOT_GENUINE = "not_genuine"
    MERGED_INTO = "merged_into"


OFFERS_MADE = frozenset({EventKind.ANSWERED_YES, EventKind.ANSWERED_ALTERNATIVE})
OFFER_ENDINGS = frozenset(
    {EventKind.OFFER_ACCEPTED, EventKind.OFFER_DECLINED, EventKind.OFFER_EXPIRED, EventKind.OFFER_WITHDRAWN}
)
PLACEMENTS_MADE = frozenset({EventKind.OFFER_ACCEPTED, EventKind.PLACED_DIRECTLY})


class EventFact(NamedTuple):
    """One event of one request. A named tuple: a report of all Flanders makes a million of them.

    `at` is aware. `location` is any key that is equal for the same location. `pattern` is a mask of day parts
    (`patterns.PART_CODES`). An empty field of the row is None. `seq` breaks equal instants.
    """

    at: datetime
    kind: EventKind
    location: str | None = None
    start_on: date | None = None
    pattern: int | None = None
    reply_by_on: date | None = None
    reason: str | None = None
    seq: int = 0


def in_reading_order(events: Iterable[EventFact]) -> tuple[EventFact, ...]:
    """Put events in the order in which they are read: by instant, then by `seq`, then as given.

    The instant is compared in UTC: two local times in the hour that comes twice in October would compare wrongly.
    """
    return tuple(sorted(events, key=lambda event: (event.at.astimezone(UTC), event.seq)))


class ProblemCode(StrEnum):
    """Why a row cannot be an event of its request."""

    FIELD_MISSING = "field_missing"
    NOTHING_CORRECTED = "nothing_corrected"
    NO_OFFER_BEFORE = "no_offer_before"
    NO_PLACEMENT_BEFORE = "no_placement_before"


@dataclass(frozen=True, slots=True)
class EventProblem:
    """One problem of one row: the column, what is wrong and what to do, in Dutch."""

    code: ProblemCode
    column: str
    wrong: str
    now: str


# The column "needs" of the table of events in EXCHANGE.md; `corrected` needs one of two and has its own test below.
REQUIRED_FIELDS: dict[EventKind, tuple[str, ...]] = {
    EventKind.ANSWERED_YES: ("location",),
    EventKind.ANSWERED_ALTERNATIVE: ("location", "start_on", "pattern"),
    EventKind.ANSWERED_NO: ("location", "reason"),
    EventKind.OFFER_ACCEPTED: ("location",),
    EventKind.OFFER_DECLINED: ("location",),
    EventKind.OFFER_EXPIRED: ("location",),
    EventKind.OFFER_WITHDRAWN: ("location",),
    EventKind.PLACED_DIRECTLY: ("location",),
    EventKind.LAPSED: ("reason",),
    EventKind.MERGED_INTO: ("reason",),
}

_WHAT_TO_FILL = {
    "location": "Vul de locatie in.",
    "start_on": "Vul de startdatum in, als JJJJ-MM-DD.",
    "pattern": "Vul de dagdelen in, bijvoorbeeld ma_vm|ma_nm.",
    "reason": "Vul de reden in.",
}


def event_problem(before: Iterable[EventFact], event: EventFact) -> EventProblem | None:
    """Return why `event` cannot follow the events `before` it of the same request, or None when it can.

    Source: EXCHANGE.md, table of `events.csv`.
    """
    seen = _Seen()
    for earlier in before:
        seen.note(earlier)
    return seen.problem(event)


def event_problems(events: Iterable[EventFact]) -> tuple[tuple[int, EventProblem], ...]:
    """List the problems of all events of one request, each with the position of its event in `events`.

    `events` is in reading order. Give the whole request, also when only a few rows are new: a row with an earlier
    moment changes what comes before the others.
    """
    seen, found = _Seen(), []
    for position, event in enumerate(events):
        if problem := seen.problem(event):
            found.append((position, problem))
        seen.note(event)
    return tuple(found)


class _Seen:
    """The locations that offered and that placed, in the events read so far."""

    def __init__(self) -> None:
        self.offered: set[str | None] = set()
        self.placed: set[str | None] = set()

    def note(self, event: EventFact) -> None:
        """Remember the event; a refused acceptance too, so that it is told only once."""
        if event.kind in OFFERS_MADE:
            self.offered.add(event.location)
        elif event.kind in PLACEMENTS_MADE:
            self.placed.add(event.location)

    def problem(self, event: EventFact) -> EventProblem | None:
        """Return why the event cannot stand here."""
        if problem := field_problem(event):
            return problem
        if event.kind in OFFER_ENDINGS and event.location not in self.offered:
            return _no_offer_before(event)
        if event.kind == EventKind.START_CONFIRMED:
            concerned = event.location in self.placed if event.location else bool(self.placed)
            return None if concerned else _no_placement_before(event)
        return None


def field_problem(event: EventFact) -> EventProblem | None:
    """Return which cell the row misses, whatever came before it, or None when it has what its kind needs."""
    for column in REQUIRED_FIELDS.get(event.kind, ()):
        if getattr(event, column) in (None, "", 0):
            return _field_missing(event.kind, column)
    if event.kind == EventKind.CORRECTED and event.start_on is None and not event.pattern:
        return EventProblem(
            ProblemCode.NOTHING_CORRECTED,
            "start_on",
            "Deze rij met corrected verbetert niets: start_on en pattern zijn leeg.",
            "Vul de juiste startdatum of de juiste dagdelen in.",
        )
    return None


def _field_missing(kind: EventKind, column: str) -> EventProblem:
    what_to_fill = _WHAT_TO_FILL[column]
    if kind == EventKind.MERGED_INTO:
        what_to_fill = "Vul het nummer van de andere vraag in."
    return EventProblem(ProblemCode.FIELD_MISSING, column, f"Bij {kind} mag {column} niet leeg zijn.", what_to_fill)


def _no_offer_before(event: EventFact) -> EventProblem:
    return EventProblem(
        ProblemCode.NO_OFFER_BEFORE,
        "kind",
        f"Vóór deze rij met {event.kind} staat geen voorstel van locatie {event.location}.",
        "Kijk de locatie en het moment na, of voeg het voorstel toe (answered_yes of answered_alternative).",
    )


def _no_placement_before(event: EventFact) -> EventProblem:
    whose = f" bij locatie {event.location}" if event.location else ""
    return EventProblem(
        ProblemCode.NO_PLACEMENT_BEFORE,
        "kind",
        f"Vóór deze rij met start_confirmed staat geen plaatsing{whose}.",
        "Kijk de locatie en het moment na, of voeg de plaatsing toe (offer_accepted of placed_directly).",
    )
