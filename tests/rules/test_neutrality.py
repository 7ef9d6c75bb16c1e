"""Neutral order: only distance and the day decide, and in the long run everyone stands first as often."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.neutrality import Listed, Point, distance_m, search_order

DAY = date(2026, 3, 2)
NINOVE, GENT = Point(50.8347, 4.0236), Point(51.0543, 3.7174)

points = st.builds(Point, st.floats(50.7, 51.5), st.floats(2.5, 5.9))
locations = st.lists(
    st.builds(Listed, st.uuids(), st.none() | points), unique_by=lambda listed: listed.location_id, max_size=30
)


def metres_north(origin: Point, metres: float) -> Point:
    return Point(origin.lat + metres / 111_195.08, origin.lon)


def ids(shown: tuple) -> list[UUID]:  # type: ignore[type-arg]
    return [entry.location_id for entry in shown]


@given(locations, st.dates(), st.none() | points, st.randoms())
def test_the_order_of_entry_does_not_matter(
    listed: list[Listed], day: date, origin: Point | None, rng: random.Random
) -> None:
    shuffled = rng.sample(listed, len(listed))
    assert search_order(shuffled, day=day, origin=origin) == search_order(listed, day=day, origin=origin)


@given(locations, st.dates(), st.data())
def test_a_filter_never_changes_who_comes_first_of_two(listed: list[Listed], day: date, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from(listed)) if listed else st.just(set()))
    all_shown = ids(search_order(listed, day=day))
    assert ids(search_order(kept, day=day)) == [i for i in all_shown if i in {listed.location_id for listed in kept}]


@given(locations, st.dates(), points)
def test_with_a_place_nearer_steps_come_first_and_unknown_points_last(
    listed: list[Listed], day: date, origin: Point
) -> None:
    shown = search_order(listed, day=day, origin=origin)
    steps = [float("inf") if entry.distance_m is None else entry.distance_m // 50 for entry in shown]
    assert steps == sorted(steps)
    assert len(shown) == len(listed)


def test_locations_within_one_step_take_turns() -> None:
    near, nearer, far = (
        Listed(UUID(int=number), metres_north(NINOVE, metres)) for number, metres in enumerate((140, 110, 160))
    )
    first = Counter()  # type: ignore[var-annotated]
    for days in range(400):
        order = ids(search_order([near, nearer, far], day=DAY + timedelta(days=days), origin=NINOVE))
        assert order[2] == far.location_id
        first[order[0]] += 1
    assert 160 < first[near.location_id] < 240
    assert 160 < first[nearer.location_id] < 240


def test_everyone_stands_in_every_place_equally_often() -> None:
    rng, days, count = random.Random(4), 6_000, 12
    listed = [Listed(UUID(int=rng.getrandbits(128))) for _ in range(count)]
    places: Counter[tuple[UUID, int]] = Counter()
    for number in range(days):
        order = ids(search_order(listed, day=DAY + timedelta(days=number)))
        places.update((location_id, place) for place, location_id in enumerate(order))
    expected = days / count
    assert len(places) == count * count
    # Chi-square with 121 degrees of freedom: above 190 would happen by chance once in about 15,000 times.
    assert sum((seen - expected) ** 2 / expected for seen in places.values()) < 190


def test_ids_that_follow_each_other_get_no_order_from_it() -> None:
    in_sequence = [Listed(UUID(int=number)) for number in range(50)]
    order = ids(search_order(in_sequence, day=DAY))
    rising = sum(a < b for a, b in pairwise(order))
    assert 15 < rising < 35


def test_the_same_day_gives_everyone_the_same_order_and_the_next_day_another() -> None:
    listed = [Listed(UUID(int=number)) for number in range(20)]
    assert search_order(listed, day=DAY) == search_order(tuple(listed), day=DAY)
    assert search_order(listed, day=DAY) != search_order(listed, day=DAY + timedelta(days=1))


def test_the_order_knows_nothing_but_id_and_point() -> None:
    assert list(Listed.__dataclass_fields__) == ["location_id", "point"]


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [(NINOVE, NINOVE, 0), (NINOVE, GENT, 32_508), (Point(0, 0), Point(0, 180), 20_015_115)],
)
def test_distance_over_the_earth(a: Point, b: Point, metres: float) -> None:
    assert distance_m(a, b) == pytest.approx(metres, rel=1e-3)
    assert distance_m(a, b) == distance_m(b, a)
