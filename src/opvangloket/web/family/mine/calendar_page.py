"""The dates of one request for one's own calendar: answers expected, offers to answer, the start."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.request_lines import RequestLine, lines_of_request
from opvangloket.foundation.messages.actions import absolute
from opvangloket.rules.inquiries import InquiryState
from opvangloket.web.calendar_file import CalendarDay, calendar_file
from opvangloket.web.family.mine.visit import home_of, request_or_404
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request


@family_page("request.read")
def calendar(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Give the dates of a request as a calendar file; neutral words, for others may see a calendar."""
    own = request_or_404(reference)
    url = absolute(home_of(own, visit))
    days = [day for line in lines_of_request(own.id, today=visit.today) for day in _days(line, own.reference, url)]
    return calendar_file(days, host=request.get_host(), name=visit.desk.name, now=visit.now)


def _days(line: RequestLine, reference: str, url: str) -> Iterator[CalendarDay]:
    key = f"{reference}-{line.location_slug}"
    if line.placement:
        start = line.placement.real_start_on
        yield CalendarDay(
            key=f"{key}-start", on=start, words=_("%(name)s: eerste dag") % {"name": line.location_name}, url=url
        )
    elif line.open_offer and line.open_offer.offer:
        words = _("%(name)s: laatste dag om te antwoorden") % {"name": line.location_name}
        yield CalendarDay(key=f"{key}-kiezen", on=line.open_offer.offer.reply_by_on, words=words, url=url)
    elif line.state is InquiryState.SENT and line.due_on:
        words = _("%(name)s: antwoord verwacht") % {"name": line.location_name}
        yield CalendarDay(key=f"{key}-antwoord", on=line.due_on, words=words, url=url)
