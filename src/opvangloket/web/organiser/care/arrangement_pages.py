"""Before a start: the written agreement item by item, the settling-in moments, and the dates for one's own calendar."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.care.arrangements import (
    Arrangements,
    arrangements_of,
    drop_moment,
    plan_moment,
    tick_items,
)
from opvangloket.domains.distribution.care.placed_children import PlacedChild
from opvangloket.foundation.messages.actions import absolute
from opvangloket.rules.care_agreement import OFFICIAL_PAGE
from opvangloket.rules.references import displayed
from opvangloket.web.acting import done_by_form, done_to_row_or_404
from opvangloket.web.calendar_file import CalendarDay, CalendarMoment, calendar_file
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.care.arrangement_forms import AgreementForm, MomentForm
from opvangloket.web.organiser.care.placement_rows import child_name, child_or_404, placement_url
from opvangloket.web.organiser.drawing import PLACEMENTS, draw
from opvangloket.web.ui.components import QuestionPage


@organiser_page("placement.change")
def agreement(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Tick what is arranged in writing."""
    child = child_or_404(reference, location)
    arrangements = arrangements_of([child.placement_id])[child.placement_id]
    form = AgreementForm(request.POST if request.method == "POST" else None, arrangements=arrangements)

    def act() -> str:
        tick_items(placement_id=child.placement_id, items=form.items, actor=visit.actor, now=visit.now)
        return _("Bewaard. Het gezin ziet dit ook.")

    if done_by_form(request, form, act):
        return HttpResponseRedirect(placement_url(child))
    question = QuestionPage(
        title=_("De overeenkomst met het gezin van %(name)s") % {"name": child_name(child)},
        why=_("Dit moet volgens de regels op papier staan. Het loket bewaart je overeenkomst niet."),
        back_url=placement_url(child),
        submit=_("Bewaren"),
        action=placement_url(child, "agreement"),
    )
    context = {"form": form, "question": question, "official_url": OFFICIAL_PAGE}
    return draw(request, visit, "agreement.html", context, section=PLACEMENTS)


@organiser_page("placement.change")
def settling_in(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Show the settling-in moments, and add one."""
    child = child_or_404(reference, location)
    form = MomentForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        plan_moment(
            placement_id=child.placement_id,
            starts_at=form.starts_at,
            minutes=form.minutes,
            actor=visit.actor,
            now=visit.now,
        )
        return _("Het wenmoment staat vast. Het gezin krijgt bericht.")

    if done_by_form(request, form, act):
        return HttpResponseRedirect(placement_url(child, "settling_in"))
    context = {
        "form": form,
        "name": child_name(child),
        "moments": arrangements_of([child.placement_id])[child.placement_id].moments,
        "back_url": placement_url(child),
        "own_url": placement_url(child, "settling_in"),
        "drop_url": placement_url(child, "drop_settling_in"),
        "calendar_url": placement_url(child, "placement_calendar"),
    }
    return draw(request, visit, "settling_in.html", context, section=PLACEMENTS)


@organiser_page("placement.change")
def drop(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Take a settling-in moment away."""
    child = child_or_404(reference, location)

    def act(moment_id: UUID) -> str:
        drop_moment(placement_id=child.placement_id, moment_id=moment_id, actor=visit.actor, now=visit.now)
        return _("Dit wenmoment gaat niet door. Het gezin krijgt bericht.")

    done_to_row_or_404(request, act, name="moment")
    return HttpResponseRedirect(placement_url(child, "settling_in"))


@organiser_page("inquiry.read")
def calendar(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Give the dates of a child's care as a calendar file, by number and never by name."""
    child = child_or_404(reference, location)
    arrangements = arrangements_of([child.placement_id])[child.placement_id]
    events = _events(child, arrangements)
    return calendar_file(events, host=request.get_host(), name=child.location_name, now=visit.now)


def _events(child: PlacedChild, arrangements: Arrangements) -> Iterator[CalendarDay | CalendarMoment]:
    key, url = f"{child.reference}-{child.location_slug}", absolute(placement_url(child))
    facts = {"reference": displayed(child.reference)}
    start = _("Eerste dag, vraag %(reference)s") % facts
    yield CalendarDay(key=f"{key}-start", on=child.real_start_on, words=start, url=url)
    for moment in arrangements.moments:
        words = _("Wennen, vraag %(reference)s") % facts
        yield CalendarMoment(
            key=str(moment.id), starts_at=moment.starts_at, minutes=moment.minutes, words=words, url=url
        )
    if (until := child.care.until) is not None:
        told = child.care.ending or child.end_on
        words = _("Komt niet meer, vraag %(reference)s") if told else _("Ten laatste naar school, vraag %(reference)s")
        yield CalendarDay(key=f"{key}-einde", on=until, words=words % facts, url=url)


def arrangement_context(child: PlacedChild, today: date) -> dict[str, Any]:
    """Return what the page of a child tells about what is arranged, and where that is done.

    Who never kept the list here is not reminded of it once the child is there.
    """
    arrangements = arrangements_of([child.placement_id])[child.placement_id]
    kept_elsewhere = not arrangements.arranged and child.real_start_on <= today
    missing = () if kept_elsewhere else arrangements.missing
    words = ngettext("Er is nog %(count)s punt te regelen.", "Er zijn nog %(count)s punten te regelen.", len(missing))
    if kept_elsewhere:
        told = _("Hier kan je bijhouden wat op papier staat. Het hoeft niet.")
    else:
        told = words % {"count": len(missing)} if missing else _("Alles staat op papier.")
    return {
        "missing_words": told,
        "missing": [arrangements.items[item] for item in missing],
        "moments": arrangements.moments,
        "agreement_url": placement_url(child, "agreement"),
        "settling_in_url": placement_url(child, "settling_in"),
        "calendar_url": placement_url(child, "placement_calendar"),
    }
