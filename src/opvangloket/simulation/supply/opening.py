"""When a location is open, and the days on which it closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from opvangloket.domains.providers.models import Closing, Location, LocationType, OpeningHours, SubsidyStep
from opvangloket.foundation.geography import holidays
from opvangloket.rules.patterns import WEEKDAYS, DayHours, WeekPattern
from opvangloket.rules.periods import ONE_DAY
from opvangloket.simulation.chance import Weighted, happens
from opvangloket.simulation.supply.blueprints import FREE_PRICE_STEPS

_WORKING_DAYS = 5
_SATURDAY = 5
_MONDAY, _WEDNESDAY, _THURSDAY, _FRIDAY = 0, 2, 3, 4
_NOON = 750

# With the income tariff a location is open at least eleven hours on end between 6 and 20 hours (Opgroeien, FAQ).
_ELEVEN_HOURS = Weighted(
    {(420, 1080): 0.5, (420, 1110): 0.16, (405, 1080): 0.12, (390, 1080): 0.1, (435, 1095): 0.06, (360, 1140): 0.06}
)
_SHORTER = Weighted({(450, 1050): 0.4, (420, 1050): 0.3, (450, 1080): 0.2, (480, 1020): 0.1})
_EARLY_AND_LATE = (360, 1200)
_SUMMER_WEEKS = {LocationType.FAMILY: (2, 3), LocationType.GROUP: (0, 1, 2, 3)}


def opening_hours(random: Random, location: Location) -> list[OpeningHours]:
    """Return the hours of a week; a few open early and late, on Saturday, or only half of Wednesday."""
    step = SubsidyStep(location.subsidy_step)
    opens, closes = (_SHORTER if step in FREE_PRICE_STEPS else _ELEVEN_HOURS).draw(random)
    group = location.type == LocationType.GROUP
    if group and happens(random, 0.05):
        opens, closes = _EARLY_AND_LATE
    half_wednesday = not group and happens(random, 0.18)
    no_friday = not group and happens(random, 0.06)
    hours = [
        OpeningHours(
            location=location,
            weekday=weekday,
            opens=opens,
            closes=_NOON if weekday == _WEDNESDAY and half_wednesday else closes,
        )
        for weekday in range(_WORKING_DAYS)
        if not (weekday == _FRIDAY and no_friday)
    ]
    if group and happens(random, 0.03):
        hours.append(OpeningHours(location=location, weekday=_SATURDAY, opens=480, closes=1020))
    return hours


def opening_pattern(hours: Sequence[OpeningHours]) -> WeekPattern:
    """Return the day parts on which these hours are open."""
    pattern = WeekPattern()
    for row in hours:
        pattern |= DayHours(WEEKDAYS[row.weekday], row.opens, row.closes).parts(_NOON)
    return pattern


def closings(random: Random, location: Location, *, years: Sequence[int]) -> list[Closing]:
    """Return the closing days of these years: weeks in summer, the days around New Year, sometimes a bridge day."""
    weeks = random.choice(_SUMMER_WEEKS[LocationType(location.type)])
    summer = 1 + random.randrange(6)
    bridge = happens(random, 0.5)
    found = []
    for year in years:
        if weeks:
            monday = _monday_after(date(year, 7, 1)) + timedelta(weeks=summer)
            found.append(_closing(location, monday, monday + timedelta(weeks=weeks), "zomervakantie"))
        found.append(_closing(location, date(year, 12, 25), date(year + 1, 1, 2), "kerstvakantie"))
        if bridge:
            fridays = (holiday.on + ONE_DAY for holiday in holidays(year, year) if holiday.on.weekday() == _THURSDAY)
            found += [_closing(location, friday, friday + ONE_DAY, "brugdag") for friday in fridays]
    return found


def _closing(location: Location, start_on: date, end_on: date, reason: str) -> Closing:
    return Closing(location=location, start_on=start_on, end_on=end_on, reason=reason)


def _monday_after(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)
