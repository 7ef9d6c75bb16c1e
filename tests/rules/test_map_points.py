"""Whatever people paste from a map is read as a point, and a point that is moved in steps comes back where it was."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.map_points import (
    STEPS_M,
    WHY_UNREAD,
    Direction,
    MapPoint,
    NoPoint,
    PointOrigin,
    Unread,
    read_point,
    rounded,
    step,
    wind,
    with_origin,
    write_point,
)
from opvangloket.rules.neutrality import Point, distance_m

DOOR = Point(50.8368, 4.0213)
COARSE = Point(50.83, 4.02)
BACK = {
    Direction.NORTH: Direction.SOUTH,
    Direction.SOUTH: Direction.NORTH,
    Direction.EAST: Direction.WEST,
    Direction.WEST: Direction.EAST,
}
points = st.builds(
    lambda north, east: rounded(Point(north / 100_000, east / 100_000)),
    st.integers(5_000_000, 5_140_000),
    st.integers(260_000, 630_000),
)


@pytest.mark.parametrize(
    "pasted",
    [
        "50.83680, 4.02130",
        "50.83680,4.02130",
        "50.83680;4.02130",
        "50.83680 4.02130",
        " (50.83680, 4.02130) ",
        "50,83680, 4,02130",
        "50,83680,4,02130",
        "50,83680; 4,02130",
        "50,83680 4,02130",
        "50,83680\n4,02130",
        "lat: 50.83680 lon: 4.02130",
        "50.83680° N, 4.02130° E",
        "4.02130° E, 50.83680° N",
        "N 50° 50.208' E 4° 1.278'",
        "50° 50,208' NB 4° 1,278' OL",
    ],
)
def test_two_numbers_are_read_as_people_write_them(pasted: str) -> None:
    assert read_point(pasted).point == DOOR
    assert not read_point(pasted).was_turned


@pytest.mark.parametrize(
    "pasted",
    [
        "50°50'12.5\"N 4°01'16.7\"E",
        "50°50'12.5''N 4°01'16.7''E",
        "50° 50′ 12.5″ N, 4° 01′ 16.7″ O",
        "50º50’12,5”N 4º01’16,7”O",
        "4°01'16.7\"E 50°50'12.5\"N",
        "N50°50'12.5\" E4°01'16.7\"",
    ],
)
def test_minutes_and_seconds_are_read_as_map_apps_give_them(pasted: str) -> None:
    assert read_point(pasted).point == Point(50.83681, 4.02131)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.openstreetmap.org/#map=17/50.83/4.02",
        "https://www.openstreetmap.org/?mlat=50.83&mlon=4.02#map=17/50.90/4.10",
        "https://www.openstreetmap.org/?mlat=50.83&amp;mlon=4.02",
        "https://www.google.com/maps/@50.83,4.02,17z",
        "https://www.google.be/maps/place/X/@50.90,4.10,17z/data=!3m5!1s0x0!8m2!3d50.83!4d4.02",
        "https://www.google.com/maps?q=50.83%2C4.02",
        "https://www.google.com/maps/place/50.83,4.02/data=!4m2",
        "https://maps.apple.com/?ll=50.83,4.02&q=Opvang",
        "https://www.bing.com/maps?cp=50.83~4.02&lvl=17",
        "geo:50.83,4.02",
        "geo:50.83,4.02?z=17",
    ],
)
def test_the_point_is_found_in_the_address_of_a_map_and_its_pin_goes_first(address: str) -> None:
    assert read_point(address).point == COARSE


@pytest.mark.parametrize("pasted", ["4.02130, 50.83680", "4,02130 50,83680", "geo:4.0213,50.8368", "4.0213° 50.8368°"])
def test_two_numbers_in_the_wrong_order_are_put_right_and_told(pasted: str) -> None:
    read = read_point(pasted)
    assert (read.point, read.was_turned) == (DOOR, True)


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        ("", Unread.EMPTY),
        ("   \n", Unread.EMPTY),
        ("Centrumlaan 12, 9400 Ninove", Unread.NO_POINT),
        ("50 4", Unread.NO_POINT),
        ("1,2,3,4,5,6", Unread.NO_POINT),
        ("50°75'00\" 4°01'16\"", Unread.NO_POINT),
        ("50.83680", Unread.ONE_NUMBER),
        ("50,4", Unread.ONE_NUMBER),
        ("12.11.2026 4.02", Unread.ONE_NUMBER),
        ("https://maps.app.goo.gl/Abc123", Unread.BARE_LINK),
        ("www.opvang.be/prijs-12.50-13.50", Unread.BARE_LINK),
        ("48.85660, 2.35220", Unread.ABROAD),
        ("-50.83680, 4.02130", Unread.ABROAD),
        ("50°50'12\"Z 4°01'16\"O", Unread.ABROAD),
        ("https://www.google.com/maps/@48.85,2.35,17z", Unread.ABROAD),
    ],
)
def test_what_is_no_point_says_why(pasted: str, reason: Unread) -> None:
    with pytest.raises(NoPoint) as refused:
        read_point(pasted)
    assert refused.value.reason is reason
    assert str(refused.value) == WHY_UNREAD[reason]


@given(points)
def test_what_is_written_is_read_again(point: Point) -> None:
    assert read_point(write_point(point)).point == point
    assert read_point(write_point(point).replace(".", ",")).point == point
    turned = ", ".join(reversed(write_point(point).split(", ")))
    assert read_point(turned).point == point


@given(st.text(max_size=80))
def test_any_text_is_a_point_in_belgium_or_says_why_not(text: str) -> None:
    try:
        point = read_point(text).point
    except NoPoint:
        return  # any other error fails this test
    assert 49.4 < point.lat < 51.6
    assert 2.5 < point.lon < 6.5


@given(points, st.sampled_from(Direction), st.sampled_from(STEPS_M))
def test_a_step_goes_as_far_as_it_says_and_a_step_back_is_where_it_was(
    point: Point, direction: Direction, metres: int
) -> None:
    there = step(point, direction, metres)
    assert abs(distance_m(point, there) - metres) < 1
    if direction in {Direction.NORTH, Direction.SOUTH}:
        assert (there.lat > point.lat) == (direction is Direction.NORTH)
        assert there.lon == point.lon
    else:
        assert (there.lon > point.lon) == (direction is Direction.EAST)
        assert there.lat == point.lat
    assert step(there, BACK[direction], metres) == point


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([Direction.NORTH], "noorden"),
        ([Direction.NORTH, Direction.EAST], "noordoosten"),
        ([Direction.EAST], "oosten"),
        ([Direction.SOUTH, Direction.EAST], "zuidoosten"),
        ([Direction.SOUTH], "zuiden"),
        ([Direction.SOUTH, Direction.WEST], "zuidwesten"),
        ([Direction.WEST], "westen"),
        ([Direction.NORTH, Direction.WEST], "noordwesten"),
        ([Direction.NORTH] * 5 + [Direction.WEST], "noorden"),
    ],
)
def test_where_a_point_goes_is_said_as_people_say_it(steps: list[Direction], expected: str) -> None:
    there = DOOR
    for direction in steps:
        there = step(there, direction, 100)
    assert wind(DOOR, there) == expected


def test_the_steps_to_choose_grow() -> None:
    assert all(small < large for small, large in pairwise(STEPS_M))


@pytest.mark.parametrize(
    ("point", "set_on", "expected"),
    [
        (None, None, MapPoint(None, PointOrigin.MISSING, "9400")),
        (DOOR, None, MapPoint(DOOR, PointOrigin.KNOWN, "9400")),
        (COARSE, None, MapPoint(COARSE, PointOrigin.MIDDLE, "9400")),
        (Point(50.83003, 4.02002), None, MapPoint(Point(50.83003, 4.02002), PointOrigin.MIDDLE, "9400")),
        (DOOR, date(2026, 3, 2), MapPoint(DOOR, PointOrigin.SET, "9400", date(2026, 3, 2))),
        (COARSE, date(2026, 3, 2), MapPoint(COARSE, PointOrigin.SET, "9400", date(2026, 3, 2))),
    ],
)
def test_a_point_tells_where_it_comes_from(point: Point | None, set_on: date | None, expected: MapPoint) -> None:
    found = with_origin(point, postcode="9400", middle=COARSE, set_on=set_on)
    assert found == expected
    assert found.is_unset == (expected.origin in {PointOrigin.MIDDLE, PointOrigin.MISSING})


def test_an_address_of_which_the_middle_is_not_known_keeps_its_point() -> None:
    assert with_origin(DOOR, postcode="", middle=None, set_on=None).origin is PointOrigin.KNOWN
