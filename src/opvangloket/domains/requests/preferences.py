"""The order in which a family prefers its locations now. The order in which it chose them stays as it was."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.models import RequestedLocation
from opvangloket.domains.requests.states import locked_request, record_act
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError


class OrderNotComplete(OpvangloketError):
    """An order names each listed location once; the list changed meanwhile."""

    code = "order_not_complete"
    message = "Je lijst veranderde intussen. Kijk ze opnieuw na."


@transaction.atomic
def reorder_locations(*, request_id: UUID, location_ids: Sequence[UUID], actor: Actor, now: datetime) -> None:
    """Put the listed locations of a request in this order; raise OrderNotComplete unless it names all of them once."""
    request = locked_request(request_id)
    listed = {row.location_id: row for row in RequestedLocation.objects.filter(request=request, dropped_at=None)}
    if sorted(location_ids) != sorted(listed):
        raise OrderNotComplete
    places = sorted(row.position for row in listed.values())
    for place, location_id in zip(places, location_ids, strict=True):
        listed[location_id].preference = place
    RequestedLocation.objects.bulk_update(listed.values(), ["preference"])
    record_act("request.change_wish", request, actor=actor, now=now, codes=["location_order"])
