"""The addresses of the product with one empty page per audience: the same guard, frame and middleware, nothing in it."""

from django.http import HttpResponse
from django.urls import path

from opvangloket.config import urls
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import (
    DeskVisit,
    FamilyVisit,
    OrganiserVisit,
    PublicVisit,
    desk_page,
    family_page,
    organiser_page,
    public_page,
)
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import INBOX, chrome
from opvangloket.web.pages import page

EMPTY = "ui/base.html"


@public_page("location.search")
def for_visitors(request: Request, _visit: PublicVisit) -> HttpResponse:
    """Show nothing to a visitor."""
    return page(request, EMPTY, {})


@family_page("offer.answer")
def for_families(request: Request, _visit: FamilyVisit) -> HttpResponse:
    """Show nothing to a family."""
    return page(request, EMPTY, {})


@organiser_page("inquiry.read")
def for_organisers(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Show nothing to an organiser."""
    request.chrome = chrome(visit, INBOX)  # type: ignore[attr-defined]
    return page(request, EMPTY, {})


@desk_page("request.read")
def for_desks(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show nothing to a desk."""
    return show(request, visit, EMPTY, {})


urlpatterns = [
    path("organisator/leeg/", for_organisers),
    path("werk/<slug:desk>/leeg/", for_desks),
    path("<slug:desk>/leeg/", for_visitors),
    path("<slug:desk>/mijn-leeg/", for_families),
    *urls.urlpatterns,
]
