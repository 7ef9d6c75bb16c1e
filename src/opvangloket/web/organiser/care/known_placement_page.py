"""Rechtstreeks geplaatst: a family whose question lies here already got its place at the door."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.care.placed_children import PlacementState, placed_child
from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.domains.distribution.lines.locking import PlacementNotFound
from opvangloket.domains.distribution.placing.direct import Agreed, place_question_directly
from opvangloket.rules.patterns import WEEKEND
from opvangloket.web.acting import done_by_form
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.door.door_forms import START_AHEAD, START_BACK
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.organiser.questions.question_page import row_or_404
from opvangloket.web.organiser.refusable import GoesOver
from opvangloket.web.questions.question_words import child_title
from opvangloket.web.ui.forms import DutchDateField, WeekPartsField


class KnownPlacementForm(GoesOver):
    """From when and on which days, as asked unless told; and that it is the family that chose."""

    over_label = gettext_lazy("Toch plaatsen? Schrijf waarom.")
    over_hint = ""
    instead = gettext_lazy("Kies andere dagen, of schrijf waarom je het kind toch plaatst.")

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
        self.keep_over()

    def given(self) -> Agreed:
        """Return what was agreed, also where it is as asked: the wish may be another than the first question."""
        cleaned = self.cleaned_data
        return Agreed(
            start_on=cleaned["start"], pattern=cleaned["week"], over_capacity_reason=self.over_capacity_reason
        )


@organiser_page("placement.record")
def place(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Record that the family of a question got its place at the door; pressed again, it changes nothing."""
    question = row_or_404(visit, reference, location).question
    if _has_its_place(question):
        return HttpResponseRedirect(_placement_url(question))
    if question.family is None:
        raise Http404("Het loket toont deze naam nog niet.")
    form = KnownPlacementForm(request.POST if request.method == "POST" else None, question=question, today=visit.today)

    def act() -> str:
        place_question_directly(inquiry_id=question.inquiry_id, agreed=form.given(), actor=visit.actor, now=visit.now)
        return _("Geplaatst. Het gezin kreeg bericht, en zijn vraag telt als beantwoord.")

    if done_by_form(request, form, act, refuse=form.refuse):
        return HttpResponseRedirect(_placement_url(question))
    context = {
        "title": child_title(question),
        "question": question,
        "question_url": question_url(question),
        "form": form,
    }
    return draw(request, visit, "known_placement.html", context, section=INBOX)


def _has_its_place(question: OrganiserQuestion) -> bool:
    try:
        return placed_child(question.reference, question.location_slug).state is PlacementState.ACTIVE
    except PlacementNotFound:
        return False


def _placement_url(question: OrganiserQuestion) -> str:
    return reverse("organiser:placement", args=[question.reference, question.location_slug])
