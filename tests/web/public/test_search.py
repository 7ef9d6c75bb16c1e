"""Searching and reading a location, without signing in."""

import re
from datetime import date, timedelta
from itertools import combinations
from math import dist
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, plan_places
from tests.web.conftest import ClientFor

from opvangloket.domains.providers.models import (
    CapacityKind,
    DeskRelation,
    Location,
    LocationInDesk,
    LocationType,
    Occupation,
    OccupationKind,
    OpeningHours,
    Tariff,
    Vacancy,
)
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db


def _vacancy(location: Location, here: Town, *, days_ago: int = 0, **different: object) -> Vacancy:
    Location.objects.filter(id=location.id).update(capacity_kind=CapacityKind.VACANCIES)
    facts: dict[str, object] = {
        "parts": WeekPattern.full_days("ma", "di").mask,
        "start_on": here.today,
        "tariff": Tariff.INCOME,
        "declared_at": here.now,
        "confirmed_on": here.today - timedelta(days=days_ago),
    }
    return Vacancy.objects.create(location=location, **(facts | different))


def _names(html: str) -> list[str]:
    return re.findall(r'<h2><a href="[^"]+">([^<]+)</a></h2>', html)


def test_a_visitor_sees_every_location_of_the_desk_and_no_other(here: Town, client_for: ClientFor) -> None:
    page = client_for().get("/ninove/zoeken/").content.decode()
    assert sorted(_names(page)) == [
        "De Regenboog Centrum",
        "De Regenboog Denderhof",
        "Het Klavertje",
        "Mia&#x27;s Nestje",
    ]
    assert "Stroomop" not in page


def test_the_order_is_the_same_for_everyone_and_turns_by_day(here: Town, client_for: ClientFor) -> None:
    first = _names(client_for().get("/ninove/zoeken/").content.decode())
    assert first == _names(client_for().get("/ninove/zoeken/").content.decode())


def test_a_place_puts_the_nearest_first_with_its_distance(here: Town, client_for: ClientFor) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(lat=50.8364, lon=4.0239)
    Location.objects.filter(id=here.het_klavertje.id).update(lat=50.90, lon=4.10)
    page = client_for().get("/ninove/zoeken/", {"plaats": "9400"}).content.decode()
    assert _names(page)[:2] == ["Mia&#x27;s Nestje", "Het Klavertje"]
    assert "Dichtbij staat eerst." in page
    assert " km</li>" in page


def test_an_unknown_place_is_said_and_hides_nothing(here: Town, client_for: ClientFor) -> None:
    page = client_for().get("/ninove/zoeken/", {"plaats": "<b>Atlantis"}).content.decode()
    assert "We kennen “&lt;b&gt;Atlantis” niet" in page
    assert len(_names(page)) == 4


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"soort": "family"}, ["Mia&#x27;s Nestje"]),
        ({"prijs": "free"}, ["Het Klavertje"]),
        ({"wens": "inclusive"}, ["De Regenboog Centrum"]),
        ({"wens": "early"}, ["De Regenboog Denderhof"]),
        ({"wens": "weekend"}, ["De Regenboog Denderhof"]),
        ({"wens": ["inclusive", "early"]}, []),
        ({"moment": ["ma_vm", "wo_nm"], "soort": "family"}, []),
        ({"moment": "ma_vm", "soort": "family"}, ["Mia&#x27;s Nestje"]),
        ({"van": "480", "tot": "1020", "soort": "family"}, ["Mia&#x27;s Nestje"]),
        ({"van": "390"}, ["De Regenboog Denderhof"]),
        ({"tot": "1110"}, []),
        ({"van": "480", "tot": "1020", "moment": ["wo_vm", "wo_nm"], "soort": "family"}, []),
        ({"van": "480", "tot": "720", "moment": ["wo_vm"], "soort": "family"}, ["Mia&#x27;s Nestje"]),
    ],
)
def test_filters(here: Town, client_for: ClientFor, query: dict[str, str], expected: list[str]) -> None:
    Location.objects.filter(id=here.het_klavertje.id).update(tariff=Tariff.FREE)
    Location.objects.filter(id=here.regenboog_centrum.id).update(inclusive=True)
    OpeningHours.objects.create(location=here.regenboog_denderhof, weekday=5, opens=6 * 60, closes=12 * 60)
    OpeningHours.objects.filter(location=here.mias_nestje, weekday=2).update(closes=12 * 60)
    assert _names(client_for().get("/ninove/zoeken/", query).content.decode()) == expected


