"""What a changed question would do, shown to the family before it decides."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.asking.choosing import round_possible_on, starts_a_round
from opvangloket.domains.distribution.asking.sending import SendingDates, sending_dates
from opvangloket.domains.distribution.lines.listing import listed_locations
from opvangloket.domains.requests.actions import RequestNotFound, Wish
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.tenancy.queries import procedure_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPreview:
    """The effect of a changed wish: who would be asked anew, with which dates, and from when that is possible.

    `asks_again` is False when nobody is asked anew: only hours change, or nothing was sent yet. `possible_on` is set
    when the last round is too recent.
    """

    asks_again: bool
    possible_on: date | None
    location_names: tuple[str, ...]
    dates: SendingDates


def preview_round(*, request_id: UUID, wish: Wish, today: date) -> RoundPreview:
    """Return what asking this instead would do; raise RequestNotFound outside the scope."""
    request = CareRequest.objects.filter(id=request_id).first()
    if request is None:
        raise RequestNotFound
    procedure = procedure_in_force(request.desk_id, today).procedure
    possible_on = round_possible_on(request, procedure)
    return RoundPreview(
        asks_again=starts_a_round(request, wish),
        possible_on=possible_on if possible_on and possible_on > today else None,
        location_names=tuple(
            location.name for location in listed_locations(request, today=today, start_on=wish.start_on)
        ),
        dates=sending_dates(procedure, start_on=wish.start_on, today=today),
    )
