"""Placed at an organiser's door, confirmed when care starts, ended when it ends."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from tests.cast import PARENT, Town, plan_places
from tests.domains.distribution.journey import NOW, YES, Journey, asks, looking, taken

from opvangloket.domains.distribution.answering.answers import AnswerRefused
from opvangloket.domains.distribution.asking.sending import NotSearching
from opvangloket.domains.distribution.care import start
from opvangloket.domains.distribution.care.start import CannotConfirm, confirm_start
from opvangloket.domains.distribution.lines.locking import LocationNotHere, PlacementNotFound
from opvangloket.domains.distribution.models import Inquiry, Placement
from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.domains.distribution.placing import direct
from opvangloket.domains.distribution.placing.direct import Agreed, DirectPlacementNotAsked, place_request_directly
from opvangloket.domains.providers.models import CapacityKind, Occupation
from opvangloket.domains.requests.models import CareRequest, Channel
from opvangloket.domains.requests.questions import QuestionRefused
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import DeskMode, Procedure
from opvangloket.rules.references import new_reference

MONDAY = WeekPattern.full_days("ma")


def at_the_door(here: Town, **different: Any) -> Journey:
    """Let Mia record a family that she helps at her door."""
    facts: dict[str, Any] = {
        "desk_id": here.ninove.id,
        "location_id": here.mias_nestje.id,
        "question": here.noor(channel=Channel.ORGANISER, location_ids=()),
        "actor": here.manager,
        "now": NOW,
        "randomness": here.randomness,
    }
    with here.at_organiser(here.mias_nestje):
        registered, _ = direct.place_directly(**(facts | different))
    return Journey(here=here, registered=registered, now=NOW)


def test_a_family_at_the_door_is_registered_and_placed_at_once(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = at_the_door(here)
    assert (noor.state, noor.registered.state) == ("placed", "placed")
    assert noor.events() == ["placed_directly"]
    assert (noor.last_event().start_on, noor.last_event().parts) == (None, None)
    assert (taken("placement"), noor.states()) == (1, {})
    assert len(noor.mails("placement_confirmed_family")) == 1
    with here.at_organiser(here.mias_nestje):
        assert CareRequest.objects.filter(id=noor.request_id).exists()


def test_the_same_child_is_placed_once_under_a_kept_reference(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    kept = {"reference": new_reference(Random(1))}
    noor = at_the_door(here, **kept)
    assert noor.registered.reference == kept["reference"]
    assert at_the_door(here, **kept).registered == noor.registered
    assert noor.events() == ["placed_directly"]
    assert len(noor.mails("placement_confirmed_family")) == 1
    here.mias_nestje.effective_places.update(places=[2] * 14)
    other = here.noor(channel=Channel.ORGANISER, location_ids=(), child=replace(here.noor().child, first_name="Lou"))
    lou = at_the_door(here, question=other, **kept)
    assert lou.registered.reference != kept["reference"]
    assert taken("placement") == 2


def test_what_was_agreed_may_differ_from_what_was_asked(here: Town) -> None:
    start_on = here.today + timedelta(days=200)
    noor = at_the_door(here, agreed=Agreed(start_on=start_on, pattern=MONDAY))
    event, placement = noor.last_event(), noor.placement()
    assert (event.start_on, event.parts) == (start_on, MONDAY.mask)
    assert (placement.start_on, placement.parts, placement.offer_id) == (start_on, MONDAY.mask, None)


def test_a_full_location_registers_nobody(here: Town) -> None:
    plan_places(here.mias_nestje, 0, from_on=here.today)
    with pytest.raises(PlaceTaken):
        at_the_door(here)
    with looking():
        assert not CareRequest.objects.exists()
    noor = at_the_door(here, agreed=Agreed(over_capacity_reason="Broer van Lou."))
    assert Occupation.objects.get(age_group="baby").over_capacity_reason == "Broer van Lou."
    assert noor.state == "placed"


@pytest.mark.parametrize("agreed", [Agreed(), Agreed(end_on=date(2020, 1, 1))])
def test_a_question_that_cannot_be_is_refused_for_what_is_wrong(here: Town, agreed: Agreed) -> None:
    wrong = here.noor(channel=Channel.ORGANISER, location_ids=(), end_on=here.today)
    with pytest.raises(QuestionRefused):
        at_the_door(here, question=wrong, agreed=agreed)
    with pytest.raises(AnswerRefused):
        at_the_door(here, agreed=Agreed(end_on=here.today))


def test_a_desk_that_counts_its_own_questions_only_is_told_nothing(here: Town) -> None:
    here.choose(Procedure(mode=DeskMode.DESK_ONLY))
    with pytest.raises(DirectPlacementNotAsked):
        at_the_door(here)


def test_an_organiser_places_at_its_own_locations_only(here: Town) -> None:
    with pytest.raises(LocationNotHere):
        at_the_door(here, location_id=here.het_klavertje.id)
    with here.at_organiser(here.ver_weg), pytest.raises(QuestionRefused, match="hoort niet meer bij dit loket"):
        direct.place_directly(
            desk_id=here.ninove.id,
            location_id=here.ver_weg.id,
            question=here.noor(channel=Channel.ORGANISER, location_ids=()),
            agreed=Agreed(over_capacity_reason="ook al ligt ze elders"),
            actor=here.manager,
            now=NOW,
            randomness=here.randomness,
        )


def test_a_known_request_is_placed_and_its_lines_close(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    with here.at_organiser(here.mias_nestje):
        place_request_directly(request_id=noor.request_id, location_id=here.mias_nestje.id, actor=here.manager, now=NOW)
    # The location's own offer makes way for the placement, so its one place is enough.
    assert noor.events() == ["answered_yes", "offer_withdrawn", "placed_directly"]
    assert (noor.state, taken(), taken("placement")) == ("placed", 1, 1)
    assert noor.states()[here.regenboog_centrum.name] == "withdrawn"
    with here.at_desk(), pytest.raises(NotSearching):
        place_request_directly(
            request_id=noor.request_id, location_id=here.het_klavertje.id, actor=here.worker, now=NOW
        )


def test_an_organiser_places_no_family_that_it_does_not_know(here: Town) -> None:
    noor = asks(here)
    with here.at_organiser(here.het_klavertje), pytest.raises(RequestNotFound):
        place_request_directly(
            request_id=noor.request_id, location_id=here.het_klavertje.id, actor=here.manager, now=NOW
        )


def test_the_desk_places_at_a_location_that_was_not_asked(here: Town) -> None:
    noor = asks(here)
    with here.at_desk():
        place_request_directly(
            request_id=noor.request_id, location_id=here.het_klavertje.id, actor=here.worker, now=NOW
        )
    assert len(noor.mails("offer_accepted_organiser")) == 1
    with here.at_organiser(here.het_klavertje):
        assert CareRequest.objects.filter(id=noor.request_id).exists()


def placed(here: Town) -> tuple[Journey, UUID]:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    return noor, noor.accepts(here.mias_nestje)


def test_the_real_start_and_days_are_what_is_taken(here: Town) -> None:
    noor, placement_id = placed(here)
    start_on = noor.placement().start_on + timedelta(days=14)
    with here.as_family(noor.registered):
        confirm_start(placement_id=placement_id, start_on=start_on, pattern=MONDAY, actor=PARENT, now=NOW)
    event = noor.last_event()
    assert (event.kind, event.start_on, event.parts) == ("start_confirmed", start_on, MONDAY.mask)
    row = Occupation.objects.get(age_group="baby")
    assert (row.start_on, row.parts, row.subject_id) == (start_on, MONDAY.mask, placement_id)
    # Only the last confirmation counts, and an empty field is as agreed.
    with here.as_family(noor.registered):
        confirm_start(placement_id=placement_id, actor=PARENT, now=NOW + timedelta(days=1))
    row = Occupation.objects.get(age_group="baby")
    assert (row.start_on, row.parts) == (noor.placement().start_on, noor.placement().parts)
    # The same once more is no news.
    before = noor.events()
    with here.at_organiser(here.mias_nestje):
        confirm_start(placement_id=placement_id, actor=here.manager, now=NOW + timedelta(days=2))
    assert noor.events() == before


def test_real_days_are_written_down_also_when_they_go_over(here: Town) -> None:
    _, placement_id = placed(here)
    here.mias_nestje.effective_places.update(places=[0] * 14)
    with here.at_organiser(here.mias_nestje):
        confirm_start(placement_id=placement_id, pattern=MONDAY, actor=here.manager, now=NOW)
        assert Occupation.objects.get(age_group="baby").over_capacity_reason == ""
        more = WeekPattern.full_days("ma", "wo")
        confirm_start(placement_id=placement_id, pattern=more, actor=here.manager, now=NOW)
    assert Occupation.objects.get(age_group="baby").over_capacity_reason == start.REAL_DAYS


def test_only_the_latest_placement_of_a_location_is_confirmed(here: Town) -> None:
    from opvangloket.domains.distribution.closing.searches import reopen

    noor, first = placed(here)
    with here.at_desk():
        reopen(request_id=noor.request_id, actor=here.worker, now=NOW)
        with pytest.raises(CannotConfirm):
            confirm_start(placement_id=first, actor=here.worker, now=NOW)
        second = place_request_directly(
            request_id=noor.request_id, location_id=here.mias_nestje.id, actor=here.worker, now=NOW
        )
        confirm_start(placement_id=second, actor=here.worker, now=NOW)
    with here.at_organiser(here.regenboog_centrum), pytest.raises(PlacementNotFound):
        confirm_start(placement_id=second, actor=here.manager, now=NOW)


def test_an_alternating_week_takes_both_weeks(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    asks(here, other_week=WeekPattern.full_days("do")).answers(here.mias_nestje, YES)
    assert Occupation.objects.get(age_group="baby").parts == WeekPattern.full_days("ma", "di", "do").mask


def test_a_location_that_begins_to_keep_its_places_writes_down_what_it_promised(here: Town) -> None:
    from opvangloket.domains.distribution.planner.capacity_kind import choose_capacity_kind

    noor, deniz = asks(here), asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    noor.answers(here.mias_nestje, YES)
    deniz.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    assert taken() == 0
    with here.at_organiser(here.mias_nestje):
        facts = {"location_id": here.mias_nestje.id, "actor": here.manager, "now": NOW}
        choose_capacity_kind(kind=CapacityKind.PLAN, **facts)
        choose_capacity_kind(kind=CapacityKind.PLAN, **facts)
    assert (taken("hold"), taken("placement")) == (1, 1)
    deniz.accepts(here.mias_nestje)
    assert taken("placement") == 2
    with looking():
        assert Placement.objects.count() == 2
        assert Inquiry.objects.filter(state="withdrawn").count() == 1
