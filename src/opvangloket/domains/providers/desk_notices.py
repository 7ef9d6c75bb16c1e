"""Telling a location's own people what the desk wrote down in their name: that it closes, moves, or does not after all."""

from datetime import datetime
from typing import Final

from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.own_locations import home_desks
from opvangloket.foundation.accounts.models import Audience
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.messages.actions import NewMessage, absolute, plan_messages
from opvangloket.rules.periods import brussels_date

_LOCATIONS_PAGE: Final = "/organisator/locaties/"


def tell_own_people(location: Location, what: str, *, cause: str, actor: Actor, now: datetime) -> int:
    """Mail the location and its organiser what the desk wrote down, and return to how many addresses.

    Nothing goes out for what they did themselves, nor a second time for the same `cause`. `what` is a whole sentence.
    """
    if not actor.is_desk:
        return 0
    home = home_desks([location.id], today=brussels_date(now)).get(location.id)
    addresses = {one.casefold(): one for one in (location.organiser.email, location.email) if one}
    messages = [
        NewMessage(
            template="written_down_by_desk",
            cause=f"written_down_by_desk:{cause}:{address}",
            recipient=address,
            recipient_name=location.name,
            audience=Audience.ORGANISER,
            context={"location_name": location.name, "what": what, "link": absolute(_LOCATIONS_PAGE)},
            location_id=location.id,
        )
        for address in addresses.values()
    ]
    return len(plan_messages(messages, desk_id=home, now=now))
