"""Complaints at the desk: those that wait, one with its story, and what the desk does about it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.contact.complaint_queries import FullComplaint, complaints
from opvangloket.rules.complaints import ComplaintState, Party, StepKind
from opvangloket.web.complaint import Telling, follow, found_or_404, listed
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, View, desk_page
from opvangloket.web.middleware import Request

# The right that each step asks, the name of its route and the word in its address.
STEPS = {
    StepKind.REPLY: ("complaint.answer", "complaint_reply", "antwoord"),
    StepKind.NOTE: ("complaint.follow", "complaint_note", "notitie"),
    StepKind.HAND_ON: ("complaint.hand_on", "complaint_hand_on", "doorgeven"),
    StepKind.CLOSE: ("complaint.follow", "complaint_close", "afsluiten"),
}


@desk_page("complaint.read")
def index(request: Request, visit: DeskVisit) -> HttpResponse:
    """List the complaints: those that wait by their term, then those that go on, then the closed ones."""
    found = complaints()

    def rows(*states: ComplaintState) -> list[object]:
        shown = [row for row in found if row.state in states]
        return [*listed(shown, today=visit.today, url_of=lambda row: _url(visit, row.reference))]

    context = {
        "waiting": rows(ComplaintState.RECEIVED),
        "going_on": rows(ComplaintState.ANSWERED, ComplaintState.HANDED_ON),
        "closed": rows(ComplaintState.CLOSED),
        "days": visit.procedure.complaint_days,
    }
    return show(request, visit, "desk/complaints.html", context, current="complaints")


@desk_page("complaint.read")
def complaint(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Show one complaint with its story."""
    return _follow(request, visit, reference)


def step_page(kind: StepKind) -> View:
    """Return the guarded view that takes one step."""

    @desk_page(STEPS[kind][0])
    def take(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
        return _follow(request, visit, reference, kind)

    return take


def _follow(request: Request, visit: DeskVisit, reference: str, kind: StepKind | None = None) -> HttpResponse:
    found = found_or_404(reference)
    file_url = reverse("desk:file", args=[visit.desk.slug, found.request_reference]) if found.request_reference else ""

    def draw(context: dict[str, object]) -> HttpResponse:
        more = {"file_url": file_url, "complainant": found.row.complainant_name}
        return show(request, visit, "desk/complaint.html", {**context, **more}, current="complaints")

    return follow(request, visit, found, _telling(found, visit), draw, kind)


def _telling(found: FullComplaint, visit: DeskVisit) -> Telling:
    row = found.row
    return Telling(
        names={
            Party.FAMILY: row.complainant_name,
            Party.ORGANISER: row.location_name or row.complainant_name,
            Party.DESK: _("het loket"),
        },
        who_reads=_("Wie de klacht schreef, leest alles behalve de notities."),
        back_url=reverse("desk:complaints", args=[visit.desk.slug]),
        back_label=_("Klachten"),
        page_url=_url(visit, row.reference),
        step_url=lambda kind: reverse(f"desk:{STEPS[kind][1]}", args=[visit.desk.slug, row.reference]),
        offered=frozenset(kind for kind, (right, *_words) in STEPS.items() if visit.may(right)),
    )


def _url(visit: DeskVisit, reference: str) -> str:
    return reverse("desk:complaint", args=[visit.desk.slug, reference])
