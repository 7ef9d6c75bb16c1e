"""The age of a child on a day, in words; the due date stands in for a birth that is still to come."""

from __future__ import annotations

from datetime import date
from typing import Final

from opvangloket.rules.periods import months_between
from opvangloket.rules.wording import count_words

MONTHS_PER_YEAR: Final = 12
DAYS_PER_WEEK: Final = 7


def age_words(born_on: date, on: date) -> str:
    """Write a child's age on a day: "5 weken", "8 maanden", "1 jaar en 3 maanden"."""
    if on < born_on:
        return "nog niet geboren"
    months = months_between(born_on, on)
    if months < 1:
        weeks = (on - born_on).days // DAYS_PER_WEEK
        return count_words(weeks, "week", "weken") if weeks else "pas geboren"
    if months < MONTHS_PER_YEAR:
        return count_words(months, "maand", "maanden")
    years, rest = divmod(months, MONTHS_PER_YEAR)
    words = f"{years} jaar"
    return f"{words} en {count_words(rest, 'maand', 'maanden')}" if rest else words
