"""The planner as components: years of small weeks, one week in numbers, and who comes and goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.distribution.planner.planned_children import Leaving, OccupationKind, PlannedChild
from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.rules.ages import age_words
from opvangloket.rules.occupancy import MonthOccupancy, PartOccupancy
from opvangloket.rules.patterns import WEEKDAYS, WEEKEND, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.wording import MONTH_NAMES, WEEKDAY_NAMES, dutch_date
from opvangloket.web.organiser.locations.location_facts import MonthPicture, month_pictures, short_month
from opvangloket.web.questions.question_words import day_words
from opvangloket.web.ui import components as c

LEAVING: Final = {
    Leaving.SCHOOL: gettext_lazy("Kan naar school"),
    Leaving.AGREED: gettext_lazy("Einde dat is afgesproken"),
    Leaving.OTHER_DAYS: gettext_lazy("Komt dan op andere dagen"),
}


@dataclass(frozen=True, slots=True)
class LinkedMonth:
    """A month of the picture, with the page on which it is large."""

    picture: MonthPicture
    name: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the picture."""

    name: str
    months: tuple[LinkedMonth, ...]


def years(months: Sequence[MonthOccupancy], location: OwnLocation) -> tuple[Year, ...]:
    """Return the months under their years; each leads to its own page."""
    pictures = zip(months, month_pictures(months, location.opened), strict=True)
    linked = [
        (
            month.period.start.year,
            LinkedMonth(
                picture,
                short_month(month.period.start),
                month_url(location, month.period.start),
                month_title(month.period.start),
            ),
        )
        for month, picture in pictures
    ]
    return tuple(
        Year(str(year), tuple(month for _year, month in grouped))
        for year, grouped in groupby(linked, key=lambda pair: pair[0])
    )


def month_title(day: date) -> str:
    """Name a month: "juli 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def month_url(location: OwnLocation, day: date) -> str:
    """Return the page of a month."""
    return reverse("organiser:planner_month", args=[location.slug, day.year, day.month])


def week_url(location: OwnLocation, day: date) -> str:
    """Return the page of the week that starts on this Monday."""
    return reverse("organiser:planner_week", args=[location.slug, day.isoformat()])


@dataclass(frozen=True, slots=True)
class NumberCell:
    """One day part: how full, in a tone and a number of free `places`, or in words when none are free to count."""

    tone: str
    number: str
    words: str = ""
    places: int = 0


@dataclass(frozen=True, slots=True)
class NumberRow:
    """All mornings or all afternoons."""

    name: str
    short: str
    cells: tuple[NumberCell, ...]


@dataclass(frozen=True, slots=True)
class NumberWeek:
    """A week in numbers: the free places of each day part."""

    caption: str
    days: tuple[str, ...]
    rows: tuple[NumberRow, ...]


def number_week(occupancy: MonthOccupancy, opened: WeekPattern, *, caption: str) -> NumberWeek:
    """Return the free places of each day part at its fullest moment."""
    weekend = bool(set(opened.weekdays) & set(WEEKEND))
    named = zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)
    days = [(code, name) for code, name in named if weekend or code not in WEEKEND]
    parts = {part.part: part for part in occupancy.parts}
    rows = tuple(
        NumberRow(name, half, tuple(_number_cell(parts[f"{code}_{half}"], opened) for code, _day in days))
        for half, name in (("vm", _("Voormiddag")), ("nm", _("Namiddag")))
    )
    return NumberWeek(caption, tuple(name for _code, name in days), rows)


def _number_cell(part: PartOccupancy, opened: WeekPattern) -> NumberCell:
    if part.part not in opened:
        return NumberCell("closed", "–", _("gesloten"))
    if part.free < 0:
        return NumberCell("over", str(-part.free), _("te veel"))
    return NumberCell(str(part.fullness), str(part.free), places=part.places)


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child in the planner: its name, what to know of it, and its week."""

    name: str
    url: str
    words: str
    chip: c.Chip | None
    strip: c.WeekStrip


def child_rows(children: Iterable[PlannedChild], location: OwnLocation, *, on: date) -> tuple[ChildRow, ...]:
    """Return the children that are there around a day, with their age on it and until when they stay."""
    return tuple(_child_row(child, location, _stay_words(child, on)) for child in children)


