"""What the desk has to do about people: be the second person where an organiser has no other."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from opvangloket.domains.deskwork.work import Urgency, WorkItem, WorkReason
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.new_managers import managers_to_check

_LAST_DAYS: Final = timedelta(days=3)


def proposed_managers(home: list[UUID], *, today: date) -> Iterator[WorkItem]:
    """Yield each new manager whom the desk is asked to confirm, today when the proposal nearly lapses."""
    organisers = Location.objects.filter(id__in=home).order_by().values_list("organiser_id", flat=True).distinct()
    for one in managers_to_check(organisers, today=today):
        proposal = one.waiting.proposal
        yield WorkItem(
            reason=WorkReason.MANAGER_PROPOSED,
            urgency=Urgency.LATE if proposal.last_day - today <= _LAST_DAYS else Urgency.SOON,
            on=proposal.last_day,
            proposal_id=proposal.id,
            note=one.waiting.organiser_name,
        )
