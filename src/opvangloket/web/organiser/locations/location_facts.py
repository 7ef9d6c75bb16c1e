"""An own location as components: its page, its places, its free places and the months to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.providers.own_locations import (
    AgeGroup,
    CapacityKind,
    DeclaredVacancy,
    OwnLocation,
    PlacesPeriod,
)
from opvangloket.domains.providers.vacancies import NewVacancy
from opvangloket.rules.capacity import Supply
from opvangloket.rules.occupancy import MonthOccupancy, PartOccupancy
from opvangloket.rules.patterns import PART_CODES, WEEKDAYS, WEEKEND, WeekPattern
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.wording import MONTH_NAMES, WEEKDAY_NAMES, dutch_date
from opvangloket.web.organiser.locations.ratio_words import staff_words
from opvangloket.web.questions.asked_facts import TARIFF_WORDS
from opvangloket.web.questions.question_words import day_words
from opvangloket.web.ui import components as c

CAPACITY_TITLES = {
    CapacityKind.NONE: gettext_lazy("Je houdt je plaatsen hier niet bij."),
    CapacityKind.VACANCIES: gettext_lazy("Je geeft zelf je vrije plaatsen op."),
    CapacityKind.PLAN: gettext_lazy("Je houdt je plaatsen en kinderen hier bij."),
}
AGE_GROUPS = {
    AgeGroup.MIXED: gettext_lazy("alle leeftijden"),
    AgeGroup.BABY: gettext_lazy("baby’s"),
    AgeGroup.TODDLER: gettext_lazy("peuters"),
}
CLOSED, OVER = "closed", "over"


def page_items(location: OwnLocation) -> tuple[c.SummaryItem, ...]:
    """Return what families read of a location."""
    lines = (
        (_("Soort"), capfirst(location.type.label)),
        (_("Adres"), location.address),
        (_("Telefoon"), location.phone),
        (_("E-mail"), location.email),
        (_("Open"), capfirst(location.opening.hours_words())),
        (_("Prijs"), capfirst(str(TARIFF_WORDS[location.tariff]))),
        (_("Vergunde plaatsen"), str(location.licensed_places)),
    )
    return tuple(c.SummaryItem(question=label, answer=words or _("Nog niet ingevuld")) for label, words in lines)


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """The places of a period, in words per weekday, and what its team may care for."""

    id: str
    title: str
    words: str
    staff: tuple[str, ...]


def places_rows(periods: Iterable[PlacesPeriod], supply: Supply, *, today: date) -> tuple[PlacesRow, ...]:
    """Return the periods of places, in words: "18 plaatsen op maandag tot en met vrijdag"."""
    return tuple(
        PlacesRow(
            str(period.id),
            _period_title(period),
            _places_words(period.places),
            staff_words(period, supply, today=today),
        )
        for period in periods
    )


def _period_title(period: PlacesPeriod) -> str:
    since = _("Vanaf %(day)s") % {"day": day_words(period.start_on)}
    until = _(" tot en met %(day)s") % {"day": day_words(period.end_on - ONE_DAY)} if period.end_on else ""
    group = "" if period.age_group is AgeGroup.MIXED else f", {AGE_GROUPS[period.age_group]}"
    return f"{since}{until}{group}"


def _places_words(places: tuple[int, ...]) -> str:
    """Group the day parts by their number of places, the largest number first."""
    by_number: dict[int, list[str]] = {}
    for code, number in zip(PART_CODES, places, strict=True):
        if number:
            by_number.setdefault(number, []).append(code)
    words = [
        f"{_count(number)}: {WeekPattern.from_codes(codes).words()}" for number, codes in sorted(by_number.items())
    ]
    return "; ".join(reversed(words)) or _("Geen plaatsen")


def _count(number: int) -> str:
    return ngettext("%(count)s plaats", "%(count)s plaatsen", number) % {"count": number}


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """A free place that was declared: what, for how long, how fresh."""

    id: str
    title: str
    words: str
    strip: c.WeekStrip
    chip: c.Chip


def vacancy_rows(vacancies: Iterable[DeclaredVacancy], *, fresh_days: int, today: date) -> tuple[VacancyRow, ...]:
    """Return the declared vacancies; one that was not confirmed for `fresh_days` asks for it."""
    return tuple(_vacancy_row(vacancy, fresh_days, today) for vacancy in vacancies)


def vacancy_title(vacancy: DeclaredVacancy | NewVacancy) -> str:
    """Say how many places are free, from when until when, and for whom."""
    since = _("vanaf %(day)s") % {"day": day_words(vacancy.start_on)}
    until = _(" tot en met %(day)s") % {"day": day_words(vacancy.end_on - ONE_DAY)} if vacancy.end_on else ""
    group = "" if vacancy.age_group is AgeGroup.MIXED else f", {AGE_GROUPS[vacancy.age_group]}"
    return f"{_count(vacancy.places)} {since}{until}{group}"


def _vacancy_row(vacancy: DeclaredVacancy, fresh_days: int, today: date) -> VacancyRow:
    seen = _("Iedereen ziet dit.") if vacancy.public else _("Alleen het loket ziet dit.")
    stale = vacancy.confirmed_on + timedelta(days=fresh_days) <= today
    day = dutch_date(vacancy.confirmed_on, year=False)
    words = _("Niet bevestigd sinds %(day)s") if stale else _("Bevestigd op %(day)s")
    return VacancyRow(
        id=str(vacancy.id),
        title=vacancy_title(vacancy),
        words=f"{capfirst(hours)}. {seen}" if (hours := vacancy.hours.hours_words()) else seen,
        strip=c.place_strip(vacancy.pattern),
        chip=c.Chip(words % {"day": day}, c.Tone.WARM if stale else c.Tone.LEAF),
    )


@dataclass(frozen=True, slots=True)
class MonthPicture:
    """A month of the band: its name, a tone per part in the order of two rows of days, and the same in words."""

    name: str
    tones: tuple[str, ...]
    has_weekend: bool
    words: str


def month_pictures(months: Iterable[MonthOccupancy], opened: WeekPattern) -> tuple[MonthPicture, ...]:
    """Return the months as small weeks: the darker, the fuller; a part that is never open stays empty."""
    weekend = bool(set(opened.weekdays) & set(WEEKEND))
    days = [day for day in WEEKDAYS if weekend or day not in WEEKEND]
    return tuple(_month_picture(month, days, opened, has_weekend=weekend) for month in months)


def _month_picture(month: MonthOccupancy, days: list[str], opened: WeekPattern, *, has_weekend: bool) -> MonthPicture:
    by_code = {part.part: part for part in month.parts}
    tones = tuple(
        _tone(by_code[code]) if code in opened else CLOSED
        for half in ("vm", "nm")
        for code in (f"{day}_{half}" for day in days)
    )
    first = month.period.start
    free = month.free & opened
    words = _("Plaats vrij: %(days)s.") % {"days": free.words()} if free else _("Volzet.")
    if over := WeekPattern.from_codes(code for code in opened if by_code[code].free < 0):
        words += " " + _("Te veel kinderen: %(days)s.") % {"days": over.words()}
    return MonthPicture(f"{short_month(first)} {first.year}", tones, has_weekend, words)


def _tone(part: PartOccupancy) -> str:
    return OVER if part.free < 0 else str(part.fullness)


def short_month(day: date) -> str:
    """Write a month in three letters; of maart that is mrt."""
    name = MONTH_NAMES[day.month - 1]
    return "mrt" if name == "maart" else name[:3]


def months_table(months: Iterable[MonthOccupancy], opened: WeekPattern) -> c.DataTable:
    """Return the same months in numbers: the places left per day part at the fullest moment of the month."""
    codes = [code for code in PART_CODES if code in opened]
    halves = {"vm": _("vm"), "nm": _("nm")}
    names = dict(zip(WEEKDAYS, WEEKDAY_NAMES, strict=True))
    columns = (
        c.Column(_("Maand")),
        *(c.Column(f"{names[code[:2]][:2]} {halves[code[3:]]}", number=True) for code in codes),
    )
    rows = []
    for month in months:
        free = {part.part: part.free for part in month.parts}
        first = month.period.start
        name = f"{capfirst(MONTH_NAMES[first.month - 1])} {first.year}"
        rows.append((name, *(str(free[code]) for code in codes)))
    return c.DataTable.of(_("Vrije plaatsen per dagdeel"), columns, tuple(rows))
