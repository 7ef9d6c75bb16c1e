"""A change that waits: answering what a family asks, and taking back or closing what the location proposed itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.care.placed_children import PlacedChild
from opvangloket.domains.distribution.care.reading import SeenProposal
from opvangloket.domains.distribution.change_proposals.asked_changes import why_it_does_not_fit
from opvangloket.domains.distribution.change_proposals.replying import agree, refuse, take_back
from opvangloket.rules.change_proposals import Proposer
from opvangloket.web.acting import done_by_form, done_to_row
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.care.care_forms import AnswerForm
from opvangloket.web.organiser.care.placement_rows import child_name, child_or_404, placement_url
from opvangloket.web.organiser.care.proposal_words import proposal_card
from opvangloket.web.organiser.drawing import PLACEMENTS, draw
from opvangloket.web.ui.components import QuestionPage


@organiser_page("placement.agree")
def answer(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Answer a family that asks for other days."""
    child = child_or_404(reference, location)
    proposal = child.care.open_proposal(visit.today)
    if proposal is None or proposal.asked_by is not Proposer.FAMILY:
        return HttpResponseRedirect(placement_url(child))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if done_by_form(request, form, lambda: _answer(form, proposal, visit), refuse=form.refuse):
        return HttpResponseRedirect(placement_url(child))
    context = {
        "form": form,
        "card": proposal_card(child, visit.today),
        "not_free": why_it_does_not_fit(proposal.id),
        "other_url": placement_url(child, "change_days"),
        "question": QuestionPage(
            title=_("Het gezin van %(name)s vraagt andere dagen") % {"name": child_name(child)},
            back_url=placement_url(child),
            submit=_("Verstuur je antwoord"),
            action=placement_url(child, "answer_change"),
        ),
    }
    return draw(request, visit, "change_answer.html", context, section=PLACEMENTS)


@organiser_page("placement.agree")
def agreed(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Write down that the family said yes, by phone or at the door, to what the location proposed."""
    child = child_or_404(reference, location)
    done = _("Genoteerd. Het gezin van %(name)s krijgt een bericht.")
    return _on_own_proposal(request, visit, child, agree, done)


@organiser_page("placement.change")
def withdraw(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Take back what the location proposed."""
    child = child_or_404(reference, location)
    done = _("Ingetrokken. Voor %(name)s blijft alles zoals het is. Het gezin krijgt bericht.")
    return _on_own_proposal(request, visit, child, take_back, done)


def _answer(form: AnswerForm, proposal: SeenProposal, visit: OrganiserVisit) -> str:
    who: dict[str, Any] = {"proposal_id": proposal.id, "actor": visit.actor, "now": visit.now}
    if form.cleaned_data["answer"] == "yes":
        agree(over_capacity_reason=form.over_capacity_reason, **who)
    else:
        refuse(words=form.cleaned_data["words"], **who)
    return _("Je antwoord is verstuurd. Het gezin krijgt bericht.")


def _on_own_proposal(
    request: Request, visit: OrganiserVisit, child: PlacedChild, act: Callable[..., None], done: str
) -> HttpResponse:
    """Do an act on the proposal that a button was about, and say that it is done or why not."""

    def change(proposal_id: UUID) -> str:
        act(proposal_id=proposal_id, actor=visit.actor, now=visit.now)
        return done % {"name": child_name(child)}

    done_to_row(request, change, name="proposal")
    return HttpResponseRedirect(placement_url(child))
