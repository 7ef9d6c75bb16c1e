"""Small marks: chips and days left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON_DAYS = 3
LATE_DAYS = 1


class Tone(StrEnum):
    """The ground of a mark; the words carry the meaning, the ground only its mood."""

    COOL = "cool"
    WARM = "warm"
    LEAF = "leaf"
    BRICK = "brick"
    PLAIN = "plain"
    STRAW = "straw"


@dataclass(frozen=True, slots=True)
class Chip:
    """A few words on a rounded ground."""

    words: str
    tone: Tone = Tone.COOL
    icon: str = ""


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """The days until a date in words, the date itself, and how near it is: "", "soon" or "late"."""

    words: str
    on: date
    nearness: str


def days_left(due_on: date, *, today: date) -> DaysLeft:
    """Say how many days remain up to and including the last day: "nog 9 dagen", "vandaag", "2 dagen te laat"."""
    days = (due_on - today).days
    if days < 0:
        words = ngettext("%(days)s dag te laat", "%(days)s dagen te laat", -days) % {"days": -days}
    elif days == 0:
        words = _("vandaag")
    else:
        words = ngettext("nog %(days)s dag", "nog %(days)s dagen", days) % {"days": days}
    nearness = "late" if days <= LATE_DAYS else "soon" if days <= SOON_DAYS else ""
    return DaysLeft(words, due_on, nearness)
