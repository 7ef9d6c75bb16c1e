"""New locations that organisers asked for: the lead looks whether each is right, and new, then decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.asked_openings import (
    AskedLocation,
    KnownLocation,
    likely_known,
    open_asked,
    refuse_asked,
    waiting_openings,
)
from opvangloket.domains.providers.types import LocationType, SubsidyStep, Tariff
from opvangloket.rules.wording import dutch_date
from opvangloket.web.acting import done_by_button
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import EmptyState, SummaryItem

_LONGEST_REASON = 300


class RefuseForm(forms.Form):
    """Why a location does not stand on the list yet."""

    row = forms.UUIDField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=gettext_lazy("Waarom nog niet?"),
        help_text=gettext_lazy("De organisator leest dit, en kan het daarna opnieuw vragen."),
        max_length=_LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OpenForm(forms.Form):
    """Which location."""

    row = forms.UUIDField(widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A location that was asked for as the page shows it; without a form for who may not decide."""

    one: AskedLocation
    facts: tuple[SummaryItem, ...]
    known: tuple[KnownLocation, ...]
    form: RefuseForm | None


@desk_page("worklist.read")
def index(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show which locations were asked for."""
    return _draw(request, visit)


@desk_page("location.open")
def decide(request: Request, visit: DeskVisit) -> HttpResponse:
    """Put a location on the list, or say why not yet."""
    opens = "open" in request.POST
    data = request.POST if request.method == "POST" else None
    form = OpenForm(data) if opens else RefuseForm(data, auto_id=_auto_id(request.POST.get("row", "")))
    if request.method == "POST" and form.is_valid():
        done_by_button(request, lambda: _decide(form, visit))
        return HttpResponseRedirect(_url(visit))
    return _draw(request, visit, form if isinstance(form, RefuseForm) and form.is_bound else None)


def _decide(form: OpenForm | RefuseForm, visit: DeskVisit) -> str:
    which = {"opening_id": form.cleaned_data["row"], "actor": visit.actor, "now": visit.now}
    if isinstance(form, OpenForm):
        name = open_asked(**which).name
        return _("%(name)s staat op de lijst. De organisator kreeg een mail.") % {"name": name}
    name = refuse_asked(because=form.cleaned_data["because"], **which)
    return _("De organisator leest waarom %(name)s nog niet kan.") % {"name": name}


def _draw(request: Request, visit: DeskVisit, tried: RefuseForm | None = None) -> HttpResponse:
    asked = waiting_openings()
    known = likely_known(asked)
    context: dict[str, Any] = {
        "rows": [
            AskedRow(one, _facts(one), known.get(one.id, ()), _form(one, tried) if visit.may("location.open") else None)
            for one in asked
        ],
        "decide_url": reverse("desk:decide_location", args=[visit.desk.slug]),
        "empty": EmptyState(
            title=_("Niets te bekijken"), words=_("Vraagt een organisator een nieuwe opvang? Dan lees je het hier.")
        ),
    }
    return show(request, visit, "desk/asked_locations.html", context, current="locations")


def _form(one: AskedLocation, tried: RefuseForm | None) -> RefuseForm:
    if tried is not None and tried.data.get("row") == str(one.id):
        return tried
    return RefuseForm(initial={"row": one.id}, auto_id=_auto_id(str(one.id)))


def _facts(one: AskedLocation) -> tuple[SummaryItem, ...]:
    facts = one.facts
    kind = (LocationType(facts.type).label, SubsidyStep(facts.subsidy_step).label, Tariff(facts.tariff).label)
    lines = (
        (_("Organisator"), one.organiser_name),
        (_("Adres"), one.address_words),
        (_("Eerste dag"), dutch_date(one.opens_on)),
        (_("Soort"), capfirst(", ".join(kind))),
        (_("Vergunde plaatsen"), str(facts.licensed_places)),
        (_("Dossiernummer"), facts.file_number or _("Nog niet")),
        (_("Bereikbaar"), ", ".join(filter(None, (facts.phone, facts.email)))),
    )
    return tuple(SummaryItem(question=label, answer=words) for label, words in lines if words)


def _url(visit: DeskVisit) -> str:
    return reverse("desk:asked_locations", args=[visit.desk.slug])


def _auto_id(row: str) -> str:
    return f"nieuw-{row[-8:]}-%s"