def test_silly_input_is_left_out(here: Town, client_for: ClientFor) -> None:
    query = {"soort": "kasteel", "moment": "zz", "wens": "goud", "pagina": "-3x", "prijs": "1"}
    response = client_for().get("/ninove/zoeken/", query)
    assert response.status_code == 200
    assert len(_names(response.content.decode())) == 4


def test_times_that_end_before_they_start_are_said_and_hide_nothing(here: Town, client_for: ClientFor) -> None:
    page = client_for().get("/ninove/zoeken/", {"van": "1020", "tot": "480"}).content.decode()
    assert "We kijken nu niet naar de uren." in page
    assert len(_names(page)) == 4


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"van": "540", "tot": "900"}, True),
        ({"van": "540", "tot": "900", "moment": ["ma_vm", "di_nm"]}, True),
        ({"van": "480", "tot": "900"}, True),
        ({"van": "480", "tot": "900", "moment": ["di_vm", "di_nm"]}, True),
        ({"van": "480", "tot": "900", "moment": ["ma_vm", "ma_nm"]}, False),
        ({"tot": "1020", "moment": ["ma_nm"]}, False),
        ({"van": "540", "tot": "900", "moment": ["wo_vm"]}, False),
    ],
)
def test_asked_hours_lie_within_those_of_the_free_place(
    here: Town, client_for: ClientFor, query: dict[str, object], is_found: bool
) -> None:
    _vacancy(here.mias_nestje, here, hours=["ma 09:00-15:00"])
    page = client_for().get("/ninove/zoeken/", {"wens": "free_only"} | query).content.decode()
    assert bool(_names(page)) == is_found


def test_a_temporary_place_with_hours_reads_so(here: Town, client_for: ClientFor) -> None:
    _vacancy(here.mias_nestje, here, hours=["ma 09:00-15:00"], end_on=date(2026, 7, 1), age_group="baby")
    assert "Nu plaats tot en met 30 juni" in client_for().get("/ninove/zoeken/").content.decode()
    page = client_for().get("/ninove/opvang/mias-nestje/").content.decode()
    assert "<strong>Maandag en dinsdag hele dag</strong><span>Maandag van 9 uur tot 15 uur</span>" in page
    assert "Tijdelijk: nu, tot en met 30 juni. Eén plaats voor een baby." in page


def test_a_place_of_whole_days_without_end_is_told_by_its_week_alone(here: Town, client_for: ClientFor) -> None:
    _vacancy(here.mias_nestje, here)
    page = client_for().get("/ninove/opvang/mias-nestje/").content.decode()
    assert "Nu plaats" in page
    assert 'class="free-places"' not in page


def test_declared_places_show_when_they_were_confirmed(here: Town, client_for: ClientFor) -> None:
    _vacancy(here.mias_nestje, here, days_ago=3)
    page = client_for().get("/ninove/zoeken/", {"soort": "family"}).content.decode()
    assert "Nu plaats" in page
    assert "bevestigd op" in page


def test_places_not_confirmed_for_long_are_not_called_free(here: Town, client_for: ClientFor) -> None:
    _vacancy(here.mias_nestje, here, days_ago=15)
    page = client_for().get("/ninove/zoeken/", {"soort": "family"}).content.decode()
    assert "Niet bevestigd" in page
    assert _names(client_for().get("/ninove/zoeken/", {"wens": "free_only"}).content.decode()) == []


