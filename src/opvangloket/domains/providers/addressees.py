"""To whom a desk writes when it writes to all its organisers: each once, where it reads its mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk, Organiser
from opvangloket.domains.providers.search import locations_of_desk
from opvangloket.foundation.accounts.models import Audience
from opvangloket.foundation.messages.actions import NewMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """An organiser, its mail address (empty for none), and the location at whose desk a mail that fails is seen.

    `steps` are the subsidy steps of its locations at the desk.
    """

    organiser: Organiser
    location_id: UUID
    location_slug: str
    address: str
    steps: frozenset[str]

    def message(self, template: str, *, cause: str, context: Mapping[str, object]) -> NewMessage:
        """Return a message to the organiser; nothing goes out when it has no address."""
        return NewMessage(
            template=template,
            cause=cause,
            recipient=self.address,
            recipient_name=self.organiser.name,
            audience=Audience.ORGANISER,
            context=context,
            location_id=self.location_id,
        )


def organisers_of_desk(desk_id: UUID, *, today: date, at_home: bool = False) -> tuple[Addressee, ...]:
    """Return each organiser with a running location that the desk sees, once, by name, in one query.

    `at_home` keeps those whose location the desk looks after.
    """
    rows = locations_of_desk(desk_id, today=today).select_related("organiser")
    if at_home:
        home = LocationInDesk.objects.filter(desk_id=desk_id, relation=DeskRelation.HOME, start_on__lte=today)
        rows = rows.filter(id__in=home.exclude(end_on__lte=today).values("location_id"))
    found: dict[UUID, list[Location]] = {}
    for row in rows.order_by("organiser__name", "organiser_id", "name", "id"):
        found.setdefault(row.organiser_id, []).append(row)
    return tuple(_addressee(own) for own in found.values())


def _addressee(own: list[Location]) -> Addressee:
    """Return an organiser by its locations: the first one that can be mailed stands for it."""
    organiser = own[0].organiser
    shown = next((row for row in own if organiser.email or row.email), own[0])
    return Addressee(
        organiser=organiser,
        location_id=shown.id,
        location_slug=shown.slug,
        address=organiser.email or shown.email,
        steps=frozenset(row.subsidy_step for row in own),
    )
