"""The messages of a desk that never arrived, with whom to call instead."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opvangloket.domains.deskwork.work_of_locations import work_locations
from opvangloket.domains.deskwork.work_of_requests import work_requests
from opvangloket.foundation.messages.queries import failed_messages


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredMessage:
    """A message that was refused for good, or for a whole day. `reference` or `location_slug` is what it is about."""

    id: UUID
    subject: str
    to_name: str
    address: str
    planned_at: datetime
    failure: str
    phone: str
    reference: str
    location_slug: str
    location_name: str


def undelivered() -> tuple[UndeliveredMessage, ...]:
    """Return the messages of the desk in scope that never arrived, the newest first, in three queries."""
    rows = failed_messages()
    requests = work_requests(row.request_id for row in rows if row.request_id)
    locations = work_locations(row.location_id for row in rows if row.location_id)
    found = []
    for row in rows:
        request = requests.get(row.request_id) if row.request_id else None
        location = locations.get(row.location_id) if row.location_id else None
        to_family = request if row.audience == "family" else None
        found.append(
            UndeliveredMessage(
                id=row.id,
                subject=row.subject,
                to_name=row.recipient_name,
                address=row.recipient,
                planned_at=row.planned_at,
                failure=row.failure,
                phone=to_family.phone if to_family else location.phone if location else "",
                reference=request.reference if request else "",
                location_slug=location.slug if location else "",
                location_name=location.name if location else "",
            )
        )
    return tuple(found)