def test_places_for_the_desk_only_stay_with_the_desk(here: Town, client_for: ClientFor) -> None:
    _vacancy(here.mias_nestje, here, public=False)
    page = client_for().get("/ninove/opvang/mias-nestje/").content.decode()
    assert "Nu geen vrije plaatsen gemeld" in page


def test_the_free_filter_counts_what_the_planner_knows(here: Town, client_for: ClientFor) -> None:
    plan_places(here.het_klavertje, 1, from_on=here.today)
    free = {"wens": "free_only", "moment": "ma_vm"}
    assert _names(client_for().get("/ninove/zoeken/", free).content.decode()) == ["Het Klavertje"]
    Occupation.objects.create(
        location=here.het_klavertje,
        kind=OccupationKind.DECLARED,
        parts=WeekPattern.of("ma_vm").mask,
        start_on=here.today,
        subject_id=here.het_klavertje.id,
        made_at=here.now,
    )
    assert _names(client_for().get("/ninove/zoeken/", free).content.decode()) == []
    other = {"wens": "free_only", "moment": "di_vm"}
    assert _names(client_for().get("/ninove/zoeken/", other).content.decode()) == ["Het Klavertje"]


def test_beside_what_a_plan_counts_stands_what_its_location_declared(here: Town, client_for: ClientFor) -> None:
    """A place for some months, or with hours, is told with its own words; what the plan says already is told once."""
    plan_places(here.het_klavertje, 1, from_on=here.today)
    until = here.today + timedelta(days=100)
    Occupation.objects.create(
        location=here.het_klavertje,
        kind=OccupationKind.DECLARED,
        parts=WeekPattern.full_days("ma", "di", "wo").mask,
        start_on=until,
        subject_id=here.het_klavertje.id,
        made_at=here.now,
    )
    plan = {"location": here.het_klavertje, "here": here}
    page = "/ninove/opvang/het-klavertje/"
    assert 'class="free-places"' not in client_for().get(page).content.decode()
    _planned(**plan, parts=WeekPattern.full_days("do").mask)
    assert 'class="free-places"' not in client_for().get(page).content.decode(), "the plan says so already"
    _planned(**plan, parts=WeekPattern.full_days("ma").mask, end_on=until)
    _planned(**plan, parts=WeekPattern.full_days("vr").mask, hours=["vr 09:00-15:00"])
    _planned(**plan, parts=WeekPattern.full_days("di").mask, end_on=until, days_ago=15)
    _planned(**plan, parts=WeekPattern.full_days("wo").mask)
    told = " ".join(re.sub("<[^>]+>", " ", client_for().get(page).content.decode()).split())
    assert "Donderdag en vrijdag hele dag Nu. Blijft vrij volgens de planning van de opvang." in told
    assert "Maandag hele dag Tijdelijk: nu, tot en met 9 juni. Eén plaats." in told
    assert "Vrijdag van 9 uur tot 15 uur Nu. Eén plaats." in told
    assert "Dinsdag hele dag" not in told, "nobody confirmed it lately"
    assert "Woensdag hele dag" not in told, "the plan has no room for it"
    assert "Nu plaats tot en met" not in told, "the place that stays free has no end"
    free = {"wens": "free_only", "moment": "ma_vm"}
    assert _names(client_for().get("/ninove/zoeken/", free).content.decode()) == ["Het Klavertje"]


def _planned(location: Location, here: Town, **different: Any) -> None:
    _vacancy(location, here, **different)
    Location.objects.filter(id=location.id).update(capacity_kind=CapacityKind.PLAN)


def test_a_location_page_says_what_every_family_may_know(here: Town, client_for: ClientFor) -> None:
    page = client_for().get("/ninove/opvang/de-regenboog-centrum/").content.decode()
    assert "Maandag tot en met vrijdag van 7 uur tot 18 uur" in page
    assert "18 kinderen tegelijk" in page
    assert "/ninove/vraag/?opvang=de-regenboog-centrum" in page


