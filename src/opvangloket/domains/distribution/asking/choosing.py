"""Changing which locations have a question: one more, one less, every one for an urgent question, or a new round."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from opvangloket.domains.distribution.asking.sending import Sent, ask_locations, check_searching
from opvangloket.domains.distribution.lines.ending import withdraw_inquiries
from opvangloket.domains.distribution.lines.listing import (
    latest_wish,
    list_location,
    listed_ids,
    listed_locations,
    locations_of_desk,
)
from opvangloket.domains.distribution.lines.locking import LocationNotHere, request_at_its_desk
from opvangloket.domains.distribution.models import Inquiry, Offer
from opvangloket.domains.requests.models import CareRequest, RequestedLocation, WishVersion
from opvangloket.domains.requests.notes import keep_reason
from opvangloket.domains.requests.wishes import Wish, change_wish
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.inquiries import OPEN_STATES, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.wording import count_words, dutch_date


class ClosesBeforeStart(OpvangloketError):
    """The location closes for good before the care would start."""

    code = "closes_before_start"

    def __init__(self, close_on: date) -> None:
        super().__init__(f"Deze opvang sluit op {dutch_date(close_on)}. Dat is voor de start. Kies een andere opvang.")


class AlreadyListed(OpvangloketError):
    """The family chose this location already."""

    code = "already_listed"
    message = "Deze opvang staat al in de lijst."


class NotListed(OpvangloketError):
    """The location is not one of those that the family chose."""

    code = "not_listed"
    message = "Deze opvang staat niet in de lijst."


class TooManyLocations(OpvangloketError):
    """The family has as many locations as the procedure lets it choose; the desk may add one with a reason."""

    code = "too_many_locations"

    def __init__(self, maximum: int) -> None:
        number = count_words(maximum, "opvang", "keer een opvang")
        super().__init__(f"Je koos al {number}. Schrap er eerst een, of vraag het loket om hulp.")
        self.maximum = maximum


class OfferStillOpen(OpvangloketError):
    """The location has an open offer for this family."""

    code = "offer_open"
    message = "Deze opvang deed je een voorstel. Neem het eerst aan of weiger het."


class SameQuestion(OpvangloketError):
    """A new round needs another start or other days than the locations already have."""

    code = "same_question"
    message = "De start en de dagen zijn dezelfde als in je vorige vraag."


class RoundTooSoon(OpvangloketError):
    """The last round is not long enough ago; the desk may start a new one sooner, with a reason."""

    code = "round_too_soon"

    def __init__(self, possible_on: date) -> None:
        super().__init__(f"Een nieuwe ronde kan vanaf {dutch_date(possible_on)}. Het loket kan je helpen.")
        self.possible_on = possible_on


@transaction.atomic
def add_location(
    *, request_id: UUID, location_id: UUID, actor: Actor, now: datetime, more_locations_reason: str = ""
) -> Sent | None:
    """Add a location to a family's list, and send the question to it alone.

    None when there is nothing to send: the question has not gone out yet, or this location answered it before.
    Raises LocationNotHere, ClosesBeforeStart, AlreadyListed, TooManyLocations (the desk goes over the maximum with a reason) and
    NotSearching.
    """
    today = brussels_date(now)
    with request_at_its_desk(request_id) as request:
        in_force = procedure_in_force(request.desk_id, today)
        location = locations_of_desk(request.desk_id, today=today).filter(id=location_id).first()
        if location is None:
            raise LocationNotHere
        if location.closed_on is not None and location.closed_on <= latest_wish(request).start_on:
            raise ClosesBeforeStart(location.closed_on)
        listed = listed_ids(request)
        if location_id in listed:
            raise AlreadyListed
        if len(listed) >= in_force.procedure.max_locations:
            _go_over_maximum(request, in_force.procedure, actor, more_locations_reason, now)
        list_location(request, location_id, now=now)
        _record("inquiry.add_location", request, actor, now, location_id)
        if request.state == RequestState.REGISTERED:
            return None
        check_searching(request, in_force.procedure)
        number = max(_last_round(request), 1)
        asked = Inquiry.objects.filter(request=request, location=location, round=number)
        if asked.exclude(state=InquiryState.WITHDRAWN).exists():
            return None  # it was dropped after its answer: the answer stands
        return ask_locations(request, latest_wish(request), [location], number, in_force, actor=actor, now=now)


@transaction.atomic
def drop_location(*, request_id: UUID, location_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a location off a family's list, and withdraw the question from it.

    Raises NotListed, and OfferStillOpen: an offer is answered first.
    """
    with request_at_its_desk(request_id) as request:
        chosen = RequestedLocation.objects.filter(request=request, location_id=location_id, dropped_at=None)
        if Offer.objects.filter(request=request, location_id=location_id, state=OfferState.OPEN).exists():
            raise OfferStillOpen
        if not chosen.update(dropped_at=now):
            raise NotListed
        inquiries = Inquiry.objects.filter(request=request, location_id=location_id, state__in=OPEN_STATES)
        words = "Het gezin koos een andere opvang."
        withdraw_inquiries(request, inquiries.select_related("location__organiser"), words=words, now=now)
        _record("inquiry.drop_location", request, actor, now, location_id)


