"""Who stands in at a location today: for those days the mails about its questions and children reach them too.

A copy never lets anybody in by itself: a stand-in signs in, so that the role ends with its last day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.team import running
from opvangloket.foundation.accounts.models import OrganiserRole
from opvangloket.foundation.messages.actions import NewMessage
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import ONE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Somebody who stands in, with the last day of it."""

    account_id: UUID
    name: str
    address: str
    until_on: date | None


def stand_ins_of(locations: Iterable[Location], *, today: date) -> Mapping[UUID, tuple[StandIn, ...]]:
    """Return for each of these locations who stands in there today, in one query; a location without has no entry."""
    by_id = {location.id: location for location in locations}
    organisers = {location.organiser_id for location in by_id.values()}
    found: defaultdict[UUID, dict[UUID, StandIn]] = defaultdict(dict)
    with across_desks("the mails of a location reach who stands in there"):
        rows = running(today).filter(organiser_id__in=organisers, role=OrganiserRole.STAND_IN, account__active=True)
        for row in rows.select_related("account").order_by("id"):
            own = [one for one in by_id.values() if one.organiser_id == row.organiser_id]
            for location in (one for one in own if row.location_id in {None, one.id}):
                found[location.id][row.account_id] = StandIn(
                    account_id=row.account_id,
                    name=row.account.name,
                    address=row.account.email,
                    until_on=row.end_on - ONE_DAY if row.end_on else None,
                )
    return {location_id: tuple(people.values()) for location_id, people in found.items()}


def copies(message: NewMessage, stand_ins: Iterable[StandIn], **different: object) -> list[NewMessage]:
    """Return a message with its copies for who stands in; `different` replaces what a copy is told.

    Nobody gets it twice: whoever reads the mail of the location anyway is left out.
    """
    readers = [one for one in stand_ins if one.address.casefold() != message.recipient.casefold()]
    return [
        message,
        *(
            replace(
                message,
                cause=f"{message.cause}:{one.account_id}",
                recipient=one.address,
                recipient_name=one.name,
                context={**message.context, **different},
            )
            for one in readers
        ),
    ]
