"""The front page of a desk, and the pages that say how it works."""

from django.http import HttpResponse
from django.urls import reverse

from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.procedure_text import procedure_text
from opvangloket.web.guards import PublicVisit, public_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page


@public_page("location.search")
def front(request: Request, visit: PublicVisit) -> HttpResponse:
    """Greet, with one field and the doors."""
    context = {
        "search_url": reverse("public:search", kwargs={"desk": visit.desk.slug}),
        "answer_days": visit.procedure.answer_term_days,
        "procedure_url": reverse("public:procedure", kwargs={"desk": visit.desk.slug}),
    }
    return page(request, "public/front.html", context)


@public_page("location.search")
def procedure(request: Request, visit: PublicVisit) -> HttpResponse:
    """Say in plain words how questions are sent and answered: the same page for parents and organisers."""
    in_force = procedure_in_force(visit.desk.id, visit.today)
    context = {"sections": procedure_text(in_force.procedure), "in_force": in_force}
    return page(request, "public/procedure.html", context)


@public_page("location.search")
def privacy(request: Request, _visit: PublicVisit) -> HttpResponse:
    """Say what is kept, why, how long and who sees it."""
    return page(request, "public/privacy.html", {})


@public_page("location.search")
def accessibility(request: Request, _visit: PublicVisit) -> HttpResponse:
    """State how accessible the pages are, and whom to tell when they are not."""
    return page(request, "public/accessibility.html", {})
