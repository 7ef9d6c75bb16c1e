"""The locations of the desk: a list with what lies open, and a page per location to have at hand while calling."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.deskwork.actions import note_call_to_location
from opvangloket.domains.deskwork.locations import (
    LocationOverview,
    OpenQuestion,
    locations_overview,
    open_questions_at,
)
from opvangloket.domains.distribution.planner.known_vacancies import known_vacancies
from opvangloket.domains.providers.arriving import ArrivingLocation, arriving_locations
from opvangloket.domains.providers.closing import closing_day
from opvangloket.domains.providers.location_page import waiting_text
from opvangloket.domains.providers.moving import announced_move
from opvangloket.domains.providers.own_locations import (
    OwnLocation,
    asking_desks,
    own_location,
)
from opvangloket.domains.providers.page_minimum import missing_fields
from opvangloket.domains.providers.weekly_list import NoAddressForList, choose_weekly_list
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.procedure import PAGE_FIELDS, DeskMode
from opvangloket.rules.references import displayed
from opvangloket.rules.wording import dutch_date
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.locations.free_places import free_places_table
from opvangloket.web.desk.locations.map_filter import ONLY_UNSET, map_filter
from opvangloket.web.desk.work_words import child_title
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.locations.moving import moving_words
from opvangloket.web.locations.point_words import point_hint
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import (
    Act,
    Column,
    DataTable,
    SummaryItem,
    WorklistRow,
    asked_strip,
    days_left,
    pagination,
)
from opvangloket.web.ui.components.lists import TableCell
from opvangloket.web.ui.templatetags.ui import full_date, plain_date

PER_PAGE: Final = 50
_LONGEST_NOTE: Final = 300


class CallForm(forms.Form):
    """What a location said on the phone about its late answers."""

    note = forms.CharField(
        label=gettext_lazy("Wat zei de opvang?"),
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@desk_page("worklist.read")
def locations(request: Request, visit: DeskVisit) -> HttpResponse:
    """List the locations of the desk, all of them or those with some words in their name."""
    named = " ".join(request.GET.get("naam", "").split())
    everything = locations_overview(visit.desk.id, today=visit.today, named=named)
    on_map = map_filter(everything, visit, chosen=request.GET.get("kaart", ""))
    found = on_map.shown
    asked = request.GET.get("pagina", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and int(asked) else 1
    number = min(number, max(1, -(-len(found) // PER_PAGE)))
    own_url = reverse("desk:locations", args=[visit.desk.slug])
    query = urlencode({"naam": named} | ({"kaart": ONLY_UNSET} if on_map.is_only_unset else {}))
    context = {
        "named": named,
        "total": len(everything),
        "on_map": on_map,
        "has_lists": visit.procedure.mode is DeskMode.DESK_ONLY,
        "arriving": [] if named or number > 1 or on_map.is_only_unset else _arriving(visit),
        "may_sync": visit.may("register.sync"),
        "table": _table(found[(number - 1) * PER_PAGE : number * PER_PAGE], visit),
        "pages": pagination(
            page=number, per_page=PER_PAGE, total=len(found), url_of=f"{own_url}?{query}&pagina={{}}".format
        ),
    }
    return show(request, visit, "desk/locations.html", context, current="locations")


@desk_page("worklist.read")
def location(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Show one location: how to reach it, what lies open there, its free places, what its page lacks."""
    return _location_page(request, visit, overview_or_404(visit, slug), CallForm())


