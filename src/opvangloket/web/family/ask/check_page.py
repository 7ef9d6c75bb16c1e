"""The last page before sending: every answer once more, each with a way to change it."""

from __future__ import annotations

from secrets import SystemRandom

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opvangloket.domains.distribution.asking.questions import ask_from_draft
from opvangloket.domains.providers.askable import AskableLocation, askable_locations
from opvangloket.domains.requests.actions import DraftGone, QuestionRefused
from opvangloket.web.family.ask.done import go_on_link
from opvangloket.web.family.ask.draft import Asking
from opvangloket.web.family.ask.questionnaire import Questionnaire
from opvangloket.web.family.ask.steps import Step, page_of, question_page
from opvangloket.web.family.ask.summary import answers_to_check
from opvangloket.web.guards import PublicVisit
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page

_PAGE_OF_FIELD = {
    "child": Step.CHILD,
    "start_on": Step.START,
    "end_on": Step.START,
    "pattern": Step.MOMENTS,
    "parts_wanted": Step.MOMENTS,
    "location_ids": Step.CARE,
    "applicant": Step.CONTACT,
}


def show(request: Request, visit: PublicVisit, asking: Asking) -> HttpResponse:
    """Show all answers, or send the question; a page that is still open comes first."""
    questionnaire = asking.questionnaire(visit)
    known = {one.slug: one for one in askable_locations(visit.desk.id, today=visit.today)}
    chosen = [known[slug] for slug in questionnaire.chosen if slug in known]
    open_step = questionnaire.first_open() if chosen else min(questionnaire.first_open(), Step.CARE, key=_place)
    if open_step is not Step.CHECK:
        return HttpResponseRedirect(page_of(visit.desk.slug, open_step))
    if request.method != "POST":
        return _draw(request, visit, questionnaire, chosen)
    return _send(request, visit, asking, questionnaire, chosen)


def _send(
    request: Request,
    visit: PublicVisit,
    asking: Asking,
    questionnaire: Questionnaire,
    chosen: list[AskableLocation],
) -> HttpResponse:
    """Send the question; a second press finds it sent, and what changed meanwhile comes back to the family."""
    asked = questionnaire.asked([location.id for location in chosen])
    try:
        ask_from_draft(
            desk_id=visit.desk.id,
            token=asking.token or "",
            link=go_on_link(visit, asking),
            questions=asked.questions,
            together=asked.together,
            urgent_to_all=asked.urgent_to_all,
            actor=visit.actor,
            now=visit.now,
            randomness=SystemRandom(),
        )
    except QuestionRefused as refused:
        return _draw(request, visit, questionnaire, chosen, refused=refused)
    except DraftGone:
        return HttpResponseRedirect(reverse("family:ask", kwargs={"desk": visit.desk.slug}))
    return HttpResponseRedirect(reverse("family:ask_done", kwargs={"desk": visit.desk.slug}))


def _place(step: Step) -> int:
    return list(Step).index(step)


def _draw(
    request: Request,
    visit: PublicVisit,
    questionnaire: Questionnaire,
    chosen: list[AskableLocation],
    *,
    refused: QuestionRefused | None = None,
) -> HttpResponse:
    slug = visit.desk.slug
    problems = [
        (
            problem.message,
            f"{page_of(slug, _PAGE_OF_FIELD.get(problem.field.split('.')[0], Step.CHILD))}?terug=nakijken",
        )
        for problem in (refused.problems if refused else ())
    ]
    asked = questionnaire.asked([location.id for location in chosen])
    context = {
        "question": question_page(request, Step.CHECK),
        "items": answers_to_check(questionnaire, asked, desk_slug=slug, locations=[one.name for one in chosen]),
        "problems": problems,
        "shown_from_sending": visit.procedure.families_shown_from_sending,
    }
    return page(request, "family/ask/check.html", context)
