"""Searching without signing in: one field, a list and a map, filters in the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from opvangloket.domains.providers.search import SearchResult, search
from opvangloket.foundation.geography import boundaries, place_point, suggest
from opvangloket.rules.neutrality import Point
from opvangloket.web.guards import PublicVisit, public_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.public import map_view
from opvangloket.web.public.forms import WORKWEEK, SearchForm
from opvangloket.web.public.presenters import card
from opvangloket.web.ui.components import pagination

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class WeekBox:
    """One box of the small week in the filters."""

    code: str
    label: str
    checked: bool


_DAYS = {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag"}
_HALVES = {"vm": "voormiddag", "nm": "namiddag"}


@public_page("location.search")
def results(request: Request, visit: PublicVisit) -> HttpResponse:
    """Show the locations that fit, in the neutral order of the day."""
    form = SearchForm(request.GET)
    number = _page_number(request)
    where, found = _find(visit, form, number)
    numbered = {row.slug: place for place, row in enumerate(found.shown, start=(number - 1) * PER_PAGE + 1)}
    several_towns = len(visit.desk.territory) > 1
    query = urlencode([(name, value) for name, value in _pairs(request) if name != "pagina"])
    context = {
        "search_form": form,
        "week": _week(form.chosen_parts),
        "cards": [card(row, desk=visit.desk.slug, today=visit.today, with_town=several_towns) for row in found.shown],
        "total": found.total,
        "first": (number - 1) * PER_PAGE + 1,
        "place": form.place,
        "times_turned": form.times_turned,
        "place_unknown": bool(form.place) and where is None,
        "order_by_distance": where is not None,
        "filtered": any(name not in ("plaats", "pagina") for name, value in _pairs(request) if value),
        "pages": pagination(page=number, per_page=PER_PAGE, total=found.total, url_of=lambda p: _address(query, p)),
        "map": map_view.picture(visit.desk.territory, found.everywhere, numbered=numbered),
        "map_url": f"{reverse('public:map_data', kwargs={'desk': visit.desk.slug})}?{query}",
    }
    return page(request, "public/search.html", context, swaps=("results",))


@public_page("location.search")
def map_data(request: Request, visit: PublicVisit) -> HttpResponse:
    """Give the map its shapes and points: boundaries of the territory and every location that fits."""
    _, found = _find(visit, SearchForm(request.GET), 1)
    points = [
        {
            "name": row.name,
            "url": reverse("public:location", kwargs={"desk": visit.desk.slug, "slug": row.slug}),
            "lat": row.point.lat,
            "lon": row.point.lon,
        }
        for row in found.everywhere
    ]
    return JsonResponse({"boundaries": boundaries(visit.desk.territory), "points": points})


@public_page("location.search")
def places(request: Request, visit: PublicVisit) -> HttpResponse:
    """Suggest places for what is typed, those of this desk first."""
    found = suggest(request.GET.get("plaats", ""), 7, prefer=visit.desk.territory)
    return JsonResponse({"places": [place.label for place in found]})


def _find(visit: PublicVisit, form: SearchForm, number: int) -> tuple[Point | None, SearchResult]:
    """Return the point of the typed place, and the locations that fit."""
    place = place_point(form.place, prefer=visit.desk.territory) if form.place else None
    origin = Point(place.lat, place.lon) if place else None
    found = search(
        visit.desk.id,
        today=visit.today,
        wanted=form.wanted(),
        origin=origin,
        fresh_days=visit.procedure.vacancy_fresh_days,
        first=(number - 1) * PER_PAGE,
        count=PER_PAGE,
    )
    return origin, found


def _address(query: str, number: int) -> str:
    return f"?{query}&pagina={number}" if query else f"?pagina={number}"


def _page_number(request: Request) -> int:
    text = request.GET.get("pagina", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]


def _week(chosen: frozenset[str]) -> list[list[WeekBox]]:
    """Return the boxes of the small week: a row of mornings over a row of afternoons."""
    return [
        [
            WeekBox(code, f"{_DAYS[code[:2]]} {_HALVES[half]}", code in chosen)
            for code in WORKWEEK
            if code.endswith(half)
        ]
        for half in _HALVES
    ]
