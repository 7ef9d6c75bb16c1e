"""Finding what an act is about in the caller's scope, then doing the act from the request's own desk.

An organiser may answer an inquiry, but the answer also closes a task of the desk and tells the family. So each act
first asks whether its caller sees the row, and from then on looks from the desk to which the request belongs, with
the request's row locked: two acts on one request come one after the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from opvangloket.domains.distribution.models import Inquiry, Offer, Placement
from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.states import RequestNotFound, locked_request
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, current_scope, scope


class InquiryNotFound(OpvangloketError):
    """No such inquiry in the scope in force."""

    code = "inquiry_not_found"
    message = "We vinden deze vraag niet bij jouw opvang."


class OfferNotFound(OpvangloketError):
    """No such offer in the scope in force."""

    code = "offer_not_found"
    message = "We vinden dit voorstel niet."


class PlacementNotFound(OpvangloketError):
    """No such placement in the scope in force."""

    code = "placement_not_found"
    message = "We vinden deze plaats niet."


class LocationNotHere(OpvangloketError):
    """The location has stopped, or this desk does not see it."""

    code = "location_not_here"
    message = "Deze opvang hoort niet bij dit loket. Kies een andere opvang."


def check_own(location_id: UUID) -> None:
    """Refuse a location of somebody else; which locations a desk sees is asked later."""
    in_force = current_scope()
    if isinstance(in_force, OrganiserScope) and location_id not in in_force.location_ids:
        raise LocationNotHere


@contextmanager
def request_at_its_desk(request_id: UUID) -> Iterator[CareRequest]:
    """Lock a request that the caller sees, and look from its desk for as long as the block lasts."""
    desk_id = CareRequest.objects.filter(id=request_id).values_list("desk_id", flat=True).first()
    if desk_id is None:
        raise RequestNotFound
    with scope(DeskScope(desk_id)):
        yield locked_request(request_id)


@contextmanager
def inquiry_at_its_desk(inquiry_id: UUID) -> Iterator[Inquiry]:
    """Lock the request of an inquiry that the caller sees, and look from its desk for as long as the block lasts."""
    found = Inquiry.objects.filter(id=inquiry_id).values_list("desk_id", "request_id").first()
    if found is None:
        raise InquiryNotFound
    desk_id, request_id = found
    with scope(DeskScope(desk_id)):
        request = locked_request(request_id)
        inquiry = Inquiry.objects.select_related("location__organiser", "wish").get(id=inquiry_id)
        inquiry.request = request
        yield inquiry


@contextmanager
def offer_at_its_desk(offer_id: UUID) -> Iterator[Offer]:
    """Lock the request of an offer that the caller sees, and look from its desk for as long as the block lasts."""
    found = Offer.objects.filter(id=offer_id).values_list("desk_id", "request_id").first()
    if found is None:
        raise OfferNotFound
    desk_id, request_id = found
    with scope(DeskScope(desk_id)):
        request = locked_request(request_id)
        offer = Offer.objects.select_related("location__organiser", "inquiry__wish").get(id=offer_id)
        offer.request = request
        yield offer


@contextmanager
def placement_at_its_desk(placement_id: UUID) -> Iterator[Placement]:
    """Lock the request of a placement that the caller sees, and look from its desk for as long as the block lasts."""
    found = Placement.objects.filter(id=placement_id).values_list("desk_id", "request_id").first()
    if found is None:
        raise PlacementNotFound
    desk_id, request_id = found
    with scope(DeskScope(desk_id)):
        request = locked_request(request_id)
        placement = Placement.objects.select_related("location__organiser").get(id=placement_id)
        placement.request = request
        yield placement
