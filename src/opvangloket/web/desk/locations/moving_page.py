"""Moving a location in its name, by the lead of its home desk: the same steps as its own people see."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from opvangloket.domains.distribution.closing.moving import (
    announce_for_location,
    take_back_for_location,
    touched_at_desk,
)
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.locations.closing_page import at_home_or_404
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.locations import moving
from opvangloket.web.locations.moving import Mover
from opvangloket.web.middleware import Request


@desk_page("location.move")
def move(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Ask where and when, show what follows, and announce the move when that was seen."""
    return moving.plan(request, _mover(request, visit, slug))


@desk_page("location.move")
def stay(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Take an announced move back before its day."""
    return moving.stay(request, _mover(request, visit, slug))


def _mover(request: Request, visit: DeskVisit, slug: str) -> Mover:
    own = at_home_or_404(visit, slug)
    place: dict[str, Any] = {"location_id": own.id, "desk_id": visit.desk.id}
    at: dict[str, Any] = place | {"actor": visit.actor, "now": visit.now}

    def url(name: str) -> str:
        return reverse(f"desk:{name}", args=[visit.desk.slug, own.slug])

    return Mover(
        location=own,
        today=visit.today,
        own_url=url("move_location"),
        stay_url=url("stay_here"),
        back_url=url("location"),
        draw=lambda template, context: show(request, visit, template, context, current="locations"),
        touched=lambda from_on: touched_at_desk(**place, from_on=from_on, today=visit.today),
        announce=lambda address, from_on, instead_of: announce_for_location(
            address=address, from_on=from_on, instead_of=instead_of, **at
        ),
        take_back=lambda move_id: take_back_for_location(move_id=move_id, **at),
    )
