"""The planner: three years as a picture, a month in numbers, a week with names."""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.planner.computed_vacancies import computed_vacancies
from opvangloket.domains.distribution.planner.planned_children import PlannedChild, planned_children
from opvangloket.domains.distribution.planner.year_children import shares_of_year
from opvangloket.domains.providers.own_locations import CapacityKind, NamedLocation, OwnLocation, location_names
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.rules.capacity import closings_during
from opvangloket.rules.occupancy import months_of_occupancy, occupancy_during
from opvangloket.rules.periods import Period, add_months, month_of, week_of, weeks_during
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import PLANNER, draw
from opvangloket.web.organiser.locations.location_facts import months_table
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url
from opvangloket.web.organiser.locations.ratio_words import ratio_warnings
from opvangloket.web.organiser.planner.free_rows import free_rows
from opvangloket.web.organiser.planner.planner_facts import (
    child_rows,
    comer_rows,
    leaver_rows,
    month_title,
    month_url,
    number_week,
    summary_words,
    week_days,
    week_lines,
    week_title,
    week_url,
    years,
)
from opvangloket.web.organiser.planner.planner_overview import overview_page, overview_rows
from opvangloket.web.organiser.planner.what_if_facts import share_rows
from opvangloket.web.questions.question_words import day_words

MONTHS: Final = 36
LEAVERS_WITHIN_MONTHS: Final = 12
FREE_AT_ONCE, FREE_AT_MOST = 5, 20


