"""Placements beside offers: recorded at an organiser's door, for a child whose question the desk knows or not yet."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.answering.answers import AnswerRefused
from opvangloket.domains.distribution.asking.sending import check_searching
from opvangloket.domains.distribution.lines.ending import end_offer
from opvangloket.domains.distribution.lines.facts import place_at
from opvangloket.domains.distribution.lines.listing import list_location, listed_ids, locations_of_desk
from opvangloket.domains.distribution.lines.locking import (
    InquiryNotFound,
    LocationNotHere,
    check_own,
    request_at_its_desk,
)
from opvangloket.domains.distribution.lines.notices import tell_placed
from opvangloket.domains.distribution.lines.recording import record_on
from opvangloket.domains.distribution.models import Inquiry, Offer, Placement
from opvangloket.domains.distribution.places.taking import Place, Take, check_places, occupy_places
from opvangloket.domains.distribution.placing.offers import go_on_with_a_place
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.actions import AlreadyRegistered, NewQuestion, Registered, register, registered_before
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.states import move
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.references import RandomSource
from opvangloket.rules.school_entry import care_period


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What an organiser and a family agreed; an empty field is as asked."""

    start_on: date | None = None
    end_on: date | None = None
    pattern: WeekPattern | None = None
    over_capacity_reason: str = ""


AS_ASKED: Final = Agreed()


class DirectPlacementNotAsked(OpvangloketError):
    """The desk does not ask organisers to record the families that they help at their own door."""

    code = "direct_placement_not_asked"
    message = "Dit loket vraagt niet om rechtstreekse plaatsingen door te geven."


@transaction.atomic
def place_directly(
    *,
    desk_id: UUID,
    location_id: UUID,
    question: NewQuestion,
    agreed: Agreed = AS_ASKED,
    actor: Actor,
    now: datetime,
    randomness: RandomSource,
    reference: str = "",
) -> tuple[Registered, UUID]:
    """Register a family that a location helps at its door, with its placement at once; return both.

    With a `reference` that was kept for this child, the same once more changes nothing, and another child gets a
    reference of its own. Raises DirectPlacementNotAsked where only the desk's own questions are counted,
    LocationNotHere for a location that is not the caller's own, PlaceTaken, and what `register` raises.
    """
    check_own(location_id)
    with scope(DeskScope(desk_id)):
        if procedure_in_force(desk_id, brussels_date(now)).procedure.mode is not DeskMode.CENTRAL:
            raise DirectPlacementNotAsked
        if reference and (stands := _standing(reference, location_id, question)):
            return stands
        if not agreed.over_capacity_reason:
            # A place that is gone already is refused before anything is written; the lock below decides.
            check_places(_places_asked(location_id, question, agreed))
        others = (other for other in question.location_ids if other != location_id)
        asked = replace(question, location_ids=(location_id, *others))
        asking = partial(register, desk_id=desk_id, question=asked, actor=actor, now=now, randomness=randomness)
        try:
            registered = asking(reference=reference)
        except AlreadyRegistered:
            # By the same button at this very moment, or before, for another child on the same form.
            if stands := _standing(reference, location_id, question):
                return stands
            registered = asking()
        placement = _place(registered.request_id, location_id, agreed, actor, now)
    return replace(registered, state=RequestState.PLACED), placement.id


@transaction.atomic
def place_request_directly(
    *, request_id: UUID, location_id: UUID, agreed: Agreed = AS_ASKED, actor: Actor, now: datetime
) -> UUID:
    """Record that a location placed a child whose request the desk knows; every other line closes. Return its id.

    Raises RequestNotFound, LocationNotHere, NotSearching and PlaceTaken.
    """
    check_own(location_id)
    with request_at_its_desk(request_id) as request:
        procedure = procedure_in_force(request.desk_id, brussels_date(now)).procedure
        if request.state != RequestState.REGISTERED:
            check_searching(request, procedure)
        return _place(request_id, location_id, agreed, actor, now).id