def leaver_rows(children: Iterable[PlannedChild], location: OwnLocation) -> tuple[ChildRow, ...]:
    """Return the children that leave, the first one first, with the day and the reason."""
    leaving = sorted((child for child in children if child.period.end), key=lambda child: child.period.end or date.max)
    return tuple(_child_row(child, location, _leaving_words(child)) for child in leaving)


def comer_rows(children: Iterable[PlannedChild], location: OwnLocation) -> tuple[ChildRow, ...]:
    """Return the children that start, with the day."""
    return tuple(
        _child_row(child, location, _coming_words(child) % {"day": dutch_date(child.period.start)})
        for child in children
    )


def _child_row(child: PlannedChild, location: OwnLocation, words: str) -> ChildRow:
    url = ""
    if child.reference:
        page = "question" if child.kind is OccupationKind.HOLD else "placement"
        url = reverse(f"organiser:{page}", args=[child.reference, location.slug])
    return ChildRow(
        name=planned_name(child),
        url=url,
        words=words,
        chip=_chip(child),
        strip=c.agreed_strip(child.pattern, caption=_("Dagen")),
    )


def planned_name(child: PlannedChild) -> str:
    """Name the child, or its parent as long as it has no name; a declared place has neither."""
    if child.family is None:
        return _("Kind buiten het loket")
    return child.family.child_name or _("Kind van %(name)s") % {"name": child.family.applicant_name}


def _stay_words(child: PlannedChild, on: date) -> str:
    age = f"{capfirst(age_words(child.born_on, max(on, child.born_on)))}. " if child.born_on else ""
    if child.period.end is None:
        return f"{age}{_('Blijft zonder einddatum.')}"
    return f"{age}{_('Tot %(day)s.') % {'day': day_words(child.period.end)}}"


def _coming_words(child: PlannedChild) -> str:
    return _("Andere dagen vanaf %(day)s.") if child.was_there else _("Start op %(day)s.")


def _leaving_words(child: PlannedChild) -> str:
    day = dutch_date(child.period.end) if child.period.end else ""
    return f"{LEAVING[child.leaving]}: {day}."


def _chip(child: PlannedChild) -> c.Chip | None:
    if child.over_capacity_reason:
        return c.Chip(_("Boven je plaatsen"), c.Tone.BRICK)
    if child.reply_by_on is not None:
        day = dutch_date(child.reply_by_on, year=False)
        return c.Chip(_("Voorstel, antwoord tot %(day)s") % {"day": day}, c.Tone.WARM)
    return None


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week of a month: its days, what is free, and its page."""

    title: str
    url: str
    strip: c.WeekStrip


def week_lines(weeks: Iterable[MonthOccupancy], location: OwnLocation) -> tuple[WeekLine, ...]:
    """Return the weeks of a month; each leads to its children."""
    return tuple(
        WeekLine(
            title=week_days(week.period),
            url=week_url(location, week.period.start),
            strip=c.free_strip(week.free & location.opened, location.opened, caption=_("Vrij")),
        )
        for week in weeks
    )


def week_title(week: Period) -> str:
    """Name a week: "Week van 6 tot en met 12 juli"."""
    return _("Week van %(days)s") % {"days": week_days(week)}


def week_days(week: Period) -> str:
    """Write the days of a week: "6 tot en met 12 juli"."""
    last = week.last_day or week.start
    first = str(week.start.day) if week.start.month == last.month else short_day(week.start)
    return _("%(first)s tot en met %(last)s") % {"first": first, "last": short_day(last)}


def short_day(day: date) -> str:
    """Write a day without its weekday and year: "6 juli"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]}"


def summary_words(children: Sequence[PlannedChild], months: Sequence[MonthOccupancy], opened: WeekPattern) -> str:
    """Say in a sentence how the next months look: how many children there are, and when a place is free first."""
    number = len({child.subject_id for child in children})
    count = ngettext("%(count)s kind", "%(count)s kinderen", number) % {"count": number}
    free = next((month for month in months if month.free & opened), None)
    if free is None:
        return _("%(children)s in je planner. De komende drie jaar is er geen maand met plaats.") % {"children": count}
    month = month_title(free.period.start)
    if free is months[0]:
        return _("%(children)s in je planner. Deze maand is er plaats.") % {"children": count}
    return _("%(children)s in je planner. In %(month)s is er weer plaats.") % {"children": count, "month": month}
