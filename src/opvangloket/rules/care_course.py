"""The course of a child's care: which week it comes from when, until its last day, and what can still change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period


class CareChangeKind(StrEnum):
    """What can change in a care after it was agreed."""

    DAYS = "days"
    MOVED = "moved"
    ENDS = "ends"
    GOES_ON = "goes_on"


@dataclass(frozen=True, slots=True)
class NewDays:
    """From a day on a child comes on other day parts."""

    from_on: date
    pattern: WeekPattern


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a child comes on the same day parts every week."""

    period: Period
    pattern: WeekPattern


def care_course(period: Period, pattern: WeekPattern, changes: Iterable[NewDays] = ()) -> tuple[Stretch, ...]:
    """Return the weeks of a child over its care: first as agreed, then as each change says from its day on.

    `changes` come in the order in which they were made. A later one replaces whatever was said about the days from
    its own first day on; one that begins after the care has ended changes nothing.
    """
    course = [Stretch(period, pattern)]
    for change in changes:
        if period.end is not None and change.from_on >= period.end:
            continue
        start = max(change.from_on, period.start)
        kept = [_until(stretch, start) for stretch in course if stretch.period.start < start]
        course = [*kept, Stretch(Period(start, period.end), change.pattern)]
    return tuple(course)


def _until(stretch: Stretch, day: date) -> Stretch:
    end = day if stretch.period.end is None else min(day, stretch.period.end)
    return Stretch(Period(stretch.period.start, end), stretch.pattern)


def pattern_on(course: tuple[Stretch, ...], day: date) -> WeekPattern:
    """Return the week that holds on a day: before the care its first week, after it the last."""
    begun = [stretch for stretch in course if stretch.period.start <= day]
    return begun[-1].pattern if begun else course[0].pattern


def next_days(course: tuple[Stretch, ...], day: date) -> Stretch | None:
    """Return the first stretch with another week that lies ahead, or None when the week stays as it is."""
    now = pattern_on(course, day)
    ahead = (stretch for stretch in course if stretch.period.start > day and stretch.pattern != now)
    return next(ahead, None)


def end_can_change(*, end_on: date, told_on: date, today: date) -> bool:
    """Tell whether an end of care can be told otherwise: until it has come, and on the day on which it was told."""
    return end_on > today or told_on == today
