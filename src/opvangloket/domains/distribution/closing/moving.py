"""A location that moves: whom it touches is shown first, and every family that waits there or is there hears it once.

Nothing ends by a move. A family reads where its child would go, and keeps, leaves or takes back what it has as always.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.course import expected_care, is_there
from opvangloket.domains.distribution.closing.locations import looking_from
from opvangloket.domains.distribution.lines.notices import tell_family
from opvangloket.domains.distribution.lines.sweeping import SweepFailed
from opvangloket.domains.distribution.models import Inquiry, Offer, Placement
from opvangloket.domains.providers import moving
from opvangloket.domains.providers.desk_notices import tell_own_people
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.moving import AnnouncedMove, NewAddress
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.inquiries import OPEN_STATES
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.school_entry import is_long_at_school
from opvangloket.rules.wording import dutch_date

_CALL_MOVES: Final = "Bel het gezin: een opvang verhuist en er is geen mailadres."
_CALL_STAYS: Final = "Bel het gezin: een opvang verhuist toch niet en er is geen mailadres."


class Touched(StrEnum):
    """What a family has at a location that moves, the most first."""

    PLACE = "place"
    OFFER = "offer"
    QUESTION = "question"


_WAY_ON: Final = {
    Touched.PLACE: "Past het nieuwe adres niet? Bel het loket. We zoeken samen met jou verder.",
    Touched.OFFER: "Past het nieuwe adres niet? Je kan het voorstel nog weigeren.",
    Touched.QUESTION: "Past het nieuwe adres niet? Haal deze opvang dan van je lijst.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedFamilies:
    """How many children have a place on the day or later, how many offers and questions are open, who is told."""

    children: int
    offers: int
    questions: int
    families: int


def touched_families(location_id: UUID, *, from_on: date, today: date) -> TouchedFamilies:
    """Return whom a move touches, as far as the caller sees it."""
    touched = list(_touched(location_id, from_on=from_on, today=today))
    counts = {kind: sum(one is kind for one, _request in touched) for kind in Touched}
    return TouchedFamilies(
        children=counts[Touched.PLACE],
        offers=counts[Touched.OFFER],
        questions=counts[Touched.QUESTION],
        families=len({request_id for _kind, request_id in touched}),
    )


def touched_at_desk(location_id: UUID, *, desk_id: UUID, from_on: date, today: date) -> TouchedFamilies:
    """Return whom a move touches, of every desk, for the location's home desk; raise LocationNotFound elsewhere."""
    with looking_from(location_id, desk_id, today):
        return touched_families(location_id, from_on=from_on, today=today)


@transaction.atomic
def announce_move(
    *, location_id: UUID, address: NewAddress, from_on: date, instead_of: UUID | None, actor: Actor, now: datetime
) -> TouchedFamilies:
    """Announce that a location moves, tell each family once, and return whom; a move of today is done at once.

    Raises LocationNotFound, MoveRefused, and MovedMeanwhile when `instead_of` is not the move that stands.
    """
    move = moving.announce(
        location_id=location_id, address=address, from_on=from_on, instead_of=instead_of, actor=actor, now=now
    )
    today = brussels_date(now)
    context = {"from_on": from_on, "address": move.address_words, "is_changed": instead_of is not None}
    _tell("location_moves_family", move, context, from_on=from_on, call=_CALL_MOVES, now=now)
    what = f"verhuist op {dutch_date(from_on)} naar {move.address_words}."
    _tell_own_people(move, what, cause=f"moves:{move.id}", actor=actor, now=now)
    touched = touched_families(location_id, from_on=from_on, today=today)
    if from_on <= today:
        moving.do_move(move.id, actor=actor, now=now)
    return touched