@transaction.atomic
def ask_whole_territory(*, request_id: UUID, actor: Actor, now: datetime) -> Sent | None:
    """Let every location of the territory have an urgent question, in the same second, with the family's consent.

    Does nothing (None) when the question is not urgent, when the desk does not choose so, or when all have it; before
    the question goes out the locations are only listed.
    """
    today = brussels_date(now)
    with request_at_its_desk(request_id) as request:
        in_force = procedure_in_force(request.desk_id, today)
        if not (request.urgent and in_force.procedure.urgent_to_all):
            return None
        listed = RequestedLocation.objects.filter(request=request).values("location_id")
        start_on = latest_wish(request).start_on
        seen = locations_of_desk(request.desk_id, today=today, start_on=start_on)
        in_territory = seen.filter(nis_code__in=request.desk.territory)
        others = list(in_territory.exclude(id__in=listed).order_by("id"))
        if not others:
            return None
        last = RequestedLocation.objects.filter(request=request).aggregate(last=Max("position"))["last"] or 0
        RequestedLocation.objects.bulk_create(
            RequestedLocation(request=request, location=location, position=position, added_at=now)
            for position, location in enumerate(others, start=last + 1)
        )
        _record("inquiry.ask_whole_territory", request, actor, now)
        if request.state == RequestState.REGISTERED:
            return None
        check_searching(request, in_force.procedure)
        number = max(_last_round(request), 1)
        return ask_locations(request, latest_wish(request), others, number, in_force, actor=actor, now=now)


@transaction.atomic
def new_round(*, request_id: UUID, actor: Actor, now: datetime, sooner_reason: str = "") -> Sent | None:
    """Put a changed question with every listed location at one moment, with a new term; open inquiries make place.

    Answers and open offers stay. None when no location can be asked. Raises SameQuestion, RoundTooSoon (the desk
    starts sooner with a reason) and NotSearching.
    """
    today = brussels_date(now)
    with request_at_its_desk(request_id) as request:
        in_force = procedure_in_force(request.desk_id, today)
        check_searching(request, in_force.procedure)
        wish = latest_wish(request)
        sooner = bool(actor.is_desk and sooner_reason.strip())
        _check_round(request, wish, in_force.procedure, today, sooner=sooner)
        if sooner:
            keep_reason(request, sooner_reason, actor=actor, now=now)
        superseded = Inquiry.objects.filter(request=request, state__in=OPEN_STATES)
        # Without a word: the changed question that follows at once says enough.
        withdraw_inquiries(request, superseded.select_related("location__organiser"), words="", now=now)
        locations = listed_locations(request, today=today, start_on=wish.start_on)
        _record("inquiry.new_round", request, actor, now)
        if not locations:
            return None
        return ask_locations(request, wish, locations, _last_round(request) + 1, in_force, actor=actor, now=now)


@transaction.atomic
def change_question(
    *, request_id: UUID, wish: Wish, actor: Actor, now: datetime, sooner_reason: str = ""
) -> Sent | None:
    """Change what a family wants and, when its start or days change, put that with its locations in a new round.

    None when nothing is sent: only exact hours changed, or the question has not gone out yet. Raises what
    `change_wish` and `new_round` raise; then nothing is changed.
    """
    change_wish(request_id=request_id, wish=wish, actor=actor, now=now)
    with request_at_its_desk(request_id) as request:
        before = _last_asked(request)
        if before is None or _asks(before) == _asks(latest_wish(request)):
            return None
    return new_round(request_id=request_id, actor=actor, now=now, sooner_reason=sooner_reason)


def round_possible_on(request: CareRequest, procedure: Procedure) -> date | None:
    """Return the first day of a next round; None when nothing was sent yet, so nobody has to wait."""
    sent = Inquiry.objects.filter(request=request, sent_at__isnull=False)
    last = sent.order_by("-round", "sent_at").values_list("sent_at", flat=True).first()
    return brussels_date(last) + timedelta(days=procedure.new_round_min_days) if last else None


def starts_a_round(request: CareRequest, wish: Wish) -> bool:
    """Tell whether the locations would be asked anew for this wish: they were asked, and start or days differ."""
    asked = _last_asked(request)
    also = wish.also - wish.pattern
    wanted = wish.start_on, wish.end_on, wish.pattern.mask, also.mask, wish.parts_wanted
    return asked is not None and _asks(asked) != wanted


def _check_round(request: CareRequest, wish: WishVersion, procedure: Procedure, today: date, *, sooner: bool) -> None:
    """Refuse a round that brings nothing new, or that comes too soon."""
    asked = _last_asked(request)
    if asked and _asks(asked) == _asks(wish):
        raise SameQuestion
    possible_on = round_possible_on(request, procedure)
    if possible_on and possible_on > today and not sooner:
        raise RoundTooSoon(possible_on)


def _last_asked(request: CareRequest) -> WishVersion | None:
    """Return the version of the wish that the locations have; None before anything was asked."""
    last = Inquiry.objects.filter(request=request).select_related("wish").order_by("-round", "-wish__number").first()
    return last.wish if last else None


def _asks(wish: WishVersion) -> tuple[object, ...]:
    """Return what of a wish makes a new round: start and days, not exact hours."""
    return wish.start_on, wish.end_on, wish.parts, wish.also_parts, wish.parts_wanted


def _go_over_maximum(request: CareRequest, procedure: Procedure, actor: Actor, reason: str, now: datetime) -> None:
    """Refuse one more location than the procedure allows, unless the desk says why."""
    if not (actor.is_desk and reason.strip()):
        raise TooManyLocations(procedure.max_locations)
    keep_reason(request, reason, actor=actor, now=now)


def _last_round(request: CareRequest) -> int:
    return Inquiry.objects.filter(request=request).aggregate(last=Max("round"))["last"] or 0


def _record(action: str, request: CareRequest, actor: Actor, now: datetime, location_id: UUID | None = None) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=request.desk_id,
        subject_kind="location" if location_id else "request",
        subject_id=location_id or request.id,
        request_id=request.id,
    )
