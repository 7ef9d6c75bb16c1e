"""Which locations have the question: one more, one less, another order. What it does is said before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.asking.choosing import add_location, drop_location
from opvangloket.domains.distribution.asking.sending import sending_dates
from opvangloket.domains.distribution.request_lines import RequestLine, lines_of_request
from opvangloket.domains.providers.askable import AskableLocation, askable_locations
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.domains.requests.preferences import reorder_locations
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.inquiries import OPEN_STATES
from opvangloket.web.acting import done_by_button
from opvangloket.web.family.ask.care import PER_PAGE, marked, picks, rearranged, search
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, may_search, page_of, request_or_404
from opvangloket.web.family.mine.words import child_of
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page

_LONGEST_PLACE = 100


@family_page("request.change_wish")
def locations(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Show the list of the family with a search beside it; a new order is kept at once."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    if not may_search(own, visit):
        messages.warning(request, _("Deze vraag zoekt geen opvang meer."))
        return HttpResponseRedirect(home_of(own, visit))
    listed = _listed(own, visit)
    if request.method == "POST":
        return _reorder(request, own, visit, listed)
    known = {one.slug: one for one in askable_locations(visit.desk.id, today=visit.today)}
    chosen = [line.location_slug for line in listed]
    shown = request.GET.get("toon", "")
    most = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 5 else PER_PAGE
    place = request.GET.get("plaats", own.postcode).strip()[:_LONGEST_PLACE]
    found = search(
        list(known.values()), place, chosen=chosen, today=visit.today, territory=visit.desk.territory, shown=most
    )
    more = request.GET.copy()
    more["toon"] = str(most + PER_PAGE)
    context = {
        "child": child_of(own),
        "own": own,
        "chosen": picks(chosen, known),
        "search": marked(
            found,
            pattern=own.wish.wish.pattern,
            start_on=own.wish.wish.start_on,
            today=visit.today,
            fresh_days=visit.procedure.vacancy_fresh_days,
        ),
        "most": visit.procedure.max_locations,
        "is_full": len(chosen) >= visit.procedure.max_locations,
        "more_url": f"{request.path}?{more.urlencode()}",
        "home_url": home_of(own, visit),
    }
    return page(request, "family/mine/locations.html", context)


def _reorder(request: Request, own: OwnRequest, visit: FamilyVisit, listed: Sequence[RequestLine]) -> HttpResponse:
    act, _colon, slug = request.POST.get("act", "").partition(":")
    order = [line.location_slug for line in listed]
    ids: dict[str, UUID] = {line.location_slug: line.location_id for line in listed}
    if act in {"up", "down"}:
        moved = rearranged(order, act, slug, known=ids.keys(), most=len(order))
        try:
            reorder_locations(
                request_id=own.id, location_ids=[ids[one] for one in moved], actor=visit.actor, now=visit.now
            )
        except OpvangloketError as refused:
            messages.warning(request, refused.message)
    return HttpResponseRedirect(request.get_full_path())


@family_page("request.change_wish")
def add(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Say when the location gets the question and answers it, then put it in the list."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    found = _askable(location, visit)

    def act() -> str:
        add_location(request_id=own.id, location_id=found.id, actor=visit.actor, now=visit.now)
        return _("%(name)s staat in je lijst.") % {"name": found.name}

    if request.method == "POST":
        done_by_button(request, act)
        return HttpResponseRedirect(page_of(own, visit, "my_locations"))
    context = {
        "location": found,
        "dates": sending_dates(visit.procedure, start_on=own.wish.wish.start_on, today=visit.today),
        "today": visit.today,
        "waits_for_proof": own.state is RequestState.REGISTERED,
        "back_url": page_of(own, visit, "my_locations"),
    }
    return page(request, "family/mine/add_location.html", context)


@family_page("request.change_wish")
def drop(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Say what happens, then take the location off the list."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    line = next((one for one in _listed(own, visit) if one.location_slug == location), None)
    if line is None:
        raise Http404("Deze opvang staat niet in je lijst.")

    def act() -> str:
        drop_location(request_id=own.id, location_id=line.location_id, actor=visit.actor, now=visit.now)
        return _("%(name)s staat niet meer in je lijst.") % {"name": line.location_name}

    if request.method == "POST":
        done_by_button(request, act)
        return HttpResponseRedirect(page_of(own, visit, "my_locations"))
    context = {
        "line": line,
        "was_asked": line.state in OPEN_STATES,
        "has_offer": line.open_offer is not None,
        "back_url": page_of(own, visit, "my_locations"),
        "home_url": home_of(own, visit),
    }
    return page(request, "family/mine/drop_location.html", context)


def _listed(own: OwnRequest, visit: FamilyVisit) -> list[RequestLine]:
    return [line for line in lines_of_request(own.id, today=visit.today) if line.dropped_at is None]


def _askable(slug: str, visit: FamilyVisit) -> AskableLocation:
    for one in askable_locations(visit.desk.id, today=visit.today):
        if one.slug == slug:
            return one
    raise Http404("Deze opvang hoort niet bij dit loket.")
