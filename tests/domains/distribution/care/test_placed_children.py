"""Children with a place, as their location sees them: with the whole file, and only there."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.cast import Town, town
from tests.domains.distribution.journey import YES, Journey, asks, looking

from opvangloket.domains.distribution.care.not_started import ASK_FAMILY, tell_not_started
from opvangloket.domains.distribution.care.placed_children import PlacedChild, placed_child, placed_children
from opvangloket.domains.distribution.care.start import CannotConfirm, confirm_start
from opvangloket.domains.distribution.closing.searches import reopen
from opvangloket.domains.distribution.lines.locking import PlacementNotFound
from opvangloket.domains.distribution.models import PlacementState
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.models import DeskTask
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def placed(here: Town, **different: Any) -> Journey:
    journey = asks(here, **different)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    return journey


def children(here: Town, *locations: Location) -> tuple[PlacedChild, ...]:
    own = locations or (here.regenboog_centrum,)
    with here.at_organiser(*own):
        return placed_children([location.id for location in own], today=here.today).children


def test_after_acceptance_the_whole_file_is_there(here: Town) -> None:
    journey = placed(here, support_needed="Een rustige slaapplek", support_shared=True, message_to_locations="Dag!")
    [child] = children(here)
    assert child.reference == journey.registered.reference
    assert (child.family.child_name, child.family.phone) == ("Noor Peeters", "0470 12 34 56")
    assert child.address == "Centrumlaan 12, 9400 Ninove"
    assert (child.support_needed, child.message) == ("Een rustige slaapplek", "Dag!")
    assert (child.start_on, child.pattern) == (here.noor().start_on, here.noor().pattern)
    assert not child.is_direct
    assert children(here, here.mias_nestje) == ()
    with here.at_organiser(here.mias_nestje), pytest.raises(PlacementNotFound):
        placed_child(journey.registered.reference, here.regenboog_centrum.slug)


def test_who_is_not_confirmed_comes_first(here: Town) -> None:
    first, second = placed(here), placed(here, support_needed="")
    start, days = here.noor().start_on, WeekPattern.full_days("ma")
    with here.at_organiser(here.regenboog_centrum):
        confirm_start(
            placement_id=first.placement().id, start_on=start, pattern=days, actor=here.manager, now=first.now
        )
    assert [child.reference for child in children(here)] == [
        second.registered.reference,
        first.registered.reference,
    ]
    confirmed = children(here)[1]
    assert (confirmed.real_start_on, confirmed.real_pattern) == (start, days)


def test_a_place_that_was_undone_is_no_longer_listed(here: Town) -> None:
    journey = placed(here)
    with here.at_organiser(here.regenboog_centrum):
        child = placed_child(journey.registered.reference, here.regenboog_centrum.slug)
    undo(journey)
    assert children(here) == ()
    with here.at_organiser(here.regenboog_centrum):
        again = placed_child(journey.registered.reference, here.regenboog_centrum.slug)
        assert again.state is PlacementState.UNDONE
        with pytest.raises(CannotConfirm):
            tell_not_started(placement_id=child.placement_id, actor=here.manager, now=NOW)


def test_the_desk_asks_the_family_when_care_did_not_start(here: Town) -> None:
    journey = placed(here)
    for _ in range(2):
        with here.at_organiser(here.regenboog_centrum):
            tell_not_started(placement_id=journey.placement().id, actor=here.manager, now=journey.now)
    with looking():
        [task] = DeskTask.objects.filter(request_id=journey.request_id, done_at=None, note=ASK_FAMILY)
    assert task.location_id == here.regenboog_centrum.id
    assert journey.state == "placed"


def test_the_number_of_queries_does_not_grow(here: Town, django_assert_num_queries: Any) -> None:
    for many in (1, 4):
        for _ in range(many):
            placed(here)
        with here.at_organiser(here.regenboog_centrum), django_assert_num_queries(4):
            placed_children([here.regenboog_centrum.id], today=here.today)


def undo(journey: Journey) -> None:
    with journey.here.at_desk():
        reopen(request_id=journey.request_id, actor=journey.here.worker, now=journey.now)


def test_who_is_long_at_school_is_no_longer_among_the_children(here: Town) -> None:
    journey = placed(here)
    unborn = placed(here, child=here.deniz().child, start_on=here.deniz().start_on)
    ends = placed(here, end_on=date(2031, 1, 1))

    def there(on: date) -> set[str]:
        with here.at_organiser(here.regenboog_centrum):
            page = placed_children([here.regenboog_centrum.id], today=on)
        assert page.total == len(page.children)
        return {child.reference for child in page.children}

    noor, deniz, until = (one.registered.reference for one in (journey, unborn, ends))
    assert there(date(2029, 8, 31)) == {noor, deniz, until}
    assert there(date(2029, 9, 1)) == {deniz, until}
    assert there(date(2030, 6, 7)) == {until}


def test_who_may_be_at_school_comes_last(here: Town) -> None:
    noor = placed(here)
    placed(here, child=here.deniz().child, start_on=here.deniz().start_on)
    placed(here, end_on=date(2031, 1, 1))

    def listed(on: date) -> list[tuple[str, bool]]:
        with here.at_organiser(here.regenboog_centrum):
            page = placed_children([here.regenboog_centrum.id], today=on)
        return [(child.reference, child.may_be_at_school(on)) for child in page.children]

    assert {at_school for _, at_school in listed(date(2028, 8, 31))} == {False}
    assert listed(date(2028, 9, 1))[-1] == (noor.registered.reference, True)
    assert [at_school for _, at_school in listed(date(2028, 9, 1))] == [False, False, True]
