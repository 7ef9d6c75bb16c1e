"""The family says from which day its child comes no more, or that it stays after all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.care.end import end_care, go_on
from opvangloket.domains.distribution.request_lines import SeenPlacement
from opvangloket.rules.reasons import EndReason
from opvangloket.rules.wording import dutch_date
from opvangloket.web.acting import done_by_button, done_by_form
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, place_or_404, request_or_404
from opvangloket.web.family.mine.words import child_of
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage
from opvangloket.web.ui.forms import DutchDateField

# What a family can say; that the location stops or gives notice, only the location says.
REASONS: Final = {
    EndReason.SCHOOL: gettext_lazy("Mijn kind gaat naar school"),
    EndReason.MOVED: gettext_lazy("We verhuizen"),
    EndReason.OTHER_CARE: gettext_lazy("We kozen andere opvang"),
    EndReason.AT_HOME: gettext_lazy("Mijn kind blijft thuis"),
    EndReason.OTHER: gettext_lazy("Een andere reden"),
}


class EndForm(forms.Form):
    """From which day, and why."""

    def __init__(self, data: Any = None, *, place: SeenPlacement) -> None:
        super().__init__(data)
        ending = place.care.ending
        self.fields["end_on"] = DutchDateField(
            label=_("Vanaf welke dag komt je kind niet meer?"),
            earliest=place.real_start_on + timedelta(days=1),
            initial=ending.on if ending else None,
        )
        self.fields["reason"] = forms.ChoiceField(
            label=_("Waarom stopt de opvang?"),
            choices=[(str(code), label) for code, label in REASONS.items()],
            widget=forms.RadioSelect,
            initial=ending.reason if ending else None,
        )


@family_page("placement.end")
def ends(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Ask from which day the child comes no more, and tell the location."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    line, place = place_or_404(own, location, visit)
    form = EndForm(request.POST if request.method == "POST" else None, place=place)

    def act() -> str:
        end_on, reason = form.cleaned_data["end_on"], EndReason(form.cleaned_data["reason"])
        end_care(placement_id=place.id, end_on=end_on, reason=reason, actor=visit.actor, now=visit.now)
        words = _("De opvang stopt op %(day)s. %(location)s krijgt bericht.")
        return words % {"day": dutch_date(end_on), "location": line.location_name}

    if done_by_form(request, form, act):
        return HttpResponseRedirect(home_of(own, visit))
    why = _("%(location)s krijgt bericht. Kijk ook in je overeenkomst hoe je moet opzeggen.")
    context = {
        "form": form,
        "question": QuestionPage(
            title=_("Stopt de opvang voor %(name)s?") % {"name": child_of(own)},
            why=why % {"location": line.location_name},
            back_url=home_of(own, visit),
            submit=_("Ja, de opvang stopt"),
            action=request.path,
        ),
    }
    return page(request, "ui/layouts/question.html", context)


@family_page("placement.end")
def goes_on(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Take back, before the day has come, that care ends."""
    own = request_or_404(reference)
    line, place = place_or_404(own, location, visit)
    ending = place.care.ending

    def act() -> str:
        go_on(placement_id=place.id, actor=visit.actor, now=visit.now)
        return _("De opvang gaat door. %(location)s krijgt bericht.") % {"location": line.location_name}

    if ending and not ending.moves_to:
        done_by_button(request, act)
    return HttpResponseRedirect(home_of(own, visit))
