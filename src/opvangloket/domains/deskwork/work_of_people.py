"""What the desk has to do about people: be the second person, for its own leads and where an organiser has no other."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from opvangloket.domains.deskwork.work import Urgency, WorkItem, WorkReason
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.new_managers import managers_to_check
from opvangloket.foundation.accounts.new_leads import waiting_leads
from opvangloket.foundation.accounts.proposals import OpenProposal
from opvangloket.foundation.tenancy.scopes import DeskScope, current_scope

_LAST_DAYS: Final = timedelta(days=3)


def proposed_managers(home: list[UUID], *, today: date) -> Iterator[WorkItem]:
    """Yield each new manager whom the desk is asked to confirm, today when the proposal nearly lapses."""
    organisers = Location.objects.filter(id__in=home).order_by().values_list("organiser_id", flat=True).distinct()
    for one in managers_to_check(organisers, today=today):
        yield _item(WorkReason.MANAGER_PROPOSED, one.waiting.proposal, one.waiting.organiser_name, today)


def proposed_leads(*, today: date) -> Iterator[WorkItem]:
    """Yield each new lead of the desk in scope whom a lead is asked to confirm."""
    scope = current_scope()
    if isinstance(scope, DeskScope):
        for proposal in waiting_leads(scope.desk_id, today=today):
            yield _item(WorkReason.LEAD_PROPOSED, proposal, proposal.name, today)


def _item(reason: WorkReason, proposal: OpenProposal, note: str, today: date) -> WorkItem:
    return WorkItem(
        reason=reason,
        urgency=Urgency.LATE if proposal.last_day - today <= _LAST_DAYS else Urgency.SOON,
        on=proposal.last_day,
        proposal_id=proposal.id,
        note=note,
    )
