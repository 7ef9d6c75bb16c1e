"""One request as the counting rules see it: the facts of its registration and what the family asked first."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from opvangloket.rules.case_events import EventFact, EventKind
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import CareHours
from opvangloket.rules.periods import end_of_brussels_day
from opvangloket.rules.procedure import DeskMode


class Channel(StrEnum):
    """How a request reached the desk (SPEC §4); the value is the word in the exchange format."""

    ONLINE = "online"
    PHONE = "phone"
    COUNTER = "counter"
    PAPER = "paper"
    HELPER = "helper"
    ORGANISER = "organiser"
    IMPORT = "import"
    INTERFACE = "interface"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """One request with everything that a report needs, and nothing that names a family.

    Patterns are masks of day parts (`patterns.PART_CODES`); `events` is in reading order
    (`case_events.in_reading_order`). `first_location_nis` is the code of the first chosen location only.
    """

    key: str
    desk_mode: DeskMode
    channel: Channel
    registered_at: datetime
    start_on: date
    pattern: int
    parts_wanted: int | None = None
    hours: CareHours | None = None
    residence_nis: str | None = None
    first_location_nis: str | None = None
    characteristics: frozenset[Characteristic] = frozenset()
    urgent_reason: UrgentReason | None = None
    special_need: bool = False
    events: tuple[EventFact, ...] = ()


class OriginalQuestion(NamedTuple):
    """What the family asked first, as corrected up to the date; `parts_wanted` of None means every part."""

    start_on: date
    pattern: int
    parts_wanted: int | None

    @property
    def parts_asked(self) -> int:
        """The number of day parts per week that answers the question."""
        return self.pattern.bit_count() if self.parts_wanted is None else self.parts_wanted

    @property
    def weekdays_asked(self) -> int:
        """The number of weekdays that answers the question; "any three parts" can be had on two days."""
        named = weekday_count(self.pattern)
        return named if self.parts_wanted is None else min(named, (self.parts_wanted + 1) // 2)


def original_question(case: CaseFacts, as_of: date) -> OriginalQuestion:
    """Return the question as first asked, each field replaced by the last `corrected` up to the date that fills it."""
    return original_before(case, end_of_brussels_day(as_of))


def original_before(case: CaseFacts, cutoff: datetime) -> OriginalQuestion:
    """Return the question as corrected by the events before the cutoff."""
    start_on, pattern, parts_wanted = case.start_on, case.pattern, case.parts_wanted
    for event in case.events:
        if event.at >= cutoff:
            break
        if event.kind == EventKind.CORRECTED:
            start_on = event.start_on or start_on
            if event.pattern:
                pattern, parts_wanted = event.pattern, None
    return OriginalQuestion(start_on, pattern, parts_wanted)


def weekday_count(pattern: int) -> int:
    """Count the weekdays on which a mask of day parts has at least one part."""
    return ((pattern | pattern >> 1) & 0b01_01_01_01_01_01_01).bit_count()
