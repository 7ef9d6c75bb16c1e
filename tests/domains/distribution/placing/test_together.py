"""Brothers and sisters asked together: all of them at one location, or none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import FULL, YES, Journey, asks_together, looking, taken

from opvangloket.domains.distribution.placing.offers import OfferJustTaken
from opvangloket.domains.distribution.placing.together import Sibling, SiblingsMissing, siblings_of_offer
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import DeclineReason


@pytest.fixture
def both(here: Town) -> tuple[Journey, Journey]:
    noor, lou = asks_together(here, "Noor", "Lou")
    return noor, lou


def coming_along(noor: Journey) -> tuple[Sibling, ...]:
    with noor.here.as_family(noor.registered):
        return siblings_of_offer(noor.offer(noor.here.mias_nestje).id, today=noor.today)


def test_one_acceptance_takes_both_places(here: Town, both: tuple[Journey, Journey]) -> None:
    noor, lou = both
    for child in both:
        child.answers(here.mias_nestje, YES)
        child.answers(here.regenboog_centrum, YES)
    assert coming_along(noor) == (Sibling("Lou", lou.offer(here.mias_nestje).id),)
    noor.accepts(here.mias_nestje)
    assert [child.state for child in both] == ["placed", "placed"]
    assert {child.placement().location_id for child in both} == {here.mias_nestje.id}
    assert {child.offer(here.regenboog_centrum).state for child in both} == {"declined"}
    assert [len(child.mails("placement_confirmed_family")) for child in both] == [1, 1]


def test_pressing_again_for_the_other_child_changes_nothing(here: Town, both: tuple[Journey, Journey]) -> None:
    noor, lou = both
    for child in both:
        child.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    standing = lou.placement().id
    assert lou.accepts(here.mias_nestje) == standing
    assert lou.events().count("offer_accepted") == 1


def test_none_is_taken_while_one_has_no_offer_there(here: Town, both: tuple[Journey, Journey]) -> None:
    noor, lou = both
    noor.answers(here.mias_nestje, YES)
    lou.answers(here.mias_nestje, FULL)
    lou.answers(here.regenboog_centrum, YES)
    with pytest.raises(SiblingsMissing, match="nog geen voorstel voor Lou"):
        noor.accepts(here.mias_nestje)
    assert [child.state for child in both] == ["open", "open"]


def test_a_family_may_change_its_mind_and_take_one(here: Town, both: tuple[Journey, Journey]) -> None:
    noor, lou = both
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje, apart=True)
    assert [child.state for child in both] == ["placed", "open"]
    lou.answers(here.mias_nestje, YES)
    assert coming_along(lou) == (), "Noor has a place: Lou waits for nobody"
    lou.accepts(here.mias_nestje)
    assert lou.state == "placed"


def test_an_offer_that_is_left_or_past_its_day_does_not_come_along(here: Town, both: tuple[Journey, Journey]) -> None:
    noor, lou = both
    lou.answers(here.mias_nestje, YES)
    noor.later(days=1).answers(here.mias_nestje, YES)
    with looking():
        last_day = lou.offer(here.mias_nestje).reply_by_on
    noor.now += last_day - noor.today + timedelta(days=1)
    with noor.here.as_family(noor.registered):
        [sibling] = siblings_of_offer(noor.offer(here.mias_nestje).id, today=last_day + timedelta(days=1))
    assert sibling.offer_id is None
    lou.declines(here.mias_nestje, DeclineReason.DAYS)
    assert coming_along(replace(noor, now=here.now)) == (Sibling("Lou", None),)


def test_children_who_may_go_apart_are_taken_one_by_one(here: Town) -> None:
    noor, lou = asks_together(here, "Noor", "Lou", together=False)
    for child in (noor, lou):
        child.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    assert [noor.state, lou.state] == ["placed", "open"]


def test_where_the_first_wins_both_lose_or_both_win(here: Town) -> None:
    here.choose(Procedure(offer_holds_place=False))
    noor, lou = asks_together(here, "Noor", "Lou")
    plan_places(here.mias_nestje, 1, from_on=here.today)
    for child in (noor, lou):
        child.answers(here.mias_nestje, YES)
    with pytest.raises(OfferJustTaken):
        noor.accepts(here.mias_nestje)
    assert [noor.state, lou.state] == ["open", "open"]
    assert noor.offer(here.mias_nestje).state == "open", "its own place is still free"
    assert lou.offer(here.mias_nestje).state == "withdrawn"
    assert taken("placement") == 0
