"""The people of an organiser: who works where, inviting somebody, ending a role."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.own_locations import NamedLocation, location_names
from opvangloket.domains.providers.team import (
    INVITABLE,
    Colleague,
    NoSuchColleague,
    end_colleague,
    invite_colleague,
    team_of,
)
from opvangloket.foundation.accounts.models import OrganiserRole
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.ui.forms.dates import DutchDateField


class InviteForm(forms.Form):
    """Whom to invite, as what, where, and for how long."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=120)
    address = forms.EmailField(label=gettext_lazy("E-mailadres"))
    role = forms.ChoiceField(
        label=gettext_lazy("Wat doet deze persoon?"),
        choices=[(role.value, role.label.capitalize()) for role in INVITABLE],
        initial=OrganiserRole.STAFF.value,
        widget=forms.RadioSelect,
    )
    locations = forms.MultipleChoiceField(
        label=gettext_lazy("Voor welke locaties?"),
        help_text=gettext_lazy("Kies je niets, dan geldt het voor alle locaties."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    start_on = DutchDateField(label=gettext_lazy("Eerste dag"))
    until_on = DutchDateField(label=gettext_lazy("Laatste dag"), required=False)

    def __init__(self, *args: Any, locations: tuple[NamedLocation, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locations"].choices = [(str(one.id), one.name) for one in locations]  # type: ignore[attr-defined]


@organiser_page("team.manage")
def team(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Show who works here and invite somebody; what is not right yet is asked again with all that was typed."""
    locations = location_names(visit.location_ids)
    data = request.POST if request.method == "POST" else None
    form = InviteForm(data, locations=locations, initial={"start_on": visit.today})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            invite_colleague(
                organiser_id=visit.organiser_id,
                address=answers["address"],
                name=answers["name"],
                role=OrganiserRole(answers["role"]),
                location_ids=[UUID(one) for one in answers["locations"]],
                start_on=answers["start_on"],
                until_on=answers["until_on"],
                actor=visit.actor,
                now=visit.now,
            )
        except OpvangloketError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("%(name)s kreeg een mail om binnen te komen.") % {"name": answers["name"]})
            return HttpResponseRedirect(reverse("organiser:team"))
    rows = [_row(one, visit.today) for one in team_of(visit.organiser_id, today=visit.today)]
    return draw(request, visit, "team.html", {"rows": rows, "form": form}, section=LOCATIONS)


@organiser_page("team.manage")
def end(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """End somebody's role today."""
    if request.method == "POST":
        try:
            account_id = UUID(request.POST.get("account", ""))
            end_colleague(organiser_id=visit.organiser_id, account_id=account_id, actor=visit.actor, now=visit.now)
        except (ValueError, NoSuchColleague):
            raise Http404 from None
        messages.success(request, _("De rol is gestopt. Deze persoon kan niet meer binnen."))
    return HttpResponseRedirect(reverse("organiser:team"))


def _row(one: Colleague, today: date) -> dict[str, Any]:
    return {
        "one": one,
        "role": one.role.label.capitalize(),
        "where": dutch_list(one.locations) if one.locations else _("Alle locaties"),
        "from": _("Vanaf %(day)s.") % {"day": dutch_date(one.start_on)} if one.start_on > today else "",
        "until": _("Tot en met %(day)s.") % {"day": dutch_date(one.end_on - ONE_DAY)} if one.end_on else "",
        "may_end": one.role is not OrganiserRole.MANAGER,
    }
