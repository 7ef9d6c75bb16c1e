"""The day from which a location is closed for good, and taking that back in time."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import Location, Vacancy
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.periods import brussels_date


class ClosingRefused(OpvangloketError):
    """A location cannot close on this day, or cannot stay open any more."""

    code = "closing_refused"


@transaction.atomic
def set_closed_on(*, location_id: UUID, close_on: date, actor: Actor, now: datetime) -> None:
    """Write down from which day on a location is closed; what it declared free is free no longer.

    Called by `distribution.location_closing`, which gives everything there its next step. Raises ClosingRefused for a
    day in the past, or when it is closed already.
    """
    location = locked_location(location_id)
    today = brussels_date(now)
    if close_on < today:
        raise ClosingRefused("Kies vandaag of een latere dag.")
    if location.closed_on is not None and location.closed_on <= today:
        raise ClosingRefused("Deze opvang is al gesloten.")
    location.closed_on = close_on
    location.save(update_fields=["closed_on"])
    Vacancy.objects.filter(location=location, closed_on=None).update(closed_on=today)
    record_edit(location, "closed_on", actor=actor, now=now)


@transaction.atomic
def stay_open(*, location_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a closing back before its day; what was answered and ended stays so. Raise ClosingRefused afterwards."""
    location = locked_location(location_id)
    if location.closed_on is None:
        return
    if location.closed_on <= brussels_date(now):
        raise ClosingRefused("Deze opvang is al gesloten. Het loket kan ze opnieuw openen.")
    location.closed_on = None
    location.save(update_fields=["closed_on"])
    record_edit(location, "stays_open", actor=actor, now=now)


def closing_day(location_id: UUID) -> date | None:
    """Return from which day on a location is closed; None when it stays open."""
    return Location.objects.values_list("closed_on", flat=True).get(id=location_id)
