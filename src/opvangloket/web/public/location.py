"""The page of one location."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from opvangloket.domains.providers.location_page import LocationNotShown, public_location
from opvangloket.web.guards import PublicVisit, public_page
from opvangloket.web.locations.shown import page_context
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.public.presenters import free_chip, place_lines, places_strip


@public_page("location.search")
def location(request: Request, visit: PublicVisit, slug: str) -> HttpResponse:
    """Show what every family may know of a location."""
    try:
        found = public_location(visit.desk.id, slug, today=visit.today, fresh_days=visit.procedure.vacancy_fresh_days)
    except LocationNotShown as error:
        raise Http404(error.message) from error
    context = page_context(found) | {
        "strip": places_strip(found.free, found.opened),
        "places": place_lines(found.free, tariff=found.tariff, today=visit.today),
        "chip": free_chip(found.free, tells_places=found.tells_places, today=visit.today),
        "ask_url": f"/{visit.desk.slug}/vraag/?opvang={found.slug}",
        "search_url": reverse("public:search", kwargs={"desk": visit.desk.slug}),
        "answer_days": visit.procedure.answer_term_days,
    }
    return page(request, "public/location.html", context)
