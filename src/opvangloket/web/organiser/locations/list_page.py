"""The list on paper: the open questions of a location as a PDF to print, to tick and to hand in."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.inbox import InboxFilter, InboxRow, inbox
from opvangloket.domains.distribution.reading import read_questions
from opvangloket.domains.distribution.weekly_lists import WeeklyListNotFound, open_weekly_list
from opvangloket.domains.providers.own_locations import asking_desks
from opvangloket.domains.providers.weekly_list import NoAddressForList, choose_weekly_list
from opvangloket.foundation.tenancy.scopes import scope
from opvangloket.rules.periods import brussels_date
from opvangloket.web.guards import OrganiserVisit, open_page, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url
from opvangloket.web.organiser.locations.paper_list import PaperList, as_pdf, desks_of
from opvangloket.web.pages import page
from opvangloket.web.ui.components import Chrome

AT_ONCE: Final = 100


@organiser_page("inquiry.read")
def pdf(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Give the open questions of one location as a PDF; whoever prints them has read them."""
    own = location_or_404(location)
    paper = _paper(request, own.id, own.name)
    read_questions(inquiry_ids=[row.question.inquiry_id for row in paper.rows], actor=visit.actor, now=visit.now)
    return _file(paper, own.slug)


@organiser_page("location.edit")
def choose(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Start or stop the weekly mail with the list."""
    own = location_or_404(location)
    if request.method == "POST":
        wanted = request.POST.get("elke-week") == "ja"
        try:
            choose_weekly_list(location_id=own.id, wanted=wanted, actor=visit.actor, now=visit.now)
        except NoAddressForList as refused:
            messages.warning(request, refused.message)
        else:
            words = _("Je krijgt elke week een mail met de lijst.") if wanted else _("Je krijgt de lijst niet meer.")
            messages.success(request, words)
    return HttpResponseRedirect(location_url(own))


@open_page
def by_link(request: Request, token: str) -> HttpResponse:
    """Give the list of a weekly mail, without names: whoever holds the mail could read them."""
    try:
        facts = open_weekly_list(token, now=request.now)
    except WeeklyListNotFound as error:
        raise Http404(error.message) from error
    if facts.is_over:
        request.chrome = Chrome(place=facts.location_name)  # type: ignore[attr-defined]
        return page(request, "organiser/list_over.html", {"location_slug": facts.location_slug})
    with scope(facts.scope):
        paper = _paper(request, facts.location_id, facts.location_name)
    return _file(replace(paper, rows=[_without_names(row) for row in paper.rows]), facts.location_slug)


def _paper(request: Request, location_id: UUID, name: str) -> PaperList:
    """Return the list of a location in the scope in force."""
    today = brussels_date(request.now)
    found = inbox({location_id}, show=InboxFilter.OPEN, today=today, per_page=AT_ONCE)
    return PaperList(
        location_name=name,
        desks=desks_of(found.rows, asking_desks([location_id], today=today)[location_id]),
        rows=found.rows,
        more=found.total - len(found.rows),
        made_at=request.now,
    )


def _without_names(row: InboxRow) -> InboxRow:
    return replace(row, question=replace(row.question, family=None))


def _file(paper: PaperList, slug: str) -> HttpResponse:
    """Return the list as a file that a browser shows and prints."""
    response = HttpResponse(as_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="open-vragen-{slug}-{brussels_date(paper.made_at)}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
