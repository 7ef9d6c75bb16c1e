"""The lines of a request: what lies with each location. Here they are closed when the search ends or goes on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.lines.notices import tell_closed, tell_declined
from opvangloket.domains.distribution.models import Inquiry, Offer
from opvangloket.domains.distribution.places.taking import release_places
from opvangloket.domains.requests.actions import settle_tasks
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest, DeskTask, TaskKind
from opvangloket.foundation.audit.record import Actor
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.inquiries import OPEN_STATES, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.reasons import DECLINE_REASONS, DeclineReason

# What the desk has to do about an inquiry or an offer, and about a request that still searches.
_ABOUT_A_LINE: Final = (TaskKind.ANSWER_OVERDUE, TaskKind.CALL_ORGANISER, TaskKind.OFFER_EXPIRING, TaskKind.OTHER)
_ABOUT_THE_SEARCH: Final = (
    *(TaskKind.ALL_SAID_NO, TaskKind.CONFIRM_CURRENT, TaskKind.URGENT, TaskKind.TAKE_OVER, TaskKind.REFERRED),
)


@dataclass(frozen=True, slots=True)
class Ending:
    """Why lines close: in words for the locations, and as the coded reason of offers that are not taken."""

    words: str
    decline_reason: DeclineReason


def close_lines(
    request: CareRequest, ending: Ending, *, actor: Actor, now: datetime, keep: Collection[UUID] = ()
) -> None:
    """Close every open inquiry and offer of a locked request, except those of the locations in `keep`.

    An offer that is still open is declined: the location did not take it back. The locations are told.
    """
    inquiries = Inquiry.objects.filter(request=request, state__in=OPEN_STATES).exclude(location_id__in=keep)
    withdraw_inquiries(request, inquiries.select_related("location__organiser"), words=ending.words, now=now)
    offers = Offer.objects.filter(request=request, state=OfferState.OPEN).exclude(location_id__in=keep)
    for offer in offers.select_related("location__organiser").order_by("made_at", "id"):
        end_offer(request, offer, OfferState.DECLINED, actor=actor, now=now, reason=ending.decline_reason)
        tell_declined(request, offer, reason_words=ending.words.rstrip("."), now=now)


def withdraw_inquiries(request: CareRequest, inquiries: Iterable[Inquiry], *, words: str, now: datetime) -> None:
    """Withdraw open inquiries of a locked request; with `words`, tell the locations that had them already."""
    closing = list(inquiries)
    ids = [inquiry.id for inquiry in closing]
    Inquiry.objects.filter(id__in=ids).update(state=InquiryState.WITHDRAWN, closed_at=now)
    if words:
        sent = [inquiry for inquiry in closing if inquiry.state == InquiryState.SENT]
        tell_closed(request, sent, reason_words=words, now=now)
    settle_line(ids, now=now)


def end_offer(
    request: CareRequest,
    offer: Offer,
    state: OfferState,
    *,
    actor: Actor,
    now: datetime,
    reason: DeclineReason | str = "",
) -> None:
    """End an open offer of a locked request without a placement: its places are free again, its event is written."""
    offer.state, offer.closed_at, offer.decline_reason = state, now, reason
    offer.save(update_fields=["state", "closed_at", "decline_reason"])
    release_places([offer.id])
    append_event(
        request=request,
        at=now,
        kind=_EVENT_OF_ENDING[state],
        location_id=offer.location_id,
        reason=reason,
        by=actor.kind,
    )
    settle_line([offer.id], now=now)


_EVENT_OF_ENDING: Final = {
    OfferState.DECLINED: EventKind.OFFER_DECLINED,
    OfferState.EXPIRED: EventKind.OFFER_EXPIRED,
    OfferState.WITHDRAWN: EventKind.OFFER_WITHDRAWN,
}


def settle_line(subject_ids: Collection[UUID], *, now: datetime) -> None:
    """Close the desk's tasks about these inquiries or offers: what they waited for has happened."""
    about = DeskTask.objects.filter(kind__in=_ABOUT_A_LINE, subject_id__in=subject_ids, done_at=None)
    about.update(done_at=now)


def settle_search(request: CareRequest, *, now: datetime) -> None:
    """Close the desk's tasks that help a family search: it has a place, or stopped searching."""
    settle_tasks(desk_id=request.desk_id, kinds=_ABOUT_THE_SEARCH, request_id=request.id, now=now)


def decline_words(reason: DeclineReason) -> str:
    """Return why a family does not take an offer, in the words of the list."""
    return DECLINE_REASONS.label(reason)
