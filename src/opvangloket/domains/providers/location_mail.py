"""Where a location reads its mail, and a message to it."""

from collections.abc import Mapping

from opvangloket.domains.providers.models import Location
from opvangloket.foundation.accounts.models import Audience
from opvangloket.foundation.messages.actions import NewMessage


def mail_of(location: Location) -> str:
    """Return where a location reads its mail: its own address, else its organiser's."""
    return location.email or location.organiser.email


def to_location(location: Location, template: str, *, cause: str, context: Mapping[str, object]) -> NewMessage:
    """Return a message to a location, which is told its name; nothing goes out when it has no address."""
    return NewMessage(
        template=template,
        cause=cause,
        recipient=mail_of(location),
        recipient_name=location.name,
        audience=Audience.ORGANISER,
        context={"location_name": location.name, **context},
        location_id=location.id,
    )
