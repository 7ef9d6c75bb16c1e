"""The pages of the question: each shows what was typed before, keeps what is typed now, and leads to the next."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opvangloket.domains.requests.actions import DraftGone
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.web.family.ask import care_page, check_page
from opvangloket.web.family.ask.children import with_one_more, without
from opvangloket.web.family.ask.draft import Asking, asking_of, continue_with, forget, save, want
from opvangloket.web.family.ask.moments import with_weekend
from opvangloket.web.family.ask.steps import Step, after, came_from_check, page_of, question_page
from opvangloket.web.family.ask.typed import Typed, TypedForm, typed_on
from opvangloket.web.family.frame import frame
from opvangloket.web.guards import PublicVisit, public_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page

_TEMPLATES = {
    Step.CHILD: "family/ask/children.html",
    Step.START: "family/ask/start.html",
    Step.MOMENTS: "family/ask/moments.html",
    Step.FLEXIBILITY: "family/ask/flexibility.html",
    Step.SITUATION: "family/ask/situation.html",
}


@public_page("request.ask")
def begin(request: Request, visit: PublicVisit) -> HttpResponse:
    """Begin a question, or go on with the one under way; `?opvang=` puts a location in it."""
    if slug := request.GET.get("opvang", ""):
        want(request, visit, slug[:80])
    if asking_of(request, visit).request_id:
        forget(request, visit)
        if slug:
            want(request, visit, slug[:80])
    return HttpResponseRedirect(page_of(visit.desk.slug, asking_of(request, visit).questionnaire(visit).first_open()))


@public_page("request.ask")
def go_on(request: Request, visit: PublicVisit, token: str) -> HttpResponse:
    """Go on with the question of a link, also on another device."""
    asking = continue_with(request, visit, token)
    if asking.request_id:
        return HttpResponseRedirect(reverse("family:ask_done", kwargs={"desk": visit.desk.slug}))
    return HttpResponseRedirect(page_of(visit.desk.slug, asking.questionnaire(visit).first_open()))


@public_page("request.ask")
def step_page(request: Request, visit: PublicVisit, step: str) -> HttpResponse:
    """Show a page of the question, or keep what was typed on it."""
    frame(request, visit.desk)
    if step not in set(Step):
        raise Http404("Deze pagina hoort niet bij de vraag.")
    asking = asking_of(request, visit)
    if asking.request_id:
        return HttpResponseRedirect(reverse("family:ask_done", kwargs={"desk": visit.desk.slug}))
    match Step(step):
        case Step.CARE:
            return care_page.show(request, visit, asking)
        case Step.CHECK:
            return check_page.show(request, visit, asking)
        case plain:
            return (
                _keep(request, visit, asking, plain)
                if request.method == "POST"
                else _show(request, visit, asking, plain)
            )


def _show(request: Request, visit: PublicVisit, asking: Asking, step: Step) -> HttpResponse:
    return _draw(request, step, asking.questionnaire(visit).form(step, quiet=True))


def _keep(request: Request, visit: PublicVisit, asking: Asking, step: Step) -> HttpResponse:
    """Keep what was typed, in order or not, so that nothing is lost; go on when it is in order."""
    act = request.POST.get("act", "")
    typed = _edited(step, act, typed_on(request.POST))
    try:
        asking = save(request, visit, asking, step, typed)
    except NationalNumberRefused as refused:
        form = asking.questionnaire(visit).form(step, typed)
        if form.is_valid():
            form.add_error(None, refused.message)
        return _draw(request, step, form)
    except DraftGone:
        return HttpResponseRedirect(reverse("family:ask", kwargs={"desk": visit.desk.slug}))
    if act == "later":
        return HttpResponseRedirect(reverse("family:ask_later", kwargs={"desk": visit.desk.slug}))
    if act:
        return HttpResponseRedirect(request.get_full_path())
    questionnaire = asking.questionnaire(visit)
    form = questionnaire.form(step)
    if not form.is_valid():
        return _draw(request, step, form)
    following = questionnaire.first_open() if came_from_check(request) else after(step)
    return HttpResponseRedirect(page_of(visit.desk.slug, following))


def _edited(step: Step, act: str, typed: Typed) -> Typed:
    """Return what was typed after a button that changes the page itself: one more child, or the weekend."""
    verb, _colon, number = act.partition(":")
    if step is Step.CHILD and verb in {"sibling", "twin"}:
        return with_one_more(typed, twin=verb == "twin")
    if step is Step.CHILD and verb == "without" and number.isascii() and number.isdigit():
        return without(typed, int(number[:2]))
    if step is Step.MOMENTS and verb == "weekend":
        return with_weekend(typed)
    return typed


def _draw(request: Request, step: Step, form: TypedForm) -> HttpResponse:
    shown = {"question": question_page(request, step), "form": form}
    return page(request, _TEMPLATES.get(step, "family/ask/step.html"), shown)
