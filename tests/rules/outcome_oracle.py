"""A second reading of the outcome rules, by other code: slow, sentence by sentence, over the whole list each time.

It shares only the events and the calendar with the product. A test lets both count the same generated requests.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from opvangloket.rules.case_events import EventFact
from opvangloket.rules.outcomes import CaseFacts

CLOSING = ("found_elsewhere", "lapsed", "withdrawn", "search_ended")
OFFER = ("answered_yes", "answered_alternative")
ON_OFFER = ("offer_accepted", "offer_declined", "offer_expired", "offer_withdrawn")


def day_of(event: EventFact) -> date:
    return event.at.astimezone(ZoneInfo("Europe/Brussels")).date()


def one_month_later(day: date) -> date:
    candidate = day + timedelta(days=31)
    while candidate.month != day.month % 12 + 1 or candidate.day > day.day:
        candidate -= timedelta(days=1)
    return candidate


def weekdays_of(pattern: int) -> set[int]:
    return {part // 2 for part in parts_of(pattern)}


def parts_of(pattern: int) -> set[int]:
    return {part for part in range(14) if pattern & 2**part}


def last(numbers: list[int]) -> int | None:
    return numbers[-1] if numbers else None


def expected_outcome(case: CaseFacts, as_of: date) -> str | None:
    """Return the outcome word, or None when the request is not counted."""
    midnight = datetime.combine(as_of + timedelta(days=1), datetime.min.time(), ZoneInfo("Europe/Brussels"))
    up_to_d = [event for event in case.events if event.at < midnight]
    return Reading(case, up_to_d).outcome()


class Reading:
    def __init__(self, case: CaseFacts, events: list[EventFact]) -> None:
        self.case, self.events = case, events
        starts = [e.start_on for e in events if e.kind == "corrected" and e.start_on]
        patterns = [e.pattern for e in events if e.kind == "corrected" and e.pattern]
        self.start = starts[-1] if starts else case.start_on
        self.pattern = patterns[-1] if patterns else case.pattern
        self.parts_wanted = None if patterns else case.parts_wanted

    def where(self, test: Callable[[EventFact], bool]) -> list[int]:
        return [i for i, event in enumerate(self.events) if test(event)]

    def offer_concerned(self, i: int) -> int | None:
        """The offer that the `offer_*` at position i concerns."""
        location = self.events[i].location
        return last([j for j in self.where(lambda e: e.kind in OFFER and e.location == location) if j < i])

    def is_placement(self, i: int) -> bool:
        kind = self.events[i].kind
        return kind == "placed_directly" or (kind == "offer_accepted" and self.offer_concerned(i) is not None)

    def confirmations(self, placement: int) -> list[int]:
        """The `start_confirmed`s that concern the placement at this position."""
        found = []
        for i in self.where(lambda e: e.kind == "start_confirmed"):
            location = self.events[i].location
            candidates = [
                j for j in range(i) if self.is_placement(j) and (not location or self.events[j].location == location)
            ]
            if last(candidates) == placement:
                found.append(i)
        return found

    def agreed(self, placement: int) -> tuple[date, int]:
        event = self.events[placement]
        if event.kind == "offer_accepted":
            offer = self.offer_concerned(placement)
            assert offer is not None
            event = self.events[offer]
        start, pattern = event.start_on or self.start, event.pattern or self.pattern
        confirmed = last(self.confirmations(placement))
        if confirmed is not None:
            start = self.events[confirmed].start_on or start
            pattern = self.events[confirmed].pattern or pattern
        return start, pattern

    def undone(self, placement: int) -> bool:
        start, _ = self.agreed(placement)
        return any(
            i > placement and start > day_of(self.events[i])
            for i in self.where(lambda e: e.kind in (*CLOSING, "reopened"))
        )

    def not_counted(self) -> bool:
        if self.where(lambda e: e.kind in ("merged_into", "not_genuine")):
            return True
        if self.case.desk_mode != "desk_only" or self.case.channel != "organiser":
            return False
        answers = self.where(lambda e: e.kind in (*OFFER, "answered_no"))
        return any(not any(j < i for j in answers) for i in self.where(lambda e: e.kind == "placed_directly"))

    def placed(self) -> str | None:
        standing = [i for i in range(len(self.events)) if self.is_placement(i) and not self.undone(i)]
        if not standing:
            return None
        start = min(self.agreed(i)[0] for i in standing)
        got = set().union(*(parts_of(self.agreed(i)[1]) for i in standing))
        parts, days = len(parts_of(self.pattern)), len(weekdays_of(self.pattern))
        if self.parts_wanted is not None:
            parts, days = self.parts_wanted, min(days, -(-self.parts_wanted // 2))
        later = start >= one_month_later(self.start)
        fewer = len(got) < parts or len({part // 2 for part in got}) < days
        return {(0, 0): "answered", (1, 0): "partly_later", (0, 1): "partly_fewer", (1, 1): "partly_both"}[later, fewer]

    def unanswered(self) -> str:
        withdrawn = {self.offer_concerned(i) for i in self.where(lambda e: e.kind == "offer_withdrawn")}
        given = set(self.where(lambda e: e.kind in OFFER))
        return "unanswered_declined" if given - withdrawn else "unanswered_no_offer"

    def an_offer_is_open(self) -> bool:
        for location in {e.location for e in self.events}:
            offer = last(self.where(lambda e, at=location: e.kind in OFFER and e.location == at))
            ended = last(self.where(lambda e, at=location: e.kind in ON_OFFER and e.location == at))
            if offer is not None and (ended is None or ended < offer):
                return True
        return False

    def outcome(self) -> str | None:
        if self.not_counted():
            return None
        if placed := self.placed():
            return placed
        reopened = last(self.where(lambda e: e.kind == "reopened"))
        closed = last(self.where(lambda e: e.kind in CLOSING))
        if closed is not None and (reopened is None or reopened < closed):
            kind = self.events[closed].kind
            return self.unanswered() if kind == "search_ended" else "unknown" if kind == "withdrawn" else str(kind)
        if self.an_offer_is_open():
            return "unknown"
        for i in self.where(lambda e: e.kind == "still_searching"):
            if day_of(self.events[i]) >= self.start and (reopened is None or reopened < i):
                return self.unanswered()
        return "unknown"
