"""What time brings to proposed changes of a running care: one reminder, and an end when nobody answered."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from opvangloket.domains.distribution.change_proposals import replying
from opvangloket.domains.distribution.change_proposals.notices import tell_proposed
from opvangloket.domains.distribution.lines.sweeping import each, not_done, remember
from opvangloket.domains.distribution.models import ChangeProposal
from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.change_proposals import ProposalState
from opvangloket.rules.periods import brussels_date

# Late enough to know that it was forgotten, early enough to still talk about it.
REMIND_DAYS: Final = 3


def sweep_proposal_reminders(*, now: datetime) -> int:
    """Remind whoever has to answer a proposed change, once, some days before its last day; not on the day it came."""
    today = brussels_date(now)
    soon = {"reply_by_on__gte": today, "reply_by_on__lte": today + timedelta(days=REMIND_DAYS)}
    waiting = _open().filter(not_done("remind"), made_at__lte=now - timedelta(days=REMIND_DAYS), **soon)

    def remind(proposal: ChangeProposal, request: CareRequest) -> bool:
        remember(proposal.id, "remind", now=now)
        proposal.placement.request = request
        tell_proposed(proposal, now=now, again=True)
        return True

    return each(waiting, remind)


def sweep_lapsed_proposals(*, now: datetime) -> int:
    """Write down which proposed changes passed their last day, and give back what they held."""
    passed = _open().filter(reply_by_on__lt=brussels_date(now))
    return each(passed, lambda proposal, request: replying.lapse(proposal, request, now=now))


def _open() -> QuerySet[ChangeProposal]:
    rows = ChangeProposal.objects.filter(state=ProposalState.OPEN)
    return rows.select_related("location__organiser", "placement__location__organiser")
