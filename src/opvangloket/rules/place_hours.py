"""The hours at which a place is free: what is proposed for a day never lies outside them (SPEC §5, §6).

A location is open from-to on each weekday, and a declared place may have narrower hours: "Thursday, from 9 to 12".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from opvangloket.rules.alternatives import Alternative, AlternativeReason
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.patterns import WEEKDAYS, CareHours, DayHours, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.wording import MINUTES_PER_DAY, WEEKDAY_NAMES, dutch_list, dutch_time


@dataclass(frozen=True, slots=True)
class DeclaredHours:
    """A declared place with its hours: on a day without any, its day parts are all there is to go by."""

    pattern: WeekPattern
    period: Period
    hours: CareHours


@dataclass(frozen=True, slots=True)
class HoursApart:
    """A day on which a place has other hours than those that are asked.

    `free` are the hours of the place, None when it has none that day; `asked` is empty when the family named no hours.
    """

    weekday: str
    free: DayHours | None
    asked: tuple[DayHours, ...]

    def words(self) -> tuple[str, str]:
        """Write when the place is free, after "is de plaats", and what is asked: each without the day."""
        return f"vrij {self.free.words()}" if self.free else "niet vrij", self._asked_words()

    def _asked_words(self) -> str:
        if not self.asked:
            return "Het gezin noemde geen uren."
        if self.free and len(self.asked) == 1 and _within(self.asked[0], [self.free]):
            [day] = self.asked
            if day.start >= self.free.start:
                return f"Gevraagd is tot {dutch_time(day.end)}."
            if day.end <= self.free.end:
                return f"Gevraagd is vanaf {dutch_time(day.start)}."
        return f"Gevraagd is {dutch_list([day.words() for day in self.asked])}."


@dataclass(frozen=True, slots=True)
class PlaceHours:
    """When a location is open, and the places that it declared, as far as those say what is free."""

    opening: CareHours = NO_HOURS
    declared: tuple[DeclaredHours, ...] = ()

    def proposed(self, best: Alternative, asked: CareHours, *, fewer_days: bool) -> Alternative | None:
        """Return a week with the hours that can be proposed, where those are not what was asked.

        A day that has no hour in common with what was asked falls away; None when nothing is left, or when the family
        wants all its days or none (`fewer_days` is no).
        """
        days = {weekday: self._day(weekday, best, asked) for weekday in best.pattern.weekdays}
        lost = {weekday for weekday, possible in days.items() if possible is None}
        if lost and (not fewer_days or len(lost) == len(days)):
            return None
        week = best.pattern - WeekPattern.full_days(*lost)
        hours = tuple(day for possible in days.values() for day in possible or ())
        reasons = dict.fromkeys(best.reasons)
        if lost:
            reasons[AlternativeReason.FEWER_DAYS] = None
        if hours == asked.on_days_of(week).days:
            return replace(best, pattern=week, reasons=tuple(reasons))
        reasons[AlternativeReason.OTHER_HOURS] = None
        told = replace(asked, days=hours)
        return replace(best, pattern=week, reasons=tuple(reasons), hours=told)

    def admits(self, pattern: WeekPattern, period: Period, asked: CareHours) -> bool:
        """Tell whether a week whose day parts are free is possible at the hours that are asked, on all its days."""
        return not self.apart(pattern, period, asked)

    def apart(self, pattern: WeekPattern, period: Period, asked: CareHours) -> tuple[HoursApart, ...]:
        """Return the days of a week on which the hours that are asked are not those of the place."""
        week = Alternative(pattern=pattern, period=period, reasons=())
        return tuple(
            HoursApart(weekday, self._free_on(weekday, week), wanted)
            for weekday in pattern.weekdays
            if self._day(weekday, week, asked) != (wanted := _wanted_on(weekday, asked))
        )

    def _day(self, weekday: str, best: Alternative, asked: CareHours) -> tuple[DayHours, ...] | None:
        """Return the hours to propose on a day; empty when its parts say it all, None when no hour is possible."""
        wanted, limits = _wanted_on(weekday, asked), self._limits(weekday, best)
        if any(day.passes_midnight for day in wanted):
            return wanted  # a night is talked about, not counted
        place, opening = limits
        if not wanted and (place is None or (opening and _covers(place, opening))):
            return ()
        possible = tuple(within for day in wanted or (place,) if day and (within := _within(day, limits)))
        return possible or None

    def _free_on(self, weekday: str, best: Alternative) -> DayHours | None:
        """Return the hours that the place and the opening have in common on a day."""
        return _within(DayHours(weekday, 0, MINUTES_PER_DAY), self._limits(weekday, best))

    def _limits(self, weekday: str, best: Alternative) -> tuple[DayHours | None, DayHours | None]:
        """Return the hours of the places and those of the opening on a day; None for what limits nothing."""
        opening = _widest(day for day in self.opening.days if day.weekday == weekday)
        return self._place_on(weekday, best), opening

    def _place_on(self, weekday: str, best: Alternative) -> DayHours | None:
        """Return the widest hours of the places for this day; None when one of them has no hours of its own there."""
        parts = best.pattern & WeekPattern.full_days(weekday)
        start: date = best.period.start
        found = []
        for place in self.declared:
            if not (place.pattern & parts and place.period.contains(start)):
                continue
            own = [day for day in place.hours.days if day.weekday == weekday]
            if not own:
                return None
            found += own
        return _widest(found)


def week_words(pattern: WeekPattern, hours: CareHours) -> str:
    """Write a week with its hours: those alone where every day has them, else beside the days."""
    told = hours.hours_words()
    if not told:
        return pattern.words()
    tells_all = {day.weekday for day in hours.days} == set(pattern.weekdays)
    return told if tells_all else f"{pattern.words()} ({told})"


def days_apart(apart: Iterable[HoursApart]) -> WeekPattern:
    """Return the days on which a place has other hours than those that are asked."""
    return WeekPattern.full_days(*(day.weekday for day in apart))


def apart_sentences(apart: Iterable[HoursApart]) -> tuple[str, ...]:
    """Say on which days a place has other hours, and what is asked: "Op maandag is de plaats vrij van …".

    Days of which the same is to say stand together.
    """
    days_of: dict[tuple[str, str], list[str]] = {}
    for day in apart:
        days_of.setdefault(day.words(), []).append(WEEKDAY_NAMES[WEEKDAYS.index(day.weekday)])
    return tuple(
        sentence
        for (free, asked), days in days_of.items()
        for sentence in (f"Op {dutch_list(days)} is de plaats {free}.", asked)
    )


def _wanted_on(weekday: str, asked: CareHours) -> tuple[DayHours, ...]:
    return tuple(day for day in asked.days if day.weekday == weekday)


def _widest(days: Iterable[DayHours]) -> DayHours | None:
    """Return one day from the first start to the last end; None without any, or for one that goes on into the night."""
    known = tuple(days)
    if not known or any(day.passes_midnight for day in known):
        return None
    return DayHours(known[0].weekday, min(day.start for day in known), max(day.end for day in known))


def _within(wanted: DayHours, limits: Iterable[DayHours | None]) -> DayHours | None:
    start, end = wanted.start, wanted.end
    for limit in limits:
        if limit is not None:
            start, end = max(start, limit.start), min(end, limit.end)
    return DayHours(wanted.weekday, start, end) if start < end else None


def _covers(wide: DayHours, narrow: DayHours) -> bool:
    return wide.start <= narrow.start and narrow.end <= wide.end
