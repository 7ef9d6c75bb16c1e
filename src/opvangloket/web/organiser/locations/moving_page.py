"""Moving an own location: the new address and its day, what follows, then announcing it."""

from typing import Any

from django.http import HttpResponse

from opvangloket.domains.distribution.closing.moving import announce_move, take_move_back, touched_families
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.locations import moving
from opvangloket.web.locations.moving import Mover
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw_shared
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url


@organiser_page("location.move")
def move(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Ask where and when, show what follows, and announce the move when that was seen."""
    return moving.plan(request, _mover(request, visit, location))


@organiser_page("location.move")
def stay(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Take an announced move back before its day."""
    return moving.stay(request, _mover(request, visit, location))


def _mover(request: Request, visit: OrganiserVisit, slug: str) -> Mover:
    own = location_or_404(slug)
    at: dict[str, Any] = {"location_id": own.id, "actor": visit.actor, "now": visit.now}

    return Mover(
        location=own,
        today=visit.today,
        own_url=location_url(own, "move_location"),
        stay_url=location_url(own, "stay_here"),
        back_url=location_url(own),
        draw=lambda template, context: draw_shared(request, visit, template, context, section=LOCATIONS),
        touched=lambda from_on: touched_families(own.id, from_on=from_on, today=visit.today),
        announce=lambda address, from_on, instead_of: announce_move(
            address=address, from_on=from_on, instead_of=instead_of, **at
        ),
        take_back=lambda move_id: take_move_back(move_id=move_id, **at),
    )
