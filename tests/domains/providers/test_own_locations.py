"""What an organiser sees of its own locations, and of nobody else's."""

from datetime import UTC, date, datetime

import pytest
from tests.cast import Town, town

from opvangloket.domains.providers.models import CapacityKind, DeskRelation, LocationInDesk, LocationType
from opvangloket.domains.providers.own_locations import LocationNotFound, asking_desks, own_location, own_locations
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def test_a_location_as_its_own_people_see_it(here: Town) -> None:
    with here.at_organiser(here.mias_nestje):
        found = own_location("mias-nestje")
    assert (found.name, found.type, found.capacity_kind) == ("Mia's Nestje", LocationType.FAMILY, CapacityKind.NONE)
    assert found.address == "Dreefstraat 1, 9400 Ninove"
    assert found.opened == WeekPattern.full_days("ma", "di", "wo", "do", "vr")
    assert found.opening.hours_words() == "maandag tot en met vrijdag van 7 uur tot 18 uur"


def test_only_the_own_ones_are_listed(here: Town) -> None:
    own = (here.regenboog_denderhof, here.regenboog_centrum)
    with here.at_organiser(*own):
        found = own_locations([location.id for location in (*own, here.mias_nestje)])
        with pytest.raises(LocationNotFound):
            own_location("mias-nestje")
    assert [location.name for location in found] == ["De Regenboog Centrum", "De Regenboog Denderhof"]


def test_the_desks_that_may_ask_the_home_desk_first(here: Town) -> None:
    with here.at_desk(here.overstroom):
        LocationInDesk.objects.create(
            location=here.mias_nestje, desk=here.overstroom, relation=DeskRelation.VIEW, start_on=date(2026, 1, 1)
        )
    with here.at_organiser(here.mias_nestje):
        found = asking_desks([here.mias_nestje.id], today=here.today)[here.mias_nestje.id]
        before = asking_desks([here.mias_nestje.id], today=date(2025, 12, 31))[here.mias_nestje.id]
    assert [(desk.slug, desk.is_home) for desk in found] == [("ninove", True), ("overstroom", False)]
    assert [desk.slug for desk in before] == ["ninove"]
