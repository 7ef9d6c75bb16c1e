"""The consultation of a desk with all its organisers, the lokaal overleg kinderopvang (LOK) (SPEC §11).

Sources: nota samenwerking Opgroeien 3.1 (every organiser is invited or represented; at least one agreement moment a
year, of which invitation and minutes are kept).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from opvangloket.rules.periods import brussels_date

SHORTEST_NOTICE: Final = timedelta(days=7)
REMIND_BEFORE: Final = timedelta(days=7)
SHORTEST_MINUTES: Final = 30
LONGEST_MINUTES: Final = 480


class Reply(StrEnum):
    """What an organiser says to an invitation."""

    COMES = "comes"
    REPRESENTED = "represented"
    NOT = "not"


REPLY_LABELS: Final = {
    Reply.COMES: "we komen",
    Reply.REPRESENTED: "iemand anders vertegenwoordigt ons",
    Reply.NOT: "we komen niet",
}


def may_be_planned(starts_at: datetime, *, now: datetime) -> bool:
    """Return whether everybody still has a week to plan it, and it is no further than a year away."""
    days = brussels_date(starts_at) - brussels_date(now)
    return SHORTEST_NOTICE <= days <= timedelta(days=366)


def has_begun(starts_at: datetime, *, now: datetime) -> bool:
    """Return whether it began: from then on nobody replies, and who was there can be told."""
    return now >= starts_at


def reminder_is_due(starts_at: datetime, *, now: datetime) -> bool:
    """Return whether whoever did not reply is reminded: in the week before, until it begins."""
    return starts_at - REMIND_BEFORE <= now < starts_at


def moment_is_missing(moments: Iterable[date], *, today: date) -> bool:
    """Return whether this calendar year has no agreement moment yet, neither held nor planned."""
    return all(moment.year != today.year for moment in moments)
