"""The first page of an installation: which desks it serves."""

from django.http import HttpResponse

from opvangloket.foundation.tenancy.queries import all_desks
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page


@open_page
def desks(request: Request) -> HttpResponse:
    """List the desks, by name."""
    return page(request, "installation/start.html", {"desks": all_desks()})
