"""What the messages need: days in words, the week strip as a small table, one button."""

from collections.abc import Mapping
from datetime import date

from django import template

from opvangloket.rules.patterns import WEEKDAYS, WEEKEND, WeekPattern
from opvangloket.rules.wording import dutch_date, dutch_list

register = template.Library()

_HALVES = (("voormiddag", "vm"), ("namiddag", "nm"))


@register.filter
def day(value: date) -> str:
    """Write a day nearby: "dinsdag 4 december"."""
    return dutch_date(value, year=False)


@register.filter
def full_date(value: date) -> str:
    """Write a day that may lie far away: "dinsdag 4 december 2026"."""
    return dutch_date(value)


@register.filter
def in_words(value: WeekPattern) -> str:
    """Write a week pattern in words."""
    return value.words()


@register.filter
def listed(value: list[str]) -> str:
    """Join words as a sentence does."""
    return dutch_list(value)


@register.inclusion_tag("messages/parts/strip.html")
def week_strip(pattern: WeekPattern, also: WeekPattern | None = None) -> Mapping[str, object]:
    """Show a week as a table: what is needed, and what is also possible."""
    return _strip({"also": also or WeekPattern(), "needed": pattern})


@register.inclusion_tag("messages/parts/strip.html")
def offer_strip(asked: WeekPattern, offered: WeekPattern) -> Mapping[str, object]:
    """Show an offer laid over the question: what fits, what is missing, what comes on top."""
    return _strip({"missing": asked - offered, "extra": offered - asked, "needed": offered & asked})


def _strip(kinds: Mapping[str, WeekPattern]) -> Mapping[str, object]:
    """Return the weekdays and rows of a strip; the weekend only when something falls in it, later kinds win."""
    used = {weekday for pattern in kinds.values() for weekday in pattern.weekdays}
    weekdays = [weekday for weekday in WEEKDAYS if weekday not in WEEKEND or weekday in used]
    looks = {code: kind for kind, pattern in kinds.items() for code in pattern}
    rows = [(name, [looks.get(f"{weekday}_{half}", "none") for weekday in weekdays]) for name, half in _HALVES]
    return {"weekdays": weekdays, "rows": rows}


@register.inclusion_tag("messages/parts/button.html")
def button(link: str, words: str) -> Mapping[str, object]:
    """Show the one act of a message."""
    return {"link": link, "words": words}
