"""The button in the planner that declares what comes free."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.planner.computed_vacancies import publish_computed
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.locations.location_pages import home_procedure
from opvangloket.web.organiser.planner.free_rows import read_stretch
from opvangloket.web.organiser.planner.planner_pages import planned_or_404, planner_url


@organiser_page("location.edit")
def publish(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Declare a place that comes free by the plan, as the page told it."""
    own = planned_or_404(location)
    stretch = read_stretch(request.POST)
    if stretch is not None:
        try:
            publish_computed(
                location_id=own.id,
                stretch=stretch,
                tariff=own.vacancy_tariffs[0],
                public=home_procedure(visit, own).vacancy_public_default,
                actor=visit.actor,
                now=visit.now,
            )
        except OpvangloketError:
            messages.warning(request, _("Je plan is intussen veranderd. Kijk na wat nu vrij komt."))
        else:
            messages.success(request, _("Opgegeven als vrije plaats. Het loket ziet ze nu ook."))
    return HttpResponseRedirect(f"{planner_url(own)}#vrij")
