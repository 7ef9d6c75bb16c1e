"""The own locations: what families see, how many places there are, what is free, and the year to come."""

from functools import lru_cache
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.planner.capacity_kind import choose_capacity_kind
from opvangloket.domains.providers.many_locations import KeptLocation, kept_locations
from opvangloket.domains.providers.moving import announced_move
from opvangloket.domains.providers.own_locations import (
    AskingDesk,
    CapacityKind,
    ListedLocation,
    LocationNotFound,
    OwnLocation,
    asking_desks,
    own_location,
    places_periods,
    vacancies_of,
)
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.domains.providers.upkeep import confirm_page
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.occupancy import MonthOccupancy, months_of_occupancy
from opvangloket.rules.procedure import Procedure
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.locations.moving import moving_words
from opvangloket.web.locations.point_words import point_hint
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.organiser.locations.location_facts import (
    CAPACITY_TITLES,
    month_pictures,
    months_table,
    page_items,
    places_rows,
    vacancy_rows,
)
from opvangloket.web.organiser.locations.location_forms import CapacityForm
from opvangloket.web.organiser.locations.ratio_words import ratio_warnings
from opvangloket.web.organiser.locations.together_page import freshness_chips
from opvangloket.web.ui.components import Tone

TICK_ALL, TICK_OLD = "alles", "aandacht"
MONTHS: Final = 12


@organiser_page("location.read")
def index(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """List the own locations; whoever has one goes straight to it."""
    kept = kept_locations(visit.location_ids, today=visit.today)
    if len(kept) == 1:
        return HttpResponseRedirect(location_url(kept[0].location))
    ticked = request.GET.get("kies", "")
    pick = _("Kies %(name)s")
    rows = [_kept_row(one, ticked, pick) for one in kept]
    attention = sum(bool(row["needs_attention"]) for row in rows)
    words = ngettext("%(number)s locatie vraagt aandacht.", "%(number)s locaties vragen aandacht.", attention)
    context = {
        "rows": rows,
        "may_edit": visit.may("location.edit"),
        "may_ask": visit.may("location.ask"),
        "may_manage_team": visit.may("team.manage"),
        "attention_words": words % {"number": attention} if attention else _("Alles is bevestigd en volledig."),
    }
    return draw(request, visit, "locations.html", context, section=LOCATIONS)


def _kept_row(kept: KeptLocation, ticked: str, pick: str) -> dict[str, Any]:
    """Return a location with what asks for attention; nothing is ticked until somebody asks for it.

    `pick` is what its box says to who listens.
    """
    chips = freshness_chips(kept)
    needs_attention = any(chip.tone is Tone.WARM for chip in chips)
    return {
        "location": kept.location,
        "url": location_url(kept.location),
        "pick": pick % {"name": kept.location.name},
        "chips": chips,
        "needs_attention": needs_attention,
        "is_ticked": ticked == TICK_ALL or (ticked == TICK_OLD and needs_attention),
    }


@organiser_page("location.read")
def show(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Show one location with its places, free places and occupancy."""
    return draw_location(request, visit, location_or_404(location))


@organiser_page("location.edit")
def confirm(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Confirm that the page of a location is still right."""
    own = location_or_404(location)
    if request.method == "POST":
        confirm_page(location_id=own.id, actor=visit.actor, now=visit.now)
        messages.success(request, _("Bevestigd. Gezinnen zien dat je pagina klopt."))
    return HttpResponseRedirect(location_url(own))


@organiser_page("location.edit")
def capacity(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Choose how a location keeps its places."""
    own = location_or_404(location)
    form = CapacityForm(request.POST if request.method == "POST" else None, initial={"kind": own.capacity_kind.value})
    if request.method == "POST" and form.is_valid():
        kind = CapacityKind(form.cleaned_data["kind"])
        choose_capacity_kind(location_id=own.id, kind=kind, actor=visit.actor, now=visit.now)
        messages.success(request, CAPACITY_TITLES[kind])
        return HttpResponseRedirect(location_url(own))
    return draw(
        request,
        visit,
        "capacity.html",
        {"location": own, "location_url": location_url(own), "form": form},
        section=LOCATIONS,
    )


def location_url(location: OwnLocation | ListedLocation, name: str = "location") -> str:
    """Return the address of a page about an own location."""
    return _address(name, location.slug)


@lru_cache(maxsize=8192)
def _address(name: str, slug: str) -> str:
    """Return the address of a page about a location; a list of the largest organiser has hundreds."""
    return reverse(f"organiser:{name}", args=[slug])


def _public(name: str, desk: AskingDesk, **more: str) -> str:
    """Return the address of a page that families see too."""
    return reverse(f"public:{name}", kwargs={"desk": desk.slug, **more})


def location_or_404(slug: str) -> OwnLocation:
    """Return an own location; anything else is not found."""
    try:
        return own_location(slug)
    except LocationNotFound as error:
        raise Http404(error.message) from error


def home_procedure(visit: OrganiserVisit, location: OwnLocation) -> Procedure:
    """Return what the home desk of a location chose; the defaults when it has none today."""
    desks = asking_desks([location.id], today=visit.today)[location.id]
    home = next((desk for desk in desks if desk.is_home), None)
    return procedure_in_force(home.id, visit.today).procedure if home else Procedure()


def draw_location(request: Request, visit: OrganiserVisit, location: OwnLocation) -> HttpResponse:
    """Render the page of one location."""
    desks = asking_desks([location.id], today=visit.today)[location.id]
    home = next((desk for desk in desks if desk.is_home), None)
    supply = supply_of([location.id], from_on=visit.today)[location.id]
    months = _months(supply, visit)
    context: dict[str, Any] = {
        "location": location,
        "items": page_items(location),
        "desks": [{"desk": desk, "procedure_url": _public("procedure", desk)} for desk in desks],
        "home": home,
        "public_url": _public("location", home, slug=location.slug) if home else "",
        "capacity_words": CAPACITY_TITLES[location.capacity_kind],
        "plans": location.capacity_kind is CapacityKind.PLAN,
        "keeps_places": location.capacity_kind is not CapacityKind.NONE,
        "places": places_rows(places_periods(location.id), supply.supply, today=visit.today),
        "ratio_warnings": ratio_warnings(location, supply.supply, today=visit.today),
        "vacancies": vacancy_rows(
            vacancies_of([location.id], today=visit.today),
            fresh_days=home_procedure(visit, location).vacancy_fresh_days,
            today=visit.today,
        ),
        "months": month_pictures(months, location.opened),
        "months_table": months_table(months, location.opened) if months else None,
        "moving_words": moving_words(announced_move(location.id)),
        "point_words": point_hint(location.id),
        "may_move": visit.may("location.move", at=location.id),
        "may_close": visit.may("location.close", at=location.id),
        "may_edit": visit.may("location.edit", at=location.id),
        "may_confirm_vacancies": visit.may("vacancy.confirm", at=location.id),
        "may_ask": visit.may("location.ask"),
        "may_manage_team": visit.may("team.manage"),
    }
    return draw(request, visit, "location.html", context, section=LOCATIONS)


def _months(supply: LocationSupply, visit: OrganiserVisit) -> tuple[MonthOccupancy, ...]:
    if not supply.is_counted:
        return ()
    return months_of_occupancy(supply.supply, supply.occupations, from_on=visit.today, months=MONTHS)
