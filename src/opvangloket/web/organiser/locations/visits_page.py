"""The moments at which a location receives families, who comes, and publishing new ones."""

from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.contact.visit_queries import moments_of_location
from opvangloket.domains.contact.visits import VisitNotFound, publish_moments, withdraw_moment
from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.foundation.messages.actions import absolute
from opvangloket.rules.periods import BRUSSELS
from opvangloket.rules.references import displayed
from opvangloket.rules.visits import LONGEST_MINUTES, MOST_IN_A_ROW, SHORTEST_MINUTES, moments_in_a_row
from opvangloket.web.acting import done_by_form, done_to_row_or_404
from opvangloket.web.calendar_file import CalendarMoment, calendar_file
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url
from opvangloket.web.ui.forms import DutchDateField, DutchTimeField

_NUMBER: Final = {"inputmode": "numeric", "class": "width-4"}


class MomentsForm(forms.Form):
    """A day, the first moment on it, and how many follow."""

    on = DutchDateField(label=gettext_lazy("Op welke dag?"))
    at = DutchTimeField(label=gettext_lazy("Hoe laat begint het eerste bezoek?"), example="10.30")
    minutes = forms.IntegerField(
        label=gettext_lazy("Hoeveel minuten duurt een bezoek?"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
        initial=30,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    count = forms.IntegerField(
        label=gettext_lazy("Hoeveel bezoeken na elkaar?"),
        min_value=1,
        max_value=MOST_IN_A_ROW,
        initial=1,
        widget=forms.TextInput(attrs=_NUMBER),
    )

    def moments(self) -> tuple[datetime, ...]:
        """Return the moments that the form asks for."""
        answers, at = self.cleaned_data, self.cleaned_data["at"]
        first = datetime.combine(answers["on"], time(at.hour, at.minute), tzinfo=BRUSSELS)
        return moments_in_a_row(first, minutes=answers["minutes"], count=answers["count"])


@organiser_page("visit.read")
def visits(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Show the moments to come and who comes."""
    return _draw(request, visit, location_or_404(location), MomentsForm())


@organiser_page("visit.publish")
def publish(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Publish new moments; what is not right yet is asked again with all that was typed."""
    own = location_or_404(location)
    form = MomentsForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        count = publish_moments(
            location_id=own.id,
            starts_at=form.moments(),
            minutes=form.cleaned_data["minutes"],
            actor=visit.actor,
            now=visit.now,
        )
        words = ngettext("%(count)s moment staat klaar.", "%(count)s momenten staan klaar.", count)
        return words % {"count": count} if count else _("Deze momenten stonden er al.")

    if done_by_form(request, form, act):
        return HttpResponseRedirect(location_url(own, "visits"))
    return _draw(request, visit, own, form)


@organiser_page("visit.publish")
def withdraw(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Take a moment back; a family that would come gets a mail."""
    own = location_or_404(location)

    def act(moment_id: UUID) -> str:
        try:
            withdraw_moment(moment_id=moment_id, actor=visit.actor, now=visit.now)
        except VisitNotFound as error:
            raise Http404(error.message) from error
        return _("Dit moment is weg. Kwam er een gezin? Dan kreeg het een mail.")

    done_to_row_or_404(request, act, name="moment")
    return HttpResponseRedirect(location_url(own, "visits"))


@organiser_page("visit.read")
def calendar(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Give the visits that are booked as a calendar file, by number and never by name."""
    own = location_or_404(location)
    events = [
        CalendarMoment(
            key=str(moment.id),
            starts_at=moment.starts_at,
            minutes=moment.minutes,
            words=_("Bezoek, vraag %(reference)s") % {"reference": displayed(moment.reference)},
            url=absolute(location_url(own, "visits")),
        )
        for moment in moments_of_location(own.id, now=visit.now)
        if moment.reference
    ]
    return calendar_file(events, host=request.get_host(), name=own.name, now=visit.now)


def _draw(request: Request, visit: OrganiserVisit, own: OwnLocation, form: MomentsForm) -> HttpResponse:
    rows: list[dict[str, Any]] = [
        {
            "moment": moment,
            "reference": displayed(moment.reference) if moment.reference else "",
            "url": reverse("organiser:question", args=[moment.reference, own.slug]) if moment.reference else "",
        }
        for moment in moments_of_location(own.id, now=visit.now)
    ]
    context = {
        "own": own,
        "rows": rows,
        "booked": any(row["reference"] for row in rows),
        "form": form,
        "may_publish": visit.may("visit.publish", at=own.id),
        "publish_url": location_url(own, "publish_visits"),
        "back_url": location_url(own),
        "withdraw_url": location_url(own, "withdraw_visit"),
        "calendar_url": location_url(own, "visits_calendar"),
    }
    return draw(request, visit, "visits.html", context, section=LOCATIONS)
