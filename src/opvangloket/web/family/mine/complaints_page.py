"""Complaining about a location of the own question, or about the desk, and following what becomes of it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.contact.complaint_queries import FullComplaint, complaints
from opvangloket.domains.contact.complaints import complain_as_family
from opvangloket.domains.distribution.request_lines import RequestLine, lines_of_request
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.rules.complaints import Party, StepKind
from opvangloket.web.acting import done_by_form
from opvangloket.web.complaint import TEMPLATE, Telling, follow, found_or_404, listed
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, page_of, request_or_404
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.new_complaint import NewComplaintForm
from opvangloket.web.pages import page

_THE_DESK: Final = "loket"


class ComplaintForm(NewComplaintForm):
    """About whom, what, and whether the location may know from whom it comes."""

    shows_name = forms.BooleanField(
        label=gettext_lazy("De opvang mag mijn naam weten"),
        help_text=gettext_lazy("Wil je dat niet? Laat dit dan leeg, en noem geen namen in je tekst."),
        required=False,
    )

    def __init__(self, data: Any = None, *, lines: tuple[RequestLine, ...]) -> None:
        known = [(line.location_slug, line.location_name) for line in lines]
        hint = _("Vertel wat er gebeurde, en wat je graag anders ziet.")
        super().__init__(data, about=[*known, (_THE_DESK, _("Het loket"))], hint=hint)


@family_page("complaint.write")
def index(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Show what the family complained about, and take a new complaint."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    lines = _lines(own, visit)
    form = ComplaintForm(request.POST if request.method == "POST" else None, lines=lines)
    if done_by_form(request, form, lambda: _complain(form, own, lines, visit), refuse=partial(form.refuse_at, "text")):
        return HttpResponseRedirect(page_of(own, visit, "complaint", complaint=form.kept_reference))
    rows = complaints(request_id=own.id)
    context = {
        "form": form,
        "rows": listed(
            rows,
            today=visit.today,
            url_of=lambda row: page_of(own, visit, "complaint", complaint=row.reference),
            tells_who=False,
        ),
        "home_url": home_of(own, visit),
        "days": visit.procedure.complaint_days,
    }
    return page(request, "family/mine/complaints.html", context)


@family_page("complaint.read")
def show(request: Request, visit: FamilyVisit, reference: str, complaint: str) -> HttpResponse:
    """Show one complaint, what was answered, and what the family may still say."""
    return _follow(request, visit, reference, complaint)


@family_page("complaint.write")
def remark(request: Request, visit: FamilyVisit, reference: str, complaint: str) -> HttpResponse:
    """Take what the family says to an answer."""
    return _follow(request, visit, reference, complaint, StepKind.REMARK)


def _follow(
    request: Request, visit: FamilyVisit, reference: str, complaint: str, kind: StepKind | None = None
) -> HttpResponse:
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    found = found_or_404(complaint, request_id=own.id)
    return follow(
        request,
        visit,
        found,
        _telling(found, own, visit),
        lambda context: page(request, TEMPLATE, context),
        kind,
    )


def _telling(found: FullComplaint, own: OwnRequest, visit: FamilyVisit) -> Telling:
    address = {"complaint": found.row.reference}
    location = found.row.location_name
    reads = _("De opvang en het loket lezen dit.") if location else _("Het loket leest dit.")
    return Telling(
        names={Party.FAMILY: _("jij"), Party.ORGANISER: location, Party.DESK: visit.desk.name},
        who_reads=reads,
        back_url=page_of(own, visit, "complaints"),
        back_label=_("Alles wat je liet weten"),
        page_url=page_of(own, visit, "complaint", **address),
        step_url=lambda _kind: page_of(own, visit, "complaint_remark", **address),
        offered=frozenset({StepKind.REMARK}),
    )


def _lines(own: OwnRequest, visit: FamilyVisit) -> tuple[RequestLine, ...]:
    """Return the locations that had to do with the question."""
    lines = lines_of_request(own.id, today=visit.today)
    return tuple(line for line in lines if line.sent_at is not None or line.placement is not None)


def _complain(form: ComplaintForm, own: OwnRequest, lines: tuple[RequestLine, ...], visit: FamilyVisit) -> str:
    answers = form.cleaned_data
    ids = {line.location_slug: line.location_id for line in lines}
    complain_as_family(
        request_id=own.id,
        location_id=ids.get(answers["about"]),
        text=answers["text"],
        shows_name=answers["shows_name"],
        reference=form.reference_or_refuse(),
        actor=visit.actor,
        now=visit.now,
    )
    return _("We hebben je bericht. Je krijgt een antwoord.")
