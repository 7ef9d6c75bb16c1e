"""Writing with a family about its question; the desk reads along and may write as well."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.contact.actions import ConversationNotFound
from opvangloket.domains.contact.queries import named_line
from opvangloket.rules.conversations import Side
from opvangloket.rules.references import displayed, normalise
from opvangloket.web.conversation import TEMPLATE, Talk, converse_on
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import INBOX, PLACEMENTS, draw_shared


@organiser_page("thread.take_part")
def converse(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Show what was said with a family, and take what the location writes."""
    try:
        line = named_line(reference, location)
    except ConversationNotFound as error:
        raise Http404(error.message) from error
    address = [normalise(reference), location]
    talk = Talk(
        request_id=line.request_id,
        location_id=line.location_id,
        side=Side.LOCATION,
        title=_("Gesprek met het gezin"),
        lead=_("%(location)s, over vraag %(reference)s.")
        % {"location": line.location_name, "reference": displayed(normalise(reference))},
        who_reads=_("Het gezin en het loket lezen dit. Je mailadres staat er niet bij."),
        names={Side.FAMILY: _("het gezin"), Side.LOCATION: line.location_name, Side.DESK: line.desk_name},
        back_url=reverse(f"organiser:{'question' if line.was_asked else 'placement'}", args=address),
        back_label=_("Terug naar de vraag") if line.was_asked else _("Terug naar de plaatsing"),
    )

    section = INBOX if line.was_asked else PLACEMENTS
    return converse_on(
        request, visit, talk, lambda context: draw_shared(request, visit, TEMPLATE, context, section=section)
    )
