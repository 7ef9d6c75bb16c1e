"""Telling families and organisers what happened, in the transaction in which it happens.

Whoever has no mail address hears it from the desk: a task is put on its list instead.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from opvangloket.domains.distribution.lines import addresses
from opvangloket.domains.distribution.lines.facts import asked, born_on, child_words, hours_words
from opvangloket.domains.distribution.models import Inquiry, Offer, Placement
from opvangloket.domains.providers.location_mail import mail_of, to_location
from opvangloket.domains.providers.models import Location, Tariff
from opvangloket.domains.providers.stand_ins import copies, stand_ins_of
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages.actions import NewMessage, plan_message, plan_messages
from opvangloket.rules.ages import age_words
from opvangloket.rules.differences import differences
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.terms import days_left

FAMILY: Final = "family"
CALL_FAMILY: Final = "Bel het gezin: er is een voorstel en er is geen mailadres."
CALL_FAMILY_WITHDRAWN: Final = "Bel het gezin: een voorstel geldt niet meer en er is geen mailadres."
CALL_LOCATION: Final = "Bel de opvang: er is een vraag en er is geen mailadres."


def tell_family(
    template: str,
    request: CareRequest,
    *,
    cause: str,
    now: datetime,
    context: dict[str, Any],
    subject_id: UUID | None = None,
    call: str = "",
) -> None:
    """Plan a message to the family of a request; with `call`, a family without mail becomes a task for the desk."""
    applicant = request.applicant
    if not applicant.email:
        if call:
            _call(request, call, now, subject_id)
        return
    known = {
        "child_first_name": request.child.first_name,
        "link": addresses.my_request(request.desk.slug, request.reference),
    }
    plan_message(
        desk_id=request.desk_id,
        template=template,
        cause=cause,
        recipient=applicant.email,
        recipient_name=applicant.full_name,
        audience=FAMILY,
        context=known | context,
        now=now,
        request_id=request.id,
    )


def tell_location(
    template: str,
    request: CareRequest,
    location: Location,
    *,
    cause: str,
    now: datetime,
    context: dict[str, Any],
) -> None:
    """Plan a message to a location about a request that it answered, so it knows the child by name."""
    known = {"child_words": child_words(request, named=True)}
    message = to_location(location, template, cause=cause, context=known | context)
    readers = stand_ins_of([location], today=brussels_date(now)).get(location.id, ())
    plan_messages(copies(message, readers), desk_id=request.desk_id, request_id=request.id, now=now)


def tell_of_offer(template: str, request: CareRequest, offer: Offer, *, cause: str, now: datetime, **more: Any) -> None:
    """Plan a message to the family about an offer: asked beside offered."""
    wish = offer.inquiry.wish
    pattern = WeekPattern(offer.parts)
    differing = differences(asked(wish), start_on=offer.start_on, pattern=pattern)
    context = {
        "location_name": offer.location.name,
        "asked": WeekPattern(wish.parts),
        "offered": pattern,
        "start_on": offer.start_on,
        "reply_by_on": offer.reply_by_on,
        "price_words": Tariff(offer.tariff).label if offer.tariff else "",
        "differences": [difference.words for difference in differing],
    }
    call = CALL_FAMILY if template == "offer_made" else ""
    tell_family(template, request, cause=cause, now=now, context=context | more, subject_id=offer.id, call=call)


def tell_of_inquiries(
    request: CareRequest, inquiries: Iterable[Inquiry], tokens: dict[UUID, str], now: datetime
) -> None:
    """Plan the messages that bring a question to its locations, all in one go."""
    inquiries, today = list(inquiries), brussels_date(now)
    readers = stand_ins_of([inquiry.location for inquiry in inquiries], today=today)
    messages: list[NewMessage] = []
    for inquiry in inquiries:
        context = inquiry_context(request, inquiry, tokens[inquiry.id], today=today)
        message = to_location(inquiry.location, "inquiry_sent", cause=f"inquiry_sent:{inquiry.id}", context=context)
        messages += copies(message, readers.get(inquiry.location_id, ()), **_signed_in(request, inquiry))
    plan_messages(messages, desk_id=request.desk_id, request_id=request.id, now=now)
    for inquiry in inquiries:
        if not mail_of(inquiry.location):
            _call(request, CALL_LOCATION, now, inquiry.id, location_id=inquiry.location_id)


def remind_of_inquiry(
    request: CareRequest, inquiry: Inquiry, token: str, *, step: str, now: datetime, to_stand_ins: bool = True
) -> None:
    """Plan a message to a location about a question that it has already; after the term too, an answer counts.

    `step` tells which of these messages it is: each goes out once per inquiry. A fresh link, which somebody asked for,
    goes to the location alone.
    """
    assert inquiry.due_on is not None  # noqa: S101 - a sent inquiry has a term
    today = brussels_date(now)
    context = inquiry_context(request, inquiry, token, today=today) | {"days_left": days_left(inquiry.due_on, today)}
    message = to_location(inquiry.location, "inquiry_reminder", cause=f"inquiry_{step}:{inquiry.id}", context=context)
    readers = stand_ins_of([inquiry.location], today=today).get(inquiry.location_id, ()) if to_stand_ins else ()
    messages = copies(message, readers, **_signed_in(request, inquiry))
    plan_messages(messages, desk_id=request.desk_id, request_id=request.id, now=now)


def _signed_in(request: CareRequest, inquiry: Inquiry) -> dict[str, Any]:
    """Return what a stand-in is told otherwise: its role ends with a day, so it answers signed in and by no link."""
    link = addresses.inquiry(request.reference, inquiry.location.slug)
    return {"answer_link": link, "as_stand_in": True}


def inquiry_context(request: CareRequest, inquiry: Inquiry, token: str, *, today: date) -> dict[str, Any]:
    """Return what a message to a location tells of a question. No name is in it: that is for the page."""
    wish = inquiry.wish
    return {
        "child_words": child_words(request, named=False),
        "age_words": age_words(born_on(request), wish.start_on),
        "start_on": wish.start_on,
        "pattern": WeekPattern(wish.parts),
        "also_pattern": WeekPattern(wish.also_parts) if wish.also_parts else None,
        "hours_words": hours_words(wish.hours),
        "due_on": inquiry.due_on,
        "answer_from_on": inquiry.answer_from_on if inquiry.answer_from_on > today else None,
        "inbox_link": addresses.inbox(),
        "answer_link": addresses.answer(token),
    }


def tell_closed(request: CareRequest, inquiries: Iterable[Inquiry], *, reason_words: str, now: datetime) -> None:
    """Tell locations that they need not answer a question any more, all in one go."""
    inquiries = list(inquiries)
    readers = stand_ins_of([inquiry.location for inquiry in inquiries], today=brussels_date(now))
    messages: list[NewMessage] = []
    for inquiry in inquiries:
        context = {
            "child_words": child_words(request, named=False),
            "reason_words": reason_words,
            "inbox_link": addresses.inbox(),
        }
        cause = f"inquiry_closed:{inquiry.id}"
        message = to_location(inquiry.location, "inquiry_closed_organiser", cause=cause, context=context)
        messages += copies(message, readers.get(inquiry.location_id, ()))
    plan_messages(messages, desk_id=request.desk_id, request_id=request.id, now=now)


def tell_declined(request: CareRequest, offer: Offer, *, reason_words: str, now: datetime) -> None:
    """Tell a location that its offer is not taken, and that its place is free again."""
    tell_location(
        "offer_declined_organiser",
        request,
        offer.location,
        cause=f"offer_declined:{offer.id}",
        now=now,
        context={"reason_words": reason_words, "link": addresses.inquiry(request.reference, offer.location.slug)},
    )


def tell_placed(request: CareRequest, placement: Placement, *, to_location: bool, now: datetime) -> None:
    """Tell the family where its child has a place, and the location when it was not the one who placed the child."""
    context: dict[str, Any] = {"start_on": placement.start_on, "pattern": WeekPattern(placement.parts)}
    tell_family(
        "placement_confirmed_family",
        request,
        cause=f"placement_family:{placement.id}",
        now=now,
        context=context | {"location_name": placement.location.name},
    )
    if to_location:
        link = addresses.inquiry(request.reference, placement.location.slug)
        tell_location(
            "offer_accepted_organiser",
            request,
            placement.location,
            cause=f"placement_location:{placement.id}",
            now=now,
            context=context | {"link": link},
        )


def tell_undone(request: CareRequest, placement: Placement, *, now: datetime) -> None:
    """Tell a location that a child does not come, so its place is free again."""
    tell_location(
        "inquiry_closed_organiser",
        request,
        placement.location,
        cause=f"placement_undone:{placement.id}:{now.isoformat()}",
        now=now,
        context={"reason_words": "De opvang gaat niet door: de plaats is weer vrij.", "inbox_link": addresses.inbox()},
    )


def _call(
    request: CareRequest, note: str, now: datetime, subject_id: UUID | None, *, location_id: UUID | None = None
) -> None:
    """Ask the desk to call somebody whom no mail reaches."""
    open_task(
        desk_id=request.desk_id,
        kind=TaskKind.OTHER,
        subject_id=subject_id or new_id(),
        request_id=request.id,
        location_id=location_id,
        due_on=brussels_date(now),
        now=now,
        note=note,
    )
