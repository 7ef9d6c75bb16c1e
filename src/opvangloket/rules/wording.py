"""Dates, times, lists and numbers in plain Dutch, the same on pages, in mails and in the procedure text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

WEEKDAY_NAMES: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTH_NAMES: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MINUTES_PER_DAY: Final = 24 * 60


def dutch_date(day: date, *, year: bool = True) -> str:
    """Write a date in full: "vrijdag 4 december 2026", without the year when the reader does not need it."""
    words = f"{WEEKDAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def dutch_time(minutes: int) -> str:
    """Write minutes after midnight (0 to 1440) as a time: "7.30 uur", "18 uur"."""
    if not 0 <= minutes <= MINUTES_PER_DAY:
        raise ValueError(f"{minutes} minutes is no time of the day")
    hour, minute = divmod(minutes, 60)
    return f"{hour}.{minute:02} uur" if minute else f"{hour} uur"


def dutch_list(items: Sequence[str], *, conjunction: str = "en") -> str:
    """Join words as a sentence does: "a, b en c"; an empty list gives an empty text."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def count_words(count: int, singular: str, plural: str) -> str:
    """Write a number with its noun: "geen dagen", "1 dag", "1.250 dagen"."""
    if count == 0:
        return f"geen {plural}"
    number = f"{count:,}".replace(",", ".")
    return f"{number} {singular if count == 1 else plural}"
