"""The page on which a family chooses its care; it works by buttons alone, and htmx only saves the refresh."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.providers.askable import AskableLocation, askable_locations
from opvangloket.domains.requests.actions import DraftGone
from opvangloket.web.family.ask.care import PER_PAGE, marked, picks, rearranged, search
from opvangloket.web.family.ask.draft import Asking, save
from opvangloket.web.family.ask.questionnaire import CHOSEN, PLACE, Questionnaire
from opvangloket.web.family.ask.steps import Step, after, came_from_check, page_of, question_page
from opvangloket.web.family.ask.typed import first
from opvangloket.web.guards import PublicVisit
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page

_LONGEST_PLACE = 100


def show(request: Request, visit: PublicVisit, asking: Asking) -> HttpResponse:
    """Show the list and what is chosen; keep each choice at once."""
    locations = {one.slug: one for one in askable_locations(visit.desk.id, today=visit.today)}
    if request.method != "POST":
        return _draw(request, visit, asking.questionnaire(visit), locations)
    questionnaire = asking.questionnaire(visit)
    act, _colon, slug = request.POST.get("act", "").partition(":")
    chosen = [one for one in questionnaire.chosen if one in locations]
    chosen = rearranged(chosen, act, slug, known=locations.keys(), most=visit.procedure.max_locations)
    typed = {CHOSEN: chosen, PLACE: [_place(request, questionnaire)]}
    try:
        asking = save(request, visit, asking, Step.CARE, typed)
    except DraftGone:
        return HttpResponseRedirect(reverse("family:ask", kwargs={"desk": visit.desk.slug}))
    if act == "later":
        return HttpResponseRedirect(reverse("family:ask_later", kwargs={"desk": visit.desk.slug}))
    if act:
        # Without script the page comes back where the family was: at the list, or at what it chose.
        anchor = f"kies-{slug}" if act == "add" else "gekozen"
        return HttpResponseRedirect(f"{request.get_full_path()}#{anchor}")
    questionnaire = asking.questionnaire(visit)
    if not chosen or len(chosen) > visit.procedure.max_locations:
        return _draw(request, visit, questionnaire, locations, refused=True)
    following = questionnaire.first_open() if came_from_check(request) else after(Step.CARE)
    return HttpResponseRedirect(page_of(visit.desk.slug, following))


def _place(request: Request, questionnaire: Questionnaire) -> str:
    """Return the place that is searched around: of the address bar, of an earlier visit, or where the family lives."""
    if "plaats" in request.GET:
        return request.GET["plaats"].strip()[:_LONGEST_PLACE]
    return first(questionnaire.typed(Step.CARE), PLACE) or first(questionnaire.typed(Step.CONTACT), PLACE)


def _shown(request: Request) -> int:
    text = request.GET.get("toon", "")
    return min(int(text), 1000) if text.isascii() and text.isdigit() and len(text) < 5 else PER_PAGE


def _more_url(request: Request, shown: int) -> str:
    asked = request.GET.copy()
    asked["toon"] = str(shown)
    return f"{request.path}?{asked.urlencode()}"


def _draw(
    request: Request,
    visit: PublicVisit,
    questionnaire: Questionnaire,
    locations: dict[str, AskableLocation],
    *,
    refused: bool = False,
) -> HttpResponse:
    chosen, most, shown = picks(questionnaire.chosen, locations), visit.procedure.max_locations, _shown(request)
    found = search(
        list(locations.values()),
        _place(request, questionnaire),
        chosen=[pick.slug for pick in chosen],
        today=visit.today,
        territory=visit.desk.territory,
        shown=shown,
    )
    pattern, start_on = questionnaire.week_and_start()
    context = {
        "question": question_page(request, Step.CARE),
        "chosen": chosen,
        "most": most,
        "is_full": len(chosen) >= most,
        "search": marked(
            found,
            pattern=pattern,
            start_on=start_on,
            today=visit.today,
            fresh_days=visit.procedure.vacancy_fresh_days,
        ),
        "more_url": _more_url(request, shown + PER_PAGE),
        "rank_shown": visit.procedure.rank_shown,
        "error": _problem(len(chosen), most) if refused else "",
    }
    return page(request, "family/ask/care.html", context, swaps=("choose",))


def _problem(chosen: int, most: int) -> str:
    if not chosen:
        return _("Kies minstens één opvang.")
    return _("Je koos er %(chosen)s. Kies er hoogstens %(most)s.") % {"chosen": chosen, "most": most}
