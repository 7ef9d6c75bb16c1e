"""Sending a question to its locations: all of them in one transaction, with the same fields, at one moment (SPEC §5).

A question whose time has not come waits (`waiting_release`); a sweep sends it on its day. The dates of an inquiry are
computed when it is sent, once, with the procedure that was in force when the family asked; its number stays with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.answering.all_said_no import settle_all_said_no
from opvangloket.domains.distribution.answering.links import make_links
from opvangloket.domains.distribution.lines.facts import born_on
from opvangloket.domains.distribution.lines.listing import latest_wish, listed_locations
from opvangloket.domains.distribution.lines.locking import request_at_its_desk
from opvangloket.domains.distribution.lines.notices import tell_family, tell_of_inquiries
from opvangloket.domains.distribution.models import Inquiry, Sending
from opvangloket.domains.providers.closing import open_when_care_starts
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.models import CareRequest, Channel, WishVersion
from opvangloket.domains.requests.states import move
from opvangloket.foundation.audit.record import SYSTEM, Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.geography.public_holidays import holidays
from opvangloket.foundation.tenancy.queries import ProcedureInForce, procedure_in_force, procedure_numbered
from opvangloket.rules.care_requests import RequestState, may_still_search
from opvangloket.rules.hash_chain import canonical
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.terms import Term, is_released, release_for, term_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a sending did: the inquiries it made, and the dates that a family is told.

    `sending_id` is None as long as the question waits for its day. `due_on` is then the expected last day.
    """

    sending_id: UUID | None
    inquiry_ids: tuple[UUID, ...]
    send_from_on: date
    answer_from_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingDates:
    """When a question goes out, when it may get an offer, and when every location has answered."""

    send_on: date
    answer_from_on: date
    due_on: date


class ContactNotVerified(OpvangloketError):
    """The family has not proved yet that the address or number is its own."""

    code = "contact_not_verified"
    message = "Bevestig eerst je e-mailadres of je gsm-nummer."


class NotSearching(OpvangloketError):
    """The search of this request is over."""

    code = "not_searching"
    message = "Deze vraag zoekt geen opvang meer."


@transaction.atomic
def send_out(*, request_id: UUID, actor: Actor, now: datetime) -> Sent | None:
    """Open a request and send its question to every chosen location that does not have it yet.

    All get the same fields at the same moment. A second call finds nothing left to send and returns None. Raises
    ContactNotVerified before the family's contact is verified, NotSearching when the search is over.
    """
    with request_at_its_desk(request_id) as request:
        if request.contact_verified_at is None:
            raise ContactNotVerified
        first_time = request.state == RequestState.REGISTERED
        if first_time:
            move(request, RequestState.OPEN, now=now)
        in_force = procedure_in_force(request.desk_id, brussels_date(now))
        check_searching(request, in_force.procedure)
        wish = latest_wish(request)
        locations = listed_locations(request, today=brussels_date(now), start_on=wish.start_on, without_inquiry=True)
        sent = ask_locations(request, wish, locations, 1, in_force, actor=actor, now=now) if locations else None
        if first_time:
            _send_receipt(request, locations, sent, now)
        return sent


def check_searching(request: CareRequest, procedure: Procedure) -> None:
    """Raise NotSearching unless a request may have open inquiries."""
    if not may_still_search(RequestState(request.state), may_stay_listed=procedure.may_stay_listed):
        raise NotSearching


def ask_locations(
    request: CareRequest,
    wish: WishVersion,
    locations: Sequence[Location],
    round_number: int,
    in_force: ProcedureInForce,
    *,
    actor: Actor,
    now: datetime,
) -> Sent:
    """Put the question with these locations: sent at once when its day has come, else waiting for that day.

    Who decides to close at this very moment is waited for, and left out when it closes before care would start.
    """
    today, procedure = brussels_date(now), in_force.procedure
    stay = open_when_care_starts([location.id for location in locations], today=today, start_on=wish.start_on)
    dates = sending_dates(procedure, start_on=wish.start_on, today=today)
    inquiries = Inquiry.objects.bulk_create(
        Inquiry(
            desk_id=request.desk_id,
            request=request,
            location=location,
            wish=wish,
            round=round_number,
            state=InquiryState.WAITING_RELEASE,
            send_from_on=dates.send_on,
            answer_from_on=dates.answer_from_on,
            procedure_number=in_force.number,
        )
        for location in locations
        if location.id in stay
    )
    sending = None
    if inquiries and is_released(dates.send_on, today):
        sending = _send(request, inquiries, procedure, actor=actor, now=now)
    return Sent(
        sending_id=sending.id if sending else None,
        inquiry_ids=tuple(inquiry.id for inquiry in inquiries),
        send_from_on=dates.send_on,
        answer_from_on=dates.answer_from_on,
        due_on=dates.due_on,
    )