@organiser_page("location.read")
def index(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Show every location as one line of months; whoever has one location goes straight to its planner."""
    locations = location_names(visit.location_ids)
    if len(locations) == 1:
        return HttpResponseRedirect(planner_url(locations[0]))
    shown, pages = overview_page(request, locations)
    supplies = supply_of([location.id for location in shown], from_on=visit.today)
    context = {"rows": overview_rows(shown, supplies, today=visit.today), "pages": pages}
    return draw(request, visit, "planner_overview.html", context, section=PLANNER)


@organiser_page("location.read")
def show(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Show the three years to come of one location, who leaves, and what comes free."""
    own = location_or_404(location)
    if own.capacity_kind is not CapacityKind.PLAN:
        return _not_planned(request, visit, own)
    supply, children = _plan_of(own, visit)
    months = months_of_occupancy(supply.supply, supply.occupations, from_on=visit.today, months=MONTHS)
    computed = computed_vacancies(own.id, today=visit.today, supply=supply)
    free = free_rows(computed[:FREE_AT_MOST], today=visit.today)
    until = add_months(visit.today, LEAVERS_WITHIN_MONTHS)
    leaving = [child for child in children if child.period.end and child.period.end <= until]
    context = {
        "location": own,
        "location_url": location_url(own),
        "lead": summary_words(children, months, own.opened),
        "ratio_warnings": ratio_warnings(own, supply.supply, today=visit.today),
        "years": years(months, own),
        "table": months_table(months, own.opened),
        "leavers": leaver_rows(leaving, own),
        "free": {
            "first": free[:FREE_AT_ONCE],
            "later": free[FREE_AT_ONCE:],
            "unseen": _unseen_words(len(computed) - len(free)),
        },
        "shares": share_rows(share for share in shares_of_year(own.id, on=visit.today) if share.total),
        "may_edit": visit.may("location.edit", at=own.id),
        "now_url": week_url(own, week_of(visit.today).start),
    }
    return draw(request, visit, "planner.html", context, section=PLANNER)


@organiser_page("location.read")
def month(request: Request, visit: OrganiserVisit, location: str, year: int, month: int) -> HttpResponse:
    """Show one month: the free places at its fullest moment, who comes and goes, and its weeks."""
    own = planned_or_404(location)
    period = _rest_of(month_of(_day_or_404(year, month)), visit.today)
    supply, children = _plan_of(own, visit)
    assert period.end is not None  # noqa: S101 - a month ends
    weeks = [_from_today(week, visit.today) for week in weeks_during(period.start, period.end)]
    context = {
        **_zoom(own, supply, period),
        "title": capfirst(month_title(period.start)),
        "weeks": week_lines([occupancy_during(supply.supply, supply.occupations, week) for week in weeks], own),
        "comers": comer_rows([child for child in children if period.contains(child.period.start)], own),
        "leavers": leaver_rows(
            [child for child in children if child.period.end and period.contains(child.period.end)], own
        ),
        "before": _month_link(own, add_months(period.start.replace(day=1), -1), visit.today),
        "after": _month_link(own, period.end, visit.today),
    }
    return draw(request, visit, "planner_month.html", context, section=PLANNER)


@organiser_page("location.read")
def week(request: Request, visit: OrganiserVisit, location: str, monday: str) -> HttpResponse:
    """Show one week with the names of the children."""
    own = planned_or_404(location)
    try:
        whole = week_of(date.fromisoformat(monday))
    except (ValueError, OverflowError) as error:
        raise Http404(monday) from error
    period = _rest_of(whole, visit.today)
    supply, children = _plan_of(own, visit)
    assert period.end is not None  # noqa: S101 - a week ends
    context = {
        **_zoom(own, supply, period),
        "title": week_title(whole),
        "children": child_rows([child for child in children if child.period.overlaps(period)], own, on=period.start),
        "before": _week_link(own, date.fromordinal(whole.start.toordinal() - 7), visit.today),
        "after": _week_link(own, period.end, visit.today),
        "month": {"title": month_title(period.start), "url": month_url(own, period.start)},
    }
    return draw(request, visit, "planner_week.html", context, section=PLANNER)


def _unseen_words(number: int) -> str:
    """Say how much more comes free than a page shows: a large location has a hundred of them in a year."""
    words = ngettext(
        "Later in het jaar komt er nog 1 vrij. Je ziet ze hier als ze dichterbij komt.",
        "Later in het jaar komen er nog %(number)s vrij. Je ziet ze hier als ze dichterbij komen.",
        number,
    )
    return words % {"number": number} if number else ""


def planner_url(location: NamedLocation | OwnLocation) -> str:
    """Return the address of a location's planner."""
    return reverse("organiser:planner", args=[location.slug])


def horizon(today: date) -> Period:
    """Return the time that the planner shows: from the week of today, for thirty-six months."""
    return Period(week_of(today).start, add_months(today.replace(day=1), MONTHS))


def _zoom(own: OwnLocation, supply: LocationSupply, period: Period) -> dict[str, Any]:
    """Return what a month and a week have in common: the numbers, and the days on which it is closed."""
    occupancy = occupancy_during(supply.supply, supply.occupations, period)
    closings = closings_during(supply.closings, period)
    return {
        "location": own,
        "planner_url": planner_url(own),
        "numbers": number_week(occupancy, own.opened, caption=_("Vrije plaatsen")),
        "closings": [_closing_words(closing) for closing in closings],
    }


def _closing_words(closing: Period) -> str:
    last = closing.last_day or closing.start
    if last == closing.start:
        return _("Gesloten op %(day)s.") % {"day": day_words(closing.start)}
    days = {"first": day_words(closing.start), "last": day_words(last)}
    return _("Gesloten van %(first)s tot en met %(last)s.") % days


def _plan_of(own: OwnLocation, visit: OrganiserVisit) -> tuple[LocationSupply, tuple[PlannedChild, ...]]:
    supply = supply_of([own.id], from_on=visit.today)[own.id]
    return supply, planned_children([own.id], from_on=visit.today)[own.id]


def _not_planned(request: Request, visit: OrganiserVisit, own: OwnLocation) -> HttpResponse:
    context = {"location": own, "location_url": location_url(own), "may_edit": visit.may("location.edit", at=own.id)}
    return draw(request, visit, "planner_none.html", context, section=PLANNER)


def planned_or_404(slug: str) -> OwnLocation:
    """Return an own location that plans here; anything else is not found."""
    own = location_or_404(slug)
    if own.capacity_kind is not CapacityKind.PLAN:
        raise Http404(slug)
    return own


def _day_or_404(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError as error:
        raise Http404(f"{year}-{month}") from error


def _from_today(period: Period, today: date) -> Period:
    """Return what is left of a period: of the past, what was free no longer matters."""
    return Period(max(period.start, today), period.end)


def _rest_of(period: Period, today: date) -> Period:
    """Return the rest of a month or week that the planner shows; any other is not found."""
    assert period.end is not None  # noqa: S101 - a month and a week end
    if period.end <= today or not horizon(today).contains(max(period.start, week_of(today).start)):
        raise Http404(str(period.start))
    return _from_today(period, today)


def _month_link(own: OwnLocation, day: date, today: date) -> dict[str, str] | None:
    if not horizon(today).contains(max(day, today)) or month_of(day).start < today.replace(day=1):
        return None
    return {"title": capfirst(month_title(day)), "url": month_url(own, day)}


def _week_link(own: OwnLocation, day: date, today: date) -> dict[str, str] | None:
    if not horizon(today).contains(day):
        return None
    return {"title": capfirst(week_days(week_of(day))), "url": week_url(own, day)}
