"""The people of an organiser: who works where, inviting somebody, ending a role, and who waits for a second person."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.new_managers import (
    WaitingManager,
    confirm_manager,
    propose_manager,
    refuse_manager,
    waiting_managers,
)
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
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.second_person import SecondPerson
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.acting import done_by_form, done_to_row_or_404
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
        help_text=gettext_lazy("Een verantwoordelijke start pas als een tweede persoon dat bevestigt."),
        choices=[(role.value, role.label.capitalize()) for role in (*INVITABLE, OrganiserRole.MANAGER)],
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

    def clean(self) -> dict[str, Any]:
        """Refuse limits on a manager, who works for all locations until somebody ends the role."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        is_limited = answers.get("locations") or answers.get("until_on")
        if answers.get("role") == OrganiserRole.MANAGER and is_limited:
            self.add_error("role", _("Een verantwoordelijke werkt voor alle locaties, zonder laatste dag."))
        return answers


@organiser_page("team.manage")
def team(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Show who works here and invite somebody; what is not right yet is asked again with all that was typed."""
    locations = location_names(visit.location_ids)
    data = request.POST if request.method == "POST" else None
    form = InviteForm(data, locations=locations, initial={"start_on": visit.today})
    if done_by_form(request, form, lambda: _invite(form.cleaned_data, visit)):
        return HttpResponseRedirect(reverse("organiser:team"))
    colleagues = team_of(visit.organiser_id, today=visit.today)
    managers = sum(one.role is OrganiserRole.MANAGER for one in colleagues)
    context = {
        "rows": [_row(one, visit.today, managers) for one in colleagues],
        "waiting": [_waiting_row(one, visit) for one in waiting_managers(visit.organiser_id, today=visit.today)],
        "form": form,
    }
    return draw(request, visit, "team.html", context, section=LOCATIONS)


def _invite(answers: dict[str, Any], visit: OrganiserVisit) -> str:
    """Invite or propose somebody; return what happens next, in words."""
    who: dict[str, Any] = {"organiser_id": visit.organiser_id, "address": answers["address"], "name": answers["name"]}
    name = {"name": answers["name"]}
    if answers["role"] == OrganiserRole.MANAGER:
        waiting = propose_manager(**who, actor=visit.actor, now=visit.now)
        if waiting.asked is SecondPerson.COLLEAGUE:
            return _("%(name)s is voorgesteld. Een andere verantwoordelijke bevestigt.") % name
        return _("%(name)s is voorgesteld. Het loket belt je om dit te bevestigen.") % name
    invite_colleague(
        **who,
        role=OrganiserRole(answers["role"]),
        location_ids=[UUID(one) for one in answers["locations"]],
        start_on=answers["start_on"],
        until_on=answers["until_on"],
        actor=visit.actor,
        now=visit.now,
    )
    return _("%(name)s kreeg een mail om binnen te komen.") % name


@organiser_page("team.manage")
def end(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """End somebody's role today."""

    def act(role_id: UUID) -> str:
        try:
            end_colleague(organiser_id=visit.organiser_id, role_id=role_id, actor=visit.actor, now=visit.now)
        except NoSuchColleague as error:
            raise Http404(error.message) from error
        return _("De rol is gestopt. Daar kan deze persoon niet meer binnen.")

    done_to_row_or_404(request, act, name="role")
    return HttpResponseRedirect(reverse("organiser:team"))


@organiser_page("manager.confirm")
def decide(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Confirm or refuse who was proposed as manager, or take the own proposal back."""

    def act(proposal_id: UUID) -> str:
        facts: dict[str, Any] = {"proposal_id": proposal_id, "organiser_id": visit.organiser_id}
        if "confirm" in request.POST:
            name = confirm_manager(actor=visit.actor, now=visit.now, **facts)
            return _("%(name)s is nu verantwoordelijke.") % {"name": name}
        name = refuse_manager(actor=visit.actor, now=visit.now, **facts)
        return _("%(name)s wordt geen verantwoordelijke.") % {"name": name}

    done_to_row_or_404(request, act, name="proposal")
    return HttpResponseRedirect(reverse("organiser:team"))


def _row(one: Colleague, today: date, managers: int) -> dict[str, Any]:
    return {
        "one": one,
        "role": one.role.label.capitalize(),
        "where": dutch_list(one.locations) if one.locations else _("Alle locaties"),
        "from": _("Vanaf %(day)s.") % {"day": dutch_date(one.start_on)} if one.start_on > today else "",
        "until": _("Tot en met %(day)s.") % {"day": dutch_date(one.end_on - ONE_DAY)} if one.end_on else "",
        "may_end": one.role is not OrganiserRole.MANAGER or managers > 1,
    }


def _waiting_row(one: WaitingManager, visit: OrganiserVisit) -> dict[str, Any]:
    """Return a proposal with what the reader can do about it."""
    proposal = one.proposal
    is_own = proposal.proposer_id == visit.account.id
    if one.asked is SecondPerson.DESK:
        whom = _("Het loket belt om dit na te kijken.")
    elif is_own:
        whom = _("Een andere verantwoordelijke bevestigt dit.")
    else:
        whom = _("Vraag het na bij %(proposer)s. Bevestig daarna.") % {"proposer": proposal.proposer}
    words = _("Voorgesteld door %(proposer)s. Dit kan tot en met %(day)s.")
    return {
        "proposal": proposal,
        "words": words % {"proposer": proposal.proposer, "day": dutch_date(proposal.last_day)},
        "whom": whom,
        "is_own": is_own,
        "may_confirm": one.asked is SecondPerson.COLLEAGUE and proposal.may_be_confirmed_by(visit.account.email),
    }
