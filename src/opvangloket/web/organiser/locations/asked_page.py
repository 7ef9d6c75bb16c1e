"""A new location of one's own: asked of the desk, which looks and puts it on the list; what became of it, in one page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.asked_openings import (
    AskedLocation,
    ask_opening,
    asked_of_organiser,
    take_back_asked,
)
from opvangloket.domains.providers.opening import OpeningRefused
from opvangloket.web.acting import done_to_row
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.locations.opening import NewLocationForm, words_field
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.ui.forms import DutchDateField


class AskForm(NewLocationForm):
    """What an organiser tells of its new location."""

    file_number = words_field(
        gettext_lazy("Dossiernummer"),
        help_text=gettext_lazy("Het nummer bij Opgroeien. Nog niet gekregen? Laat dit leeg."),
        required=False,
    )
    opens = DutchDateField(label=gettext_lazy("Eerste dag van de opvang"))


@organiser_page("location.ask")
def ask(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Ask what a new location needs, ask its desk for it, and show what was asked before."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (asked := _ask(form, visit)):
        told = {"name": asked.facts.name, "desk": asked.desk_name}
        messages.success(request, _("%(desk)s kijkt %(name)s na. Je krijgt een mail.") % told)
        return HttpResponseRedirect(reverse("organiser:ask_location"))
    context: dict[str, Any] = {
        "form": form,
        "asked": asked_of_organiser(visit.organiser_id, today=visit.today),
    }
    return draw(request, visit, "ask_location.html", context, section=LOCATIONS)


@organiser_page("location.ask")
def take_back(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Ask for a location no longer."""

    def act(opening_id: UUID) -> str:
        name = take_back_asked(opening_id=opening_id, actor=visit.actor, now=visit.now)
        return _("Je vraagt %(name)s niet meer.") % {"name": name}

    done_to_row(request, act)
    return HttpResponseRedirect(reverse("organiser:ask_location"))


def _ask(form: AskForm, visit: OrganiserVisit) -> AskedLocation | None:
    """Ask the desk; what is refused stands on the form."""
    try:
        return ask_opening(
            organiser_id=visit.organiser_id,
            facts=form.facts(),
            opens_on=form.cleaned_data["opens"],
            actor=visit.actor,
            now=visit.now,
        )
    except OpeningRefused as refused:
        form.add_error(refused.field, refused.message)
        return None
