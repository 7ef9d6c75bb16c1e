"""One reading of a request's events: the offers, placements and closings on which the outcome is decided.

Every clause here says what one event means (EXCHANGE.md, `events.csv`); what follows from it is in `outcomes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from opvangloket.rules.case_events import EventFact, EventKind
from opvangloket.rules.case_facts import OriginalQuestion
from opvangloket.rules.periods import brussels_date


@dataclass(slots=True)
class Offer:
    """One `answered_yes` or `answered_alternative`; None in start or pattern means: as originally asked."""

    start_on: date | None
    pattern: int | None
    is_open: bool = True
    withdrawn: bool = False


@dataclass(slots=True)
class Placement:
    """One `offer_accepted` or `placed_directly`, with the last `start_confirmed` that concerns it."""

    start_on: date | None
    pattern: int | None
    confirmed: EventFact | None = None

    def agreed_start(self, original: OriginalQuestion) -> date:
        """Return the start in force: confirmed, else agreed, else as asked."""
        # Only the last confirmation counts: an empty field means as agreed, never as confirmed before.
        confirmed_start = self.confirmed.start_on if self.confirmed else None
        return confirmed_start or self.start_on or original.start_on

    def agreed_pattern(self, original: OriginalQuestion) -> int:
        """Return the day parts in force: confirmed, else agreed, else as asked."""
        confirmed_pattern = self.confirmed.pattern if self.confirmed else None
        return confirmed_pattern or self.pattern or original.pattern


@dataclass(slots=True)
class CaseStory:
    """The events up to a moment, read once: the facts on which the steps decide."""

    never_counted: EventKind | None = None
    answered: bool = False
    placed_before_any_answer: bool = False
    offers: list[Offer] = field(default_factory=list)
    last_offer: dict[str | None, Offer] = field(default_factory=dict)
    placements: list[Placement] = field(default_factory=list)
    last_placement: dict[str | None, Placement] = field(default_factory=dict)
    undoings: list[tuple[int, date]] = field(default_factory=list)
    closing: EventKind | None = None
    still_searching_at: datetime | None = None

    @classmethod
    def of(cls, events: Iterable[EventFact], cutoff: datetime) -> CaseStory:
        """Read the events before the cutoff; they are in reading order, so the rest is later too."""
        story = cls()
        for event in events:
            if event.at >= cutoff:
                break
            if read := _READERS.get(event.kind):
                read(story, event)
        return story

    @property
    def offer_stood(self) -> bool:
        """Whether an offer was given that its location did not withdraw, also before a `reopened`."""
        return any(not offer.withdrawn for offer in self.offers)

    def offered(self, event: EventFact) -> None:
        """Note an offer; per location the latest one counts from here."""
        self.answered = True
        offer = Offer(event.start_on, event.pattern)
        self.offers.append(offer)
        self.last_offer[event.location] = offer

    def refused(self, _event: EventFact) -> None:
        """Note a no: an answer, but one that closes no offer."""
        self.answered = True

    def offer_ended(self, event: EventFact) -> Offer | None:
        """Close the latest offer of the location. Without one the row is refused at the door (`case_events`)."""
        offer = self.last_offer.get(event.location)
        if offer:
            offer.is_open = False
        return offer

    def offer_withdrawn(self, event: EventFact) -> None:
        """Close the latest offer and remember that its location took it back."""
        if offer := self.offer_ended(event):
            offer.withdrawn = True

    def offer_accepted(self, event: EventFact) -> None:
        """Make a placement with the terms of the offer; the fields of the accepting row say nothing about it."""
        if offer := self.offer_ended(event):
            self.placed(event, Placement(offer.start_on, offer.pattern))

    def placed_directly(self, event: EventFact) -> None:
        """Make a placement with the terms of the row itself."""
        if not self.answered:
            self.placed_before_any_answer = True
        self.placed(event, Placement(event.start_on, event.pattern))

    def placed(self, event: EventFact, placement: Placement) -> None:
        """Add a placement: from here the latest of its location, and (under None) the latest of all."""
        self.placements.append(placement)
        self.last_placement[event.location] = self.last_placement[None] = placement

    def start_confirmed(self, event: EventFact) -> None:
        """Let this confirmation replace every earlier one of the placement that it concerns, undone or not."""
        if placement := self.last_placement.get(event.location):
            placement.confirmed = event

    def closed(self, event: EventFact) -> None:
        """Note the latest closing; it also undoes the placements made before it whose care had not started."""
        self.closing = event.kind
        self.undone(event)

    def reopened(self, event: EventFact) -> None:
        """Lift the closing and every "still searching" before it, and undo like a closing."""
        self.closing = None
        self.still_searching_at = None
        self.undone(event)

    def undone(self, event: EventFact) -> None:
        """Remember how many placements came before this event, and its day."""
        if self.placements:
            self.undoings.append((len(self.placements), brussels_date(event.at)))

    def still_searching(self, event: EventFact) -> None:
        """Remember the latest moment at which the family said that it had no care: the later, the surer."""
        self.still_searching_at = event.at

    def merged(self, event: EventFact) -> None:
        """Note a duplicate of another request."""
        self.never_counted = event.kind

    def not_genuine(self, event: EventFact) -> None:
        """Note a request that was none."""
        self.never_counted = event.kind


# A `corrected` changes the original question, wherever it stands in the story: `case_facts.original_before`.
_READERS: Final[dict[EventKind, Callable[[CaseStory, EventFact], object]]] = {
    EventKind.ANSWERED_YES: CaseStory.offered,
    EventKind.ANSWERED_ALTERNATIVE: CaseStory.offered,
    EventKind.ANSWERED_NO: CaseStory.refused,
    EventKind.OFFER_ACCEPTED: CaseStory.offer_accepted,
    EventKind.OFFER_DECLINED: CaseStory.offer_ended,
    EventKind.OFFER_EXPIRED: CaseStory.offer_ended,
    EventKind.OFFER_WITHDRAWN: CaseStory.offer_withdrawn,
    EventKind.PLACED_DIRECTLY: CaseStory.placed_directly,
    EventKind.START_CONFIRMED: CaseStory.start_confirmed,
    EventKind.STILL_SEARCHING: CaseStory.still_searching,
    EventKind.SEARCH_ENDED: CaseStory.closed,
    EventKind.FOUND_ELSEWHERE: CaseStory.closed,
    EventKind.LAPSED: CaseStory.closed,
    EventKind.WITHDRAWN: CaseStory.closed,
    EventKind.REOPENED: CaseStory.reopened,
    EventKind.NOT_GENUINE: CaseStory.not_genuine,
    EventKind.MERGED_INTO: CaseStory.merged,
}
