"""Whether a location wants its open questions on paper each week: off until somebody asks for it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.location_mail import mail_of
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError


class NoAddressForList(OpvangloketError):
    """Neither the location nor its organiser reads mail."""

    code = "no_address_for_list"
    message = "We hebben geen e-mailadres van deze opvang. Vul het eerst in bij “Naam en contact”."


@transaction.atomic
def choose_weekly_list(*, location_id: UUID, wanted: bool, actor: Actor, now: datetime) -> None:
    """Start or stop the weekly mail with the list on paper; raise LocationNotFound or NoAddressForList."""
    location = locked_location(location_id)
    if wanted and not mail_of(location):
        raise NoAddressForList
    if location.weekly_list == wanted:
        return
    location.weekly_list = wanted
    location.save(update_fields=["weekly_list"])
    record_edit(location, "weekly_list", "on" if wanted else "off", actor=actor, now=now)
