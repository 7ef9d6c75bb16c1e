"""The lists that locations hand in each quarter: who did, what waits, what looks double, and taking a family over."""

from dataclasses import dataclass
from secrets import SystemRandom
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.referrals.handed_in import PER_PAGE, Double, ListedQuestion, QuarterOfLists, lists_of
from opvangloket.domains.referrals.handing_in import same_child, take_over
from opvangloket.foundation.audit.record import record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.handed_in import MONTHS_IN_A_QUARTER, quarter_of, quarter_words
from opvangloket.rules.periods import Period, add_months
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.references import displayed
from opvangloket.rules.wording import dutch_list
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import SummaryItem, pagination
from opvangloket.web.ui.templatetags.ui import full_date

_QUARTERS_BACK: Final = 4  # as long as a list is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDouble:
    """What a question may be the same as, in words, and what the button that says so posts."""

    words: str
    url: str
    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question on a list in words."""

    id: str
    title: str
    words: str
    contact: str
    agreed: bool
    doubles: tuple[ShownDouble, ...]


@desk_page("list.read")
def lists(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show the lists of a quarter."""
    if visit.procedure.mode is not DeskMode.DESK_ONLY:
        return show(request, visit, "desk/lists_not_asked.html", {}, current="locations")
    quarters = [
        quarter_of(add_months(quarter_of(visit.today).start, -back * MONTHS_IN_A_QUARTER))
        for back in range(_QUARTERS_BACK + 1)
    ]
    asked = request.GET.get("kwartaal", "")
    quarter = next((one for one in quarters if _code(one) == asked), quarters[0])
    wanted = request.GET.get("pagina", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and 0 < int(wanted) < 1000 else 1
    found = lists_of(quarter, today=visit.today, page=number)
    record(
        "list.read",
        actor=visit.actor,
        at=visit.now,
        desk_id=visit.desk.id,
        subject_kind="handed_in",
        subject_id=None,
    )
    own_url = f"{reverse('desk:lists', args=[visit.desk.slug])}?kwartaal={_code(quarter)}"
    context = {
        "quarter": quarter_words(quarter),
        "quarters": [(_code(one), quarter_words(one), one == quarter) for one in quarters],
        "found": found,
        "numbers": _numbers(found),
        "questions": [_shown(one, visit) for one in found.questions],
        "pages": pagination(
            page=number, per_page=PER_PAGE, total=found.waiting, url_of=f"{own_url}&pagina={{}}".format
        ),
        "decide_url": f"{reverse('desk:decide_list', args=[visit.desk.slug])}?kwartaal={_code(quarter)}",
    }
    return show(request, visit, "desk/lists.html", context, current="locations")


@desk_page("list.decide")
def decide(request: Request, visit: DeskVisit) -> HttpResponse:
    """Say that a question is the same as another or is not, or take the family over."""
    back = f"{reverse('desk:lists', args=[visit.desk.slug])}?kwartaal={request.GET.get('kwartaal', '')[:7]}"
    if request.method != "POST":
        return HttpResponseRedirect(back)
    question_id = _id(request.POST.get("question", ""))
    try:
        if "take_over" in request.POST:
            registered = take_over(question_id=question_id, actor=visit.actor, now=visit.now, randomness=SystemRandom())
            messages.success(request, _("Overgenomen. Bel het gezin en kies samen opvang."))
            return HttpResponseRedirect(reverse("desk:file", args=[visit.desk.slug, registered.reference]))
        other, asked = request.POST.get("same_as", ""), request.POST.get("same_request", "")
        same_child(
            question_id=question_id,
            other_id=_id(other) if other else None,
            request_id=_id(asked) if asked else None,
            actor=visit.actor,
            now=visit.now,
        )
        messages.success(request, _("Genoteerd. Dit kind telt één keer.") if other or asked else _("Genoteerd."))
    except OpvangloketError as refused:
        messages.warning(request, refused.message)
    return HttpResponseRedirect(back)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404("Deze vraag bestaat niet.") from None


def _code(quarter: Period) -> str:
    return f"{quarter.start:%Y-%m}"


def _numbers(found: QuarterOfLists) -> tuple[SummaryItem, ...]:
    return tuple(
        SummaryItem(question=words, answer=str(number))
        for words, number in (
            (_("Doorgegeven vragen"), found.total),
            (_("Dubbel, of al bij het loket"), found.doubles),
            (_("Overgenomen door het loket"), found.taken_over),
            (_("Nog zonder antwoord buiten het loket"), found.waiting),
        )
    )


def _shown(one: ListedQuestion, visit: DeskVisit) -> ShownQuestion:
    words = _("%(days)s, vanaf %(start)s. Gevraagd aan %(location)s op %(day)s.") % {
        "days": capfirst(one.pattern.words()),
        "start": full_date(one.start_on),
        "location": one.location_name,
        "day": full_date(one.asked_on),
    }
    contact = " · ".join(filter(None, (one.applicant_name, one.phone, one.email)))
    return ShownQuestion(
        id=str(one.id),
        title=capfirst(one.child_name),
        words=words,
        contact=contact if one.agreed else one.applicant_name,
        agreed=one.agreed,
        doubles=tuple(_double(double, visit) for double in one.doubles),
    )


def _double(double: Double, visit: DeskVisit) -> ShownDouble:
    why = {"name": double.title, "why": dutch_list(double.reasons)}
    if double.request_id is None:
        words = _("%(name)s op een lijst: %(why)s.") % why
        return ShownDouble(words=words, url="", field="same_as", value=str(double.other_id))
    words = _("%(name)s, vraag %(reference)s: %(why)s.") % {**why, "reference": displayed(double.reference)}
    url = reverse("desk:file", args=[visit.desk.slug, double.reference])
    return ShownDouble(words=words, url=url, field="same_request", value=str(double.request_id))
