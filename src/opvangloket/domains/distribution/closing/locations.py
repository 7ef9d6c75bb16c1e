"""A location that closes for good: every question, offer and child there gets a next step (SPEC §6).

What follows is shown first, and done in one transaction, read again under the lock of the location: an open question is answered no with the reason, an open
offer is taken back, a question that was not sent yet is withdrawn. A child whose care runs keeps its place until the
last day; one that would start later is searched a place for again. The desk of each child gets a task, its family a
message; of a child that goes to school by then the care ends, and nobody searches.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.answering.answers import No
from opvangloket.domains.distribution.answering.giving import answer
from opvangloket.domains.distribution.care.course import agreed_start, expected_care, is_there
from opvangloket.domains.distribution.care.end import end_care
from opvangloket.domains.distribution.care.start import CannotConfirm
from opvangloket.domains.distribution.change_proposals.replying import take_back
from opvangloket.domains.distribution.closing.searches import reopen
from opvangloket.domains.distribution.lines.ending import withdraw_inquiries
from opvangloket.domains.distribution.lines.locking import placement_at_its_desk, request_at_its_desk
from opvangloket.domains.distribution.lines.notices import tell_family
from opvangloket.domains.distribution.models import AnswerDoor, ChangeProposal, Inquiry, Offer, Placement
from opvangloket.domains.distribution.placing.offers import withdraw
from opvangloket.domains.providers.closing import lock_against_newcomers, set_closed_on
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.own_locations import organiser_at_home
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.domains.requests.states import CannotMove
from opvangloket.foundation.audit.record import SYSTEM, Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import OrganiserScope, scope
from opvangloket.rules.care_requests import care_started
from opvangloket.rules.change_proposals import ProposalState
from opvangloket.rules.inquiries import OPEN_STATES, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import EndReason, NoReason
from opvangloket.rules.school_entry import is_long_at_school
from opvangloket.rules.wording import dutch_date


class NextStep(StrEnum):
    """What becomes of a question, an offer or a child when its location closes, in the order in which it is done."""

    OFFER_BACK = "offer_back"
    CHANGE_BACK = "change_back"
    SAY_NO = "say_no"
    NOT_SENT = "not_sent"
    SEARCH_AGAIN = "search_again"
    STOPS_BEFORE = "stops_before"
    LAST_DAY = "last_day"
    AT_SCHOOL = "at_school"


_ORDER: Final = tuple(NextStep)
_IS_NAMED: Final = frozenset({NextStep.SEARCH_AGAIN, NextStep.STOPS_BEFORE, NextStep.LAST_DAY, NextStep.AT_SCHOOL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One question, offer or child with its next step."""

    step: NextStep
    subject_id: UUID
    request_id: UUID
    reference: str
    child_words: str
    start_on: date


class ConsequencesChanged(OpvangloketError):
    """Something came in since the consequences were shown."""

    code = "consequences_changed"
    message = "Er kwam net iets bij. Kijk de gevolgen nog eens na."


def consequences(location_id: UUID, *, close_on: date, today: date) -> tuple[Consequence, ...]:
    """Return what follows when a location is closed from `close_on` on, as far as the caller sees it."""
    found = [
        *_questions(location_id),
        *_offers(location_id, today),
        *_moves_to(location_id, today),
        *_children(location_id, close_on, today),
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.step), one.start_on, one.reference)))


@transaction.atomic
def close_location(*, location_id: UUID, close_on: date, shown: int, actor: Actor, now: datetime) -> int:
    """Close a location from a day on, give everything there its next step, and return how many things that were.

    `shown` is the number of consequences that the caller saw. Raises LocationNotFound, ClosingRefused for a day in
    the past, and ConsequencesChanged when there are others by now.
    """
    today = brussels_date(now)
    # Requests are locked in one order, before the location: as in every act on a request.
    for request_id in sorted({one.request_id for one in consequences(location_id, close_on=close_on, today=today)}):
        with request_at_its_desk(request_id):
            pass  # the lock lasts as long as the transaction
    lock_against_newcomers(location_id)
    following = consequences(location_id, close_on=close_on, today=today)
    if len(following) != shown:
        raise ConsequencesChanged
    for one in sorted(following, key=lambda one: (one.request_id, _ORDER.index(one.step))):
        _ACTS[one.step](one, location_id, close_on, actor, now)
    set_closed_on(location_id=location_id, close_on=close_on, actor=actor, now=now)
    return len(following)


