"""The conversation of a family with a location, as the desk reads it and writes in it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opvangloket.rules.conversations import Side
from opvangloket.web.conversation import TEMPLATE, Talk, converse_on
from opvangloket.web.desk.case import open_case
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request


@desk_page("thread.take_part")
def converse(request: Request, visit: DeskVisit, reference: str, location: str) -> HttpResponse:
    """Show what was said, and take what the desk writes; that answers a question to the desk."""
    case = open_case(visit, reference, location)
    assert case.line is not None  # noqa: S101 - the case was opened for this location
    name = case.line.location_name
    talk = Talk(
        request_id=case.file.request_id,
        location_id=case.line.location_id,
        side=Side.DESK,
        title=_("Gesprek met %(location)s") % {"location": name},
        lead=_("%(child)s, vraag %(reference)s.") % {"child": case.title, "reference": case.reference},
        who_reads=_("Het gezin en de opvang lezen allebei wat je schrijft."),
        names={Side.FAMILY: case.file.applicant.name, Side.LOCATION: name, Side.DESK: _("het loket")},
        back_url=case.url(),
        back_label=case.title,
    )

    def draw(context: dict[str, Any]) -> HttpResponse:
        return show(request, visit, TEMPLATE, context, current="families")

    return converse_on(request, visit, talk, draw)
