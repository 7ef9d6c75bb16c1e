"""Many locations at once: each one line of thirty-six small months, so that the one with room stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.providers.own_locations import CapacityKind, NamedLocation, OwnLocation, own_locations
from opvangloket.domains.providers.supply import LocationSupply
from opvangloket.rules.occupancy import MonthOccupancy, fullness, months_of_occupancy
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import MONTHS_PER_YEAR
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.page_numbers import page_number
from opvangloket.web.organiser.planner.planner_facts import month_title
from opvangloket.web.ui import components as c

MONTHS: Final = 36
PER_PAGE: Final = 20
_MONTHS_OF_A_YEAR_MARK: Final = 4  # so wide are its four digits on a phone


@dataclass(frozen=True, slots=True)
class OverviewMonth:
    """A month of the line: its tone, and the year where one begins."""

    tone: str
    year: str


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A location as one line: a tone per month, and the same in words."""

    name: str
    url: str
    words: str
    months: tuple[OverviewMonth, ...]


def overview_page(request: Request, locations: Sequence[NamedLocation]) -> tuple[tuple[OwnLocation, ...], c.Pagination]:
    """Return the locations of the page that is asked, and the links to the others."""
    number = page_number(request)
    shown = own_locations([location.id for location in locations[(number - 1) * PER_PAGE : number * PER_PAGE]])
    return shown, c.pagination(page=number, per_page=PER_PAGE, total=len(locations), url_of="?pagina={}".format)


def overview_rows(
    locations: Sequence[OwnLocation], supplies: Mapping[UUID, LocationSupply], *, today: date
) -> tuple[OverviewRow, ...]:
    """Return one line per location; one that does not plan here has words only."""
    return tuple(_row(location, supplies[location.id], today) for location in locations)


def _row(location: OwnLocation, supply: LocationSupply, today: date) -> OverviewRow:
    url = reverse("organiser:planner", args=[location.slug])
    if supply.kind is not CapacityKind.PLAN:
        return OverviewRow(location.name, url, _("Plant niet hier."), ())
    months = months_of_occupancy(supply.supply, supply.occupations, from_on=today, months=MONTHS)
    line = tuple(
        OverviewMonth(str(_tone(month, location.opened)), _year(month, today, months_after=MONTHS - number))
        for number, month in enumerate(months)
    )
    return OverviewRow(location.name, url, _words(months, location.opened), line)


def _year(month: MonthOccupancy, today: date, *, months_after: int) -> str:
    """Return the year to write above a month: where it starts, and above today, when it has room for it."""
    start = month.period.start
    room = min(months_after, MONTHS_PER_YEAR + 1 - start.month)
    return str(start.year) if (start.month == 1 or start == today) and room >= _MONTHS_OF_A_YEAR_MARK else ""


def _tone(month: MonthOccupancy, opened: WeekPattern) -> int:
    """Return how full the opened parts of a month are together: 4 only when no part has a place left."""
    parts = [part for part in month.parts if part.part in opened]
    places = sum(part.places for part in parts)
    return fullness(sum(max(0, part.free) for part in parts), places)


def _words(months: Sequence[MonthOccupancy], opened: WeekPattern) -> str:
    first = next((month for month in months if month.free & opened), None)
    if first is None:
        return _("Drie jaar lang volzet.")
    free = (first.free & opened).words()
    if first is months[0]:
        return _("Nu vrij: %(days)s.") % {"days": free}
    return _("Vrij vanaf %(month)s: %(days)s.") % {"month": month_title(first.period.start), "days": free}
