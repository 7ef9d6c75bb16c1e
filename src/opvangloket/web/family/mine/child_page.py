"""News about the child: it is born, or its care has started."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.care.start import CannotConfirm, confirm_start
from opvangloket.domains.distribution.lines.locking import PlacementNotFound
from opvangloket.domains.distribution.request_lines import lines_of_request
from opvangloket.domains.requests.actions import QuestionRefused, record_birth
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, request_or_404
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage
from opvangloket.web.ui.forms import DutchDateField


class BirthForm(forms.Form):
    """When the child was born, and its name."""

    def __init__(self, data: object = None, *, today: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["birth"] = DutchDateField(
            label=_("Geboortedatum"), help_text=_("Bijvoorbeeld 27 3 2026."), latest=today
        )
        self.fields["first_name"] = forms.CharField(
            label=_("Voornaam van je kind"),
            max_length=100,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Vul de voornaam van je kind in.")},
        )


@family_page("request.change_wish")
def born(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Take the news of a birth; the date of the request stays."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    if own.is_born:
        return HttpResponseRedirect(home_of(own, visit))
    form = BirthForm(request.POST if request.method == "POST" else None, today=visit.today)
    if request.method == "POST" and form.is_valid():
        try:
            record_birth(
                request_id=own.id,
                birth_on=form.cleaned_data["birth"],
                first_name=form.cleaned_data["first_name"],
                actor=visit.actor,
                now=visit.now,
            )
        except (QuestionRefused, NationalNumberRefused) as refused:
            form.add_error(None, refused.message)
        else:
            words = _("Proficiat met %(name)s! Je vraag houdt haar datum.")
            messages.success(request, words % {"name": form.cleaned_data["first_name"]})
            return HttpResponseRedirect(home_of(own, visit))
    context = {
        "form": form,
        "question": QuestionPage(
            title=_("Is je kindje geboren?"),
            why=_("Dan weet de opvang voor wie ze een plaats houdt."),
            pictogram="cot",
            back_url=home_of(own, visit),
            submit=_("Bewaren"),
            action=request.path,
        ),
    }
    return page(request, "ui/layouts/question.html", context)


@family_page("placement.confirm")
def started(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Take one click: care started as agreed."""
    own = request_or_404(reference)
    lines = lines_of_request(own.id, today=visit.today)
    place = next((line.placement for line in lines if line.placement), None)
    if request.method == "POST" and place:
        try:
            confirm_start(placement_id=place.id, actor=visit.actor, now=visit.now)
        except (CannotConfirm, PlacementNotFound) as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, _("Dank je. Veel plezier in de opvang!"))
    return HttpResponseRedirect(home_of(own, visit))
