"""The list on paper: the open questions of a location as a PDF to print, to tick and to hand in."""

from typing import Final

from django.http import HttpResponse

from opvangloket.domains.distribution.inbox import InboxFilter, inbox
from opvangloket.domains.distribution.reading import read_questions
from opvangloket.domains.providers.own_locations import asking_desks
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.location_pages import location_or_404
from opvangloket.web.organiser.paper_list import PaperList, as_pdf, desks_of

AT_ONCE: Final = 100


@organiser_page("inquiry.read")
def pdf(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:  # noqa: ARG001 - the visit tells it
    """Give the open questions of one location as a PDF; whoever prints them has read them."""
    own = location_or_404(location)
    found = inbox({own.id}, show=InboxFilter.OPEN, today=visit.today, per_page=AT_ONCE)
    read_questions(inquiry_ids=[row.question.inquiry_id for row in found.rows], actor=visit.actor, now=visit.now)
    paper = PaperList(
        location_name=own.name,
        desks=desks_of(found.rows, asking_desks([own.id], today=visit.today)[own.id]),
        rows=found.rows,
        more=found.total - len(found.rows),
        made_at=visit.now,
    )
    return pdf_response(paper, own.slug)


def pdf_response(paper: PaperList, slug: str) -> HttpResponse:
    """Return the list as a file that a browser shows and prints."""
    response = HttpResponse(as_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="open-vragen-{slug}-{paper.made_at:%Y-%m-%d}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
