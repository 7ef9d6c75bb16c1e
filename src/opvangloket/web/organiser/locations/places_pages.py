"""Keeping places: how many from which day, and the free places that a location declares."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.providers.own_locations import AgeGroup, places_periods
from opvangloket.domains.providers.supply import supply_of
from opvangloket.domains.providers.upkeep import drop_places, set_places
from opvangloket.domains.providers.vacancies import VacancyRefused, close_vacancy, confirm_vacancy, declare_vacancy
from opvangloket.web.acting import done_by_form, done_to_row
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

    def act() -> str:
        cleaned = form.cleaned_data
        set_places(
            location_id=own.id,
            from_on=cleaned["start"],
            places=cleaned["places"],
            caregivers=cleaned.get("caregivers"),
            age_group=AgeGroup(cleaned["age_group"]),
            actor=visit.actor,
            now=visit.now,
        )
        return _("Bewaard. Je vrije plaatsen zijn opnieuw geteld.")

    if done_by_form(request, form, act, beside="places"):
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

    def act(period_id: UUID) -> str:
        drop_places(location_id=own.id, period_id=period_id, actor=visit.actor, now=visit.now)
        return _("Weggehaald. Het vorige aantal loopt door.")

    done_to_row(request, act)
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


@organiser_page("vacancy.confirm")
def confirm(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Confirm that a declared place is still free: "klopt nog"."""
    own = location_or_404(location)

    def act(vacancy_id: UUID) -> str:
        confirm_vacancy(location_id=own.id, vacancy_id=vacancy_id, actor=visit.actor, now=visit.now)
        return _("Bevestigd: deze plaats is nog vrij.")

    done_to_row(request, act)
    return HttpResponseRedirect(location_url(own))


@organiser_page("vacancy.confirm")
def close(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Take a declared place away."""
    own = location_or_404(location)

    def act(vacancy_id: UUID) -> str:
        close_vacancy(location_id=own.id, vacancy_id=vacancy_id, actor=visit.actor, now=visit.now)
        return _("Weggehaald. Deze plaats is niet meer vrij.")

    done_to_row(request, act)
    return HttpResponseRedirect(location_url(own))
