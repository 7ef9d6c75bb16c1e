"""Who gets the figures of a filed report: every organiser with a location in the territory of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from opvangloket.domains.providers.models import DeskRelation, LocationInDesk, Organiser
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.tenancy.scopes import across_desks


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organiser and where it reads its mail; `email` is empty when nobody gave one."""

    organiser_id: UUID
    name: str
    email: str


def organisers_of_territory(desk_id: UUID, today: date) -> tuple[Recipient, ...]:
    """Return the organisers with a location of this desk that is open today, by name.

    The address is the organiser's own, else that of its first manager, else that of one of its locations.
    """
    homes = (
        LocationInDesk.objects.filter(_in_force(today), desk_id=desk_id, relation=DeskRelation.HOME)
        .filter(Q(location__closed_on=None) | Q(location__closed_on__gt=today))
        .order_by("location__name")
        .values_list("location__organiser_id", "location__email")
    )
    of_location: dict[UUID, str] = {}
    for organiser_id, email in homes:
        of_location[organiser_id] = of_location.get(organiser_id) or email
    of_manager = _manager_addresses(of_location, today)
    organisers = Organiser.objects.filter(id__in=of_location).order_by("name", "id")
    return tuple(
        Recipient(row.id, row.name, row.email or of_manager.get(row.id, "") or of_location[row.id])
        for row in organisers
    )


def _manager_addresses(organiser_ids: Iterable[UUID], today: date) -> dict[UUID, str]:
    with across_desks("the figures go to every organiser of the territory"):
        managers = (
            OrganiserMembership.objects.filter(
                _in_force(today),
                organiser_id__in=list(organiser_ids),
                role=OrganiserRole.MANAGER,
                account__active=True,
            )
            .order_by("-start_on", "-id")
            .values_list("organiser_id", "account__email")
        )
        # The one who has been manager longest comes last, and stays.
        return dict(managers)


def _in_force(today: date) -> Q:
    return Q(start_on__lte=today) & (Q(end_on=None) | Q(end_on__gt=today))
