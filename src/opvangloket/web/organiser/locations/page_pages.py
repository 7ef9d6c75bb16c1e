"""The page that families see of an own location, kept up by its own people."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.locations import editor
from opvangloket.web.locations.editor import Editor, editor_of
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, chrome
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url
from opvangloket.web.pages import page


@organiser_page("location.edit")
def show(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Show the parts of the page, with their dates and what is missing."""
    return editor.overview(_editor(request, visit, location))


@organiser_page("location.edit")
def confirm(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Confirm that the whole page is still right."""
    return editor.confirm(request, _editor(request, visit, location))


@organiser_page("location.edit")
def preview(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Show the page as families see it."""
    return editor.preview(_editor(request, visit, location))


@organiser_page("location.edit")
def change(request: Request, visit: OrganiserVisit, location: str, part: str) -> HttpResponse:
    """Fill in one part of the page."""
    return editor.change_part(request, _editor(request, visit, location), part)


@organiser_page("location.edit")
def drop_closing(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Take away days on which the location was to be closed."""
    return editor.drop_closing(request, _editor(request, visit, location))


@organiser_page("location.edit")
def drop_photo(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Take the photo off the page."""
    return editor.take_photo_away(request, _editor(request, visit, location))


def _editor(request: Request, visit: OrganiserVisit, slug: str) -> Editor:
    own = location_or_404(slug)

    def draw(template: str, context: dict[str, Any]) -> HttpResponse:
        request.chrome = chrome(visit, LOCATIONS)  # type: ignore[attr-defined]
        return page(request, template, context)

    return editor_of(
        own,
        actor=visit.actor,
        now=visit.now,
        today=visit.today,
        address=lambda name, *words: reverse(f"organiser:{name}", args=[own.slug, *words]),
        back_url=location_url(own),
        draw=draw,
    )
