"""The plain request from which the worked examples start."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.exchange.folder import Event, Request, moment

AS_OF = date(2025, 2, 28)
FULL_MONDAY_TUESDAY = frozenset({"ma_vm", "ma_nm", "di_vm", "di_nm"})
PLAIN = Request(
    id="R1",
    desk="kust",
    registered_at=moment("2024-01-10T09:00+01:00"),
    channel="online",
    residence="44001",
    start_on=date(2024, 9, 2),
    pattern=FULL_MONDAY_TUESDAY,
    parts_wanted=None,
    hours=(),
    characteristics=frozenset(),
    urgent_reason="",
    special_need=False,
    locations=("L1",),
    events=(),
)


def event(text: str) -> Event:
    """Read `MOMENT KIND [LOCATION] [START_ON] [PATTERN]`; locations start with an L."""
    at, kind, *rest = text.split()
    location = rest.pop(0) if rest and rest[0].startswith("L") else ""
    start_on = date.fromisoformat(rest.pop(0)) if rest and rest[0][0].isdigit() else None
    return Event(kind, moment(at), location, start_on, frozenset(rest.pop().split("|")) if rest else frozenset())


def asked(*events: str, **changes: Any) -> Request:
    """Return the plain request with these events, sorted as a folder's are."""
    fields: dict[str, Any] = {"events": tuple(sorted(map(event, events), key=lambda one: one.at)), **changes}
    return replace(PLAIN, **fields)


YES = "2024-03-01T10:00Z answered_yes L1"
ACCEPTED = "2024-03-02T10:00Z offer_accepted L1"
DIRECT = "2024-03-01T10:00Z placed_directly L1"
ENDED = "2024-10-01T10:00Z search_ended"
