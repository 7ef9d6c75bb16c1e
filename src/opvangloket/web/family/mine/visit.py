"""What every page of "Mijn vraag" begins with: the request of the address, and its lines."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from opvangloket.domains.distribution.request_lines import RequestLine, SeenPlacement, lines_of_request
from opvangloket.domains.requests.actions import RequestNotFound
from opvangloket.domains.requests.own_requests import OwnRequest, own_request
from opvangloket.rules.care_requests import RequestState, may_still_search
from opvangloket.web.guards import FamilyVisit


def request_or_404(reference: str) -> OwnRequest:
    """Return the family's own request; somebody else's is not found."""
    try:
        return own_request(reference)
    except RequestNotFound:
        raise Http404("Deze vraag bestaat niet, of is niet van jou.") from None


def line_or_404(own: OwnRequest, location_slug: str, visit: FamilyVisit) -> RequestLine:
    """Return the line of one location of a request."""
    lines = lines_of_request(own.id, today=visit.today)
    found = next((line for line in lines if line.location_slug == location_slug), None)
    if found is None:
        raise Http404("Deze opvang staat niet in je vraag.")
    return found


def place_or_404(own: OwnRequest, location_slug: str, visit: FamilyVisit) -> tuple[RequestLine, SeenPlacement]:
    """Return the line of one location of a request, with the place that the child has there."""
    line = line_or_404(own, location_slug, visit)
    if line.placement is None:
        raise Http404("Je kind heeft hier geen plaats.")
    return line, line.placement


def may_search(own: OwnRequest, visit: FamilyVisit) -> bool:
    """Tell whether the family may ask more locations, or something else of them."""
    if own.state is RequestState.REGISTERED:
        return True
    return may_still_search(own.state, may_stay_listed=visit.procedure.may_stay_listed)


def home_of(own: OwnRequest, visit: FamilyVisit) -> str:
    """Return the address of a request's page."""
    return page_of(own, visit, "my_request")


def page_of(own: OwnRequest, visit: FamilyVisit, name: str, **more: str) -> str:
    """Return the address of one of the pages of a request."""
    return reverse(f"family:{name}", kwargs={"desk": visit.desk.slug, "reference": own.reference, **more})