@transaction.atomic
def take_move_back(*, location_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> None:
    """Take an announced move back before its day and tell each family; a second time changes nothing.

    Raises LocationNotFound, and MovedMeanwhile when the move is done or another one stands.
    """
    move = moving.take_back(location_id=location_id, move_id=move_id, actor=actor, now=now)
    if move:
        _tell("location_stays_family", move, {}, from_on=move.from_on, call=_CALL_STAYS, now=now)
        _tell_own_people(move, "verhuist niet.", cause=f"stays:{move.id}", actor=actor, now=now)


@transaction.atomic
def announce_for_location(
    *,
    location_id: UUID,
    desk_id: UUID,
    address: NewAddress,
    from_on: date,
    instead_of: UUID | None,
    actor: Actor,
    now: datetime,
) -> TouchedFamilies:
    """Announce a move in the name of a location, from its home desk; raise LocationNotFound elsewhere."""
    with looking_from(location_id, desk_id, brussels_date(now)):
        return announce_move(
            location_id=location_id, address=address, from_on=from_on, instead_of=instead_of, actor=actor, now=now
        )


@transaction.atomic
def take_back_for_location(*, location_id: UUID, desk_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a move back in the name of a location, from its home desk; raise LocationNotFound elsewhere."""
    with looking_from(location_id, desk_id, brussels_date(now)):
        take_move_back(location_id=location_id, move_id=move_id, actor=actor, now=now)


def sweep_moves(*, now: datetime) -> int:
    """Do the moves whose day has come, each in a transaction of its own; return how many were done now.

    One that fails does not stop the others; SweepFailed is raised when all have been tried.
    """
    done, failures = 0, []
    for move_id in list(moving.moves_due(brussels_date(now)).order_by("location_id").values_list("id", flat=True)):
        try:
            done += moving.do_move(move_id, now=now)
        except Exception as failure:
            failure.add_note(f"move {move_id}")
            failures.append(failure)
    if failures:
        raise SweepFailed(f"{len(failures)} moves failed", failures)
    return done


def _touched(location_id: UUID, *, from_on: date, today: date) -> Iterable[tuple[Touched, UUID]]:
    there = Placement.objects.filter(is_there(from_on), location_id=location_id).select_related("request__child")
    places = [
        row.request_id for row in there.order_by("request_id") if not is_long_at_school(expected_care(row), today)
    ]
    yield from ((Touched.PLACE, request_id) for request_id in places)
    # An offer of which the last day is over waits for nobody: the sweep writes down that it expired.
    offers = Offer.objects.filter(location_id=location_id, state=OfferState.OPEN, reply_by_on__gte=today)
    questions = Inquiry.objects.filter(location_id=location_id, state__in=OPEN_STATES)
    for kind, rows in ((Touched.OFFER, offers), (Touched.QUESTION, questions)):
        for request_id in rows.order_by("request_id").values_list("request_id", flat=True):
            yield kind, request_id


def _tell(
    template: str, move: AnnouncedMove, context: dict[str, object], *, from_on: date, call: str, now: datetime
) -> None:
    """Plan one message to each family, about the most that it has there."""
    location = Location.objects.get(id=move.location_id)
    kinds: dict[UUID, Touched] = {}
    for kind, request_id in _touched(move.location_id, from_on=from_on, today=brussels_date(now)):
        kinds.setdefault(request_id, kind)
    rows = CareRequest.objects.filter(id__in=kinds).select_related("child", "applicant", "desk").order_by("id")
    for request in list(rows):
        own = {"location_name": location.name} | context
        if template == "location_moves_family":
            own["way_on"] = _WAY_ON[kinds[request.id]]
        with scope(DeskScope(request.desk_id)):
            tell_family(template, request, cause=f"{template}:{move.id}:{request.id}", now=now, context=own, call=call)


def _tell_own_people(move: AnnouncedMove, what: str, *, cause: str, actor: Actor, now: datetime) -> None:
    location = Location.objects.select_related("organiser").get(id=move.location_id)
    tell_own_people(location, f"{location.name} {what}", cause=cause, actor=actor, now=now)
