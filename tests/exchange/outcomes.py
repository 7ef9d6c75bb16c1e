"""Decides the outcome of one request as of a date, one function per clause of the exchange format."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.exchange.folder import Event, Request

BRUSSELS = ZoneInfo("Europe/Brussels")
OFFERS = ("answered_yes", "answered_alternative")
ANSWERS = (*OFFERS, "answered_no")
CLOSINGS = ("found_elsewhere", "lapsed", "withdrawn", "search_ended")
UNDOING = ("reopened", *CLOSINGS)
CLOSES_OFFER = ("offer_accepted", "offer_declined", "offer_expired", "offer_withdrawn")
UNANSWERED = ("unanswered_no_offer", "unanswered_declined")

Events = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """The question as asked, with the corrections known on the date of the count."""

    start: date
    pattern: frozenset[str]
    parts_wanted: int | None


@dataclass(frozen=True, slots=True)
class Placement:
    position: int
    location: str
    start: date
    pattern: frozenset[str]


def brussels_date(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date()


def is_up_to(moment: datetime, day: date) -> bool:
    # «"Up to D" = before 00:00 Brussels time on D + 1.»
    return moment < datetime.combine(day + timedelta(days=1), time(), BRUSSELS)


def events_up_to(request: Request, day: date) -> Events:
    # «Take the events up to D.»
    return tuple(event for event in request.events if is_up_to(event.at, day))


def original_of(request: Request, events: Events) -> Original:
    # «those of the request, each replaced by the last `corrected` that fills it
    # (a corrected pattern also ends `parts_wanted`)»
    start, pattern, parts_wanted = request.start_on, request.pattern, request.parts_wanted
    for event in events:
        if event.kind == "corrected":
            start = event.start_on or start
            if event.pattern:
                pattern, parts_wanted = event.pattern, None
    return Original(start, pattern, parts_wanted)


def outcome_as_of(request: Request, day: date, mode: str) -> str | None:
    """Return the outcome, `partly_both` when both flags hold, or None for a request that is not counted at all."""
    events = events_up_to(request, day)
    original = original_of(request, events)
    # «Stop at the first that applies»
    if is_removed(events) or is_organisers_own(request, events, mode):
        return None
    if remaining := remaining_placements(events, original):
        return placed_outcome(remaining, original)
    if closing := closing_in_force(events):
        return outcome_of_closing(closing, events)
    if has_open_offer(events):
        return "unknown"
    if still_searches_after_start(events, original):
        return unanswered(events)
    return "unknown"


# 1. Not counted


def is_removed(events: Events) -> bool:
    # «a `merged_into` or `not_genuine` → not counted at all, also when a `reopened` comes after it»
    return any(event.kind in ("merged_into", "not_genuine") for event in events)


def is_organisers_own(request: Request, events: Events, mode: str) -> bool:
    # «In a `desk_only` desk a request with channel `organiser` that has a `placed_directly`, also one that is later
    # undone, with no `answered_yes`, `answered_alternative` or `answered_no` of any location before it → not counted.»
    if mode != "desk_only" or request.channel != "organiser":
        return False
    return any(
        event.kind == "placed_directly" and not any(earlier.kind in ANSWERS for earlier in events[:position])
        for position, event in enumerate(events)
    )


# 2. Placed


def offer_concerned(events: Events, position: int) -> int:
    # «concerns the latest offer of that location before it; an event without such an offer is a row error»
    for earlier in reversed(range(position)):
        if events[earlier].kind in OFFERS and events[earlier].location == events[position].location:
            return earlier
    raise ValueError(f"{events[position].kind} without an offer of {events[position].location} before it")


def placements_made(events: Events, original: Original) -> list[Placement]:
    # «Each `offer_accepted` and `placed_directly` makes a placement with an agreed start and pattern: those of the
    # offer (or of the `placed_directly` row), empty = original.»
    made = []
    for position, event in enumerate(events):
        if event.kind == "offer_accepted":
            terms = events[offer_concerned(events, position)]
        elif event.kind == "placed_directly":
            terms = event
        else:
            continue
        made.append(
            Placement(position, event.location, terms.start_on or original.start, terms.pattern or original.pattern)
        )
    return made


def placement_concerned(events: Events, position: int, made: list[Placement]) -> Placement:
    # «concerns the latest placement of its `location`, or without location the latest of all, also when that one is
    # undone; none before it is a row error»
    location = events[position].location
    for placement in reversed(made):
        if placement.position < position and location in ("", placement.location):
            return placement
    raise ValueError("start_confirmed without a placement before it")


def confirmed(placement: Placement, events: Events, made: list[Placement]) -> Placement:
    # «Of the `start_confirmed`s that concern it only the **last** counts and replaces them; its empty fields = as
    # agreed.»
    real = placement
    for position, event in enumerate(events):
        if event.kind == "start_confirmed" and placement_concerned(events, position, made) == placement:
            real = Placement(
                placement.position,
                placement.location,
                event.start_on or placement.start,
                event.pattern or placement.pattern,
            )
    return real


def is_undone(real: Placement, events: Events) -> bool:
    # «A `reopened`, `found_elsewhere`, `lapsed`, `withdrawn` or `search_ended` undoes every placement made before it
    # whose agreed start (as replaced by every `start_confirmed` up to D) lies after that event's Brussels date»
    later = events[real.position + 1 :]
    return any(event.kind in UNDOING and real.start > brussels_date(event.at) for event in later)


def remaining_placements(events: Events, original: Original) -> list[Placement]:
    # «A later `offer_*` on the same offer leaves the placement standing. An undone placement does not come back.»
    made = placements_made(events, original)
    real = [confirmed(placement, events, made) for placement in made]
    return [placement for placement in real if not is_undone(placement, events)]


def one_month_after(day: date) -> date:
    # «31 January + 1 month = the last day of February»
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def weekdays(pattern: frozenset[str]) -> frozenset[str]:
    return frozenset(part.split("_")[0] for part in pattern)


def parts_asked(original: Original) -> int:
    # «`parts_wanted`, else the number of distinct parts in the original pattern»
    return len(original.pattern) if original.parts_wanted is None else original.parts_wanted


def weekdays_asked(original: Original) -> int:
    # «those in the original pattern; with `parts_wanted`, the smaller of their number and `parts_wanted` / 2 rounded
    # up»
    number = len(weekdays(original.pattern))
    return number if original.parts_wanted is None else min(number, (original.parts_wanted + 1) // 2)


def placed_outcome(remaining: list[Placement], original: Original) -> str:
    # «agreed start = the earliest, agreed pattern = the union»
    start = min(placement.start for placement in remaining)
    pattern = frozenset[str]().union(*(placement.pattern for placement in remaining))
    # «`partly_later` when that start ≥ original start + 1 calendar month»
    is_later = start >= one_month_after(original.start)
    # «fewer distinct day parts than asked … **or** fewer distinct weekdays than asked»
    is_fewer = len(pattern) < parts_asked(original) or len(weekdays(pattern)) < weekdays_asked(original)
    if is_later and is_fewer:
        return "partly_both"
    if is_later:
        return "partly_later"
    return "partly_fewer" if is_fewer else "answered"


# 3. Closed


def closing_in_force(events: Events) -> Event | None:
    # «the latest of `found_elsewhere`, `lapsed`, `withdrawn`, `search_ended`, unless a `reopened` comes after it»
    for event in reversed(events):
        if event.kind == "reopened":
            return None
        if event.kind in CLOSINGS:
            return event
    return None


def outcome_of_closing(closing: Event, events: Events) -> str:
    # «`found_elsewhere` → `found_elsewhere`; `lapsed` → `lapsed`; `withdrawn` → `unknown`; `search_ended` →
    # *unanswered*»
    if closing.kind == "search_ended":
        return unanswered(events)
    return "unknown" if closing.kind == "withdrawn" else closing.kind


# 4. Offers


def has_open_offer(events: Events) -> bool:
    # «Per location only the latest `answered_yes` / `answered_alternative` counts; it is open unless an
    # `offer_accepted`, `offer_declined`, `offer_expired` or `offer_withdrawn` of the same location comes after it.
    # Nothing else closes it»
    is_open: dict[str, bool] = {}
    for event in events:
        if event.kind in OFFERS:
            is_open[event.location] = True
        elif event.kind in CLOSES_OFFER:
            is_open[event.location] = False
    return any(is_open.values())


# 5. Still searching, and the two kinds of unanswered


def still_searches_after_start(events: Events, original: Original) -> bool:
    # «a `still_searching` whose `at`, as a date in Brussels, is on or after the original start, with no `reopened`
    # after it»
    return any(
        event.kind == "still_searching"
        and brussels_date(event.at) >= original.start
        and not any(later.kind == "reopened" for later in events[position + 1 :])
        for position, event in enumerate(events)
    )


def unanswered(events: Events) -> str:
    # «`unanswered_declined` when at least one offer … was given up to D that its location did not withdraw
    # (`offer_withdrawn` concerning that offer), also before a `reopened`; else `unanswered_no_offer`.
    # `placed_directly` is no offer.»
    given = {position for position, event in enumerate(events) if event.kind in OFFERS}
    withdrawn = {
        offer_concerned(events, position) for position, event in enumerate(events) if event.kind == "offer_withdrawn"
    }
    return "unanswered_declined" if given - withdrawn else "unanswered_no_offer"
