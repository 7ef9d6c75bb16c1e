"""Finding what an act is about in the caller's scope, then doing the act from the request's own desk.

An organiser may answer an inquiry, but the answer also closes a task of the desk and tells the family. So each act
first asks whether its caller sees the row, and from then on looks from the desk to which the request belongs, with
the request's row locked: two acts on one request come one after the other.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar
from uuid import UUID

from opvangloket.domains.distribution.models import Inquiry, Offer, Placement
from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.states import RequestNotFound, locked_request
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, current_scope, scope

_Line = TypeVar("_Line", Inquiry, Offer, Placement)


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


def inquiry_at_its_desk(inquiry_id: UUID) -> AbstractContextManager[Inquiry]:
    """Lock the request of an inquiry that the caller sees, and look from its desk for as long as the block lasts."""
    return _at_its_desk(Inquiry, inquiry_id, InquiryNotFound, "location__organiser", "wish")


def offer_at_its_desk(offer_id: UUID) -> AbstractContextManager[Offer]:
    """Lock the request of an offer that the caller sees, and look from its desk for as long as the block lasts."""
    return _at_its_desk(Offer, offer_id, OfferNotFound, "location__organiser", "inquiry__wish")


def placement_at_its_desk(placement_id: UUID) -> AbstractContextManager[Placement]:
    """Lock the request of a placement that the caller sees, and look from its desk for as long as the block lasts."""
    return _at_its_desk(Placement, placement_id, PlacementNotFound, "location__organiser")


@contextmanager
def _at_its_desk(
    model: type[_Line], line_id: UUID, absent: type[OpvangloketError], *read_along: str
) -> Iterator[_Line]:
    """Yield a line of a request, read anew with what belongs to it once its request is locked."""
    found = model.objects.filter(id=line_id).values_list("desk_id", "request_id").first()
    if found is None:
        raise absent
    desk_id, request_id = found
    with scope(DeskScope(desk_id)):
        request = locked_request(request_id)
        line = model.objects.select_related(*read_along).get(id=line_id)
        line.request = request
        yield line