def sending_dates(procedure: Procedure, *, start_on: date, today: date) -> SendingDates:
    """Return the dates of a question that is ready to go out today, for care that starts on a day."""
    release = release_for(
        start_on, send_from_months=procedure.send_from_months, answer_from_months=procedure.answer_from_months
    )
    send_on = max(release.send_from_on or today, today)
    answer_from_on = max(release.answer_from_on or send_on, send_on)
    return SendingDates(
        send_on=send_on, answer_from_on=answer_from_on, due_on=_term(procedure, send_on, answer_from_on).due_on
    )


@transaction.atomic
def release(*, request_id: UUID, now: datetime) -> int:
    """Send the inquiries of a request whose day has come, those of one round at one moment; return how many."""
    today = brussels_date(now)
    with request_at_its_desk(request_id) as request:
        waiting = Inquiry.objects.filter(
            request=request, state=InquiryState.WAITING_RELEASE, send_from_on__lte=today
        ).select_related("location__organiser", "wish")
        rounds: dict[tuple[int, int], list[Inquiry]] = {}
        for inquiry in waiting.order_by("round", "id"):
            rounds.setdefault((inquiry.round, inquiry.procedure_number), []).append(inquiry)
        for (_round, number), inquiries in rounds.items():
            procedure = procedure_numbered(request.desk_id, number)
            _send(request, inquiries, procedure, actor=SYSTEM, now=now)
        return sum(len(inquiries) for inquiries in rounds.values())


def _send(
    request: CareRequest, inquiries: Sequence[Inquiry], procedure: Procedure, *, actor: Actor, now: datetime
) -> Sending:
    """Send waiting inquiries of one round: one record of all recipients, one moment, one set of dates."""
    first = inquiries[0]
    sending = Sending.objects.create(
        desk_id=request.desk_id,
        request=request,
        round=first.round,
        sent_at=now,
        recipients=sorted(str(inquiry.location_id) for inquiry in inquiries),
        fields_digest=fields_digest(request, first.wish),
        procedure_number=first.procedure_number,
    )
    term = _term(procedure, brussels_date(now), first.answer_from_on)
    same_for_all = {
        "state": InquiryState.SENT,
        "sending": sending,
        "sent_at": now,
        "due_on": term.due_on,
        "remind_on": term.remind_on,
        "call_on": term.call_on,
    }
    Inquiry.objects.filter(id__in=[inquiry.id for inquiry in inquiries]).update(**same_for_all)
    for inquiry in inquiries:
        for name, value in same_for_all.items():
            setattr(inquiry, name, value)
    settle_all_said_no(request, now=now)
    tell_of_inquiries(request, inquiries, make_links(inquiries, now=now), now)
    record(
        "inquiry.send",
        actor=actor,
        at=now,
        desk_id=request.desk_id,
        subject_kind="sending",
        subject_id=sending.id,
        request_id=request.id,
    )
    return sending


def _term(procedure: Procedure, sent_on: date, answer_from_on: date) -> Term:
    """Return the dates of a question that is sent on a day."""
    closed: Collection[date] = ()
    if procedure.move_term_off_closed_days:
        last_year = max(sent_on, answer_from_on).year + 1
        closed = {holiday.on for holiday in holidays(sent_on.year, last_year)}
    return term_for(
        sent_on,
        answer_from_on=answer_from_on,
        answer_term_days=procedure.answer_term_days,
        remind_after_days=procedure.remind_after_days,
        call_after_days=procedure.call_after_days,
        move_off_closed_days=procedure.move_term_off_closed_days,
        holidays=closed,
    )


def fields_digest(request: CareRequest, wish: WishVersion) -> str:
    """Return the digest of everything that every recipient of this question gets, equal for all of them."""
    fields = {
        "reference": request.reference,
        "born_on": born_on(request),
        "start_on": wish.start_on,
        "end_on": wish.end_on,
        "parts": wish.parts,
        "also_parts": wish.also_parts,
        "parts_wanted": wish.parts_wanted,
        "hours": wish.hours,
        "later_start_months": request.later_start_months,
        "other_days_ok": request.other_days_ok,
        "part_of_week_ok": request.part_of_week_ok,
        "urgent": request.urgent,
        "atypical": request.atypical,
        "priority": request.priority,
        "vulnerable": request.vulnerable,
        "message_to_locations": request.message_to_locations,
        "support_needed": request.support_needed if request.support_shared else "",
    }
    return sha256(canonical(fields)).hexdigest()


def _send_receipt(request: CareRequest, locations: Sequence[Location], sent: Sent | None, now: datetime) -> None:
    """Tell the family its reference, who got its question, and when it hears something."""
    waits = sent is not None and sent.sending_id is None
    offers_later = sent is not None and sent.answer_from_on > sent.send_from_on
    tell_family(
        "request_receipt",
        request,
        cause=f"request_receipt:{request.id}",
        now=now,
        context={
            "reference": request.reference,
            "locations": [location.name for location in locations],
            "send_on": sent.send_from_on if sent and waits else None,
            "answer_from_on": sent.answer_from_on if sent and offers_later else None,
            "due_on": sent.due_on if sent else None,
            "passed_on": request.channel == Channel.ORGANISER and not locations,
        },
    )
