"""Ending a search: found elsewhere, no longer needed, or simply withdrawn. Nothing ends without a second look."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.closing.searches import found_elsewhere, lapse, withdraw_request
from opvangloket.domains.requests.actions import CannotMove
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.reasons import ElsewhereReason, LapseReason
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, request_or_404
from opvangloket.web.family.mine.words import child_of
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage
from opvangloket.web.ui.forms import HintedRadios

WITHDRAW: Final = "intrekken"
_ELSEWHERE: Final = {
    "elders-hier": ElsewhereReason.OWN_MUNICIPALITY,
    "elders-ander": ElsewhereReason.OTHER_MUNICIPALITY,
}
_LAPSE: Final = {
    "niet-meer-nodig": LapseReason.NO_LONGER_NEEDED,
    "miskraam": LapseReason.MISCARRIAGE,
    "verhuisd": LapseReason.MOVED,
}
_FROM_DECLINE: Final = {"elders": "elders-hier", "niet-meer-nodig": "niet-meer-nodig"}


class StopForm(forms.Form):
    """Why the search may end."""

    def __init__(self, data: object = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type]
        self.fields["why"] = forms.ChoiceField(
            label=_("Waarom stop je?"),
            choices=(
                ("elders-hier", _("Ik vond opvang in mijn gemeente")),
                ("elders-ander", _("Ik vond opvang in een andere gemeente")),
                ("niet-meer-nodig", _("Ik heb geen opvang meer nodig")),
                ("verhuisd", _("Ik verhuis")),
                ("miskraam", _("Mijn kindje komt niet")),
                (WITHDRAW, _("Dat zeg ik liever niet")),
            ),
            widget=HintedRadios(hints={"miskraam": _("Dat spijt ons. Je hoeft verder niets te doen.")}),
        )


@family_page("request.withdraw")
def stop(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Ask why, say what happens, then end the search."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    form = StopForm(
        request.POST if request.method == "POST" else None,
        initial={"why": _FROM_DECLINE.get(request.GET.get("reden", ""))},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _end(own, form.cleaned_data["why"], visit)
        except CannotMove as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, _("Je vraag is gesloten. De opvang weet het ook."))
        return HttpResponseRedirect(home_of(own, visit))
    context = {"form": form, "question": _question(own, request, visit), "stay": _("Nee, ik zoek nog")}
    if own.state is RequestState.PLACED:
        context["stay"] = _("Nee, mijn kind komt wel")
    return page(request, "family/mine/stop.html", context)


def _question(own: OwnRequest, request: Request, visit: FamilyVisit) -> QuestionPage:
    """Return what is asked: who has a place gives that up, and reads so."""
    name, place = child_of(own), own.state is RequestState.PLACED
    why = (
        _("De plaats van %(name)s gaat dan naar een ander kind. Elke opvang krijgt bericht.")
        if place
        else _("Je vraag voor %(name)s wordt gesloten. Elke opvang krijgt bericht.")
    )
    return QuestionPage(
        title=_("Gaat de opvang niet door?") if place else _("Wil je stoppen met zoeken?"),
        why=why % {"name": name},
        back_url=home_of(own, visit),
        submit=_("Ja, geef de plaats terug") if place else _("Ja, sluit mijn vraag"),
        action=request.path,
    )


def _end(own: OwnRequest, why: str, visit: FamilyVisit) -> None:
    by: dict[str, Any] = {"request_id": own.id, "actor": visit.actor, "now": visit.now}
    if why in _ELSEWHERE:
        found_elsewhere(where=_ELSEWHERE[why], **by)
    elif why in _LAPSE:
        lapse(reason=_LAPSE[why], **by)
    else:
        withdraw_request(**by)
