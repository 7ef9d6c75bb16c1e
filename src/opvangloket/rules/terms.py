"""When a question goes out, when it must be answered, and when the desk steps in (SPEC §5).

Everything follows from stored dates and today, so it holds whether or not a sweep has run.
"Overdue" and "expired" begin the day after the last day, for a term lasts until the end of its Brussels day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from opvangloket.rules.periods import ONE_DAY, add_months, end_of_brussels_day
from opvangloket.rules.wording import count_words

SUNDAY: Final = 6
# A family never gets longer than this to answer an offer: a place that is held serves nobody else.
LATEST_REPLY: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """From which day a question may be sent out, and from which day it may get an offer; None is at once."""

    send_from_on: date | None
    answer_from_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The dates of one inquiry, computed once when it is sent and stored with it."""

    sent_on: date
    starts_on: date
    remind_on: date
    due_on: date
    call_on: date

    @property
    def ends_at(self) -> datetime:
        """The moment, in UTC, at which the last day of the term is over in Brussels."""
        return end_of_brussels_day(self.due_on)


def release_for(start_on: date, *, send_from_months: int | None, answer_from_months: int | None) -> Release:
    """Return the release days of a request that wants to start on this day; no setting means at once."""
    return Release(
        send_from_on=None if send_from_months is None else add_months(start_on, -send_from_months),
        answer_from_on=None if answer_from_months is None else add_months(start_on, -answer_from_months),
    )


def is_released(from_on: date | None, today: date) -> bool:
    """Tell whether the day from which something may happen has come; None is at once."""
    return from_on is None or from_on <= today


def term_for(
    sent_on: date,
    *,
    answer_from_on: date | None,
    answer_term_days: int,
    remind_after_days: int,
    call_after_days: int,
    move_off_closed_days: bool = False,
    holidays: Collection[date] = (),
) -> Term:
    """Return the term of a question sent on this day, counted from the later of sending and `answer_from_on`.

    With `move_off_closed_days` a term never ends on a Sunday or a holiday. The desk calls only after the last day.
    """
    starts_on = sent_on if answer_from_on is None else max(sent_on, answer_from_on)
    due_on = starts_on + timedelta(days=answer_term_days)
    if move_off_closed_days:
        due_on = _first_open_day(due_on, holidays)
    return Term(
        sent_on=sent_on,
        starts_on=starts_on,
        remind_on=starts_on + timedelta(days=remind_after_days),
        due_on=due_on,
        call_on=max(starts_on + timedelta(days=call_after_days), due_on + ONE_DAY),
    )


def _first_open_day(day: date, holidays: Collection[date]) -> date:
    while day.weekday() == SUNDAY or day in holidays:
        day += ONE_DAY
    return day


def inquiry_is_overdue(due_on: date, today: date) -> bool:
    """Tell whether the last day to answer is over."""
    return today > due_on


def days_left(due_on: date, today: date) -> int:
    """Count the days until the last day: 0 on that day itself, below zero afterwards."""
    return (due_on - today).days


def days_left_words(due_on: date, today: date) -> str:
    """Write the days left in Dutch: "nog 9 dagen", "nog 1 dag", "vandaag", "2 dagen te laat"."""
    days = days_left(due_on, today)
    if days == 0:
        return "vandaag"
    number = count_words(abs(days), "dag", "dagen")
    return f"nog {number}" if days > 0 else f"{number} te laat"


def reply_by(today: date, *, reply_by_days: int) -> date:
    """Return the last day on which a family may answer an offer that is made today."""
    return today + timedelta(days=reply_by_days)


def offer_has_expired(reply_by_on: date, today: date) -> bool:
    """Tell whether the last day of an offer is over."""
    return today > reply_by_on


def offer_reminder_dates(*, offered_on: date, reply_by_on: date, days_before: Iterable[int]) -> tuple[date, ...]:
    """Return the days on which the family gets a reminder, in order; none on the day of the offer or earlier."""
    dates = {reply_by_on - timedelta(days=days) for days in days_before}
    return tuple(sorted(day for day in dates if offered_on < day <= reply_by_on))


def offer_reminder_due(*, offered_on: date, reply_by_on: date, days_before: Iterable[int], today: date) -> date | None:
    """Return which reminder of an open offer applies today, by its date: the latest that has come, or None."""
    if offer_has_expired(reply_by_on, today):
        return None
    dates = offer_reminder_dates(offered_on=offered_on, reply_by_on=reply_by_on, days_before=days_before)
    return max((day for day in dates if day <= today), default=None)


def family_call_on(*, offered_on: date, reply_by_on: date, days_before: int) -> date:
    """Return the day on which the desk calls a vulnerable family about an open offer, at the earliest when made."""
    return max(offered_on, reply_by_on - timedelta(days=days_before))


def reconfirm_on(last_confirmed_on: date, *, reconfirm_weeks: int) -> date:
    """Return the day on which a family is asked again whether it still searches (SPEC §4, "staying current")."""
    return last_confirmed_on + timedelta(weeks=reconfirm_weeks)


def reconfirmation_is_due(last_confirmed_on: date, today: date, *, reconfirm_weeks: int) -> bool:
    """Tell whether it is time to ask a family again whether it still searches."""
    return reconfirm_on(last_confirmed_on, reconfirm_weeks=reconfirm_weeks) <= today