@desk_page("task.finish")
def note_call(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Write down that a location was called about its late answers."""
    overview = overview_or_404(visit, slug)
    form = CallForm(request.POST or None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            note_call_to_location(location_id=overview.id, note=note, actor=visit.actor, now=visit.now)
        except OpvangloketError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Genoteerd. De opvang blijft op de werklijst tot ze antwoordt."))
            return HttpResponseRedirect(reverse("desk:location", args=[visit.desk.slug, slug]))
    return _location_page(request, visit, overview, form)


@desk_page("location.edit")
def weekly_list(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Start or stop the weekly mail with the open questions to print, for a location that asks the desk."""
    overview = overview_or_404(visit, slug)
    if not _is_home(visit, overview.id):
        raise Http404("Deze opvang hoort bij een ander loket.")
    if request.method == "POST":
        wanted = request.POST.get("elke-week") == "ja"
        try:
            choose_weekly_list(location_id=overview.id, wanted=wanted, actor=visit.actor, now=visit.now)
        except NoAddressForList as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, _("Bewaard."))
    return HttpResponseRedirect(reverse("desk:location", args=[visit.desk.slug, slug]))


def _paper_url(visit: DeskVisit, overview: LocationOverview) -> str:
    """Return where the questions that wait at a location can be printed; nothing when none waits."""
    may_print = overview.open and visit.may("inquiry.enter_answer")
    return reverse("desk:paper_list", args=[visit.desk.slug, overview.slug]) if may_print else ""


def _is_home(visit: DeskVisit, location_id: UUID) -> bool:
    desks = asking_desks([location_id], today=visit.today)[location_id]
    return any(desk.is_home and desk.id == visit.desk.id for desk in desks)


def overview_or_404(visit: DeskVisit, slug: str) -> LocationOverview:
    """Return one location of the desk; not found when it is of another."""
    found = locations_overview(visit.desk.id, today=visit.today, slug=slug)
    if not found:
        raise Http404("Deze opvang hoort niet bij dit loket.")
    return found[0]


def _location_page(request: Request, visit: DeskVisit, overview: LocationOverview, form: CallForm) -> HttpResponse:
    own = own_location(overview.slug)
    missing = missing_fields(overview.id, visit.procedure.page_minimum)
    waiting = waiting_text(overview.id)
    is_home = _is_home(visit, own.id)
    page_url = reverse("desk:page", args=[visit.desk.slug, own.slug]) if is_home else ""
    context = {
        "location": overview,
        "paper_url": _paper_url(visit, overview),
        "has_weekly_list": own.weekly_list,
        "weekly_list_url": reverse("desk:weekly_list", args=[visit.desk.slug, own.slug]) if is_home else "",
        "waiting_text": waiting.text if waiting and is_home and not waiting.returned_because else "",
        "facts": _facts(own, overview, page_url),
        "questions": [_question_row(one, overview, visit) for one in open_questions_at(overview.id)],
        "vacancies": free_places_table(known_vacancies(overview.id, today=visit.today), today=visit.today),
        "missing": [PAGE_FIELDS[field] for field in missing],
        "overdue_words": _overdue_words(overview),
        "moving_words": moving_words(announced_move(own.id)),
        "point_words": point_hint(own.id) if is_home and visit.may("location.edit") else "",
        "closing_words": _closing_words(closing_day(own.id), visit.today),
        "may_move": is_home and visit.may("location.move"),
        "may_close": is_home and visit.may("location.close"),
        "form": form,
    }
    return show(request, visit, "desk/location.html", context, current="locations")


def _table(found: Sequence[LocationOverview], visit: DeskVisit) -> DataTable:
    columns = (
        Column(_("Opvang")),
        Column(_("Open vragen"), number=True),
        Column(_("Te laat"), number=True),
        Column(_("Op tijd, dit jaar"), number=True),
        Column(_("Vrije plaatsen"), number=True),
        Column(_("Bevestigd")),
        Column(_("Telefoon")),
        Column(_("Organisator")),
    )
    names = Counter(one.name for one in found)
    rows = tuple(
        (
            TableCell(
                f"{one.name}, {one.street}" if names[one.name] > 1 else one.name,
                reverse("desk:location", args=[visit.desk.slug, one.slug]),
            ),
            TableCell(str(one.open)),
            TableCell(str(one.overdue)),
            TableCell(in_time_words(one)),
            TableCell(str(one.free_places)),
            TableCell(plain_date(one.oldest_confirmation_on) if one.oldest_confirmation_on else "–"),
            TableCell(one.phone, f"tel:{one.phone}" if one.phone else ""),
            TableCell(one.organiser_name),
        )
        for one in found
    )
    return DataTable.of(_("Opvang van dit loket"), columns, rows)


