"""The page that families see of an own location, kept up by its own people."""

from django.urls import reverse

from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.locations.editor_pages import editor_pages
from opvangloket.web.locations.page_editor import Editor, editor_of
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw_shared
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url


def _editor(request: Request, visit: OrganiserVisit, location: str) -> Editor:
    own = location_or_404(location)
    return editor_of(
        own,
        actor=visit.actor,
        now=visit.now,
        today=visit.today,
        address=lambda name, *words: reverse(f"organiser:{name}", args=[own.slug, *words]),
        back_url=location_url(own),
        draw=lambda template, context: draw_shared(request, visit, template, context, section=LOCATIONS),
    )


PAGES = editor_pages(organiser_page("location.edit"), _editor)
