"""What became of a request, as of a date: its events in, one outcome with its ground out.

This is the text of EXCHANGE.md, "Outcome as of a date D", rule by rule:

1. read the events up to D, in order, once (`CaseStory`);
2. find the original question as it was corrected up to D (`original_question`);
3. stop at the first step that applies: not counted, placed, closed, an offer is open, still searching, unknown.

Imported and lived requests are both counted here and nowhere else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from opvangloket.rules.case_events import EventFact, EventKind
from opvangloket.rules.case_facts import (
    CaseFacts,
    Channel,
    OriginalQuestion,
    original_before,
    original_question,
    weekday_count,
)
from opvangloket.rules.case_story import CaseStory, Placement
from opvangloket.rules.periods import add_months, brussels_date, end_of_brussels_day
from opvangloket.rules.procedure import DeskMode

__all__ = [
    "CaseFacts",
    "Channel",
    "EventFact",
    "EventKind",
    "Ground",
    "OriginalQuestion",
    "Outcome",
    "OutcomeResult",
    "original_question",
    "outcome_as_of",
]


class Outcome(StrEnum):
    """What became of a counted request (SPEC §8); a placement that is late and smaller is `PARTLY_BOTH`."""

    ANSWERED = "answered"
    PARTLY_LATER = "partly_later"
    PARTLY_FEWER = "partly_fewer"
    PARTLY_BOTH = "partly_both"
    UNANSWERED_NO_OFFER = "unanswered_no_offer"
    UNANSWERED_DECLINED = "unanswered_declined"
    FOUND_ELSEWHERE = "found_elsewhere"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


class Ground(StrEnum):
    """Which clause decided; `outcome_reasons` puts it in words."""

    MERGED_INTO = "merged_into"
    NOT_GENUINE = "not_genuine"
    PLACED_BEFORE_DESK = "placed_before_desk"
    PLACED = "placed"
    FOUND_ELSEWHERE = "found_elsewhere"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    SEARCH_ENDED = "search_ended"
    OFFER_OPEN = "offer_open"
    STILL_SEARCHING = "still_searching"
    NOTHING_SURE = "nothing_sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeResult:
    """The outcome of one request as of a date; `outcome` is None when the request is not counted at all.

    The placed fields tell the earliest start and the union of what stands; they are None without a placement.
    `offer_stood` tells whether an offer was given that its location did not withdraw.
    """

    ground: Ground
    original: OriginalQuestion
    outcome: Outcome | None
    placed_start: date | None = None
    placed_pattern: int | None = None
    offer_stood: bool = False

    @property
    def counted(self) -> bool:
        """Whether the request counts as one question."""
        return self.outcome is not None

    @property
    def partly_later(self) -> bool:
        """Whether the place starts at least one calendar month late, also when it is smaller too."""
        return self.outcome in _LATER

    @property
    def partly_fewer(self) -> bool:
        """Whether the place has fewer day parts or weekdays than asked, also when it is late too."""
        return self.outcome in _FEWER

    @property
    def unanswered(self) -> bool:
        """Whether the question stayed without an answer, of either kind."""
        return self.outcome in _UNANSWERED


_LATER: Final = frozenset({Outcome.PARTLY_LATER, Outcome.PARTLY_BOTH})
_FEWER: Final = frozenset({Outcome.PARTLY_FEWER, Outcome.PARTLY_BOTH})
_UNANSWERED: Final = frozenset({Outcome.UNANSWERED_NO_OFFER, Outcome.UNANSWERED_DECLINED})


def outcome_as_of(case: CaseFacts, as_of: date) -> OutcomeResult:
    """Return what became of the request, as known at the end of this Brussels day (EXCHANGE.md, outcome rules)."""
    cutoff = end_of_brussels_day(as_of)
    return outcome_before(case, cutoff, original_before(case, cutoff))


def outcome_before(case: CaseFacts, cutoff: datetime, original: OriginalQuestion) -> OutcomeResult:
    """Return what became of the request, from its events before the cutoff and the question corrected up to there."""
    story = CaseStory.of(case.events, cutoff)
    if ground := _why_not_counted(case, story):
        return OutcomeResult(ground=ground, original=original, outcome=None)
    if standing := standing_placements(story, original):
        return _placed(story, standing, original)
    ground, outcome = _without_place(story, original)
    return OutcomeResult(ground=ground, original=original, outcome=outcome, offer_stood=story.offer_stood)


def _why_not_counted(case: CaseFacts, story: CaseStory) -> Ground | None:
    """Step 1: a duplicate or no real request; or, in desk-only mode, an organiser's own family that it placed."""
    if story.never_counted:
        return Ground(story.never_counted)
    through_its_organiser = case.desk_mode == DeskMode.DESK_ONLY and case.channel == Channel.ORGANISER
    if through_its_organiser and story.placed_before_any_answer:
        return Ground.PLACED_BEFORE_DESK
    return None


