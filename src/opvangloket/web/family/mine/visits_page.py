"""Choosing a moment to get to know a location, changing it, cancelling it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.contact.actions import ConversationNotFound
from opvangloket.domains.contact.visit_queries import free_moments, visits_of_request
from opvangloket.domains.contact.visits import book_visit, cancel_visit
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import absolute
from opvangloket.web.calendar_file import CalendarMoment, calendar_file
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, line_or_404, page_of, request_or_404
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page


@family_page("visit.book")
def visits(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Show the moments of a location and what the family chose; a post chooses a moment, or cancels."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    line = line_or_404(own, location, visit)
    if line.sent_at is None and line.placement is None:
        raise Http404
    here = page_of(own, visit, "visits", location=location)
    if request.method == "POST":
        try:
            if "cancel" in request.POST:
                cancel_visit(request_id=own.id, location_id=line.location_id, actor=visit.actor, now=visit.now)
                messages.success(request, _("Je bezoek gaat niet door. De opvang weet het."))
            else:
                moment_id = _moment_or_404(request.POST.get("moment", ""))
                book_visit(request_id=own.id, moment_id=moment_id, actor=visit.actor, now=visit.now)
                messages.success(request, _("Je bezoek is afgesproken. De opvang weet het."))
        except ConversationNotFound as error:
            raise Http404(error.message) from error
        except OpvangloketError as refused:
            messages.warning(request, refused.message)
        return HttpResponseRedirect(here)
    context = {
        "location_name": line.location_name,
        "chosen": visits_of_request(own.id, now=visit.now).get(line.location_id),
        "moments": free_moments(line.location_id, now=visit.now),
        "here": here,
        "home_url": home_of(own, visit),
        "calendar_url": page_of(own, visit, "visit_calendar", location=location),
    }
    return page(request, "family/mine/visits.html", context)


@family_page("visit.book")
def calendar(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Give the visit as a calendar file, with neutral words; without a visit, show the moments."""
    own = request_or_404(reference)
    line = line_or_404(own, location, visit)
    chosen = visits_of_request(own.id, now=visit.now).get(line.location_id)
    if chosen is None:
        return HttpResponseRedirect(page_of(own, visit, "visits", location=location))
    event = CalendarMoment(
        key=f"{own.reference}-{location}-bezoek",
        starts_at=chosen.starts_at,
        minutes=chosen.minutes,
        words=_("Bezoek aan %(name)s") % {"name": line.location_name},
        url=absolute(page_of(own, visit, "visits", location=location)),
    )
    return calendar_file([event], host=request.get_host(), name=visit.desk.name, now=visit.now)


def _moment_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
