"""Children who are there without having been a question here: told by their month of birth and their week."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.distribution.planner.declared_children import (
    MOST_AT_ONCE,
    DeclarationRefused,
    DeclaredChild,
    NewChildren,
    declare_children,
    declared_children,
    end_declared,
)
from opvangloket.domains.providers.own_locations import CapacityKind, OwnLocation
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.patterns import WEEKEND
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.wording import MONTH_NAMES
from opvangloket.web.acting import done_by_form
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import PLANNER, draw
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url
from opvangloket.web.organiser.refusable import GoesOver
from opvangloket.web.questions.question_words import day_words
from opvangloket.web.ui.components import agreed_strip
from opvangloket.web.ui.forms import DutchDateField, KeepsId, WeekPartsField

OLDEST_YEARS = 6


class ChildrenForm(GoesOver, KeepsId):
    """How many children, born when, on which days, from when until when."""

    over_label = gettext_lazy("Zijn er toch meer? Schrijf waarom.")
    over_hint = gettext_lazy("Bijvoorbeeld: twee broers op dezelfde plaats.")
    instead = gettext_lazy("Kijk je aantal plaatsen na, of schrijf waarom er toch meer zijn.")

    def __init__(self, data: Any = None, *, location: OwnLocation, today: date) -> None:
        super().__init__(data)
        self.fields["born_month"] = forms.ChoiceField(
            label=_("In welke maand is het kind geboren?"),
            help_text=_("Zo weten we wanneer het naar school kan. Een naam is niet nodig."),
            choices=[(str(number), capfirst(name)) for number, name in enumerate(MONTH_NAMES, start=1)],
        )
        self.fields["born_year"] = forms.IntegerField(
            label=_("In welk jaar?"),
            min_value=today.year - OLDEST_YEARS,
            max_value=today.year,
            widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
        )
        weekend = bool(set(location.opened.weekdays) & set(WEEKEND))
        self.fields["week"] = WeekPartsField(label=_("Op welke dagen komt het?"), weekend=weekend)
        self.fields["start"] = DutchDateField(label=_("Vanaf wanneer tellen we het mee?"), initial=today)
        self.fields["last"] = DutchDateField(
            label=_("Laatste dag"), help_text=_("Laat leeg als het blijft tot het naar school gaat."), required=False
        )
        self.fields["children"] = forms.IntegerField(
            label=_("Hoeveel kinderen komen zo?"),
            min_value=1,
            max_value=MOST_AT_ONCE,
            initial=1,
            widget=forms.TextInput({"inputmode": "numeric", "class": "width-2"}),
        )
        self.keep_over()

    def refuse(self, refused: OpvangloketError) -> None:
        """Show a refusal, beside the field that it is about where there is one."""
        if isinstance(refused, DeclarationRefused):
            self.add_error(refused.field, refused.message)
        else:
            super().refuse(refused)

    def told(self) -> NewChildren:
        """Return what a valid form tells."""
        cleaned = self.cleaned_data
        return NewChildren(
            pattern=cleaned["week"],
            born_on=date(cleaned["born_year"], int(cleaned["born_month"]), 1),
            start_on=cleaned["start"],
            end_on=cleaned["last"] + ONE_DAY if cleaned["last"] else None,
            children=cleaned["children"],
            over_capacity_reason=self.over_capacity_reason,
        )


@organiser_page("location.edit")
def children(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Tell of children who are there already, and see those that were told."""
    own = location_or_404(location)
    form = ChildrenForm(request.POST if request.method == "POST" else None, location=own, today=visit.today)
    if done_by_form(request, form, lambda: _declare(form, own, visit), refuse=form.refuse):
        return HttpResponseRedirect(_address(own))
    context = {
        "location": own,
        "planner_url": reverse("organiser:planner", args=[own.slug]),
        "capacity_url": location_url(own, "capacity"),
        "plans": own.capacity_kind is CapacityKind.PLAN,
        "form": form,
        "rows": [_row(child) for child in declared_children(own.id, today=visit.today)],
        "own_url": _address(own),
        "gone_url": reverse("organiser:declared_gone", args=[own.slug]),
    }
    return draw(request, visit, "children.html", context, section=PLANNER)


@organiser_page("location.edit")
def gone(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Let a declared child come no more."""
    own = location_or_404(location)
    try:
        subject_id = UUID(request.POST.get("row", ""))
    except ValueError:
        return HttpResponseRedirect(_address(own))
    if end_declared(location_id=own.id, subject_id=subject_id, actor=visit.actor, now=visit.now):
        messages.success(request, _("Dit kind telt vanaf vandaag niet meer mee."))
    return HttpResponseRedirect(_address(own))


def _declare(form: ChildrenForm, own: OwnLocation, visit: OrganiserVisit) -> str:
    """Count the children, and return in words how many."""
    counted = declare_children(
        location_id=own.id, told=form.told(), actor=visit.actor, now=visit.now, as_id=form.kept_id
    )
    words = ngettext("%(count)s kind telt nu mee.", "%(count)s kinderen tellen nu mee.", counted)
    return words % {"count": counted}


def _row(child: DeclaredChild) -> dict[str, Any]:
    until = _("tot %(day)s") % {"day": day_words(child.period.end)} if child.period.end else _("zonder einde")
    since = _("vanaf %(day)s") % {"day": day_words(child.period.start)}
    return {
        "id": child.subject_id,
        "title": capfirst(child.pattern.words()),
        "words": capfirst(f"{since}, {until}"),
        "strip": agreed_strip(child.pattern),
    }


def _address(own: OwnLocation) -> str:
    return reverse("organiser:declared_children", args=[own.slug])
