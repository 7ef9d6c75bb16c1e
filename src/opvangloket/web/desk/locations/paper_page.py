"""The open questions of a location on paper, printed by the desk for whoever has no mail or no printer."""

from django.http import HttpResponse

from opvangloket.domains.distribution.inbox.reading import print_questions
from opvangloket.web.desk.locations.locations_pages import overview_or_404
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.questions.paper_list import as_file, paper_list


@desk_page("inquiry.enter_answer")
def pdf(_request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Give the questions of this desk that wait at one location as a PDF; the desk enters the answers afterwards."""
    overview = overview_or_404(visit, slug)
    paper = paper_list(overview.id, overview.name, now=visit.now)
    print_questions(inquiry_ids=[row.question.inquiry_id for row in paper.rows], actor=visit.actor, now=visit.now)
    return as_file(paper, overview.slug)
