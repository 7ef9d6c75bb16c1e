"""What becomes of an offer: the family accepts or declines, the location withdraws or extends, or its time passes.

Where an offer holds its place, accepting cannot fail for lack of space. Where a town chose "who answers first", it can:
then the offer is withdrawn and the family hears what still fits.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.answering.all_said_no import tell_when_all_said_no
from opvangloket.domains.distribution.answering.proposals import at_the_hours
from opvangloket.domains.distribution.lines.ending import (
    Ending,
    close_lines,
    decline_words,
    end_offer,
    settle_line,
    settle_search,
)
from opvangloket.domains.distribution.lines.facts import place_at, wish_with_flexibility
from opvangloket.domains.distribution.lines.locking import offer_at_its_desk
from opvangloket.domains.distribution.lines.notices import (
    CALL_FAMILY_WITHDRAWN,
    tell_declined,
    tell_family,
    tell_of_offer,
    tell_placed,
)
from opvangloket.domains.distribution.lines.recording import record_on
from opvangloket.domains.distribution.models import Offer, Placement, PlacementState
from opvangloket.domains.distribution.places.taking import PlaceTaken, Take, keep_held_place, occupy_places
from opvangloket.domains.distribution.placing.together import lock_siblings_of, offers_to_accept
from opvangloket.domains.providers.place_hours import place_hours_of
from opvangloket.domains.providers.supply import supply_of
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.states import move
from opvangloket.foundation.audit.record import SYSTEM, Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.queries import procedure_numbered
from opvangloket.rules.alternatives import best_alternative
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.offers import OfferState, is_expired, may_extend, may_reply
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.place_hours import week_words
from opvangloket.rules.reasons import DeclineReason
from opvangloket.rules.terms import days_left
from opvangloket.rules.wording import dutch_date

FOUND_ANOTHER: Final = Ending("Het gezin vond een andere plaats.", DeclineReason.FOUND_ELSEWHERE)


class OfferClosed(OpvangloketError):
    """The offer is not open any more; the code is the state it is in."""

    code = "offer_closed"

    def __init__(self, state: OfferState) -> None:
        super().__init__(_CLOSED_WORDS[state], f"offer_{state}")
        self.state = state


_CLOSED_WORDS: Final = {
    OfferState.OPEN: "Dit voorstel staat nog open.",
    OfferState.ACCEPTED: "Je nam dit voorstel al aan.",
    OfferState.DECLINED: "Je koos al om dit voorstel niet te nemen.",
    OfferState.EXPIRED: "De tijd om te antwoorden is voorbij. Bel het loket, dan kijken we wat nog kan.",
    OfferState.WITHDRAWN: "Dit voorstel geldt niet meer.",
}


class OfferJustTaken(OpvangloketError):
    """Somebody else answered first; `still_fits` has what the location can still offer, in sentences."""

    code = "offer_just_taken"

    def __init__(self, still_fits: Collection[str]) -> None:
        super().__init__("Deze plaats is net ingenomen. Je vraag blijft lopen.")
        self.still_fits = tuple(still_fits)


class CannotExtend(OpvangloketError):
    """An offer's last day only moves later, and only while the offer is open."""

    code = "cannot_extend"
    message = "Kies een dag die later valt. Het voorstel moet nog open staan."


@dataclass(frozen=True, slots=True)
class Accepted:
    """The placement that an acceptance made."""

    placement_id: UUID


def accept(
    *, offer_id: UUID, actor: Actor, now: datetime, keep_locations: Collection[UUID] = (), apart: bool = False
) -> Accepted:
    """Take an offer: it becomes a placement, and every other line of the request closes in the same transaction.

    Where the family asked places for its children together, those of the others at this location are taken in the same
    act: all or none, unless it now says that `apart` is fine. `keep_locations` stay asked where the procedure lets a
    family with a place stay listed. An offer that was accepted and still has its place says so again. Raises
    OfferNotFound, OfferClosed, SiblingsMissing, and OfferJustTaken at a desk where the first to accept wins (the offer
    whose place is gone is then withdrawn).
    """
    outcome = _accept(offer_id, actor, now, keep_locations, apart)
    if isinstance(outcome, Accepted):
        return outcome
    raise OfferJustTaken(outcome)


