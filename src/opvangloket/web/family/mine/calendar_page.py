"""The dates of one request for one's own calendar: answers expected, offers to answer, the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.care.arrangements import Arrangements, arrangements_of
from opvangloket.domains.distribution.request_lines import RequestLine, SeenPlacement, lines_of_request
from opvangloket.foundation.messages.actions import absolute
from opvangloket.rules.inquiries import InquiryState
from opvangloket.web.calendar_file import CalendarDay, CalendarMoment, calendar_file
from opvangloket.web.family.mine.visit import home_of, request_or_404
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request


@family_page("request.read")
def calendar(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Give the dates of a request as a calendar file; neutral words, for others may see a calendar."""
    own = request_or_404(reference)
    url = absolute(home_of(own, visit))
    lines = lines_of_request(own.id, today=visit.today)
    placements = [line.placement.id for line in lines if line.placement]
    arranged = arrangements_of(placements) if placements else {}
    days = [day for line in lines for day in _days(line, arranged, own.reference, url)]
    return calendar_file(days, host=request.get_host(), name=visit.desk.name, now=visit.now)


def _days(
    line: RequestLine, arranged: Mapping[UUID, Arrangements], reference: str, url: str
) -> Iterator[CalendarDay | CalendarMoment]:
    key = f"{reference}-{line.location_slug}"
    if line.placement:
        yield from _days_of_care(line.location_name, line.placement, arranged[line.placement.id], key, url)
    elif line.open_offer and line.open_offer.offer:
        words = _("%(name)s: laatste dag om te antwoorden") % {"name": line.location_name}
        yield CalendarDay(key=f"{key}-kiezen", on=line.open_offer.offer.reply_by_on, words=words, url=url)
    elif line.state is InquiryState.SENT and line.due_on:
        words = _("%(name)s: antwoord verwacht") % {"name": line.location_name}
        yield CalendarDay(key=f"{key}-antwoord", on=line.due_on, words=words, url=url)


def _days_of_care(
    name: str, place: SeenPlacement, arranged: Arrangements, key: str, url: str
) -> Iterator[CalendarDay | CalendarMoment]:
    """Yield the first day, the settling-in moments, and the last day or the latest entry to school."""
    facts = {"name": name}
    yield CalendarDay(key=f"{key}-start", on=place.real_start_on, words=_("%(name)s: eerste dag") % facts, url=url)
    for moment in arranged.moments:
        words, minutes = _("%(name)s: wennen") % facts, moment.minutes
        yield CalendarMoment(key=str(moment.id), starts_at=moment.starts_at, minutes=minutes, words=words, url=url)
    if (until := place.care.until) is not None:
        told = place.care.ending or place.end_on
        words = _("%(name)s: komt niet meer") if told else _("%(name)s: ten laatste naar school")
        yield CalendarDay(key=f"{key}-einde", on=until, words=words % facts, url=url)
