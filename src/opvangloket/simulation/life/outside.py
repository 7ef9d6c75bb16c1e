"""The children who are in care without this desk: those of before it, and those whom locations place themselves.

Without them a town would have far more free places than families know. A location that plans here declares them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from opvangloket.simulation.chance import stream, whole_number
from opvangloket.simulation.demand.weeks import ask_week
from opvangloket.simulation.life.bookkeeping import part_indexes
from opvangloket.simulation.supply.ledger import Stay, school_from, stay
from opvangloket.simulation.supply.town import Town

_TRIES_PER_PLACE: Final = 3
_MONTHS_BEFORE, _MONTHS_AHEAD = 27, 8
_TRIES_PER_PLACE_AND_YEAR: Final = 4.5
_DAYS_PER_MONTH: Final = 30


@dataclass(frozen=True, slots=True)
class Declared:
    """A child that a location declares as taking a place."""

    location: int
    parts: int
    stay: Stay
    made: int


class OutsideDesk:
    """Fills the places that no family of the desk gets; `declare` hears of each child."""

    def __init__(self, town: Town, declare: Callable[[Declared], None]) -> None:
        self._town, self._declare = town, declare
        self._random = stream(town.seed, "outside")

    def fill(self) -> None:
        """Let every location begin nearly full, with children of all ages, and next months booked as usual."""
        since = self._town.since.toordinal()
        first, last = since - _MONTHS_BEFORE * _DAYS_PER_MONTH, since + _MONTHS_AHEAD * _DAYS_PER_MONTH
        for location, planned in enumerate(self._town.locations):
            for _ in range(planned.row.licensed_places * _TRIES_PER_PLACE):
                self._place(location, self._random.randint(first, last), since)

    def month(self, day: date, *, scale: float = 1.0) -> None:
        """Let locations place children themselves, as they do each month for some months ahead."""
        today = day.toordinal()
        for location, planned in enumerate(self._town.locations):
            expected = planned.row.licensed_places * _TRIES_PER_PLACE_AND_YEAR * scale / 12
            for _ in range(whole_number(self._random, expected)):
                ahead = int(self._random.triangular(0, _MONTHS_AHEAD * _DAYS_PER_MONTH + 60, 150))
                self._place(location, today + ahead, today)

    def _place(self, location: int, start: int, today: int) -> None:
        """Place a child from a day until it goes to school, when there is room."""
        born = start - int(self._random.triangular(75, 600, 140))
        end = school_from(born)
        if end <= max(start, today):
            return
        ledger = self._town.ledgers[location]
        week = ask_week(self._random)
        parts = week.parts & ledger.opening
        when = stay(max(start, today - 1), end, born=born)
        indexes: Sequence[int] = part_indexes(parts)
        if parts and ledger.free(indexes, when):
            ledger.take(indexes, when)
            self._declare(Declared(location, parts, when, today))
