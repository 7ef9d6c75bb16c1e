"""New managers of organisers that have nobody else to confirm them: the lead calls, then confirms or refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.new_managers import (
    ManagerToCheck,
    confirm_manager_at_desk,
    managers_to_check,
    refuse_manager_at_desk,
)
from opvangloket.domains.providers.opening import organisers_at
from opvangloket.rules.wording import dutch_list
from opvangloket.web.acting import done_by_button
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import EmptyState


class CheckForm(forms.Form):
    """Which proposal, and that somebody was called about it."""

    organiser = forms.UUIDField(widget=forms.HiddenInput)
    proposal = forms.UUIDField(widget=forms.HiddenInput)
    called = forms.BooleanField(
        label=gettext_lazy("Ik belde, en dit klopt"),
        error_messages={"required": gettext_lazy("Bel eerst, en kruis dan dit vakje aan.")},
    )


class RefuseForm(forms.Form):
    """Which proposal."""

    organiser = forms.UUIDField(widget=forms.HiddenInput)
    proposal = forms.UUIDField(widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A proposal as the page shows it, with its form; or with the words for who may not confirm it."""

    one: ManagerToCheck
    locations: str
    form: CheckForm | None = None
    why_not: str = ""


@desk_page("worklist.read")
def index(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show who waits for this desk."""
    return _draw(request, visit)


@desk_page("manager.confirm")
def decide(request: Request, visit: DeskVisit) -> HttpResponse:
    """Confirm or refuse a new manager; to confirm, somebody has to have called."""
    confirms = "refuse" not in request.POST
    data = request.POST if request.method == "POST" else None
    form = (CheckForm if confirms else RefuseForm)(data, auto_id=_auto_id(request.POST.get("proposal", "")))
    if request.method == "POST" and form.is_valid():
        done_by_button(request, lambda: _decide(form, visit, confirms=confirms))
        return HttpResponseRedirect(reverse("desk:new_managers", args=[visit.desk.slug]))
    return _draw(request, visit, form if isinstance(form, CheckForm) and form.is_bound else None)


def _decide(form: CheckForm | RefuseForm, visit: DeskVisit, *, confirms: bool) -> str:
    facts: dict[str, Any] = {
        "proposal_id": form.cleaned_data["proposal"],
        "organiser_id": form.cleaned_data["organiser"],
        "desk_id": visit.desk.id,
        "actor": visit.actor,
        "now": visit.now,
    }
    if confirms:
        name = confirm_manager_at_desk(**facts)
        return _("%(name)s is nu verantwoordelijke en kreeg een mail.") % {"name": name}
    name = refuse_manager_at_desk(**facts)
    return _("%(name)s wordt geen verantwoordelijke.") % {"name": name}


def _draw(request: Request, visit: DeskVisit, tried: CheckForm | None = None) -> HttpResponse:
    organisers = [one.id for one in organisers_at(visit.desk.id, today=visit.today)]
    context: dict[str, Any] = {
        "rows": [_row(one, visit, tried) for one in managers_to_check(organisers, today=visit.today)],
        "form": tried,
        "empty": EmptyState(
            title=_("Niemand wacht"), words=_("Stelt een organisator iemand voor? Dan lees je het op je werklijst.")
        ),
    }
    return show(request, visit, "desk/new_managers.html", context, current="worklist")


def _row(one: ManagerToCheck, visit: DeskVisit, tried: CheckForm | None) -> CheckRow:
    proposal, locations = one.waiting.proposal, dutch_list(one.locations)
    if not visit.may("manager.confirm"):
        return CheckRow(one, locations, why_not=_("De trekker van het loket bevestigt dit."))
    if not proposal.may_be_confirmed_by(visit.account.email):
        return CheckRow(one, locations, why_not=_("Dit gaat over jou. Een andere trekker bevestigt het."))
    is_tried = tried is not None and tried.data.get("proposal") == str(proposal.id)
    initial = {"organiser": proposal.place_id, "proposal": proposal.id}
    fresh = CheckForm(initial=initial, auto_id=_auto_id(str(proposal.id)))
    return CheckRow(one, locations, tried if is_tried else fresh)


def _auto_id(proposal_id: str) -> str:
    return f"voorstel-{proposal_id[-8:]}-%s"
