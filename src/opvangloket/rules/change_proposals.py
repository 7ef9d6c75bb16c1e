"""A change of a running care that one side asks and the other answers: other days or hours, or another location.

Like an offer it has a last day: what was not answered by then changes nothing. That day lies before the change itself.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import ONE_DAY

LONGEST_MESSAGE: Final = 500


class ProposalState(StrEnum):
    """Where a proposed change stands; only an open one moves, and only once."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"
    JUST_TAKEN = "just_taken"


class Proposer(StrEnum):
    """Who asks for a change; the other side answers it."""

    ORGANISER = "organiser"
    FAMILY = "family"


def last_day_to_answer(*, today: date, from_on: date, term_days: int) -> date:
    """Return until when a change can be answered: a term from today, and never later than the day before the change.

    ValueError for a change that begins today or before: nobody could still answer it.
    """
    if from_on <= today:
        raise ValueError(f"a change from {from_on} cannot be asked on {today}")
    return min(today + timedelta(days=term_days), from_on - ONE_DAY)


def may_answer(state: ProposalState, *, reply_by_on: date, today: date) -> bool:
    """Tell whether a proposed change can still be answered; its last day counts in full."""
    return state is ProposalState.OPEN and today <= reply_by_on


def change_words(now: WeekPattern, then: WeekPattern) -> tuple[str, ...]:
    """Say in sentences what becomes different of a week; a single one when its days stay."""
    added, gone = then - now, now - then
    told = [("Erbij", added), ("Niet meer", gone)]
    return tuple(f"{label}: {part.words()}." for label, part in told if part) or ("De dagen blijven dezelfde.",)
