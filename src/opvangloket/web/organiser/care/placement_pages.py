"""The children with a place: who comes, how to reach the family, and one click to confirm start and days."""

from functools import partial

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.care.not_started import tell_not_started
from opvangloket.domains.distribution.care.placed_children import PER_PAGE, PlacedChild, PlacementState, placed_children
from opvangloket.domains.distribution.care.start import confirm_start
from opvangloket.domains.distribution.inbox.reading import read_placement
from opvangloket.web.acting import done_by_button
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.care.arrangement_pages import arrangement_context
from opvangloket.web.organiser.care.placement_forms import ConfirmForm
from opvangloket.web.organiser.care.placement_rows import (
    care_acts,
    child_name,
    child_or_404,
    course_lines,
    empty,
    family_items,
    file_items,
    keep_url,
    may_confirm,
    placement_rows,
    placement_url,
)
from opvangloket.web.organiser.care.proposal_words import proposal_card
from opvangloket.web.organiser.drawing import PLACEMENTS, draw
from opvangloket.web.organiser.page_numbers import page_number
from opvangloket.web.ui.components import agreed_strip, pagination


@organiser_page("inquiry.read")
def index(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Show the children with a place; those whose start is to be confirmed come first."""
    number = page_number(request)
    found = placed_children(visit.location_ids, today=visit.today, page=number)
    context = {
        "to_confirm": found.to_confirm,
        "confirms": visit.may("placement.confirm"),
        "rows": placement_rows(
            found.children,
            several_locations=len(visit.location_ids) > 1,
            confirms_at=visit.locations_for("placement.confirm"),
            today=visit.today,
        ),
        "pages": pagination(page=number, per_page=PER_PAGE, total=found.total, url_of="?pagina={}".format),
        "empty": empty(),
    }
    return draw(request, visit, "placements.html", context, section=PLACEMENTS)


@organiser_page("inquiry.read")
def show(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Show the whole file of a child with a place."""
    child = child_or_404(reference, location)
    read_placement(placement_id=child.placement_id, actor=visit.actor, now=visit.now)
    return _draw(request, visit, child, ConfirmForm(child=child))


@organiser_page("placement.confirm")
def confirm(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Confirm the start and the days: as agreed by one click, or as they really were."""
    child = child_or_404(reference, location)
    if request.method != "POST":
        return HttpResponseRedirect(placement_url(child))
    if "as_agreed" in request.POST:
        return _confirm(request, visit, child, None)
    form = ConfirmForm(request.POST, child=child)
    if not form.is_valid():
        return _draw(request, visit, child, form)
    return _confirm(request, visit, child, form)


@organiser_page("placement.confirm")
def not_started(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Tell the desk that care did not start."""
    child = child_or_404(reference, location)

    def act() -> str:
        tell_not_started(placement_id=child.placement_id, actor=visit.actor, now=visit.now)
        return _("Het loket weet het en belt het gezin.")

    done_by_button(request, act)
    return HttpResponseRedirect(placement_url(child))


def _confirm(request: Request, visit: OrganiserVisit, child: PlacedChild, form: ConfirmForm | None) -> HttpResponse:
    cleaned = form.cleaned_data if form else {}
    start, week = cleaned.get("start"), cleaned.get("week")

    def act() -> str:
        confirm_start(
            placement_id=child.placement_id,
            start_on=start if start != child.start_on else None,
            pattern=week if week != child.pattern else None,
            actor=visit.actor,
            now=visit.now,
        )
        return _("Bevestigd: %(name)s.") % {"name": child_name(child)}

    done = done_by_button(request, act)
    return HttpResponseRedirect(reverse("organiser:placements") if done else placement_url(child))


def _draw(request: Request, visit: OrganiserVisit, child: PlacedChild, form: ConfirmForm) -> HttpResponse:
    may = partial(visit.may, at=child.location_id)
    may_change = may("placement.change")
    context = {
        "name": child_name(child),
        "child": child,
        "stands": child.state is PlacementState.ACTIVE,
        "undone": child.state is PlacementState.UNDONE,
        "week": agreed_strip(child.care.pattern_on(visit.today), caption=_("Dagen")),
        "items": file_items(child, visit.today),
        "course": course_lines(child, visit.today, may_end=may("placement.end")),
        "change": proposal_card(child, visit.today),
        "may_answer": may("placement.agree"),
        "acts": care_acts(child, visit.today, may_move=len(visit.location_ids) > 1) if may_change else (),
        "keep_url": keep_url(child, visit.today) if may("placement.end") else "",
        "family": family_items(child),
        "confirms": may("placement.confirm"),
        "may_confirm": may("placement.confirm") and may_confirm(child, visit.today),
        "may_arrange": may_change,
        "form": form,
        "conversation_url": reverse("organiser:conversation", args=[child.reference, child.location_slug]),
        "confirm_url": placement_url(child, "confirm_placement"),
        "not_started_url": placement_url(child, "not_started"),
        **(arrangement_context(child, visit.today) if child.state is PlacementState.ACTIVE else {}),
    }
    return draw(request, visit, "placement.html", context, section=PLACEMENTS)
