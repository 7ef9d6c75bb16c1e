"""The places of a town: as many as there are births, of every kind, near its villages, told in plain words."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from tests.simulation.conftest import NINOVE, ORDER, Lived

from opvangloket.domains.providers.models import CapacityKind, LocationType, SubsidyStep, Tariff
from opvangloket.foundation.geography import distance_km
from opvangloket.foundation.ids import seeded
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import DeskMode, PageField
from opvangloket.simulation.key_figures import LOCATIONS, PLACES, PLACES_WITH_INCOME_TARIFF
from opvangloket.simulation.making import planned_town
from opvangloket.simulation.reference import flemish_codes, share_of_births, villages
from opvangloket.simulation.supply import ninove as named
from opvangloket.simulation.supply.desks import territories
from opvangloket.simulation.supply.town import Town


@pytest.fixture(scope="module")
def flanders() -> Town:
    with seeded(1):
        return planned_town(replace(ORDER, nis_codes=flemish_codes(), years=1))


def test_flanders_has_its_known_places_and_locations(flanders: Town) -> None:
    places = sum(planned.row.licensed_places for planned in flanders.locations)
    income = sum(planned.row.licensed_places for planned in flanders.locations if planned.row.tariff != Tariff.FREE)

    assert places == pytest.approx(PLACES, rel=0.02)
    assert len(flanders.locations) == pytest.approx(LOCATIONS, rel=0.05)
    assert income / places == pytest.approx(PLACES_WITH_INCOME_TARIFF / PLACES, abs=0.04)


def test_every_municipality_belongs_to_one_desk_and_small_ones_share(flanders: Town) -> None:
    divided = territories(flemish_codes())
    codes = [code for territory in divided for code in territory]

    assert sorted(codes) == sorted(flemish_codes())
    assert max(len(territory) for territory in divided) > 1
    assert len({desk.row.slug for desk in flanders.desks}) == len(flanders.desks) == len(divided)


def test_both_modes_and_several_procedures_exist(flanders: Town) -> None:
    procedures = [desk.procedures[-1] for desk in flanders.desks]

    assert {procedure.mode for procedure in procedures} == set(DeskMode)
    assert len({procedure.answer_term_days for procedure in procedures}) > 2
    assert any(procedure.send_from_months for procedure in procedures)


def test_neighbours_are_seen_but_each_location_has_one_home(flanders: Town) -> None:
    for position, seen in enumerate(flanders.seen_by_desk):
        homes = [number for number in seen if flanders.home_desk[number] == position]
        assert homes == [number for number, home in enumerate(flanders.home_desk) if home == position]
    assert sum(map(len, flanders.seen_by_desk)) > len(flanders.locations)


def test_a_town_has_every_type_step_tariff_and_way_to_keep_places(ninove: Lived) -> None:
    rows = [planned.row for planned in ninove.town.locations]

    assert {row.type for row in rows} == set(LocationType)
    assert {row.subsidy_step for row in rows} == set(SubsidyStep)
    assert {row.tariff for row in rows} >= {Tariff.INCOME, Tariff.FREE}
    assert {row.capacity_kind for row in rows} == set(CapacityKind)
    assert sum(row.licensed_places for row in rows) == pytest.approx(PLACES * share_of_births(NINOVE), rel=0.06)


def test_some_childminders_that_keep_no_places_here_work_on_paper(flanders: Town) -> None:
    rows = [planned.row for planned in flanders.locations]
    on_paper = [row for row in rows if row.weekly_list]
    without = [row for row in rows if row.type == LocationType.FAMILY and row.capacity_kind == CapacityKind.NONE]
    assert {row.id for row in on_paper} < {row.id for row in without}
    assert len(on_paper) == pytest.approx(len(without) / 3, rel=0.2)


def test_tariff_follows_the_step_and_a_fixed_price_is_told(flanders: Town) -> None:
    for planned in flanders.locations:
        row = planned.row
        free = row.subsidy_step in {SubsidyStep.T0, SubsidyStep.T1}
        assert (row.tariff == Tariff.FREE) == free
        assert (row.price_day is None) == (row.tariff == Tariff.INCOME)


def test_childminders_have_at_most_eight_places(flanders: Town) -> None:
    sizes = Counter(planned.row.licensed_places for planned in flanders.locations if planned.row.type == "family")

    assert max(sizes) <= 8


def test_income_tariff_means_eleven_hours_on_end(flanders: Town) -> None:
    longest_gap = 11 * 60
    for planned in flanders.locations:
        group = planned.row.type == LocationType.GROUP
        if group and planned.row.tariff == Tariff.INCOME and planned.hours:
            weekdays = [row for row in planned.hours if row.weekday < 5]
            assert all(row.closes - row.opens >= longest_gap for row in weekdays)


def test_locations_lie_near_a_village_of_their_municipality(flanders: Town) -> None:
    for planned in flanders.locations:
        row = planned.row
        assert row.lat is not None
        assert row.lon is not None
        nearest = min(distance_km(row.lat, row.lon, place.lat, place.lon) for place in villages(row.nis_code))
        assert nearest < 5


def test_effective_places_are_never_more_than_licensed_and_only_when_open(flanders: Town) -> None:
    for planned in flanders.locations:
        closed = [index for index in range(14) if not planned.opening.mask >> index & 1]
        for start_on in {row.start_on for row in planned.effective}:
            together = [row for row in planned.effective if row.start_on == start_on]
            assert max(sum(places) for places in zip(*(row.places for row in together), strict=True)) <= (
                planned.row.licensed_places
            )
            assert not any(row.places[index] for row in together for index in closed)


def test_pages_are_written_in_short_sentences(flanders: Town) -> None:
    texts = {planned.row.text for planned in flanders.locations if planned.row.text}
    lengths = [len(sentence.split()) for text in texts for sentence in re.split(r"(?<=[.!?:])\s+", text)]

    assert len(texts) > 300
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 12


def test_some_pages_miss_something_and_most_do_not(flanders: Town) -> None:
    incomplete = [
        planned
        for planned in flanders.locations
        if not planned.hours or not planned.row.text or not (planned.row.email or planned.row.phone)
    ]

    assert 0.01 < len(incomplete) / len(flanders.locations) < 0.15


def test_ninove_works_as_its_agreement_says(ninove: Lived) -> None:
    [desk] = ninove.town.desks
    agreement = desk.procedures[0]

    assert (desk.row.slug, desk.row.territory) == ("ninove", [NINOVE])
    assert "Burchtstraat 46" in desk.row.counter
    assert desk.row.counter_hours == "na afspraak"
    assert desk.row.phone == "054 00 00 00"
    assert (agreement.mode, agreement.answer_term_days) == (DeskMode.CENTRAL, 14)
    assert PageField.PHOTO in agreement.page_minimum
    assert all(version.reason and version.consultation_advice for version in desk.versions)
    assert [procedure.to_mapping() for procedure in desk.procedures] == [version.values for version in desk.versions]


def test_the_named_locations_are_there_and_keep_places_for_the_demonstration(ninove: Lived) -> None:
    by_name = {planned.row.name: planned for planned in ninove.town.locations}

    assert {location.name for location in named.NAMED} <= set(by_name)
    assert by_name[named.REGENBOOG].row.slug == "de-regenboog"
    assert by_name[named.MIA].row.type == LocationType.FAMILY
    assert by_name[named.KLAVERTJE].row.subsidy_step == SubsidyStep.T3
    assert by_name[named.REGENBOOG].opening == WeekPattern.full_days("ma", "di", "wo", "do", "vr")
