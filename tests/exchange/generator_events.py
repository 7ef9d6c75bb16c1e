"""Draws the events of one generated request: valid, yet in every order the exchange format has a clause for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from tests.exchange.generator_values import (
    BRUSSELS,
    CLOCK_CHANGES,
    brussels_moment,
    chance,
    moment_text,
    month_later,
    pattern,
    pattern_near,
    report_edge,
)

Row = dict[str, str]
OFFER_ENDS = ("offer_accepted", "offer_declined", "offer_expired", "offer_withdrawn")
CLOSINGS = ("search_ended", "found_elsewhere", "lapsed", "withdrawn")

# How often each kind is drawn, per sort of story; a story that always places would hide every later clause.
STORIES: tuple[dict[str, int], ...] = (
    {
        "answered_yes": 4,
        "answered_alternative": 3,
        "answered_no": 2,
        "end_offer": 8,
        "still_searching": 2,
        "closing": 1,
    },
    {"answered_yes": 3, "answered_alternative": 3, "accept": 4, "start_confirmed": 4, "undo": 2, "corrected": 1},
    {"placed_directly": 3, "answered_no": 1, "start_confirmed": 3, "undo": 3, "answered_yes": 1, "corrected": 1},
    {"answered_yes": 3, "accept": 4, "end_offer": 3, "start_confirmed": 1},
    {"answered_alternative": 1, "accept": 1, "placed_directly": 1},
    {"closing": 4, "reopened": 2, "still_searching": 3, "answered_no": 1, "withdraw_offer": 2, "answered_yes": 1},
    {"answered_yes": 2, "answered_no": 1, "reopened": 1, "still_searching": 4, "search_ended": 1},
    {"still_searching": 4, "corrected": 2, "reopened": 1, "answered_no": 1, "search_ended": 1},
    {"answered_alternative": 2, "withdraw_offer": 3, "decline": 1, "search_ended": 2, "reopened": 1},
)
FAMILIES = {
    "end_offer": ("offer_declined", "offer_expired", "offer_withdrawn"),
    "accept": ("offer_accepted",),
    "decline": ("offer_declined",),
    "withdraw_offer": ("offer_withdrawn",),
    "closing": CLOSINGS,
    "undo": ("reopened", *CLOSINGS),
}


@dataclass(slots=True)
class Story:
    """One request while its events are drawn."""

    rng: Random
    request: str
    desk_requests: Sequence[str]
    start: date
    pattern: Sequence[str]
    locations: Sequence[str]
    moments: list[datetime] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    placed: list[str] = field(default_factory=list)


def draw_events(story: Story) -> list[tuple[datetime, Row]]:
    """Return the instants and rows of one request's events in their order."""
    rng = story.rng
    story.moments = draw_moments(story)
    weights = rng.choice(STORIES)
    kinds = rng.choices(tuple(weights), tuple(weights.values()), k=len(story.moments))
    drawn = []
    for position, (moment, family) in enumerate(zip(story.moments, kinds, strict=True)):
        kind = rng.choice(FAMILIES.get(family, (family,)))
        if chance(rng, 1) or (position == len(story.moments) - 1 and chance(rng, 3)):
            kind = rng.choice(("not_genuine", "merged_into"))
        row = {"request": story.request, "at": moment_text(rng, moment), "by": rng.choice(("", "desk", "family"))}
        drawn.append((moment, row | fields_of(story, possible_kind(story, kind))))
    return drawn


def draw_moments(story: Story) -> list[datetime]:
    """Draw sorted instants around the start, the report dates and the changes of the clock; some of them equal."""
    rng = story.rng
    moments: list[datetime] = []
    for _ in range(rng.choice((0, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 12))):
        if moments and chance(rng, 25):
            moments.append(moments[-1])
            continue
        kind = rng.randrange(10)
        if kind < 5:
            day = story.start + timedelta(days=rng.randrange(-150, 60))
        elif kind < 8:
            day = story.start + timedelta(days=rng.choice((-1, 0, 0, 1)))
        elif kind < 9:
            day = report_edge(rng, story.start.year)
        else:
            day = min(CLOCK_CHANGES, key=lambda change: abs(change - story.start))
        moments.append(brussels_moment(rng, day))
    return sorted(moments)


def possible_kind(story: Story, kind: str) -> str:
    """Replace a kind that would be a row error here by one that makes it possible later."""
    if kind in OFFER_ENDS and not story.offered:
        return story.rng.choice(("answered_yes", "answered_alternative"))
    if kind == "start_confirmed" and not story.placed:
        return "offer_accepted" if story.offered else "placed_directly"
    if kind == "merged_into" and not story.desk_requests:
        return "not_genuine"
    return kind


def fields_of(story: Story, kind: str) -> Row:
    """Draw the fields that a kind needs and some that it may have."""
    rng = story.rng
    row = {"kind": kind}
    location = rng.choice(story.locations)
    if kind in ("answered_yes", "placed_directly"):
        row |= {"location": location} | some_terms(story)
    elif kind == "answered_alternative":
        row |= {"location": location} | all_terms(story)
    elif kind in ("answered_no", "lapsed"):
        row |= {"reason": rng.choice(("volzet", "geen antwoord, ook niet op de brief", 'zei "nee"'))}
        row |= {"location": location} if kind == "answered_no" else {}
    elif kind in OFFER_ENDS:
        row["location"] = rng.choice(story.offered)
    elif kind == "start_confirmed":
        row |= {"location": rng.choice((*story.placed, ""))} | some_terms(story)
    elif kind == "corrected":
        row |= rng.choice((corrected_start, corrected_pattern, corrected_both))(story)
    elif kind == "merged_into":
        row["reason"] = rng.choice(story.desk_requests)
    if kind in ("answered_yes", "answered_alternative"):
        row["reply_by_on"] = offered_start(story).isoformat() if chance(rng, 50) else ""
        story.offered.append(row["location"])
    if kind in ("offer_accepted", "placed_directly"):
        story.placed.append(row["location"])
    return row


def all_terms(story: Story) -> Row:
    return {
        "start_on": offered_start(story).isoformat(),
        "pattern": "|".join(pattern_near(story.rng, story.pattern)),
    }


def some_terms(story: Story) -> Row:
    """Keep both terms, one of them, or none: an empty field means as asked or as agreed."""
    return {name: text for name, text in all_terms(story).items() if chance(story.rng, 45)}


def offered_start(story: Story) -> date:
    """Draw a start around the asked one, around one month later, or on the date of one of the events."""
    rng = story.rng
    if chance(rng, 40):
        around = rng.choice(story.moments).astimezone(BRUSSELS).date()
    else:
        around = rng.choice((story.start, month_later(story.start), month_later(story.start)))
    return around + timedelta(days=rng.choice((-1, 0, 0, 1, -20, 45) if chance(rng, 30) else (-1, 0, 1)))


def corrected_start(story: Story) -> Row:
    days = story.rng.choice((-366, -31, -1, 1, 30, 366, 0))
    return {"start_on": (story.start + timedelta(days=days)).isoformat()}


def corrected_pattern(story: Story) -> Row:
    return {"pattern": "|".join(pattern(story.rng))}


def corrected_both(story: Story) -> Row:
    return corrected_start(story) | corrected_pattern(story)
