"""Until when a child stays in care when nobody said: its entry to school (SPEC §4).

A child may start school from two and a half years on, on one of seven entry days in the school year. Those days move
with the holidays, so a place is counted as taken until the latest that each of them can fall: places round outward
(SPEC §6).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from opvangloket.rules.periods import Period, add_months

SCHOOL_FROM_MONTHS: Final = 30
# A little under those months, whatever their days.
SURELY_TOO_YOUNG: Final = timedelta(days=900)
# A child may stay in care a little longer than it has to; not until it is four.
MOST_MONTHS_LONGER: Final = 12
# After the Christmas holidays, in February, after the carnival, Easter and Ascension holidays, in September and after
# the autumn holidays: month and day on which each falls at the latest.
LATEST_ENTRY_DAYS: Final = ((1, 10), (2, 3), (3, 15), (4, 27), (6, 7), (9, 1), (11, 9))


def latest_school_entry(born_on: date) -> date:
    """Return the day on which a child has certainly been able to start school; `born_on` may be the due date."""
    old_enough = add_months(born_on, SCHOOL_FROM_MONTHS)
    days = (date(old_enough.year + later, month, day) for later in (0, 1) for month, day in LATEST_ENTRY_DAYS)
    return next(day for day in days if day >= old_enough)


def care_period(start_on: date, end_on: date | None, *, born_on: date) -> Period:
    """Return how long a place is needed: until the end that was agreed, else until the child goes to school.

    A child that is already old enough for school stays without an end.
    """
    if end_on is None and (entry := latest_school_entry(born_on)) > start_on:
        end_on = entry
    return Period(start_on, end_on)


def is_long_at_school(care: Period, day: date) -> bool:
    """Tell whether a child whose care ends by its entry to school is gone for certain on a day: a year has passed.

    `care` is the `care_period` of a child of whom nobody wrote down an end. Until then it may be there a little longer.
    """
    return care.end is not None and add_months(care.end, MOST_MONTHS_LONGER) <= day


def may_be_at_school(born_on: date, start_on: date, day: date) -> bool:
    """Tell whether a child that came as a baby or toddler has been able to start school by a day.

    With nobody who wrote down an end its place counts as free since then, and it may be there all the same.
    """
    return born_on <= at_school_when_born_by(day) and start_on < born_on + SURELY_TOO_YOUNG


def at_school_when_born_by(day: date) -> date:
    """Return the last birthday of the children that have been able to start school by a day.

    For lists of many: `may_be_at_school` holds for whoever was born by then and was surely too young when it came.
    """
    entry = max(
        entry for year in (day.year - 1, day.year) for of in LATEST_ENTRY_DAYS if (entry := date(year, *of)) <= day
    )
    return add_months(entry, -SCHOOL_FROM_MONTHS)


def long_at_school_when_born_by(day: date) -> date:
    """Return the last birthday of the children that are long at school on a day, if they came as babies or toddlers.

    For lists of many, as `is_long_at_school` tells it of one.
    """
    return at_school_when_born_by(add_months(day, -MOST_MONTHS_LONGER))