def consequences_at_desk(
    location_id: UUID, *, desk_id: UUID, close_on: date, today: date
) -> tuple[tuple[Consequence, ...], int]:
    """Return what follows for the families of a location's home desk, and for how many cases of other desks.

    Raises LocationNotFound unless this desk is the home of the location.
    """
    with looking_from(location_id, desk_id, today):
        everything = consequences(location_id, close_on=close_on, today=today)
    own = consequences(location_id, close_on=close_on, today=today)
    return own, len(everything) - len(own)


@transaction.atomic
def close_for_location(
    *, location_id: UUID, desk_id: UUID, close_on: date, shown: int, actor: Actor, now: datetime
) -> int:
    """Close a location in its name, as `close_location` does, from its home desk; raise LocationNotFound elsewhere.

    Families of other desks that ask there get their next step as well: their own desk is told, this one is not.
    """
    with looking_from(location_id, desk_id, brussels_date(now)):
        return close_location(location_id=location_id, close_on=close_on, shown=shown, actor=actor, now=now)


@contextmanager
def looking_from(location_id: UUID, desk_id: UUID, today: date) -> Iterator[None]:
    """Look from a location, for somebody of its home desk."""
    organiser_id = organiser_at_home(location_id, desk_id=desk_id, today=today)
    with scope(OrganiserScope(organiser_id, frozenset({location_id}))):
        yield


def _questions(location_id: UUID) -> Iterator[Consequence]:
    rows = Inquiry.objects.filter(location_id=location_id, state__in=OPEN_STATES)
    for row in rows.select_related("request__child", "wish"):
        sent = row.state == InquiryState.SENT
        yield _consequence(NextStep.SAY_NO if sent else NextStep.NOT_SENT, row.id, row.request, row.wish.start_on)


def _offers(location_id: UUID, today: date) -> Iterator[Consequence]:
    # One of which the last day is over needs no taking back: the sweep writes down that it expired.
    rows = Offer.objects.filter(location_id=location_id, state=OfferState.OPEN, reply_by_on__gte=today)
    for row in rows.select_related("request__child"):
        yield _consequence(NextStep.OFFER_BACK, row.id, row.request, row.start_on)


def _moves_to(location_id: UUID, today: date) -> Iterator[Consequence]:
    """Yield the children of whom it is asked whether they come here from another location."""
    rows = ChangeProposal.objects.filter(location_id=location_id, state=ProposalState.OPEN, reply_by_on__gte=today)
    for row in rows.select_related("placement__request__child"):
        yield _consequence(NextStep.CHANGE_BACK, row.id, row.placement.request, row.from_on)


def _children(location_id: UUID, close_on: date, today: date) -> Iterator[Consequence]:
    rows = Placement.objects.filter(is_there(close_on), location_id=location_id)
    for row in rows.select_related("request__child"):
        start = agreed_start(row)
        step = NextStep.STOPS_BEFORE
        if care_started(agreed_start=start, today=today):
            leaves_on = expected_care(row).end
            step = NextStep.AT_SCHOOL if leaves_on is not None and leaves_on <= close_on else NextStep.LAST_DAY
        elif start >= close_on:
            step = NextStep.SEARCH_AGAIN
        yield _consequence(step, row.id, row.request, start)


def _consequence(step: NextStep, subject_id: UUID, request: CareRequest, start_on: date) -> Consequence:
    return Consequence(
        step=step,
        subject_id=subject_id,
        request_id=request.id,
        reference=request.reference,
        child_words=request.child.first_name if step in _IS_NAMED else "",
        start_on=start_on,
    )


def _take_offer_back(one: Consequence, _location_id: UUID, _close_on: date, actor: Actor, now: datetime) -> None:
    withdraw(offer_id=one.subject_id, actor=actor, now=now)


def _take_change_back(one: Consequence, _location_id: UUID, _close_on: date, actor: Actor, now: datetime) -> None:
    take_back(proposal_id=one.subject_id, actor=actor, now=now)


