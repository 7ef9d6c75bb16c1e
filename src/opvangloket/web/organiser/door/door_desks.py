"""Which desk hears of a family at the door: the home desk of the location."""

from opvangloket.domains.providers.own_locations import AskingDesk, OwnLocation, asking_desks, own_locations
from opvangloket.web.guards import OrganiserVisit


def home_desks(visit: OrganiserVisit) -> tuple[tuple[OwnLocation, AskingDesk], ...]:
    """Return the own locations that have a home desk today, each with that desk, in three queries."""
    desks = asking_desks(visit.location_ids, today=visit.today)
    locations = own_locations(visit.location_ids)
    return tuple((location, desk) for location in locations for desk in desks[location.id] if desk.is_home)
