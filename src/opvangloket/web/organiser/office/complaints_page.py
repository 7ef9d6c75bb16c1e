"""Complaints about the own locations, to answer; and the own complaints about a desk or the cooperation."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.contact.complaint_queries import (
    DeskToComplainAbout,
    FullComplaint,
    complaints,
    desks_to_complain_about,
)
from opvangloket.domains.contact.complaints import complain_as_organiser
from opvangloket.domains.providers.own_locations import organiser_name
from opvangloket.rules.complaints import TOPIC_LABELS, TOPICS_OF, Party, StepKind, Topic
from opvangloket.web.acting import done_by_form
from opvangloket.web.complaint import TEMPLATE, Telling, follow, found_or_404, listed
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.new_complaint import NewComplaintForm
from opvangloket.web.organiser.drawing import MIRROR, draw, draw_shared

_STEPS = {StepKind.REPLY: "complaint_reply", StepKind.REMARK: "complaint_remark"}


class OwnComplaintForm(NewComplaintForm):
    """About which desk, or the cooperation there, and what."""

    def __init__(self, data: Any = None, *, desks: tuple[DeskToComplainAbout, ...]) -> None:
        about = [
            (f"{topic}:{desk.id}", f"{capfirst(TOPIC_LABELS[topic])} · {desk.name}")
            for desk in desks
            for topic in TOPICS_OF[Party.ORGANISER]
        ]
        super().__init__(data, about=about, hint=_("Schrijf geen namen van kinderen of ouders."))


@organiser_page("complaint.read")
def index(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """List the complaints about the own locations, then the own complaints."""
    found = complaints()

    def rows(*, about_us: bool) -> list[Any]:
        shown = [row for row in found if (row.topic is Topic.LOCATION) is about_us]
        return listed(shown, today=visit.today, url_of=lambda row: reverse("organiser:complaint", args=[row.reference]))

    context = {"about_us": rows(about_us=True), "own": rows(about_us=False)}
    return draw(request, visit, "complaints.html", context, section=MIRROR)


@organiser_page("complaint.write")
def complain(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Take a complaint of the organiser."""
    form = OwnComplaintForm(request.POST if request.method == "POST" else None, desks=desks_to_complain_about())

    def act() -> str:
        topic, _colon, desk_id = form.cleaned_data["about"].partition(":")
        complain_as_organiser(
            organiser_id=visit.organiser_id,
            desk_id=UUID(desk_id),
            topic=Topic(topic),
            text=form.cleaned_data["text"],
            reference=form.reference_or_refuse(),
            actor=visit.actor,
            now=visit.now,
        )
        return _("Je klacht is verstuurd. Het loket antwoordt je.")

    if done_by_form(request, form, act, refuse=partial(form.refuse_at, "text")):
        return HttpResponseRedirect(reverse("organiser:complaint", args=[form.kept_reference]))
    return draw(request, visit, "complaint_new.html", {"form": form}, section=MIRROR)


@organiser_page("complaint.read")
def show(request: Request, visit: OrganiserVisit, reference: str) -> HttpResponse:
    """Show one complaint, and what the organiser may say."""
    return _follow(request, visit, reference)


@organiser_page("complaint.answer")
def reply(request: Request, visit: OrganiserVisit, reference: str) -> HttpResponse:
    """Take the answer of the organiser."""
    return _follow(request, visit, reference, StepKind.REPLY)


@organiser_page("complaint.write")
def remark(request: Request, visit: OrganiserVisit, reference: str) -> HttpResponse:
    """Take what the organiser says to an answer of the desk."""
    return _follow(request, visit, reference, StepKind.REMARK)


def _follow(request: Request, visit: OrganiserVisit, reference: str, kind: StepKind | None = None) -> HttpResponse:
    found = found_or_404(reference)
    return follow(
        request,
        visit,
        found,
        _telling(found, visit),
        lambda context: draw_shared(request, visit, TEMPLATE, context, section=MIRROR),
        kind,
    )


def _telling(found: FullComplaint, visit: OrganiserVisit) -> Telling:
    row = found.row
    own_name = row.location_name or organiser_name(visit.organiser_id)
    about_us = row.topic is Topic.LOCATION
    reads = _("Het gezin en %(desk)s lezen je antwoord.") if about_us else _("Alleen %(desk)s leest dit.")
    return Telling(
        names={
            Party.FAMILY: row.complainant_name or _("een gezin"),
            Party.ORGANISER: own_name,
            Party.DESK: row.desk_name,
        },
        who_reads=reads % {"desk": row.desk_name},
        back_url=reverse("organiser:complaints"),
        back_label=_("Klachten"),
        page_url=reverse("organiser:complaint", args=[row.reference]),
        step_url=lambda kind: reverse(f"organiser:{_STEPS[kind]}", args=[row.reference]),
        offered=frozenset(_STEPS),
    )
