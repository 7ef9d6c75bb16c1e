"""A location answers: yes, something else, or no with what is possible (SPEC §5).

Answers are appended. A correction is a new answer, which takes back the offer of the one before it. A yes and an
alternative make an offer and, where an offer holds its place, take that place under the lock of the location.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.answering.all_said_no import settle_all_said_no, tell_when_all_said_no
from opvangloket.domains.distribution.answering.answers import (
    Alternative,
    Answered,
    CannotAnswer,
    NewAnswer,
    No,
    Yes,
    terms_of,
)
from opvangloket.domains.distribution.answering.said_again import standing_answer
from opvangloket.domains.distribution.lines.ending import end_offer, settle_line
from opvangloket.domains.distribution.lines.facts import place_at
from opvangloket.domains.distribution.lines.locking import inquiry_at_its_desk
from opvangloket.domains.distribution.lines.notices import tell_family, tell_of_offer
from opvangloket.domains.distribution.lines.recording import record_on
from opvangloket.domains.distribution.models import Answer, AnswerDoor, Inquiry, Offer
from opvangloket.domains.distribution.places.taking import Take, check_places, hold_places
from opvangloket.domains.providers.models import Tariff
from opvangloket.domains.requests.events import append_event
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.queries import procedure_numbered
from opvangloket.rules.care_requests import RequestState, may_still_search
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.inquiries import (
    ANSWERED_STATES,
    STATE_OF_ANSWER,
    AnswerKind,
    InquiryState,
    allowed_answers,
    is_late,
)
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import NO_SENTENCES, NoReason
from opvangloket.rules.wording import dutch_date, dutch_list


@transaction.atomic
def answer(*, inquiry_id: UUID, given: NewAnswer, door: AnswerDoor, actor: Actor, now: datetime) -> Answered:
    """Write down the first answer of a location, also when it comes late; the same once more changes nothing.

    Raises InquiryNotFound, CannotAnswer (answered already, closed, or only a no is possible before
    `answer_from_on`), AnswerRefused, and PlaceTaken when the place is not free and no reason was given to go over.
    """
    with inquiry_at_its_desk(inquiry_id) as inquiry:
        if InquiryState(inquiry.state) in ANSWERED_STATES:
            if stands := _standing(inquiry, given, now):
                return stands
            raise CannotAnswer("Deze vraag is al beantwoord. Je kan je antwoord nog veranderen.", "already_answered")
        return _give(inquiry, given, door, actor, now)


def answer_many(
    *, given: Mapping[UUID, NewAnswer], door: AnswerDoor, actor: Actor, now: datetime
) -> dict[UUID, Answered | OpvangloketError]:
    """Answer several inquiries, each with its own words, and return per inquiry what came of it.

    Each answer stands on its own: one that is refused (its error is in the result) does not stop the others.
    """
    outcomes: dict[UUID, Answered | OpvangloketError] = {}
    for inquiry_id, one in given.items():
        try:
            outcomes[inquiry_id] = answer(inquiry_id=inquiry_id, given=one, door=door, actor=actor, now=now)
        except OpvangloketError as refusal:
            outcomes[inquiry_id] = refusal
    return outcomes


@transaction.atomic
def correct(*, inquiry_id: UUID, given: NewAnswer, door: AnswerDoor, actor: Actor, now: datetime) -> Answered:
    """Replace a location's answer by a new one; an open offer of the old one is withdrawn.

    The same answer once more changes nothing. Raises what `answer` raises; an offer that the family accepted cannot be
    corrected away.
    """
    with inquiry_at_its_desk(inquiry_id) as inquiry:
        if InquiryState(inquiry.state) not in ANSWERED_STATES:
            raise CannotAnswer("Deze vraag is nog niet beantwoord.", "not_answered")
        if Offer.objects.filter(inquiry=inquiry, state=OfferState.ACCEPTED).exists():
            raise CannotAnswer("Het gezin nam je voorstel al aan. Bel het loket.", "offer_accepted")
        return _standing(inquiry, given, now) or _give(inquiry, given, door, actor, now)


@transaction.atomic
def mark_seen(*, inquiry_id: UUID, actor: Actor, now: datetime) -> None:
    """Remember when a location first saw a question: by a page after sign-in or by a button, never by a mail."""
    with inquiry_at_its_desk(inquiry_id) as inquiry:
        if inquiry.seen_at is None and inquiry.sent_at is not None:
            inquiry.seen_at = now
            inquiry.save(update_fields=["seen_at"])
            record_on(inquiry, "inquiry.read", actor=actor, now=now)


@transaction.atomic
def close_without_answer(*, inquiry_id: UUID, actor: Actor, now: datetime) -> None:
    """Let the desk stop waiting for an answer; raise CannotAnswer when the inquiry is not waiting for one."""
    with inquiry_at_its_desk(inquiry_id) as inquiry:
        if inquiry.state != InquiryState.SENT:
            raise CannotAnswer("Deze vraag wacht niet op een antwoord.", "not_waiting")
        inquiry.state, inquiry.closed_at = InquiryState.CLOSED_NO_ANSWER, now
        inquiry.save(update_fields=["state", "closed_at"])
        settle_line([inquiry.id], now=now)
        record_on(inquiry, "inquiry.close", actor=actor, now=now)
        tell_when_all_said_no(inquiry.request, because=inquiry.id, now=now)


def _standing(inquiry: Inquiry, given: NewAnswer, now: datetime) -> Answered | None:
    """Return what stands already when this says nothing new."""
    procedure = procedure_numbered(inquiry.desk_id, inquiry.procedure_number)
    return standing_answer(inquiry, given, procedure, brussels_date(now))


def _give(inquiry: Inquiry, given: NewAnswer, door: AnswerDoor, actor: Actor, now: datetime) -> Answered:
    """Write down an answer to a locked inquiry, with everything that follows from it."""
    procedure = procedure_numbered(inquiry.desk_id, inquiry.procedure_number)
    _check_door(door, actor)
    refuse_national_number(given.message)
    _check_allowed(inquiry, given.kind, procedure, brussels_date(now))
    row = Answer(
        desk_id=inquiry.desk_id,
        inquiry=inquiry,
        at=now,
        kind=given.kind,
        door=door,
        entered_by_id=actor.id if actor.is_desk else None,
        message=given.message.strip(),
        late=is_late(answered_on=brussels_date(now), due_on=inquiry.due_on),
    )
    if isinstance(given, No):
        offer: Offer | None = None
        codes: list[str] = []
        _say_no(inquiry, row, given, actor, now)
    else:
        offer, codes = _make_offer(inquiry, row, given, procedure, actor, now)
    settle_line([inquiry.id], now=now)
    record_on(inquiry, "inquiry.answer", actor=actor, now=now, codes=[given.kind, door, *codes])
    if offer:
        settle_all_said_no(inquiry.request, now=now)
        tell_of_offer("offer_made", inquiry.request, offer, cause=f"offer_made:{offer.id}", now=now)
    else:
        _tell_no(inquiry, row, now)
        tell_when_all_said_no(inquiry.request, because=row.id, now=now)
    return Answered(answer_id=row.id, offer_id=offer.id if offer else None, late=row.late)


def _say_no(inquiry: Inquiry, row: Answer, given: No, actor: Actor, now: datetime) -> None:
    """Write down a no with its reason, and what is possible."""
    _withdraw_earlier_offers(inquiry, actor, now)
    row.reason = given.reason
    row.possible_parts = given.possible_pattern.mask if given.possible_pattern else None
    row.possible_from_on = given.possible_from_on
    row.save(force_insert=True)
    _move(inquiry, given.kind, now)
    append_event(
        request=inquiry.request,
        at=now,
        kind=EventKind.ANSWERED_NO,
        location_id=inquiry.location_id,
        reason=given.reason,
        by=actor.kind,
    )


def _make_offer(
    inquiry: Inquiry, row: Answer, given: Yes | Alternative, procedure: Procedure, actor: Actor, now: datetime
) -> tuple[Offer, list[str]]:
    """Write down a yes or an alternative as an offer, with its place held; also return codes for the audit."""
    terms = terms_of(given, inquiry, procedure, brussels_date(now))
    _withdraw_earlier_offers(inquiry, actor, now)
    offer = Offer(
        desk_id=inquiry.desk_id,
        request=inquiry.request,
        location=inquiry.location,
        inquiry=inquiry,
        answer=row,
        state=OfferState.OPEN,
        start_on=terms.start_on,
        end_on=terms.end_on,
        parts=terms.pattern.mask,
        hours=list(terms.hours),
        tariff=given.tariff or _tariff_of(inquiry),
        made_at=now,
        reply_by_on=terms.reply_by_on,
    )
    place = place_at(
        inquiry.location_id, inquiry.request, start_on=offer.start_on, end_on=offer.end_on, parts=offer.parts
    )
    codes = []
    if procedure.offer_holds_place or given.over_capacity_reason:
        take = Take(place=place, subject_id=offer.id, over_capacity_reason=given.over_capacity_reason.strip())
        [taken] = hold_places([take], now=now)
        offer.held = taken.written
        codes = ["over_capacity"] if taken.went_over else []
    else:
        check_places([place])
    row.start_on, row.end_on, row.parts = offer.start_on, offer.end_on, offer.parts
    row.hours, row.tariff = offer.hours, offer.tariff
    row.save(force_insert=True)
    offer.save(force_insert=True)
    _move(inquiry, given.kind, now)
    append_event(
        request=inquiry.request,
        at=now,
        kind=_EVENT_OF[given.kind],
        location_id=inquiry.location_id,
        # Empty means "as originally asked": it stays true when the desk corrects a registration error.
        start_on=None if terms.as_originally_asked else offer.start_on,
        parts=None if terms.as_originally_asked else offer.parts,
        reply_by_on=offer.reply_by_on,
        by=actor.kind,
    )
    return offer, codes


_EVENT_OF: Final = {
    AnswerKind.YES: EventKind.ANSWERED_YES,
    AnswerKind.ALTERNATIVE: EventKind.ANSWERED_ALTERNATIVE,
}


def _check_door(door: AnswerDoor, actor: Actor) -> None:
    """Refuse a desk that answers as if it were the organiser, and the other way round (SPEC §2)."""
    if actor.is_desk != (door in {AnswerDoor.PHONE, AnswerDoor.PAPER}):
        raise CannotAnswer("Het loket geeft alleen antwoorden in van telefoon of papier.", "wrong_door")


def _check_allowed(inquiry: Inquiry, kind: AnswerKind, procedure: Procedure, today: date) -> None:
    """Ask the rules which answers an inquiry takes today."""
    searches = may_still_search(RequestState(inquiry.request.state), may_stay_listed=procedure.may_stay_listed)
    state = InquiryState(inquiry.state)
    allowed = allowed_answers(state, answer_from_on=inquiry.answer_from_on, today=today, request_searches=searches)
    if kind in allowed:
        return
    if allowed:
        from_on = dutch_date(inquiry.answer_from_on)
        raise CannotAnswer(f"Een plaats voorstellen kan vanaf {from_on}. Nee zeggen kan nu al.", "too_early")
    if state is InquiryState.WAITING_RELEASE:
        raise CannotAnswer("Deze vraag is nog niet verstuurd.", "not_sent")
    raise CannotAnswer("Deze vraag is afgesloten. Je hoeft niets meer te doen.", "closed")


def _withdraw_earlier_offers(inquiry: Inquiry, actor: Actor, now: datetime) -> None:
    """Take back what this location offered this child before: per location only the latest offer counts."""
    earlier = Offer.objects.filter(request=inquiry.request, location_id=inquiry.location_id, state=OfferState.OPEN)
    for offer in earlier:
        end_offer(inquiry.request, offer, OfferState.WITHDRAWN, actor=actor, now=now)


def _move(inquiry: Inquiry, kind: AnswerKind, now: datetime) -> None:
    inquiry.state, inquiry.answered_at = STATE_OF_ANSWER[kind], now
    inquiry.save(update_fields=["state", "answered_at"])


def _tariff_of(inquiry: Inquiry) -> str:
    """Return the price type of a location that has one."""
    return "" if inquiry.location.tariff == Tariff.MIXED else inquiry.location.tariff


def _tell_no(inquiry: Inquiry, row: Answer, now: datetime) -> None:
    """Tell the family why not, and what is possible."""
    tell_family(
        "answer_no",
        inquiry.request,
        cause=f"answer_no:{row.id}",
        now=now,
        context={
            "location_name": inquiry.location.name,
            "reason_words": NO_SENTENCES[NoReason(row.reason)],
            "possible_words": possible_words(row),
        },
    )


def possible_words(row: Answer) -> str:
    """Write what a location told as possible beside its no; empty when it told nothing."""
    days = f"opvang op {WeekPattern(row.possible_parts).words()}" if row.possible_parts else ""
    start = f"een start vanaf {dutch_date(row.possible_from_on)}" if row.possible_from_on else ""
    return f"{dutch_list([words for words in (days, start) if words], conjunction='of')}." if days or start else ""
