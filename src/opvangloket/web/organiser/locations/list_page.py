"""The list on paper: the open questions of a location as a PDF to print, to tick and to hand in."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.inbox.reading import read_questions
from opvangloket.domains.distribution.inbox.rows import InboxRow
from opvangloket.domains.distribution.inbox.weekly_lists import WeeklyListNotFound, open_weekly_list
from opvangloket.domains.providers.weekly_list import NoAddressForList, choose_weekly_list
from opvangloket.foundation.tenancy.scopes import scope
from opvangloket.web.guards import OrganiserVisit, open_page, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url
from opvangloket.web.pages import page
from opvangloket.web.questions.paper_list import as_file, paper_list
from opvangloket.web.ui.components import Chrome


@organiser_page("inquiry.read")
def pdf(_request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Give the open questions of one location as a PDF; whoever prints them has read them."""
    own = location_or_404(location)
    paper = paper_list(own.id, own.name, now=visit.now)
    read_questions(inquiry_ids=[row.question.inquiry_id for row in paper.rows], actor=visit.actor, now=visit.now)
    return as_file(paper, own.slug)


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
        paper = paper_list(facts.location_id, facts.location_name, now=request.now)
    return as_file(replace(paper, rows=[_without_names(row) for row in paper.rows]), facts.location_slug)


def _without_names(row: InboxRow) -> InboxRow:
    return replace(row, question=replace(row.question, family=None))
