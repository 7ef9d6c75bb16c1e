"""Requests and their events in a few words, for the tests of counting.

An event is one line, `MOMENT KIND [LOCATION] [start=DATE] [parts=CODES] [reason=WORD]`; a moment without a time is
noon in Brussels, one with a time is Brussels time, and one that ends in Z is UTC.
"""

from datetime import UTC, date, datetime
from typing import Any

from opvangloket.rules.case_events import EventFact, EventKind
from opvangloket.rules.outcomes import CaseFacts, Channel
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.periods import BRUSSELS
from opvangloket.rules.procedure import DeskMode

MONDAY_TUESDAY = WeekPattern.full_days("ma", "di").mask


def parts(codes: str) -> int:
    """Return the mask of `ma_vm|ma_nm`; a bare weekday (`ma`) is its full day."""
    expanded = [part for code in codes.split("|") for part in PART_CODES if part == code or part.startswith(f"{code}_")]
    assert expanded, codes
    return WeekPattern.from_codes(expanded).mask


def moment(text: str) -> datetime:
    """Return the aware moment of one line."""
    if text.endswith("Z"):
        return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
    naive = datetime.fromisoformat(text if "T" in text else f"{text}T12:00")
    return naive.replace(tzinfo=BRUSSELS)


def event(line: str) -> EventFact:
    """Return the event of one line."""
    at, kind, *rest = line.split()
    named = dict(word.split("=") for word in rest if "=" in word)
    location = next((word for word in rest if "=" not in word), None)
    return EventFact(
        at=moment(at),
        kind=EventKind(kind),
        location=location,
        start_on=date.fromisoformat(named["start"]) if "start" in named else None,
        pattern=parts(named["parts"]) if "parts" in named else None,
        reason=named.get("reason"),
    )


def events(text: str) -> tuple[EventFact, ...]:
    """Return the events of a text with one line per event."""
    return tuple(event(line) for line in text.strip().splitlines())


def case(story: str = "", **facts: Any) -> CaseFacts:
    """Return a request for Monday and Tuesday from 1 September 2024, registered in March, with these events."""
    defaults: dict[str, Any] = {
        "key": "R1",
        "desk_mode": "central",
        "channel": "online",
        "registered_at": moment("2024-03-01"),
        "start_on": date(2024, 9, 1),
        "pattern": MONDAY_TUESDAY,
    }
    chosen = defaults | facts
    chosen |= {"desk_mode": DeskMode(chosen["desk_mode"]), "channel": Channel(chosen["channel"])}
    return CaseFacts(**chosen, events=events(story))