@pytest.mark.parametrize("address", ["/ninove/opvang/bestaat-niet/", "/ninove/opvang/stroomop-oudeberg/", "/nergens/"])
def test_what_a_desk_does_not_see_is_not_found(here: Town, client_for: ClientFor, address: str) -> None:
    assert client_for().get(address).status_code == 404


def test_a_location_that_stopped_is_gone(here: Town, client_for: ClientFor) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(closed_on=date(2026, 3, 1))
    assert client_for().get("/ninove/opvang/mias-nestje/").status_code == 404
    assert "Mia" not in client_for().get("/ninove/zoeken/").content.decode()


@pytest.mark.parametrize("address", ["", "zo-werkt-het/", "privacy/", "toegankelijkheid/", "zoeken/"])
def test_public_pages_open_for_anyone(here: Town, client_for: ClientFor, address: str) -> None:
    assert client_for().get(f"/ninove/{address}").status_code == 200


def test_the_map_has_the_territory_and_the_points(here: Town, client_for: ClientFor) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(lat=50.8364, lon=4.0239)
    page = client_for().get("/ninove/zoeken/").content.decode()
    assert "map-area" in page
    assert (page.count('class="map-dot"'), page.count('class="map-dots"')) == (1, 0)
    elsewhere = client_for().get("/ninove/zoeken/?pagina=2").content.decode()
    assert (elsewhere.count('class="map-dot"'), elsewhere.count('class="map-dots"')) == (0, 1)
    data = client_for().get("/ninove/zoeken/kaart.json").json()
    assert [point["name"] for point in data["points"]] == ["Mia's Nestje"]
    assert len(data["boundaries"]["features"]) == 1


def test_locations_on_one_point_stand_beside_each_other(here: Town, client_for: ClientFor) -> None:
    Location.objects.filter(organiser__in=[here.regenboog, here.mia]).update(lat=50.8364, lon=4.0239)
    page = client_for().get("/ninove/zoeken/").content.decode()
    pins = [(float(x), float(y)) for x, y in re.findall(r'class="map-dot" cx="([\d.]+)" cy="([\d.]+)"', page)]
    assert len(pins) == 3
    assert all(dist(one, other) >= 26 for one, other in combinations(pins, 2))
    data = client_for().get("/ninove/zoeken/kaart.json").json()
    assert len({point["url"] for point in data["points"]}) == 3


def test_the_page_shows_where_a_location_is_and_how_sure_that_is(here: Town, client_for: ClientFor) -> None:
    address = "/ninove/opvang/mias-nestje/"
    assert "point-map" not in client_for().get(address).content.decode()
    Location.objects.filter(id=here.mias_nestje.id).update(lat=50.8364, lon=4.0239)
    shown = client_for().get(address).content.decode()
    assert "point-map" in shown
    assert "mlat=50.83640&amp;mlon=4.02390" in shown
    assert "Ongeveer" not in shown


def test_places_are_suggested_with_those_of_the_desk_first(here: Town, client_for: ClientFor) -> None:
    assert "Ninove" in client_for().get("/ninove/zoeken/plaatsen.json", {"plaats": "nin"}).json()["places"][0]


def test_the_number_of_queries_does_not_grow_with_the_supply(here: Town, client_for: ClientFor) -> None:
    plan_places(here.het_klavertje, 3, from_on=here.today)
    _vacancy(here.mias_nestje, here)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client_for().get("/ninove/zoeken/")
        return len(captured)

    queries()  # whatever is asked once per process, is asked now
    few = queries()
    for number in range(30):
        copy = Location.objects.get(id=here.het_klavertje.id)
        copy.id, copy.slug, copy.type = type(copy)._meta.pk.get_default(), f"kopie-{number}", LocationType.GROUP
        copy.save(force_insert=True)
        with here.at_desk():
            LocationInDesk.objects.create(
                location=copy, desk=here.ninove, relation=DeskRelation.HOME, start_on=date(2020, 1, 1)
            )
    assert queries() <= few  # fewer when the first page happens to show no free place