@transaction.atomic
def place_question_directly(*, inquiry_id: UUID, agreed: Agreed = AS_ASKED, actor: Actor, now: datetime) -> UUID:
    """Record that a location placed a child whose question lies with it, and return the placement's id.

    Raises InquiryNotFound outside the scope, and what `place_request_directly` raises.
    """
    inquiry = Inquiry.objects.filter(id=inquiry_id).values_list("request_id", "location_id").first()
    if inquiry is None:
        raise InquiryNotFound
    request_id, location_id = inquiry
    return place_request_directly(request_id=request_id, location_id=location_id, agreed=agreed, actor=actor, now=now)


def _standing(reference: str, location_id: UUID, question: NewQuestion) -> tuple[Registered, UUID] | None:
    """Return the direct placement under a kept reference when it is the one of this very question; else None."""
    registered = registered_before(reference, question)
    if registered is None:
        return None
    placements = Placement.objects.filter(request_id=registered.request_id, location_id=location_id, offer=None)
    found = placements.values_list("id", flat=True).first()
    return (registered, found) if found else None


def _place(request_id: UUID, location_id: UUID, agreed: Agreed, actor: Actor, now: datetime) -> Placement:
    """Place a child at a location, in the scope of the request's desk."""
    with request_at_its_desk(request_id) as request:
        location = locations_of_desk(request.desk_id, today=brussels_date(now)).filter(id=location_id).first()
        if location is None:
            raise LocationNotHere
        start_on, end_on = agreed.start_on or request.start_on, agreed.end_on or request.end_on
        if end_on and end_on <= start_on:
            raise AnswerRefused("De opvang stopt na de start. Kies een andere datum.", "ends_before_start")
        _take_back_own_offers(request, location, actor, now)
        placement = Placement(
            desk_id=request.desk_id,
            request=request,
            location=location,
            agreed_at=now,
            start_on=start_on,
            end_on=end_on,
            parts=agreed.pattern.mask if agreed.pattern else request.parts,
        )
        place = place_at(location_id, request, start_on=start_on, end_on=end_on, parts=placement.parts)
        take = Take(place=place, subject_id=placement.id, over_capacity_reason=agreed.over_capacity_reason.strip())
        [taken] = occupy_places([take], now=now)
        placement.save(force_insert=True)
        if location_id not in listed_ids(request):
            list_location(request, location_id, now=now)  # the location sees the requests that it has to do with
        append_event(
            request=request,
            at=now,
            kind=EventKind.PLACED_DIRECTLY,
            location_id=location_id,
            start_on=agreed.start_on,
            parts=agreed.pattern.mask if agreed.pattern else None,
            by=actor.kind,
        )
        record_on(
            placement, "placement.record", actor=actor, now=now, codes=["over_capacity"] if taken.went_over else ()
        )
        if request.state == RequestState.REGISTERED:
            move(request, RequestState.OPEN, now=now)
        go_on_with_a_place(request, keep=(), actor=actor, now=now)
        tell_placed(request, placement, to_location=actor.is_desk, now=now)
        return placement


def _take_back_own_offers(request: CareRequest, location: Location, actor: Actor, now: datetime) -> None:
    """End what the location itself had on offer for this child: the placement comes instead."""
    for offer in Offer.objects.filter(request=request, location=location, state=OfferState.OPEN):
        end_offer(request, offer, OfferState.WITHDRAWN, actor=actor, now=now)


def _places_asked(location_id: UUID, question: NewQuestion, agreed: Agreed) -> list[Place]:
    """Return the place that a question would take; none for a question that will be refused for its dates."""
    born_on = question.child.birth_on or question.child.due_on
    start_on, end_on = agreed.start_on or question.start_on, agreed.end_on or question.end_on
    if born_on is None or (end_on and end_on <= start_on):
        return []
    pattern, period = agreed.pattern or question.pattern, care_period(start_on, end_on, born_on=born_on)
    return [Place(location_id=location_id, pattern=pattern, period=period, born_on=born_on)]
