"""While a child is in care: other days or hours, another own location, and the end, each on a page of its own."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.care.changes import change_days, move_to
from opvangloket.domains.distribution.care.end import end_care, go_on
from opvangloket.domains.distribution.care.placed_children import PlacedChild
from opvangloket.domains.distribution.change_proposals.proposing import propose_days, propose_move
from opvangloket.domains.providers.own_locations import OwnLocation, own_locations
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.reasons import EndReason
from opvangloket.rules.wording import dutch_date
from opvangloket.web.acting import done_by_button, done_by_form
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.care.care_forms import DaysForm, EndForm, MoveForm
from opvangloket.web.organiser.care.placement_rows import child_name, child_or_404, placement_url
from opvangloket.web.organiser.drawing import PLACEMENTS, draw
from opvangloket.web.ui.components import QuestionPage


@organiser_page("placement.change")
def days(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Let a child come on other days from a day on."""
    child = child_or_404(reference, location)
    form = DaysForm(request.POST if request.method == "POST" else None, child=child, today=visit.today)

    def act() -> str:
        week: dict[str, Any] = {
            "placement_id": child.placement_id,
            "pattern": form.cleaned_data["week"],
            "hours": form.hours,
        }
        if form.is_asked:
            propose_days(asked_by=Proposer.ORGANISER, actor=visit.actor, now=visit.now, **week, **form.asked)
            return _asked(child)
        change_days(actor=visit.actor, now=visit.now, **week, **form.agreed)
        words = _("%(name)s komt vanaf %(day)s op andere dagen of uren. Het gezin krijgt bericht.")
        return words % {"name": child_name(child), "day": dutch_date(form.cleaned_data["from_on"])}

    if done_by_form(request, form, act, refuse=form.refuse):
        return HttpResponseRedirect(placement_url(child))
    question = _question(
        child,
        "change_days",
        _("Andere dagen of uren voor %(name)s"),
        _("Dagen die het kind al heeft, mogen blijven. Wat erbij komt, moet vrij zijn."),
        _("Ga verder"),
    )
    return _draw(request, visit, form, question)


@organiser_page("placement.change")
def move(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Let a child go to another location of this organiser from a day on."""
    child = child_or_404(reference, location)
    others = other_locations(visit, child)
    if not others:
        return HttpResponseRedirect(placement_url(child))
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, child=child, today=visit.today, locations=others)

    def act() -> str:
        where: dict[str, Any] = {"placement_id": child.placement_id, "location_id": form.location.id}
        if form.is_asked:
            propose_move(actor=visit.actor, now=visit.now, **where, **form.asked)
            return _asked(child)
        move_to(actor=visit.actor, now=visit.now, **where, **form.agreed)
        words = _("%(name)s gaat vanaf %(day)s naar de andere locatie. Het gezin krijgt bericht.")
        return words % {"name": child_name(child), "day": dutch_date(form.cleaned_data["from_on"])}

    if done_by_form(request, form, act, refuse=form.refuse):
        return HttpResponseRedirect(placement_url(child))
    question = _question(
        child,
        "move_child",
        _("%(name)s naar een andere locatie"),
        _("Het kind houdt zijn dagen. De plaats hier komt vrij vanaf die dag."),
        _("Ga verder"),
    )
    return _draw(request, visit, form, question)


@organiser_page("placement.end")
def end(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Say from which day a child comes no more."""
    child = child_or_404(reference, location)
    form = EndForm(request.POST if request.method == "POST" else None, child=child)

    def act() -> str:
        end_on, reason = form.cleaned_data["end_on"], EndReason(form.cleaned_data["reason"])
        end_care(placement_id=child.placement_id, end_on=end_on, reason=reason, actor=visit.actor, now=visit.now)
        return _("De plaats is vrij vanaf %(day)s. Het gezin krijgt bericht.") % {"day": dutch_date(end_on)}

    if done_by_form(request, form, act):
        return HttpResponseRedirect(placement_url(child))
    question = _question(
        child,
        "end_care",
        _("Wanneer stopt %(name)s?"),
        _("De plaats komt vrij in je planner. Tot die dag kan je dit nog veranderen."),
        _("De opvang stopt"),
    )
    return _draw(request, visit, form, question)


@organiser_page("placement.end")
def keep(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Take back that a child stops or moves."""
    child = child_or_404(reference, location)

    def act() -> str:
        go_on(placement_id=child.placement_id, actor=visit.actor, now=visit.now)
        return _("%(name)s blijft. Het gezin krijgt bericht.") % {"name": child_name(child)}

    done_by_button(request, act)
    return HttpResponseRedirect(placement_url(child))


def other_locations(visit: OrganiserVisit, child: PlacedChild) -> Sequence[OwnLocation]:
    """Return the own locations to which a child could go."""
    return [location for location in own_locations(visit.location_ids) if location.id != child.location_id]


def _asked(child: PlacedChild) -> str:
    words = _("We vroegen het aan het gezin van %(name)s. Tot het antwoordt, blijft alles zoals nu.")
    return words % {"name": child_name(child)}


def _question(child: PlacedChild, name: str, title: str, why: str, submit: str) -> QuestionPage:
    return QuestionPage(
        title=title % {"name": child_name(child)},
        why=why,
        back_url=placement_url(child),
        submit=submit,
        action=placement_url(child, name),
    )


def _draw(request: Request, visit: OrganiserVisit, form: Any, question: QuestionPage) -> HttpResponse:
    return draw(request, visit, "care_act.html", {"form": form, "question": question}, section=PLACEMENTS)
