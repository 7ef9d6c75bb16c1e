"""Writing with one location; the desk reads along and may write as well."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opvangloket.rules.conversations import Side
from opvangloket.web.conversation import TEMPLATE, Talk, converse_on
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, line_or_404, request_or_404
from opvangloket.web.family.mine.words import child_of
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page


@family_page("thread.take_part")
def converse(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Show what was said with a location, and take what the family writes."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    line = line_or_404(own, location, visit)
    talk = Talk(
        request_id=own.id,
        location_id=line.location_id,
        side=Side.FAMILY,
        title=_("Gesprek met %(location)s") % {"location": line.location_name},
        lead=_("Over de opvang voor %(child)s.") % {"child": child_of(own)},
        who_reads=_("De opvang en het loket lezen dit. Niemand ziet je mailadres in dit gesprek."),
        names={Side.FAMILY: _("jij"), Side.LOCATION: line.location_name, Side.DESK: visit.desk.name},
        back_url=home_of(own, visit),
        back_label=_("Terug naar je vraag"),
    )

    def draw(context: dict[str, Any]) -> HttpResponse:
        return page(request, TEMPLATE, context)

    return converse_on(request, visit, talk, draw)