@transaction.atomic
def decline(*, offer_id: UUID, reason: DeclineReason, actor: Actor, now: datetime) -> None:
    """Leave an offer, with the reason why; the same once more changes nothing. Raise OfferNotFound or OfferClosed."""
    with offer_at_its_desk(offer_id) as offer:
        if (offer.state, offer.decline_reason) == (OfferState.DECLINED, reason):
            return
        _check_open(offer, now)
        end_offer(offer.request, offer, OfferState.DECLINED, actor=actor, now=now, reason=reason)
        tell_declined(offer.request, offer, reason_words=decline_words(reason), now=now)
        record_on(offer, "offer.decline", actor=actor, now=now, codes=[reason])


@transaction.atomic
def withdraw(*, offer_id: UUID, actor: Actor, now: datetime) -> None:
    """Let a location take back its open offer, once; the family is told. Raise OfferNotFound or OfferClosed."""
    with offer_at_its_desk(offer_id) as offer:
        if offer.state == OfferState.WITHDRAWN:
            return
        _check_open(offer, now)
        _withdraw(offer, actor, now)


@transaction.atomic
def extend(*, offer_id: UUID, reply_by_on: date, actor: Actor, now: datetime) -> None:
    """Give a family more time for an open offer, and tell it; raise OfferNotFound or CannotExtend."""
    today = brussels_date(now)
    with offer_at_its_desk(offer_id) as offer:
        state = OfferState(offer.state)
        if not may_extend(state, reply_by_on=offer.reply_by_on, new_reply_by_on=reply_by_on, today=today):
            raise CannotExtend
        offer.reply_by_on = reply_by_on
        offer.save(update_fields=["reply_by_on"])
        settle_line([offer.id], now=now)
        record_on(offer, "offer.extend", actor=actor, now=now, codes=[reply_by_on.isoformat()])
        tell_of_offer(
            "offer_reminder",
            offer.request,
            offer,
            cause=f"offer_extended:{offer.id}:{reply_by_on}",
            now=now,
            days_left=days_left(reply_by_on, today),
        )


@transaction.atomic
def expire(*, offer_id: UUID, now: datetime) -> bool:
    """Write down that an offer's last day has passed; return whether there was anything to write."""
    with offer_at_its_desk(offer_id) as offer:
        expired = is_expired(OfferState(offer.state), reply_by_on=offer.reply_by_on, today=brussels_date(now))
        if offer.state != OfferState.OPEN or not expired:
            return False
        end_offer(offer.request, offer, OfferState.EXPIRED, actor=SYSTEM, now=now)
        record_on(offer, "offer.expire", actor=SYSTEM, now=now)
        tell_family(
            "offer_expired",
            offer.request,
            cause=f"offer_expired:{offer.id}",
            now=now,
            context={"location_name": offer.location.name},
        )
        tell_declined(offer.request, offer, reason_words="het gezin antwoordde niet op tijd", now=now)
        return True


@dataclass(slots=True)
class _PlaceGone(Exception):
    """Somebody else was first; everything that was taken with this offer is given back."""

    offer_id: UUID


@transaction.atomic
def _accept(
    offer_id: UUID, actor: Actor, now: datetime, keep: Collection[UUID], apart: bool
) -> Accepted | tuple[str, ...]:
    """Accept an offer with those of brothers and sisters, or none; return what still fits when somebody was first."""
    lock_siblings_of(offer_id)
    offer_ids = offers_to_accept(offer_id, apart=apart, today=brussels_date(now))
    # The caller sees this offer; those that come along are seen from its desk.
    with offer_at_its_desk(offer_id):
        try:
            with transaction.atomic():
                accepted = {one: _accept_one(one, actor, now, keep) for one in offer_ids}
                return accepted[offer_id]
        except _PlaceGone as gone:
            with offer_at_its_desk(gone.offer_id) as offer:
                still_fits = _still_fits(offer, brussels_date(now))
                _withdraw(offer, actor, now, still_fits=still_fits, just_taken=True)
                return still_fits


