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
    """Show a week as a table: needed parts full, parts that are also possible half."""
    shown = [d for d in WEEKDAYS if d not in WEEKEND or d in (pattern | (also or WeekPattern())).weekdays]
    rows = [
        (name, [_cell(f"{weekday}_{half}", pattern, also or WeekPattern()) for weekday in shown])
        for name, half in _HALVES
    ]
    return {"weekdays": shown, "rows": rows}


def _cell(code: str, pattern: WeekPattern, also: WeekPattern) -> str:
    """Return how a cell looks: needed, also possible, or neither."""
    if code in pattern:
        return "needed"
    return "also" if code in also else "none"


@register.inclusion_tag("messages/parts/button.html")
def button(link: str, words: str) -> Mapping[str, object]:
    """Show the one act of a message."""
    return {"link": link, "words": words}
