"""Rechtstreeks geplaatst: a family whose question lies here already got its place at the door."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.inbox import InboxRow
from opvangloket.domains.distribution.locking import PlacementNotFound
from opvangloket.domains.distribution.organiser_questions import OrganiserQuestion
from opvangloket.domains.distribution.placed_children import PlacementState, placed_child
from opvangloket.domains.distribution.placements import Agreed, place_question_directly
from opvangloket.domains.distribution.places import PlaceTaken
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.patterns import WEEKEND
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.door.door_forms import START_AHEAD, START_BACK
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.organiser.questions.question_page import row_or_404
from opvangloket.web.questions.question_words import child_title
from opvangloket.web.ui.forms import DutchDateField, WeekPartsField


class KnownPlacementForm(forms.Form):
    """From when and on which days, as asked unless told; and that it is the family that chose."""

    def __init__(self, data: Any = None, *, question: OrganiserQuestion, today: date) -> None:
        super().__init__(data)
        care = question.care
        weekend = bool(set((care.needed | care.also).weekdays) & set(WEEKEND))
        bounds = {"earliest": today - START_BACK, "latest": today + START_AHEAD}
        self.fields["start"] = DutchDateField(label=gettext_lazy("Start op"), initial=care.start_on, **bounds)
        self.fields["week"] = WeekPartsField(
            label=gettext_lazy("Op welke dagen?"), weekend=weekend, initial=care.needed
        )
        self.fields["agreed"] = forms.BooleanField(
            label=gettext_lazy("Het gezin koos zelf voor deze plaats."),
            error_messages={"required": gettext_lazy("Geef alleen een plaats door waar het gezin voor koos.")},
        )
        if data is not None and "over_capacity_reason" in data:
            self.let_go_over()

    def let_go_over(self) -> None:
        """Ask why the location gives a place that is not free by its own count."""
        self.fields["over_capacity_reason"] = forms.CharField(
            label=gettext_lazy("Toch plaatsen? Schrijf waarom."), required=False, max_length=300
        )

    def given(self) -> Agreed:
        """Return what was agreed, also where it is as asked: the wish may be another than the first question."""
        cleaned = self.cleaned_data
        return Agreed(
            start_on=cleaned["start"],
            pattern=cleaned["week"],
            over_capacity_reason=cleaned.get("over_capacity_reason", ""),
        )


@organiser_page("placement.record")
def place(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Record that the family of a question got its place at the door; pressed again, it changes nothing."""
    row = row_or_404(visit, reference, location)
    question = row.question
    if _has_its_place(question):
        return HttpResponseRedirect(_placement_url(question))
    if question.family is None:
        raise Http404("Het loket toont deze naam nog niet.")
    form = KnownPlacementForm(request.POST if request.method == "POST" else None, question=question, today=visit.today)
    if request.method == "POST" and form.is_valid() and _record(visit, form, row):
        messages.success(request, _("Geplaatst. Het gezin kreeg bericht, en zijn vraag telt als beantwoord."))
        return HttpResponseRedirect(_placement_url(question))
    context = {
        "title": child_title(question),
        "question": question,
        "question_url": question_url(question),
        "form": form,
    }
    return draw(request, visit, "known_placement.html", context, section=INBOX)


def _record(visit: OrganiserVisit, form: KnownPlacementForm, row: InboxRow) -> bool:
    """Record the placement and tell whether that was possible; if not, the form says why."""
    question = row.question
    try:
        place_question_directly(inquiry_id=question.inquiry_id, agreed=form.given(), actor=visit.actor, now=visit.now)
    except PlaceTaken as refused:
        form.add_error(None, f"{refused.message} {_('Kies andere dagen, of schrijf waarom je het kind toch plaatst.')}")
        form.let_go_over()
    except OpvangloketError as refused:
        form.add_error(None, refused.message)
    return form.is_valid()


def _has_its_place(question: OrganiserQuestion) -> bool:
    try:
        return placed_child(question.reference, question.location_slug).state is PlacementState.ACTIVE
    except PlacementNotFound:
        return False


def _placement_url(question: OrganiserQuestion) -> str:
    return reverse("organiser:placement", args=[question.reference, question.location_slug])
