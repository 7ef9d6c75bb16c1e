"""A new lead of the desk, confirmed or refused by a lead who is there; the settings page shows who waits."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.foundation.accounts.new_leads import confirm_lead, refuse_lead
from opvangloket.web.acting import done_to_row_or_404
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request


@desk_page("lead.confirm")
def decide(request: Request, visit: DeskVisit) -> HttpResponse:
    """Confirm or refuse who was proposed as lead."""

    def act(proposal_id: UUID) -> str:
        facts: dict[str, Any] = {"proposal_id": proposal_id, "desk_id": visit.desk.id}
        if "confirm" in request.POST:
            name = confirm_lead(actor=visit.actor, now=visit.now, **facts)
            return _("%(name)s is nu trekker van dit loket.") % {"name": name}
        name = refuse_lead(actor=visit.actor, now=visit.now, **facts)
        return _("%(name)s wordt geen trekker.") % {"name": name}

    done_to_row_or_404(request, act, name="proposal")
    return HttpResponseRedirect(reverse("desk:settings", args=[visit.desk.slug]))
