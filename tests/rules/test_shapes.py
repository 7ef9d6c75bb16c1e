"""Whether a point lies in a shape, and how far it is from the border."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.neutrality import Point, distance_m
from opvangloket.rules.shapes import contains, metres_to_border

SQUARE = ((4.0, 50.8), (4.1, 50.8), (4.1, 50.9), (4.0, 50.9), (4.0, 50.8))
HOLE = ((4.04, 50.84), (4.06, 50.84), (4.06, 50.86), (4.04, 50.86), (4.04, 50.84))
ISLAND = ((4.2, 50.8), (4.3, 50.8), (4.3, 50.9), (4.2, 50.9), (4.2, 50.8))
inside = st.floats(0.001, 0.099)


@given(inside, inside)
def test_a_point_within_the_border_lies_in_the_shape(east: float, north: float) -> None:
    assert contains([SQUARE], Point(50.8 + north, 4.0 + east))
    assert not contains([SQUARE], Point(50.8 + north, 4.1 + east))
    assert not contains([SQUARE], Point(50.9 + north, 4.0 + east))
    assert contains([SQUARE, ISLAND], Point(50.8 + north, 4.2 + east))


def test_a_hole_is_outside() -> None:
    assert not contains([SQUARE, HOLE], Point(50.85, 4.05))
    assert contains([SQUARE, HOLE], Point(50.85, 4.02))


@given(inside, inside)
def test_the_nearest_border_is_no_further_than_any_corner(east: float, north: float) -> None:
    point = Point(50.8 + north, 4.0 + east)
    corners = min(distance_m(point, Point(lat, lon)) for lon, lat in SQUARE)
    assert metres_to_border([SQUARE], point) <= corners * 1.001


def test_the_distance_to_a_straight_border_is_measured_across() -> None:
    west_of_it = Point(50.85, 3.99)
    assert metres_to_border([SQUARE], west_of_it) == pytest.approx(distance_m(west_of_it, Point(50.85, 4.0)), rel=0.001)
    north_east = Point(50.91, 4.11)
    assert metres_to_border([SQUARE], north_east) == pytest.approx(distance_m(north_east, Point(50.9, 4.1)), rel=0.001)


def test_no_shape_is_infinitely_far() -> None:
    assert metres_to_border([], Point(50.85, 4.05)) == inf
    assert metres_to_border([[(4.0, 50.8), (4.0, 50.8)]], Point(50.8, 4.0)) == 0
