"""The list of one's own requests, and one request: the next date, offers as letters, a line per location."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.contact.queries import conversations_of_request, unread_by_request, unread_of_request
from opvangloket.domains.contact.visit_queries import locations_with_moments, visits_of_request
from opvangloket.domains.distribution.answering.suggestions import Suggestion, suggestions_of
from opvangloket.domains.distribution.asking.questions import confirm_contact
from opvangloket.domains.distribution.request_lines import RequestLine, lines_of_request, lines_of_requests
from opvangloket.domains.requests.actions import SearchEnded, confirm_current
from opvangloket.domains.requests.own_requests import OwnRequest, own_requests
from opvangloket.domains.requests.submitted import sent_together
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.conversations import Side
from opvangloket.rules.inquiries import ENDED_UNANSWERED, OPEN_STATES, InquiryState
from opvangloket.rules.references import displayed
from opvangloket.rules.terms import reconfirm_on, reconfirmation_is_due
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.care import care_cards
from opvangloket.web.family.mine.lines import conversation_url, question_rows
from opvangloket.web.family.mine.next_date import next_date_words
from opvangloket.web.family.mine.offers import letters
from opvangloket.web.family.mine.visit import home_of, may_search, request_or_404
from opvangloket.web.family.mine.words import child_of, differs_words, referred_words, wish_items
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page

_NO_VISIT = ENDED_UNANSWERED | {InquiryState.WAITING_RELEASE}
_SEARCHING = frozenset({RequestState.REGISTERED, RequestState.OPEN, RequestState.PLACED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """One request in the list."""

    child: str
    reference: str
    url: str
    words: str
    offers: int
    unread: int
    is_over: bool


@family_page("request.read")
def overview(request: Request, visit: FamilyVisit) -> HttpResponse:
    """List the family's requests, those that search first."""
    frame_with_menu(request, visit.desk)
    own = own_requests()
    lines = lines_of_requests([one.id for one in own], today=visit.today)
    unread = unread_by_request(Side.FAMILY)
    cards = [_card(one, lines.get(one.id, ()), unread.get(one.id, 0), visit) for one in own]
    context = {
        "running": [card for card in cards if not card.is_over],
        "over": [card for card in cards if card.is_over],
    }
    return page(request, "family/mine/overview.html", context)


def _card(own: OwnRequest, lines: tuple[RequestLine, ...], unread: int, visit: FamilyVisit) -> RequestCard:
    return RequestCard(
        child=child_of(own),
        reference=displayed(own.reference),
        url=home_of(own, visit),
        words=next_date_words(own, lines, today=visit.today),
        offers=sum(1 for line in lines if line.open_offer),
        unread=unread,
        is_over=own.state not in _SEARCHING,
    )


@family_page("request.read")
def my_request(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Show one request of the family."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    lines = lines_of_request(own.id, today=visit.today)
    unread = unread_of_request(own.id, Side.FAMILY)
    together = [one for one in own_requests() if one.siblings_id and one.siblings_id == own.siblings_id and one != own]
    context = {
        "own": own,
        "today": visit.today,
        "child": child_of(own),
        "reference": displayed(own.reference),
        "referred": referred_words(own),
        "next_date": next_date_words(own, lines, today=visit.today),
        "letters": letters(lines, today=visit.today, holds=visit.procedure.offer_holds_place),
        "rows": question_rows(
            own,
            lines,
            today=visit.today,
            desk_slug=visit.desk.slug,
            unread=unread,
            talked=conversations_of_request(own.id),
            visitable=_visitable(own, lines, visit),
        ),
        "unread": [
            (line.location_name, conversation_url(own, line, visit.desk.slug))
            for line in lines
            if line.location_id in unread
        ],
        "wish_items": wish_items(own),
        "first_asked": differs_words(own),
        "siblings": [(child_of(one), home_of(one, visit)) for one in together],
        "suggestions": _suggestions(own, lines, visit),
        "is_running": own.state in _SEARCHING,
        "may_search": may_search(own, visit),
        "stop_words": _stop_words(own, lines, visit),
        "may_send": own.state is RequestState.REGISTERED and bool(own.email),
        "placement": next((line for line in lines if line.placement), None),
        "cares": care_cards(own, lines, visit),
        **_current(own, visit),
    }
    return page(request, "family/mine/request.html", context)


def _stop_words(own: OwnRequest, lines: tuple[RequestLine, ...], visit: FamilyVisit) -> str:
    """Name the way to end a request; empty once it ended, or once the care of the child began."""
    if own.state not in _SEARCHING:
        return ""
    if own.state is not RequestState.PLACED:
        return _("Stoppen met zoeken")
    starts = [line.placement.real_start_on for line in lines if line.placement]
    return "" if any(start <= visit.today for start in starts) else _("De opvang gaat niet door")


def _visitable(own: OwnRequest, lines: tuple[RequestLine, ...], visit: FamilyVisit) -> frozenset[UUID]:
    """Return the locations where a visit can be booked, or is."""
    asked = [line.location_id for line in lines if line.state is not None and line.state not in _NO_VISIT]
    free = locations_with_moments(asked, now=visit.now) if own.state in _SEARCHING else frozenset[UUID]()
    return free | visits_of_request(own.id, now=visit.now).keys()


def _suggestions(own: OwnRequest, lines: tuple[RequestLine, ...], visit: FamilyVisit) -> tuple[Suggestion, ...]:
    """Return what would fit, once nothing is open any more."""
    something_open = any(line.state in OPEN_STATES or line.open_offer for line in lines)
    if own.state is not RequestState.OPEN or something_open:
        return ()
    return suggestions_of(own.id, today=visit.today)


def _current(own: OwnRequest, visit: FamilyVisit) -> dict[str, object]:
    """Return when the family is asked again whether it still searches, and whether that is now."""
    if own.state is not RequestState.OPEN or own.confirmed_current_on is None:
        return {"ask_again_on": None, "ask_now": False}
    weeks = visit.procedure.reconfirm_weeks
    return {
        "ask_again_on": reconfirm_on(own.confirmed_current_on, reconfirm_weeks=weeks),
        "ask_now": reconfirmation_is_due(own.confirmed_current_on, visit.today, reconfirm_weeks=weeks),
    }


@family_page("request.change_wish")
def still_searching(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Take one click: the family still searches."""
    own = request_or_404(reference)
    if request.method == "POST":
        try:
            confirm_current(request_id=own.id, actor=visit.actor, now=visit.now)
        except SearchEnded as ended:
            messages.warning(request, ended.message)
        else:
            messages.success(request, _("Dank je. We zoeken verder met je mee."))
    return HttpResponseRedirect(home_of(own, visit))


@family_page("request.change_wish")
def send(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Send out a question whose family came in by a code to its address: that proves the address as well."""
    own = request_or_404(reference)
    if request.method == "POST" and own.state is RequestState.REGISTERED and own.email:
        confirm_contact(request_ids=sent_together(own.id), actor=visit.actor, now=visit.now)
        messages.success(request, _("Je vraag is vertrokken."))
    return HttpResponseRedirect(home_of(own, visit))
