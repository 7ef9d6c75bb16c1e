"""An organiser's own mirror: how it answers, beside the anonymous middle of the others of the same desk.

Nobody is shown but oneself. The middle is told only when so many others take part that nobody can be read from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final

FEWEST_OTHERS: Final = 5
FEWEST_QUESTIONS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCounts:
    """What came of the questions that lay with somebody.

    `in_time` of `answered` came within the term. `unanswered` is past its term. `waiting` is still within it, so it
    says nothing yet. `median_days` runs from the sending to the first answer; None without answers.
    """

    answered: int = 0
    in_time: int = 0
    unanswered: int = 0
    waiting: int = 0
    median_days: float | None = None

    @property
    def decided(self) -> int:
        """How many questions were answered, or should have been."""
        return self.answered + self.unanswered

    @property
    def share_in_time(self) -> Fraction | None:
        """Which part of them was answered within the term; None when there is nothing to tell."""
        return Fraction(self.in_time, self.decided) if self.decided else None


@dataclass(frozen=True, slots=True)
class Middle:
    """The organiser in the middle of the others: half do at least as well."""

    others: int
    share_in_time: float
    median_days: float | None


def middle_of(others: Iterable[AnswerCounts]) -> Middle | None:
    """Return the middle of the other organisers, or None when fewer than five of them had three questions."""
    counted = [one for one in others if one.decided >= FEWEST_QUESTIONS]
    if len(counted) < FEWEST_OTHERS:
        return None
    shares = [one.share_in_time for one in counted if one.share_in_time is not None]
    days = [one.median_days for one in counted if one.median_days is not None]
    return Middle(
        others=len(counted),
        share_in_time=float(median(shares)),
        median_days=median(days) if len(days) >= FEWEST_OTHERS else None,
    )