def _say_no(one: Consequence, _location_id: UUID, close_on: date, actor: Actor, now: datetime) -> None:
    given = No(reason=NoReason.CLOSING, message=f"We sluiten op {dutch_date(close_on)}.")
    door = AnswerDoor.PHONE if actor.is_desk else AnswerDoor.INBOX
    answer(inquiry_id=one.subject_id, given=given, door=door, actor=actor, now=now)


def _withdraw_unsent(one: Consequence, location_id: UUID, close_on: date, _actor: Actor, now: datetime) -> None:
    with request_at_its_desk(one.request_id) as request:
        inquiries = Inquiry.objects.filter(id=one.subject_id).select_related("location__organiser")
        withdraw_inquiries(request, inquiries, words="", now=now)
        _ask_the_desk(one, request, location_id, close_on, now)


def _search_again(one: Consequence, location_id: UUID, close_on: date, actor: Actor, now: datetime) -> None:
    # A child with a running place elsewhere as well keeps its outcome: the desk looks what is needed.
    with suppress(CannotMove), transaction.atomic():
        reopen(request_id=one.request_id, actor=SYSTEM, now=now)
    _look_after(one, location_id, close_on, actor, now)


def _end_care(one: Consequence, location_id: UUID, close_on: date, actor: Actor, now: datetime) -> None:
    _end_on(one, close_on, EndReason.CLOSING, actor, now)
    _look_after(one, location_id, close_on, actor, now)


def _end_at_school(one: Consequence, _location_id: UUID, close_on: date, actor: Actor, now: datetime) -> None:
    """End a care that is over by then anyway on the day that the plan counts with: nobody searches.

    To the closing itself it cannot be made longer: its place went to another child. Who left years ago hears nothing.
    """
    with placement_at_its_desk(one.subject_id) as placement:
        care = expected_care(placement)
        if not is_long_at_school(care, brussels_date(now)):
            _tell(placement, close_on, now)
    assert care.end is not None  # noqa: S101 - the step is for a child that goes to school
    _end_on(one, care.end, EndReason.SCHOOL, actor, now)


def _end_on(one: Consequence, end_on: date, reason: EndReason, actor: Actor, now: datetime) -> None:
    # A child that would move to another location after the closing still does: the desk looks for the time between.
    with suppress(CannotConfirm), transaction.atomic():
        end_care(placement_id=one.subject_id, end_on=end_on, reason=reason, actor=actor, now=now, tell=False)


def _look_after(one: Consequence, location_id: UUID, close_on: date, _actor: Actor, now: datetime) -> None:
    """Tell the family, and ask its desk to search along."""
    with placement_at_its_desk(one.subject_id) as placement:
        _ask_the_desk(one, placement.request, location_id, close_on, now)
        _tell(placement, close_on, now)


def _tell(placement: Placement, close_on: date, now: datetime) -> None:
    tell_family(
        "location_closes_family",
        placement.request,
        cause=f"location_closes:{placement.id}:{close_on}",
        now=now,
        context={"location_name": placement.location.name, "close_on": close_on},
    )


def _ask_the_desk(one: Consequence, request: CareRequest, location_id: UUID, close_on: date, now: datetime) -> None:
    name = Location.objects.values_list("name", flat=True).get(id=location_id)
    open_task(
        desk_id=request.desk_id,
        kind=TaskKind.OTHER,
        subject_id=one.subject_id,
        due_on=brussels_date(now),
        now=now,
        request_id=request.id,
        location_id=location_id,
        note=f"{name} sluit op {dutch_date(close_on)}. Zoek mee naar een andere plaats.",
    )


_Act = Callable[[Consequence, UUID, date, Actor, datetime], None]
_ACTS: Final[dict[NextStep, _Act]] = {
    NextStep.OFFER_BACK: _take_offer_back,
    NextStep.CHANGE_BACK: _take_change_back,
    NextStep.SAY_NO: _say_no,
    NextStep.NOT_SENT: _withdraw_unsent,
    NextStep.SEARCH_AGAIN: _search_again,
    NextStep.STOPS_BEFORE: _look_after,
    NextStep.LAST_DAY: _end_care,
    NextStep.AT_SCHOOL: _end_at_school,
}
