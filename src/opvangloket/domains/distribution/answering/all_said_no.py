"""When every location said no, the family gets at once what would fit, and the desk a task (SPEC §5)."""

from datetime import datetime
from uuid import UUID

from opvangloket.domains.distribution.answering.suggestions import suggestions_for
from opvangloket.domains.distribution.lines.notices import tell_family
from opvangloket.domains.distribution.models import Inquiry, Offer, Placement, PlacementState
from opvangloket.domains.requests.actions import open_task, settle_tasks
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.inquiries import OPEN_STATES
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date


def tell_when_all_said_no(request: CareRequest, *, because: UUID, now: datetime) -> bool:
    """Tell the family and the desk when nothing is open any more for a locked request; return whether it is so.

    `because` is the answer, inquiry or offer that was the last. The family is told once per round: a changed question
    that is refused again is told again.
    """
    if request.state != RequestState.OPEN or something_is_open(request):
        return False
    last_sent = Inquiry.objects.filter(request=request).exclude(sending=None).order_by("-sent_at", "-id").first()
    if last_sent is None or last_sent.sending_id is None:
        return False
    suggestions = suggestions_for(request, today=brussels_date(now))
    tell_family(
        "all_said_no",
        request,
        cause=f"all_said_no:{last_sent.sending_id}",
        now=now,
        context={"suggestions": [suggestion.words for suggestion in suggestions]},
    )
    settle_all_said_no(request, now=now)
    open_task(
        desk_id=request.desk_id,
        kind=TaskKind.ALL_SAID_NO,
        subject_id=because,
        request_id=request.id,
        due_on=brussels_date(now),
        now=now,
    )
    return True


def settle_all_said_no(request: CareRequest, *, now: datetime) -> None:
    """Close the desk's task about a request for which something is open again."""
    settle_tasks(desk_id=request.desk_id, kinds=[TaskKind.ALL_SAID_NO], request_id=request.id, now=now)


def something_is_open(request: CareRequest) -> bool:
    """Tell whether an answer, a reply or a start is still to come."""
    return (
        Inquiry.objects.filter(request=request, state__in=OPEN_STATES).exists()
        or Offer.objects.filter(request=request, state=OfferState.OPEN).exists()
        or Placement.objects.filter(request=request, state=PlacementState.ACTIVE).exists()
    )
