"""Keeping places: how many from which day, and the free places that a location declares."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.providers.own_locations import AgeGroup, places_periods
from opvangloket.domains.providers.supply import supply_of
from opvangloket.domains.providers.upkeep import PlacesRefused, drop_places, set_places
from opvangloket.domains.providers.vacancies import VacancyRefused, close_vacancy, confirm_vacancy, declare_vacancy
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.organiser.locations.location_facts import places_rows
from opvangloket.web.organiser.locations.location_forms import PlacesForm, VacancyForm
from opvangloket.web.organiser.locations.location_pages import home_procedure, location_or_404, location_url
from opvangloket.web.organiser.locations.ratio_words import ratio_warnings
from opvangloket.web.organiser.planner.free_rows import read_stretch

VACANCY_FIELDS = {"pattern": "week", "hours": "hours", "end_on": "last", "places": "places"}


@organiser_page("location.edit")
def places(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Write down how many places there are from a day on."""
    own = location_or_404(location)
    periods = places_periods(own.id)
    latest = periods[-1] if periods else None
    form = PlacesForm(
        request.POST if request.method == "POST" else None, location=own, latest=latest, today=visit.today
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            set_places(
                location_id=own.id,
                from_on=cleaned["start"],
                places=cleaned["places"],
                caregivers=cleaned.get("caregivers"),
                age_group=AgeGroup(cleaned["age_group"]),
                actor=visit.actor,
                now=visit.now,
            )
        except PlacesRefused as refused:
            form.add_error("places", refused.message)
        else:
            messages.success(request, _("Bewaard. Je vrije plaatsen zijn opnieuw geteld."))
            return HttpResponseRedirect(location_url(own))
    supply = supply_of([own.id], from_on=visit.today)[own.id].supply
    context = {
        "location": own,
        "location_url": location_url(own),
        "form": form,
        "places": places_rows(periods, supply, today=visit.today),
        "ratio_warnings": ratio_warnings(own, supply, today=visit.today),
        "drop_url": location_url(own, "drop_places"),
    }
    return draw(request, visit, "places.html", context, section=LOCATIONS)


@organiser_page("location.edit")
def drop(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Take away a period of places."""
    own = location_or_404(location)
    period_id = _posted_id(request)
    if period_id:
        drop_places(location_id=own.id, period_id=period_id, actor=visit.actor, now=visit.now)
        messages.success(request, _("Weggehaald. Het vorige aantal loopt door."))
    return HttpResponseRedirect(location_url(own, "places"))


@organiser_page("location.edit")
def declare(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Declare a free place."""
    own = location_or_404(location)
    public = home_procedure(visit, own).vacancy_public_default
    form = VacancyForm(
        request.POST if request.method == "POST" else None,
        location=own,
        public=public,
        today=visit.today,
        stretch=read_stretch(request.GET),
    )
    if request.method == "POST" and form.is_valid():
        try:
            declare_vacancy(
                location_id=own.id, vacancy=form.vacancy(), actor=visit.actor, now=visit.now, as_id=form.kept_id
            )
        except VacancyRefused as refused:
            form.add_error(VACANCY_FIELDS[refused.field], refused.message)
        else:
            messages.success(request, _("Je vrije plaats staat erbij."))
            return HttpResponseRedirect(location_url(own))
    context = {"location": own, "location_url": location_url(own), "form": form}
    return draw(request, visit, "vacancy.html", context, section=LOCATIONS)


@organiser_page("location.edit")
def confirm(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Confirm that a declared place is still free: "klopt nog"."""
    own = location_or_404(location)
    vacancy_id = _posted_id(request)
    if vacancy_id:
        _tell(request, _("Bevestigd: deze plaats is nog vrij."), confirm_vacancy, own.id, vacancy_id, visit)
    return HttpResponseRedirect(location_url(own))


@organiser_page("location.edit")
def close(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Take a declared place away."""
    own = location_or_404(location)
    vacancy_id = _posted_id(request)
    if vacancy_id:
        _tell(request, _("Weggehaald. Deze plaats is niet meer vrij."), close_vacancy, own.id, vacancy_id, visit)
    return HttpResponseRedirect(location_url(own))


def _tell(
    request: Request,
    done: str,
    act: Callable[..., None],
    location_id: UUID,
    vacancy_id: UUID,
    visit: OrganiserVisit,
) -> None:
    """Do one act on a vacancy, and say that it is done or why not."""
    try:
        act(location_id=location_id, vacancy_id=vacancy_id, actor=visit.actor, now=visit.now)
    except OpvangloketError as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, done)


def _posted_id(request: Request) -> UUID | None:
    """Return the row that a button names; None when nothing was posted, or something else."""
    try:
        return UUID(request.POST.get("row", ""))
    except ValueError:
        return None
