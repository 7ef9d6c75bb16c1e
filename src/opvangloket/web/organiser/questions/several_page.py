"""Answering many questions in one go; each family still gets its own answer, given one by one (SPEC §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opvangloket.domains.distribution.answering.given import AnswerDoor
from opvangloket.domains.distribution.answering.giving import answer_many
from opvangloket.domains.distribution.answering.proposals_together import proposals_together
from opvangloket.domains.distribution.inbox.own_order import own_order
from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.domains.distribution.inbox.rows import waiting_questions
from opvangloket.domains.providers.own_locations import NamedLocation, location_names
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.patterns import WeekPattern
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.organiser.questions.sending_words import button_words, line_facts, sent_words, summary_words
from opvangloket.web.organiser.questions.several_forms import ALL_NO, WHAT_FITS, Asked, SeveralForm
from opvangloket.web.questions.question_words import child_title
from opvangloket.web.ui.components import DaysLeft, WeekStrip, asked_strip, days_left, fit_strip, offer_strip

AT_ONCE: Final = 100
CHECK, SEND = "nakijken", "versturen"


@dataclass(frozen=True, slots=True)
class Line:
    """A question to answer among others."""

    asked: Asked
    title: str
    url: str
    facts: str
    strip: WeekStrip
    left: DaysLeft


@organiser_page("inquiry.answer")
def several(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Choose what to answer to each question, look at all of it once, and send."""
    locations = location_names(visit.location_ids)
    chosen = next((one for one in locations if one.slug == request.GET.get("locatie", "")), None)
    data = request.POST if request.method == "POST" else None
    form, more = _form(visit, chosen, data=data, prefill=request.GET.get("kies", ""))
    step = request.POST.get("stap", "") if request.method == "POST" else ""
    if step == SEND and form.is_valid():
        refused = _send(request, visit, form)
        if not refused:
            return HttpResponseRedirect(reverse("organiser:inbox"))
        form, more = _form(visit, chosen, again=refused, initial=form.shared_values())
    context = {
        "form": form,
        "chosen": chosen,
        "locations": locations if len(locations) > 1 else (),
        "several_locations": len(locations) > 1 and chosen is None,
        "own_url": _url(chosen),
        "fits_url": _url(chosen, WHAT_FITS),
        "no_url": _url(chosen, ALL_NO),
        "more": more,
    }
    if step == CHECK and form.is_valid():
        lines = _lines(form.chosen, visit)
        kinds = [one.choice.kind for one in form.chosen if one.choice]
        return draw(
            request,
            visit,
            "several_check.html",
            {
                **context,
                "lines": lines,
                "summary": summary_words(kinds),
                "button": button_words(len(lines)),
                "kept": _kept(request),
            },
            section=INBOX,
        )
    return draw(request, visit, "several.html", {**context, "lines": _lines(form.asked, visit)}, section=INBOX)


def _form(visit: OrganiserVisit, chosen: NamedLocation | None, **filled: Any) -> tuple[SeveralForm, int]:
    """Return the form for the questions that wait now, and how many more wait than it holds."""
    location_ids = {chosen.id} if chosen else visit.location_ids
    found = waiting_questions(location_ids, today=visit.today, most=AT_ONCE)
    questions = _in_own_order([question for question in found.questions if question.may_answer], visit)
    proposals = proposals_together([question.inquiry_id for question in questions], today=visit.today)
    form = SeveralForm(filled.pop("data", None), questions=questions, proposals=proposals, today=visit.today, **filled)
    return form, found.total - len(found.questions)


def _in_own_order(questions: list[OrganiserQuestion], visit: OrganiserVisit) -> list[OrganiserQuestion]:
    """Return the questions by location, each location's in its own order: who comes first is served first."""
    places = own_order({question.location_id for question in questions}, today=visit.today)
    return sorted(questions, key=lambda one: (one.location_name, places[one.inquiry_id].position))


def _kept(request: Request) -> list[tuple[str, str]]:
    """Return what was filled in, to be sent once more with the last button."""
    own = ("stap", "csrfmiddlewaretoken")
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]


def _send(request: Request, visit: OrganiserVisit, form: SeveralForm) -> frozenset[UUID]:
    """Give each answer by itself, and return the questions whose answer was refused: they do not stop the others."""
    outcomes = answer_many(given=form.answers(), door=AnswerDoor.INBOX, actor=visit.actor, now=visit.now)
    titles = {one.question.inquiry_id: child_title(one.question) for one in form.chosen}
    refused = {key: one for key, one in outcomes.items() if isinstance(one, OpvangloketError)}
    if told := len(outcomes) - len(refused):
        messages.success(request, sent_words(told))
    for inquiry_id, refusal in refused.items():
        messages.warning(request, f"{titles[inquiry_id]}: {refusal.message}")
    return frozenset(refused)


def _lines(asked: Iterable[Asked], visit: OrganiserVisit) -> tuple[Line, ...]:
    return tuple(_line(one, visit) for one in asked)


def _line(one: Asked, visit: OrganiserVisit) -> Line:
    question = one.question
    return Line(
        asked=one,
        title=child_title(question),
        url=question_url(question),
        facts=line_facts(question, several_locations=len(visit.location_ids) > 1),
        strip=_strip(one),
        left=days_left(question.due_on, today=visit.today),
    )


def _strip(one: Asked) -> WeekStrip:
    """Draw the week that is asked over what is free once those before it have their place."""
    care, best = one.question.care, one.proposal.alternative
    if not one.proposal.is_counted:
        return asked_strip(care.needed, care.also)
    if best is None:
        return fit_strip(care.needed, one.proposal.possible_pattern or WeekPattern(), also=care.also)
    return offer_strip(care.needed, best.pattern, also=care.also)


def _url(chosen: NamedLocation | None, prefill: str = "") -> str:
    asked: dict[str, Any] = {"locatie": chosen.slug if chosen else "", "kies": prefill}
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("organiser:several")
    return f"{address}?{query}" if query else address