def standing_placements(story: CaseStory, original: OriginalQuestion) -> list[Placement]:
    """Step 2: the placements whose care was not called off before it started.

    The start is the one in force at the date of the report. So a confirmation after the undoing event also tells
    whether care had started by then; nothing else brings an undone placement back.
    """
    return [
        placement
        for position, placement in enumerate(story.placements)
        if not any(
            position < made_before and placement.agreed_start(original) > undone_on
            for made_before, undone_on in story.undoings
        )
    ]


def _placed(story: CaseStory, standing: list[Placement], original: OriginalQuestion) -> OutcomeResult:
    """Step 2: compare the earliest start and the union of the day parts with the original question."""
    start = min(placement.agreed_start(original) for placement in standing)
    pattern = 0
    for placement in standing:
        pattern |= placement.agreed_pattern(original)
    later = start >= add_months(original.start_on, 1)
    fewer = pattern.bit_count() < original.parts_asked or weekday_count(pattern) < original.weekdays_asked
    return OutcomeResult(
        ground=Ground.PLACED,
        original=original,
        outcome=_PLACED_OUTCOMES[later, fewer],
        placed_start=start,
        placed_pattern=pattern,
        offer_stood=story.offer_stood,
    )


_PLACED_OUTCOMES: Final = {
    (False, False): Outcome.ANSWERED,
    (True, False): Outcome.PARTLY_LATER,
    (False, True): Outcome.PARTLY_FEWER,
    (True, True): Outcome.PARTLY_BOTH,
}


def _without_place(story: CaseStory, original: OriginalQuestion) -> tuple[Ground, Outcome]:
    """Steps 3 to 6: closed, an offer is open, still searching after the wanted start, or not sure."""
    if story.closing:
        return _closed(story, story.closing)
    if any(offer.is_open for offer in story.last_offer.values()):
        return Ground.OFFER_OPEN, Outcome.UNKNOWN
    if story.still_searching_at and brussels_date(story.still_searching_at) >= original.start_on:
        return Ground.STILL_SEARCHING, _unanswered(story)
    return Ground.NOTHING_SURE, Outcome.UNKNOWN


def _closed(story: CaseStory, closing: EventKind) -> tuple[Ground, Outcome]:
    """Step 3: the latest closing that no `reopened` lifted; a search that ended without a place is unanswered."""
    return Ground(closing), _CLOSED_OUTCOMES.get(closing) or _unanswered(story)


_CLOSED_OUTCOMES: Final = {
    EventKind.FOUND_ELSEWHERE: Outcome.FOUND_ELSEWHERE,
    EventKind.LAPSED: Outcome.LAPSED,
    EventKind.WITHDRAWN: Outcome.UNKNOWN,
}


def _unanswered(story: CaseStory) -> Outcome:
    """Split unanswered: an offer that stood was not taken, or there was none. A direct placement is no offer."""
    return Outcome.UNANSWERED_DECLINED if story.offer_stood else Outcome.UNANSWERED_NO_OFFER
