"""What comes to a desk: the locations that move to its territory on an announced day, and get it as their home then."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.providers.models import LocationMove
from opvangloket.domains.providers.moving import ANNOUNCED, AnnouncedMove, announced_of, new_home
from opvangloket.domains.providers.own_locations import home_desks
from opvangloket.domains.providers.territories import code_of_today
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import across_desks


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingLocation:
    """A location that comes; `from_desk` looks after it until then, empty where none does."""

    move: AnnouncedMove
    name: str
    organiser_name: str
    phone: str
    from_desk: str


def arriving_locations(desk_id: UUID, *, today: date) -> tuple[ArrivingLocation, ...]:
    """Return what comes to a desk, the first day first."""
    desk = Desk.objects.get(id=desk_id)
    territory = {code_of_today(code) for code in desk.territory}
    rows = LocationMove.objects.filter(ANNOUNCED).select_related("location__organiser").order_by("from_on", "id")
    coming = [row for row in rows if code_of_today(row.nis_code) in territory]
    if not coming:
        return ()
    with across_desks("a location comes from another desk"):
        home_ids = home_desks([row.location_id for row in coming], today=today)
    homes = Desk.objects.in_bulk(set(home_ids.values()))
    found = []
    for row in coming:
        home = homes.get(home_ids[row.location_id]) if row.location_id in home_ids else None
        if new_home(row.nis_code, home) == desk:
            found.append(_arriving(row, home))
    return tuple(found)


def _arriving(row: LocationMove, home: Desk | None) -> ArrivingLocation:
    return ArrivingLocation(
        move=announced_of(row),
        name=row.location.name,
        organiser_name=row.location.organiser.name,
        phone=row.location.phone or row.location.organiser.phone,
        from_desk=home.name if home else "",
    )
