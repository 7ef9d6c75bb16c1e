"""Taking a question on the phone, at the counter or from paper: one screen, with the script to read aloud beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import SystemRandom
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.deskwork.nearby import Proposal, proposals
from opvangloket.domains.distribution.asking.questions import ask
from opvangloket.domains.requests.actions import QuestionRefused, Registered, registered_before
from opvangloket.domains.requests.duplicates import LikelyDuplicate, find_alike
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.care_requests import LABELS
from opvangloket.rules.identity import SCORE_LABELS, ScoreClass
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.references import displayed
from opvangloket.rules.wording import dutch_list
from opvangloket.web.desk.case import Case, open_case
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.nearby import proposal_words
from opvangloket.web.desk.registering.register_form import PLACE, RegisterForm, asked_week, identity_being_typed
from opvangloket.web.desk.registering.register_script import blocks
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.templatetags.ui import full_date, plain_date

NEAREST_SHOWN: Final = 12
_SWAPS: Final = ("proposals", "alike")
_REGISTER: Final = "register"
_FIELD_OF: Final[Mapping[str, str]] = {
    "applicant.first_name": "first_name",
    "applicant.last_name": "last_name",
    "applicant.email": "email",
    "child.birth_on": "date_1",
    "child.due_on": "date_1",
    "child.first_name": "child_first_name_1",
    "pattern": "week",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A request that may be about the same child, in words."""

    url: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Nearby:
    """A location to choose, with its field for the place on the list."""

    field: Any
    words: str


@desk_page("request.ask")
def register(request: Request, visit: DeskVisit) -> HttpResponse:
    """Ask everything on one screen; show locations and duplicates while it is typed; register it."""
    data = request.POST if request.method == "POST" else None
    registers = data is not None and data.get("step") == _REGISTER and not request.htmx
    form = RegisterForm(data, visit=visit, proposals=_proposals(visit, data or {}), quiet=not registers)
    alike = _alike(visit, data or {})
    if registers and form.is_valid():
        if again := registered_before(form.kept_reference, form.questions_asked()[0]):
            return HttpResponseRedirect(open_case(visit, again.reference).url("registered"))
        sure = any(score in {ScoreClass.CERTAIN, ScoreClass.LIKELY} for score, _shown in alike)
        if sure and not form.cleaned_data["not_the_same"]:
            form.add_error("not_the_same", _("Er is al een vraag die erop lijkt. Kijk ze na en duid dit aan."))
        elif (registered := _register(visit, form)) is not None:
            return HttpResponseRedirect(open_case(visit, registered.reference).url("registered"))
    context = {
        "form": form,
        "blocks": blocks(form),
        "nearby": [Nearby(form[f"{PLACE}{one.slug}"], proposal_words(one)) for one in form.proposals],
        "most": visit.procedure.max_locations,
        "alike": [shown for _score, shown in alike],
        "asks_alike": "not_the_same" in form.errors or bool(alike),
    }
    return show(request, visit, "desk/register.html", context, current="register", swaps=_SWAPS)


def _proposals(visit: DeskVisit, data: Mapping[str, Any]) -> tuple[Proposal, ...]:
    """Return the locations to choose from: the nearest, those with the typed name, and those chosen already."""
    address = (f"{data.get('street', '')} {data.get('house_number', '')}".strip(), str(data.get("postcode", "")))
    chosen = [name.removeprefix(PLACE) for name, rank in data.items() if name.startswith(PLACE) and rank]
    return proposals(
        visit.desk.id,
        today=visit.today,
        near=", ".join(part for part in address if part) or visit.desk.name.split()[-1],
        named=str(data.get("location_search", ""))[:100],
        asked=asked_week(data),
        prefer=visit.desk.territory,
        always=chosen,
        limit=NEAREST_SHOWN,
    )


def _alike(visit: DeskVisit, data: Mapping[str, Any]) -> list[tuple[ScoreClass, Alike]]:
    """Return the running requests that the typed family may have already."""
    identity = identity_being_typed(data)
    return [(other.score_class, _alike_words(other, visit)) for other in find_alike(identity)] if identity else []


def _alike_words(other: LikelyDuplicate, visit: DeskVisit) -> Alike:
    words = _("%(sure)s: %(why)s. %(state)s, ontvangen op %(day)s.") % {
        "sure": SCORE_LABELS[other.score_class].capitalize(),
        "why": dutch_list(other.reasons),
        "state": LABELS[other.state].capitalize(),
        "day": plain_date(other.registered_at),
    }
    name = other.child_name or other.applicant_name
    return Alike(
        url=f"/werk/{visit.desk.slug}/gezin/{other.reference}/",
        title=f"{name} · {displayed(other.reference)}",
        words=words,
    )


def _register(visit: DeskVisit, form: RegisterForm) -> Registered | None:
    """Register and send out what was asked; what is refused stands on the form."""
    try:
        registered = ask(
            desk_id=visit.desk.id,
            questions=form.questions_asked(),
            together=form.cleaned_data["together"],
            urgent_to_all=form.cleaned_data.get("urgent_to_all", False),
            actor=visit.actor,
            now=visit.now,
            randomness=SystemRandom(),
            reference=form.kept_reference,
        )
    except QuestionRefused as refused:
        for problem in refused.problems:
            name = _FIELD_OF.get(problem.field, problem.field)
            form.add_error(name if name in form.fields else None, problem.message)
        return None
    except OpvangloketError as error:
        form.add_error(None, error.message)
        return None
    return registered[0]


@desk_page("request.ask")
def registered(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Show what to tell the family now: its reference to read out, and what happens when."""
    case = open_case(visit, reference)
    context = {"case": case, "spelled": " – ".join(case.file.reference), "steps": _next_steps(case)}
    return show(request, visit, "desk/registered.html", context, current="register")


def _next_steps(case: Case) -> list[str]:
    """Return what happens now, with dates, in sentences to read aloud."""
    sent = [line for line in case.listed if line.state is InquiryState.SENT and line.due_on]
    waiting = [line for line in case.listed if line.state is InquiryState.WAITING_RELEASE and line.send_from_on]
    names = dutch_list([line.location_name for line in sent])
    steps = []
    if sent:
        steps.append(_("Je vraag ligt nu bij %(names)s.") % {"names": names})
        due_on = max(line.due_on for line in sent if line.due_on)
        steps.append(_("Je hoort ten laatste op %(day)s van elke opvang iets.") % {"day": full_date(due_on)})
    if waiting:
        day = min(line.send_from_on for line in waiting if line.send_from_on)
        steps.append(_("Je vraag vertrekt op %(day)s naar de opvang.") % {"day": full_date(day)})
    if not (sent or waiting):
        steps.append(_("Je vraag ligt nog bij geen enkele opvang. We zoeken samen verder."))
    if case.file.applicant.email:
        steps.append(_("Je krijgt zo meteen een mail met alles op een rij."))
    else:
        steps.append(_("We bellen je op %(phone)s.") % {"phone": case.file.applicant.phone or _("je nummer")})
    steps.append(_("Doet een opvang een voorstel? Dan krijg je tijd om te antwoorden."))
    return steps
