"""Free places by a file: take the list along, hand it in again, see what changes, approve it all or row by row."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opvangloket.domains.exchange.lists.sheets import ListRefused
from opvangloket.domains.exchange.vacancies.approval import LookedAtList, approve_vacancies, look_at_vacancies
from opvangloket.domains.exchange.vacancies.columns import COLUMNS, cells_of
from opvangloket.domains.exchange.vacancies.reading import known_lines, own_places
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.lists.carried import CarriedList
from opvangloket.web.lists.handing_in import ListForm, columns_table, error_words, errors_table
from opvangloket.web.lists.taking_along import rows_as_file
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.organiser.locations.vacancy_file_words import UNTICKED, card_parts, done_words, summary_words

_PURPOSE: Final = "list of free places"
# What a button of the changes asks besides approving; the last keeps what is ticked.
_ALL, _NONE, _AS_IT_IS = "alles", "niets", "zo"
_TICKING: Final = frozenset({_ALL, _NONE, _AS_IT_IS})


@organiser_page("location.edit")
def show(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Give the list to take along and ask for it back; what is wrong in it is told by line and column."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_valid():
        try:
            carried = CarriedList(_PURPOSE, form.cleaned_data["upload"].name, known_lines(form.content()))
            looked = _look(carried, visit)
        except ListRefused as refused:
            form.add_error("upload", refused.message)
        else:
            return _draw_changes(request, visit, carried, looked) if _is_good(looked) else _ask(request, visit, looked)
    return _ask(request, visit, form=form)


@organiser_page("location.edit")
def approve(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Do what was approved of a list, or tick all or nothing of it."""
    carried = CarriedList.posted(_PURPOSE, request)
    if carried is None:
        return HttpResponseRedirect(reverse("organiser:vacancy_file"))
    keys = frozenset(request.POST.getlist("row"))
    step = request.POST.get("step", "")
    if step not in _TICKING:
        try:
            done = approve_vacancies(
                lines=carried.lines,
                file_name=carried.file_name,
                keys=keys,
                location_ids=visit.location_ids,
                actor=visit.actor,
                now=visit.now,
            )
        except OpvangloketError as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, done_words(done))
            return HttpResponseRedirect(reverse("organiser:vacancy_file"))
    looked = _look(carried, visit)
    if not _is_good(looked):
        return _ask(request, visit, looked)
    if step in {_ALL, _NONE}:
        keys = frozenset(one.key for one in looked.changes.changes if step == _ALL)
    return _draw_changes(request, visit, carried, looked, keys)


@organiser_page("location.edit")
def download(_request: Request, visit: OrganiserVisit, ending: str) -> HttpResponse:
    """Give the free places that the own locations declared, as a workbook or as CSV."""
    known = own_places(visit.location_ids, today=visit.today)
    places = [(known.locations[one.location_id], one) for one in known.vacancies.values()]
    places.sort(key=lambda pair: (pair[0].name, pair[1].start_on, pair[1].id))
    rows = [cells_of(location, one) for location, one in places]
    headings = [(column.heading, column.required) for column in COLUMNS]
    return rows_as_file("Vrije plaatsen", headings, rows, name=f"vrije-plaatsen-{visit.today}", ending=ending)


def _look(carried: CarriedList, visit: OrganiserVisit) -> LookedAtList:
    ids: frozenset[UUID] = visit.location_ids
    return look_at_vacancies(lines=carried.lines, file_name=carried.file_name, location_ids=ids, now=visit.now)


def _is_good(looked: LookedAtList) -> bool:
    return not looked.read.error_count


def _ask(
    request: Request, visit: OrganiserVisit, looked: LookedAtList | None = None, *, form: ListForm | None = None
) -> HttpResponse:
    """Draw the page that asks for a list, with what is wrong in the one that was handed in."""
    known = own_places(visit.location_ids, today=visit.today)
    context: dict[str, Any] = {
        "form": form or ListForm(),
        "columns": columns_table(COLUMNS),
        "count": len(known.vacancies),
    }
    if looked is not None:
        context |= {"errors": errors_table(looked.read.errors), "error_words": error_words(looked.read.error_count)}
    return draw(request, visit, "vacancy_file.html", context, section=LOCATIONS)


def _draw_changes(
    request: Request,
    visit: OrganiserVisit,
    carried: CarriedList,
    looked: LookedAtList,
    ticked: frozenset[str] | None = None,
) -> HttpResponse:
    """Draw what a list changes; at first all is ticked but what only a person can decide."""
    changes = looked.changes
    if ticked is None:
        ticked = frozenset(one.key for one in changes.changes if one.kind not in UNTICKED)
    context = {
        "carried": carried.written(),
        "file_name": carried.file_name,
        "lead": summary_words(changes),
        "parts": card_parts(changes, ticked),
    }
    return draw(request, visit, "vacancy_file_changes.html", context, section=LOCATIONS)