def in_time_words(one: LocationOverview) -> str:
    """Write how many of the ended terms were answered in time: "8 van 9"."""
    return _("%(in_time)s van %(ended)s") % {"in_time": one.in_time, "ended": one.ended} if one.ended else "–"


def _arriving(visit: DeskVisit) -> list[tuple[ArrivingLocation, str]]:
    """Return what will move here, each with the words about it."""
    found = arriving_locations(visit.desk.id, today=visit.today)
    return [(one, _arriving_words(one)) for one in found]


def _arriving_words(one: ArrivingLocation) -> str:
    told = {"day": dutch_date(one.move.from_on), "address": one.move.address_words, "desk": one.from_desk}
    words = _("Komt op %(day)s naar %(address)s.") % told
    return f"{words} {_('Tot dan is %(desk)s het loket.') % told}" if one.from_desk else words


def _facts(own: OwnLocation, overview: LocationOverview, page_url: str) -> tuple[SummaryItem, ...]:
    confirmed = _("Bevestigd op %(day)s") % {"day": full_date(own.page_confirmed_on)} if own.page_confirmed_on else ""
    return (
        SummaryItem(question=_("Organisator"), answer=overview.organiser_name),
        SummaryItem(question=_("E-mailadres"), answer=own.email or _("geen")),
        SummaryItem(question=_("Adres"), answer=own.address),
        SummaryItem(
            question=_("Soort"),
            answer=", ".join((capfirst(own.type.label), own.subsidy_step.label, own.tariff.label)),
        ),
        SummaryItem(question=_("Vergunde plaatsen"), answer=str(own.licensed_places)),
        SummaryItem(question=_("Op tijd geantwoord, dit jaar"), answer=in_time_words(overview)),
        SummaryItem(
            question=_("Pagina"),
            answer=confirmed or _("Nog nooit bevestigd"),
            change_url=page_url,
        ),
    )


def _question_row(question: OpenQuestion, overview: LocationOverview, visit: DeskVisit) -> WorklistRow:
    request = question.request
    desk, reference = visit.desk.slug, request.reference
    title = child_title(request)
    reason = _("Start op %(day)s. Aanvrager: %(applicant)s.") % {
        "day": full_date(request.start_on),
        "applicant": request.applicant_name,
    }
    if question.due_on is None:
        reason += " " + _("Wordt verstuurd op %(day)s.") % {"day": full_date(question.send_from_on)}
    elif not question.seen:
        reason += " " + _("Nog niet gelezen.")
    late = question.due_on is not None and question.due_on < visit.today
    return WorklistRow(
        key=f"vraag-{reference.lower()}",
        title=title,
        reason=reason,
        url=reverse("desk:file", args=[desk, reference]),
        urgency="late" if late else "calm",
        strip=asked_strip(request.pattern, request.also),
        days_left=days_left(question.due_on, today=visit.today) if question.due_on else None,
        act=Act(
            label=_("Antwoord ingeven"),
            url=reverse("desk:enter_answer", args=[desk, reference, overview.slug]),
            about=f"{title}, {displayed(reference)}",
        )
        if question.due_on
        else None,
    )


def _closing_words(closes_on: date | None, today: date) -> str:
    if closes_on is None:
        return ""
    words = _("Sluit op %(day)s.") if closes_on > today else _("Gesloten sinds %(day)s.")
    return words % {"day": dutch_date(closes_on)}


def _overdue_words(one: LocationOverview) -> str:
    words = ngettext(
        "%(number)s antwoord is te laat.",
        "%(number)s antwoorden zijn te laat.",
        one.overdue,
    )
    return words % {"number": one.overdue} if one.overdue else ""
