"""The day from which a location is closed for good, and taking that back in time."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from opvangloket.domains.providers.desk_notices import tell_own_people
from opvangloket.domains.providers.models import Location, Vacancy
from opvangloket.domains.providers.moving import drop_moves_from
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.wording import dutch_date

_KEEP_OPEN: Final = "SELECT id, closed_on FROM providers_location WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"


class ClosingRefused(OpvangloketError):
    """A location cannot close on this day, or cannot stay open any more."""

    code = "closing_refused"


@transaction.atomic
def set_closed_on(*, location_id: UUID, close_on: date, actor: Actor, now: datetime) -> None:
    """Write down from which day on a location is closed; what it declared free is free no longer.

    Called by `distribution.closing.locations`, which gives everything there its next step. Its own people are told what
    the desk does in their name, once per day chosen. Raises ClosingRefused for a day in the past, or when it is closed
    already.
    """
    location = locked_location(location_id)
    today = brussels_date(now)
    if close_on < today:
        raise ClosingRefused("Kies vandaag of een latere dag.")
    if location.closed_on is not None and location.closed_on <= today:
        raise ClosingRefused("Deze opvang is al gesloten.")
    if location.closed_on != close_on:
        what = f"{location.name} sluit op {dutch_date(close_on)}."
        tell_own_people(
            location, what, cause=f"closes:{location.id}:{close_on}:{now.isoformat()}", actor=actor, now=now
        )
    location.closed_on = close_on
    location.save(update_fields=["closed_on"])
    Vacancy.objects.filter(location=location, closed_on=None).update(closed_on=today)
    drop_moves_from(location, close_on, now=now)
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
    what = f"{location.name} sluit niet."
    tell_own_people(location, what, cause=f"stays_open:{location.id}:{now.isoformat()}", actor=actor, now=now)


def lock_against_newcomers(location_id: UUID) -> None:
    """Lock a location so that nobody asks it anything meanwhile; whoever is just doing so is waited for.

    The other side is `open_when_care_starts`. Raises LocationNotFound outside the scope.
    """
    locked_location(location_id, against_newcomers=True)


def open_when_care_starts(location_ids: Collection[UUID], *, today: date, start_on: date) -> frozenset[UUID]:
    """Return which locations are open today and when care would start; until the transaction ends none of them closes.

    Many may hold this at once, and it is in nobody's way but a closing's: so a popular location is asked by many
    families at one moment. The rows are locked in the order of their ids.
    """
    last = max(today, start_on)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_OPEN, [list(location_ids)])
        return frozenset(row_id for row_id, closed_on in cursor.fetchall() if closed_on is None or closed_on > last)


def closing_day(location_id: UUID) -> date | None:
    """Return from which day on a location is closed; None when it stays open."""
    return Location.objects.values_list("closed_on", flat=True).get(id=location_id)