def _accept_one(offer_id: UUID, actor: Actor, now: datetime, keep_locations: Collection[UUID]) -> Accepted:
    """Accept one offer of a locked request; raise _PlaceGone when somebody else was first."""
    with offer_at_its_desk(offer_id) as offer:
        if standing := Placement.objects.filter(offer=offer, state=PlacementState.ACTIVE).first():
            return Accepted(standing.id)
        _check_open(offer, now)
        request = offer.request
        placement = Placement(
            desk_id=offer.desk_id,
            request=request,
            location=offer.location,
            offer=offer,
            agreed_at=now,
            start_on=offer.start_on,
            end_on=offer.end_on,
            parts=offer.parts,
        )
        try:
            _take_place(offer, placement, now)
        except PlaceTaken as taken:
            raise _PlaceGone(offer_id) from taken
        placement.save(force_insert=True)
        offer.state, offer.closed_at = OfferState.ACCEPTED, now
        offer.save(update_fields=["state", "closed_at"])
        append_event(
            request=request, at=now, kind=EventKind.OFFER_ACCEPTED, location_id=offer.location_id, by=actor.kind
        )
        settle_line([offer.id], now=now)
        record_on(offer, "offer.accept", actor=actor, now=now)
        procedure = procedure_numbered(offer.desk_id, offer.inquiry.procedure_number)
        keep = keep_locations if procedure.may_stay_listed else ()
        go_on_with_a_place(request, keep=keep, actor=actor, now=now)
        tell_placed(request, placement, to_location=True, now=now)
        return Accepted(placement.id)


def go_on_with_a_place(request: CareRequest, *, keep: Collection[UUID], actor: Actor, now: datetime) -> None:
    """Let a locked request be placed, and close its other lines except those that it keeps."""
    close_lines(request, FOUND_ANOTHER, actor=actor, now=now, keep=keep)
    if request.state != RequestState.PLACED:
        move(request, RequestState.PLACED, now=now)
    settle_search(request, now=now)


def _take_place(offer: Offer, placement: Placement, now: datetime) -> None:
    """Give a placement the place of its offer; raise PlaceTaken when it was not held and is gone."""
    if offer.held:
        keep_held_place(offer_id=offer.id, placement_id=placement.id)
        return
    place = place_at(offer.location_id, offer.request, start_on=offer.start_on, end_on=offer.end_on, parts=offer.parts)
    # Its own hold, when the location began to keep its places a moment ago.
    occupy_places([Take(place=place, subject_id=placement.id, instead_of=(offer.id,))], now=now)


def _still_fits(offer: Offer, today: date) -> tuple[str, ...]:
    """Return what the location of a lost offer can still offer this child, in sentences."""
    supply = supply_of([offer.location_id], from_on=today)[offer.location_id]
    wish = wish_with_flexibility(offer.request, offer.inquiry.wish)
    best = best_alternative(wish, supply.supply, supply.occupations)
    best = best and at_the_hours(best, offer.inquiry, place_hours_of({offer.location_id: supply}, today=today))
    if best is None:
        return ()
    return (f"{offer.location.name}: {week_words(best.pattern, best.hours)}, vanaf {dutch_date(best.period.start)}.",)


def _withdraw(
    offer: Offer, actor: Actor, now: datetime, *, still_fits: tuple[str, ...] = (), just_taken: bool = False
) -> None:
    """Take back an open offer of a locked request, tell the family, and see whether anything is left."""
    end_offer(offer.request, offer, OfferState.WITHDRAWN, actor=actor, now=now)
    record_on(offer, "offer.withdraw", actor=actor, now=now)
    tell_family(
        "offer_withdrawn",
        offer.request,
        cause=f"offer_withdrawn:{offer.id}",
        now=now,
        context={
            "location_name": offer.location.name,
            "still_fits": list(still_fits),
            "just_taken": just_taken,
        },
        call=CALL_FAMILY_WITHDRAWN,
    )
    tell_when_all_said_no(offer.request, because=offer.id, now=now)


def _check_open(offer: Offer, now: datetime) -> None:
    """Refuse an offer that ended, or whose last day is over though no job wrote that down yet."""
    state, today = OfferState(offer.state), brussels_date(now)
    if may_reply(state, reply_by_on=offer.reply_by_on, today=today):
        return
    raise OfferClosed(OfferState.EXPIRED if state is OfferState.OPEN else state)
