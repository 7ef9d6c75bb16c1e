"""A new lead of the desk, confirmed or refused by a lead who is there; the settings page shows who waits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.foundation.accounts.new_leads import confirm_lead, refuse_lead
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request


@desk_page("lead.confirm")
def decide(request: Request, visit: DeskVisit) -> HttpResponse:
    """Confirm or refuse who was proposed as lead."""
    if request.method == "POST":
        facts: dict[str, Any] = {"desk_id": visit.desk.id, "actor": visit.actor, "now": visit.now}
        try:
            proposal_id = UUID(request.POST.get("proposal", ""))
            if "confirm" in request.POST:
                name = confirm_lead(proposal_id=proposal_id, **facts)
                messages.success(request, _("%(name)s is nu trekker van dit loket.") % {"name": name})
            else:
                name = refuse_lead(proposal_id=proposal_id, **facts)
                messages.success(request, _("%(name)s wordt geen trekker.") % {"name": name})
        except ValueError:
            raise Http404 from None
        except OpvangloketError as refused:
            messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("desk:settings", args=[visit.desk.slug]))
