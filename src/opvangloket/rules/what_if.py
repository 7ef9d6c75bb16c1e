"""What if we take this child? The same sums as taking it for real, before anybody promises anything (SPEC §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from opvangloket.rules.capacity import Occupation, Shortfall, Supply, occupations_of_child, shortfalls
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.occupancy import MonthOccupancy, months_of_occupancy
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.place_hours import HoursApart, PlaceHours

ANY_HOURS: Final = PlaceHours()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The months without and with a child, and where it finds no place: by day part, and then by time.

    `apart` are the days on which the place has other hours than those that are asked. `closed_from` is set when the
    location is closed for good on the day on which the care would start.
    """

    before: tuple[MonthOccupancy, ...]
    after: tuple[MonthOccupancy, ...]
    shortfalls: tuple[Shortfall, ...]
    apart: tuple[HoursApart, ...] = ()
    closed_from: date | None = None

    @property
    def fits(self) -> bool:
        """Whether care may start, and every day part is free over its whole period, at the hours that are asked."""
        return not self.shortfalls and not self.apart and self.closed_from is None

    @property
    def overflowing(self) -> WeekPattern:
        """The day parts on which there is a day without a free place for the child."""
        return WeekPattern.from_codes(shortfall.part for shortfall in self.shortfalls)

    @property
    def overflows_from(self) -> date | None:
        """The first day without a place; None when every day part is free."""
        return min((shortfall.period.start for shortfall in self.shortfalls), default=None)


def what_if(
    pattern: WeekPattern,
    period: Period,
    supply: Supply,
    occupations: Iterable[Occupation],
    *,
    born_on: date,
    from_on: date,
    months: int,
    place_hours: PlaceHours = ANY_HOURS,
    hours: CareHours = NO_HOURS,
) -> WhatIf:
    """Return what changes when a location takes this child at these hours, over so many months from a day on."""
    present = tuple(occupations)
    child = occupations_of_child(pattern, period, born_on=born_on, toddler_from_months=supply.toddler_from_months)
    return WhatIf(
        before=months_of_occupancy(supply, present, from_on=from_on, months=months),
        after=months_of_occupancy(supply, (*present, *child), from_on=from_on, months=months),
        shortfalls=shortfalls(pattern, period, supply, present, born_on=born_on),
        apart=place_hours.apart(pattern, period, hours),
        closed_from=None if supply.takes_starts_on(period.start) else supply.closes_on,
    )
