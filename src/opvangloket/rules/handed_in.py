"""De periodieke lijst: each quarter a location hands in the questions that it could not answer (SPEC §3 and §5).

Only where the desk counts its own questions: at a central desk every question comes through the desk already.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from opvangloket.rules.identity import Identity, Likeness, likely_same
from opvangloket.rules.periods import Period, add_months

MONTHS_IN_A_QUARTER: Final = 3
MOST_QUESTIONS: Final = 200
# Two weeks to put together what was asked in three months: sooner it is put aside, later it is too late.
REMIND_BEFORE: Final = timedelta(days=14)


def quarter_of(day: date) -> Period:
    """Return the quarter of the calendar in which a day lies."""
    start = date(day.year, day.month - (day.month - 1) % MONTHS_IN_A_QUARTER, 1)
    return Period(start, add_months(start, MONTHS_IN_A_QUARTER))


def quarter_to_remind_of(today: date) -> Period | None:
    """Return the quarter whose list is wanted soon, in its last two weeks; None before that."""
    quarter = quarter_of(today)
    assert quarter.end is not None  # noqa: S101 - a quarter ends
    return quarter if today >= quarter.end - REMIND_BEFORE else None


def quarter_words(quarter: Period) -> str:
    """Name a quarter: "januari tot en met maart 2026" is quarter 1 of 2026."""
    return f"kwartaal {(quarter.start.month - 1) // MONTHS_IN_A_QUARTER + 1} van {quarter.start.year}"


def doubles_within(identities: Sequence[Identity]) -> dict[int, tuple[int, Likeness]]:
    """Return for each place in a list the first earlier place that may be the same child, and why."""
    found: dict[int, tuple[int, Likeness]] = {}
    for (first, one), (second, other) in combinations(enumerate(identities), 2):
        likeness = likely_same(one, other)
        if likeness.score_class and second not in found:
            found[second] = (first, likeness)
    return found
