"""A point that somebody set stays until the address is another one; nobody has to guess where it comes from."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NINOVE, Town, open_location, town

from opvangloket.domains.providers.location_page import PublicLocation, public_location
from opvangloket.domains.providers.many_locations import kept_locations
from opvangloket.domains.providers.map_point import NamedPoint, check_point, map_points, neighbours, set_point
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.moving import NewAddress, announce, destination_of, do_move
from opvangloket.domains.providers.opening import open_location as open_new
from opvangloket.domains.providers.own_locations import LocationNotFound
from opvangloket.domains.providers.page_edit import PageRefused, PricePart, change_price
from opvangloket.domains.providers.search import SearchFilter, search
from opvangloket.domains.providers.types import Tariff
from opvangloket.domains.providers.upkeep import confirm_page
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.geography import postcode
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.location_page import PageFact
from opvangloket.rules.map_points import PointOrigin
from opvangloket.rules.neutrality import Point
from opvangloket.rules.official_register import RegisterFacts

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LATER = NOW + timedelta(days=9)
DOOR = Point(50.84215, 4.01277)
AALST = Point(50.93780, 4.03550)


@pytest.fixture
def here() -> Town:
    return town(NOW)


@pytest.fixture
def at_mia(here: Town) -> Iterator[Town]:
    with here.at_organiser(here.mias_nestje):
        yield here


def at(here: Town, **more: Any) -> dict[str, Any]:
    return {"location_id": here.mias_nestje.id, "actor": here.manager, "now": NOW, **more}


def page(here: Town) -> PublicLocation:
    with here.at_desk():
        return public_location(here.ninove.id, "mias-nestje", today=TODAY, fresh_days=14)


def in_the_middle(location: Location) -> Point:
    middle = postcode(location.postcode)
    assert middle is not None
    Location.objects.filter(id=location.id).update(lat=middle.lat, lon=middle.lon)
    return Point(middle.lat, middle.lon)


def move(here: Town, address: NewAddress) -> None:
    planned = announce(address=address, from_on=TODAY, instead_of=None, **at(here))
    assert do_move(planned.id, now=NOW)


def test_a_point_that_is_set_is_live_dated_and_written_down(at_mia: Town) -> None:
    set_point(point=Point(50.8421504, 4.0127699), **at(at_mia))
    shown = page(at_mia)
    assert (shown.map_point.point, shown.map_point.origin) == (DOOR, PointOrigin.SET)
    assert shown.map_point.set_on == shown.confirmed[PageFact.MAP_POINT] == TODAY
    with across_desks("a test reads the log"):
        [event] = AuditEvent.objects.filter(action="location.edit", subject_id=at_mia.mias_nestje.id)
    assert (event.codes, event.desk_id) == (["page_map"], at_mia.ninove.id)


def test_the_search_measures_from_the_point_that_was_set(at_mia: Town) -> None:
    set_point(point=DOOR, **at(at_mia))
    with at_mia.at_desk():
        found = search(
            at_mia.ninove.id, today=TODAY, wanted=SearchFilter(), origin=DOOR, fresh_days=14, first=0, count=10
        )
    assert (found.shown[0].slug, found.shown[0].distance_m) == ("mias-nestje", 0)
    assert [one.point for one in found.everywhere] == [DOOR]


@pytest.mark.parametrize(
    ("point", "where"), [(AALST, "ligt in Aalst"), (Point(50.4669, 4.8675), "in geen gemeente van Vlaanderen")]
)
def test_a_point_in_another_municipality_is_refused_with_both_names(at_mia: Town, point: Point, where: str) -> None:
    with pytest.raises(PageRefused) as refused:
        set_point(point=point, **at(at_mia))
    assert refused.value.field == "point"
    assert where in refused.value.message
    assert "ligt in Ninove" in refused.value.message
    with pytest.raises(PageRefused):
        check_point(at_mia.mias_nestje.id, point)
    assert page(at_mia).map_point.origin is PointOrigin.MISSING


def test_nobody_sets_the_point_of_another(here: Town) -> None:
    with here.at_organiser(here.het_klavertje), pytest.raises(LocationNotFound):
        set_point(point=DOOR, **at(here))


def test_the_middle_of_a_postcode_is_never_confirmed_by_confirming_the_rest(at_mia: Town) -> None:
    middle = in_the_middle(at_mia.mias_nestje)
    confirm_page(**at(at_mia))
    shown = page(at_mia)
    assert (shown.map_point.point, shown.map_point.origin) == (middle, PointOrigin.MIDDLE)
    assert shown.confirmed[PageFact.MAP_POINT] is None
    assert shown.confirmed[PageFact.NAME] == TODAY


def test_whoever_lives_in_the_middle_says_so_once(at_mia: Town) -> None:
    middle = in_the_middle(at_mia.mias_nestje)
    set_point(point=middle, **at(at_mia))
    assert page(at_mia).map_point.origin is PointOrigin.SET


def test_a_point_that_came_along_is_neither_set_nor_the_middle(at_mia: Town) -> None:
    Location.objects.filter(id=at_mia.mias_nestje.id).update(lat=DOOR.lat, lon=DOOR.lon)
    assert page(at_mia).map_point.origin is PointOrigin.KNOWN
    assert page(at_mia).confirmed[PageFact.MAP_POINT] is None
    confirm_page(**at(at_mia))
    assert page(at_mia).confirmed[PageFact.MAP_POINT] == TODAY


def test_other_parts_leave_the_point_alone(at_mia: Town) -> None:
    set_point(point=DOOR, **at(at_mia))
    change_price(price=PricePart(tariff=Tariff.INCOME), **at(at_mia, now=LATER))
    confirm_page(**at(at_mia, now=LATER))
    shown = page(at_mia)
    assert (shown.map_point.point, shown.map_point.set_on) == (DOOR, TODAY)
    assert shown.confirmed[PageFact.MAP_POINT] == date(2026, 3, 11)


@pytest.mark.parametrize(
    "address",
    [
        NewAddress(street="Beverstraat", house_number="3", postcode="9400"),
        NewAddress(street="Dreefstraat", house_number="1", postcode="9402"),
    ],
)
def test_another_street_or_postcode_is_the_middle_again_until_somebody_sets_it(
    at_mia: Town, address: NewAddress
) -> None:
    set_point(point=DOOR, **at(at_mia))
    assert not destination_of(at_mia.mias_nestje.id, address, today=TODAY).keeps_point
    move(at_mia, address)
    shown = page(at_mia)
    assert shown.map_point.origin is PointOrigin.MIDDLE
    assert shown.map_point.point != DOOR
    assert shown.confirmed[PageFact.MAP_POINT] is None
    set_point(point=DOOR, **at(at_mia, now=LATER))
    assert page(at_mia).map_point.set_on == date(2026, 3, 11)


@pytest.mark.parametrize("street", ["Dreefstraat", "dreefstr."])
def test_another_number_in_the_street_keeps_the_point_but_not_its_date(at_mia: Town, street: str) -> None:
    set_point(point=DOOR, **at(at_mia))
    address = NewAddress(street=street, house_number="17", postcode="9400")
    there = destination_of(at_mia.mias_nestje.id, address, today=TODAY)
    assert (there.point, there.keeps_point) == (DOOR, True)
    move(at_mia, address)
    assert page(at_mia).map_point.point == DOOR
    assert page(at_mia).map_point.origin is PointOrigin.KNOWN
    assert page(at_mia).street == f"{street} 17"


def test_what_was_set_before_a_move_that_was_announced_stays_until_its_day(at_mia: Town) -> None:
    address = NewAddress(street="Dreefstraat", house_number="17", postcode="9400")
    planned = announce(address=address, from_on=date(2026, 3, 11), instead_of=None, **at(at_mia))
    set_point(point=DOOR, **at(at_mia))
    assert do_move(planned.id, now=LATER)
    assert page(at_mia).map_point.point == DOOR


def test_a_new_location_stands_in_the_middle_of_its_postcode(here: Town) -> None:
    facts = RegisterFacts(
        file_number="",
        kbo="",
        name="Het Zonnetje",
        type="family",
        subsidy_step="T2A",
        tariff="income",
        licensed_places=8,
        street="Beverstraat",
        house_number="3",
        postcode="9400",
        nis_code=NINOVE,
        organiser_name="Zon",
        phone="054 11 22 33",
    )
    with here.at_desk():
        opened = open_new(desk_id=here.ninove.id, facts=facts, actor=here.manager, now=NOW)
        [found] = map_points([opened.location_id]).values()
    assert found.origin is PointOrigin.MIDDLE


def test_the_list_of_all_locations_tells_which_are_not_set_in_as_many_queries(here: Town) -> None:
    def kept() -> tuple[dict[str, bool], int]:
        own = Location.objects.filter(organiser=here.regenboog)
        ids = {location.id for location in own}
        with here.at_organiser(*own), CaptureQueriesContext(connection) as counted:
            rows = kept_locations(ids, today=TODAY)
        return {row.location.name: not row.map_point.is_unset for row in rows}, len(counted)

    in_the_middle(here.regenboog_centrum)
    kept()  # what is read once, is read
    few, queries = kept()
    assert set(few.values()) == {False}
    set_to = Location.objects.filter(organiser=here.regenboog)
    set_to.update(lat=DOOR.lat, lon=DOOR.lon)
    with across_desks("a test opens locations"):
        for number in range(4):
            open_location(here.regenboog, f"Regenboog {number}", here.ninove, NOW)
    many, as_many = kept()
    assert many == dict.fromkeys(few, True) | {f"Regenboog {number}": False for number in range(4)}
    assert as_many == queries


def test_the_neighbours_are_the_own_locations_in_the_municipality(here: Town) -> None:
    Location.objects.filter(organiser=here.regenboog).update(lat=DOOR.lat, lon=DOOR.lon)
    Location.objects.filter(id=here.mias_nestje.id).update(lat=DOOR.lat, lon=DOOR.lon)
    with here.at_organiser(here.regenboog_centrum):
        others = [NamedPoint("De Regenboog Denderhof", DOOR)]
        assert list(neighbours(here.regenboog_centrum.id)) == others
        assert neighbours(here.mias_nestje.id) == ()
