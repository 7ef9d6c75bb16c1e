"""What if we take this child? Before anybody promises anything: the picture with and without it."""

from datetime import date
from typing import Any, Final

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.inbox.rows import InboxFilter, InboxRow, inbox, inbox_row
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.distribution.places.taking import Place
from opvangloket.domains.distribution.planner.what_if import Supposed, suppose_asked, suppose_taken
from opvangloket.domains.distribution.planner.year_children import shares_of_year
from opvangloket.domains.providers.own_locations import CapacityKind, OwnLocation
from opvangloket.rules.patterns import WEEKEND
from opvangloket.rules.school_entry import care_period
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import PLANNER, draw
from opvangloket.web.organiser.locations.location_pages import location_or_404
from opvangloket.web.organiser.planner.planner_pages import MONTHS, planner_url
from opvangloket.web.organiser.planner.what_if_facts import pictured, share_rows
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.questions.question_words import child_title
from opvangloket.web.ui.forms import DutchDateField, HoursField, WeekPartsField

MOST_QUESTIONS: Final = 8


class SupposedChildForm(forms.Form):
    """A child that nobody asked for yet: how old, from when, on which days, and at which hours if that matters."""

    born = DutchDateField(label=gettext_lazy("Wanneer is het kind geboren of verwacht?"))
    start = DutchDateField(label=gettext_lazy("Vanaf wanneer zou het komen?"))

    def __init__(self, data: Any = None, *, location: OwnLocation, today: date) -> None:
        super().__init__(data)
        self.fields["start"].initial = today
        weekend = bool(set(location.opened.weekdays) & set(WEEKEND))
        self.fields["week"] = WeekPartsField(label=gettext_lazy("Op welke dagen?"), weekend=weekend)
        self.fields["hours"] = HoursField(
            label=gettext_lazy("Van wanneer tot wanneer?"),
            help_text=gettext_lazy("Alleen als de uren tellen. Bijvoorbeeld van 7.30 tot 17."),
            required=False,
            weekend=weekend,
        )

    @property
    def shows_hours(self) -> bool:
        """Whether the hours stand open: some are filled in, or what was typed is not right yet."""
        return "hours" in self.errors or bool(self.is_bound and self.cleaned_data.get("hours"))

    def place(self, location: OwnLocation) -> Place:
        """Return the place that a valid form means: until the child goes to school."""
        cleaned = self.cleaned_data
        period = care_period(cleaned["start"], None, born_on=cleaned["born"])
        return Place(location_id=location.id, pattern=cleaned["week"], period=period, born_on=cleaned["born"])


@organiser_page("inquiry.read")
def show(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Show what changes when a location takes a child: of a question (`?vraag=`), or as it is filled in."""
    own = location_or_404(location)
    if own.capacity_kind is not CapacityKind.PLAN:
        return HttpResponseRedirect(planner_url(own))
    context: dict[str, Any] = {
        "location": own,
        "planner_url": planner_url(own),
        "page_url": what_if_url(own),
    }
    if reference := request.GET.get("vraag", ""):
        return _draw_question(request, visit, own, reference, context)
    asked = "start_year" in request.GET
    form = SupposedChildForm(request.GET if asked else None, location=own, today=visit.today)
    if asked and form.is_valid():
        supposed = suppose_taken(form.place(own), hours=form.cleaned_data["hours"], today=visit.today, months=MONTHS)
        context |= _picture(own, supposed, visit.today)
    waiting = inbox([own.id], show=InboxFilter.OPEN, today=visit.today)
    rows = waiting.rows[:MOST_QUESTIONS]
    context |= {
        "form": form,
        "questions": [
            {"title": child_title(row.question), "url": f"{what_if_url(own)}?vraag={row.question.reference}"}
            for row in rows
        ],
    }
    return draw(request, visit, "planner_what_if.html", context, section=PLANNER)


def what_if_url(location: OwnLocation) -> str:
    """Return the address of the page for one location."""
    return reverse("organiser:what_if", args=[location.slug])


def _draw_question(
    request: Request, visit: OrganiserVisit, own: OwnLocation, reference: str, context: dict[str, Any]
) -> HttpResponse:
    """Render what changes by saying yes to a question."""
    row = _question_or_404(reference, own, visit.today)
    inquiry_id = row.question.inquiry_id
    supposed = suppose_asked(inquiry_id, today=visit.today, months=MONTHS)
    context |= _picture(own, supposed, visit.today)
    without, with_child = (
        shares_of_year(own.id, on=visit.today),
        shares_of_year(own.id, on=visit.today, with_inquiry=inquiry_id),
    )
    context |= {
        "child": child_title(row.question),
        "question_url": question_url(row.question, anchor="antwoord"),
        "shares": share_rows(with_child, before=without),
    }
    return draw(request, visit, "planner_what_if.html", context, section=PLANNER)


def _picture(own: OwnLocation, supposed: Supposed | None, today: date) -> dict[str, Any]:
    if supposed is None:
        raise Http404(own.slug)
    return {"result": pictured(supposed, own, today=today), "supposed": supposed}


def _question_or_404(reference: str, own: OwnLocation, today: date) -> InboxRow:
    try:
        return inbox_row(reference, own.slug, today=today)
    except InquiryNotFound as error:
        raise Http404(_("Deze vraag vinden we niet.")) from error
