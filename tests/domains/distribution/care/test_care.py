"""While a child is in care: its days change, it moves to another own location, it leaves; the report stays as it is."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.cast import PARENT, SARA, Town, plan_places
from tests.domains.distribution.care_journey import IN_CARE, in_care, taken_at
from tests.domains.distribution.journey import NOW, YES, Journey, asks, looking

from opvangloket.domains.contact.lines import line_of
from opvangloket.domains.distribution.care.changes import ChangeRefused, change_days, move_to
from opvangloket.domains.distribution.care.end import CareNotStarted, CareOver, EndRefused, end_care, go_on
from opvangloket.domains.distribution.care.placed_children import placed_child, placed_children
from opvangloket.domains.distribution.care.start import CannotConfirm, confirm_start
from opvangloket.domains.distribution.closing.locations import close_location
from opvangloket.domains.distribution.lines.locking import LocationNotHere, PlacementNotFound
from opvangloket.domains.distribution.models import CareChange, Placement
from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.domains.distribution.placing import direct
from opvangloket.domains.distribution.planner.capacity_kind import choose_capacity_kind
from opvangloket.domains.distribution.planner.planned_children import Leaving, planned_children
from opvangloket.domains.distribution.request_lines import lines_of_request
from opvangloket.domains.providers.models import CapacityKind, Occupation
from opvangloket.rules.conversations import PlaceHere
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.reasons import EndReason

MONDAY, TUESDAY, WEDNESDAY = (WeekPattern.full_days(day) for day in ("ma", "di", "wo"))


@pytest.fixture
def noor(here: Town) -> Journey:
    """Noor is in care at De Regenboog Centrum, on Mondays and Tuesdays, confirmed."""
    for location in (here.regenboog_centrum, here.regenboog_denderhof):
        plan_places(location, 1, from_on=here.today)
    return in_care(here)


def ends(noor: Journey, end_on: date, reason: EndReason = EndReason.MOVED, **different: Any) -> None:
    facts: dict[str, Any] = {"actor": PARENT, "now": noor.now} | different
    with noor.here.as_family(noor.registered):
        end_care(placement_id=noor.placement().id, end_on=end_on, reason=reason, **facts)


def stays(noor: Journey) -> None:
    with noor.here.as_family(noor.registered):
        go_on(placement_id=noor.placement().id, actor=PARENT, now=noor.now)


def days(noor: Journey, pattern: WeekPattern, from_on: date, **different: Any) -> None:
    with noor.here.at_organiser(noor.here.regenboog_centrum, noor.here.regenboog_denderhof):
        facts: dict[str, Any] = {"family_agreed_on": noor.today, "actor": noor.here.manager, "now": noor.now}
        change_days(placement_id=noor.placement().id, pattern=pattern, from_on=from_on, **(facts | different))


def moves(noor: Journey, from_on: date, **different: Any) -> UUID:
    here = noor.here
    facts: dict[str, Any] = {
        "placement_id": noor.placement().id,
        "location_id": here.regenboog_denderhof.id,
        "family_agreed_on": noor.today,
        "actor": here.manager,
        "now": noor.now,
    }
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        return move_to(from_on=from_on, **(facts | different))


# The end


def test_care_that_ends_frees_its_place_and_keeps_its_outcome(here: Town, noor: Journey) -> None:
    before, end_on = noor.events(), noor.today + timedelta(days=40)
    ends(noor, end_on)
    assert (noor.state, noor.events(), noor.placement().state) == ("placed", before, "ended")
    assert [row[1] for row in taken_at(here.regenboog_centrum)] == [end_on]
    assert [mail.recipient for mail in noor.mails("care_ends_organiser")] == ["de-regenboog-centrum@opvang.example"]
    assert [mail.recipient for mail in noor.mails("care_ends_family")] == ["sara.peeters@voorbeeld.be"]


def test_a_child_that_will_leave_is_there_until_its_last_day(here: Town, noor: Journey) -> None:
    end_on = noor.today + timedelta(days=40)
    ends(noor, end_on)
    own = [here.regenboog_centrum.id]
    with here.at_organiser(here.regenboog_centrum):
        assert len(placed_children(own, today=end_on - timedelta(days=1)).children) == 1
        assert placed_children(own, today=end_on).children == ()
        assert line_of(noor.request_id, own[0], today=end_on - timedelta(days=1)).place is PlaceHere.RUNS
        assert line_of(noor.request_id, own[0], today=end_on).place is PlaceHere.ENDED


def test_an_end_is_corrected_until_it_came(here: Town, noor: Journey) -> None:
    [(start, school, week)] = taken_at(here.regenboog_centrum)
    for later in (40, 30, 30, 60):
        ends(noor, noor.today + timedelta(days=later))
    assert len(noor.mails("care_ends_family")) == 3
    assert taken_at(here.regenboog_centrum) == [(start, noor.today + timedelta(days=60), week)]
    stays(noor)
    stays(noor)
    assert taken_at(here.regenboog_centrum) == [(start, school, week)]
    assert (noor.placement().state, noor.placement().end_on) == ("active", None)
    assert len(noor.mails("care_goes_on_family")) == 1
    ends(noor, noor.today + timedelta(days=10))
    noor.later(days=10)
    with pytest.raises(CareOver):
        stays(noor)
    with pytest.raises(CareOver):
        ends(noor, noor.today + timedelta(days=10))


def test_staying_after_all_needs_the_days_that_were_given_back(here: Town, noor: Journey) -> None:
    end_on = noor.today + timedelta(days=40)
    ends(noor, end_on)
    lou = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,), pattern=MONDAY, start_on=end_on))
    lou.answers(here.regenboog_centrum, YES)
    with pytest.raises(PlaceTaken, match="maandag hele dag"):
        stays(noor)
    assert noor.placement().state == "ended"
    ends(noor, end_on - timedelta(days=5))
    with pytest.raises(PlaceTaken):
        ends(noor, end_on + timedelta(days=5))


def test_care_ends_after_it_started_and_only_for_whom_it_concerns(here: Town, noor: Journey) -> None:
    placement = noor.placement()
    with pytest.raises(EndRefused):
        ends(noor, placement.start_on)
    with here.at_organiser(here.mias_nestje), pytest.raises(PlacementNotFound):
        end_care(placement_id=placement.id, end_on=noor.today, reason=EndReason.OTHER, actor=here.manager, now=noor.now)
    early = asks(here, here.deniz(location_ids=(here.het_klavertje.id,)))
    early.answers(here.het_klavertje, YES)
    early.accepts(here.het_klavertje)
    with pytest.raises(CareNotStarted):
        ends(early, early.placement().start_on + timedelta(days=3))


def test_a_family_without_mail_is_called(here: Town) -> None:
    journey = in_care(here, applicant=replace(SARA, email=""))
    ends(journey, journey.today + timedelta(days=30))
    assert journey.tasks() == {"other"}


# Other days


def test_other_days_hold_from_a_day_on(here: Town, noor: Journey) -> None:
    before, from_on = noor.events(), noor.today + timedelta(days=30)
    days(noor, TUESDAY | WEDNESDAY, from_on)
    days(noor, TUESDAY | WEDNESDAY, from_on)
    start = noor.placement().start_on
    first, second = taken_at(here.regenboog_centrum)
    assert first == (start, from_on, MONDAY | TUESDAY)
    assert (second[0], second[2]) == (from_on, TUESDAY | WEDNESDAY)
    assert noor.events() == before
    [mail] = noor.mails("care_days_family")
    assert "dinsdag en woensdag hele dag" in mail.text
    with here.as_family(noor.registered):
        [line] = [line for line in lines_of_request(noor.request_id, today=noor.today) if line.placement]
    assert line.placement
    assert line.placement.care.pattern_on(noor.today) == MONDAY | TUESDAY
    assert line.placement.care.pattern_on(from_on) == TUESDAY | WEDNESDAY


def test_hours_change_on_the_same_days(here: Town, noor: Journey) -> None:
    early, from_on = CareHours.parse("ma 06:30-16:00|di 08:00-16:00"), noor.today + timedelta(days=30)
    days(noor, MONDAY | TUESDAY, from_on, hours=early)
    days(noor, MONDAY | TUESDAY, from_on, hours=early)
    [mail] = noor.mails("care_days_family")
    assert "maandag van 6.30 uur tot 16 uur" in mail.text
    moves(noor, from_on + timedelta(days=30))
    with here.at_organiser(here.regenboog_denderhof):
        care = placed_child(noor.registered.reference, here.regenboog_denderhof.slug).care
    assert care.hours_on(from_on + timedelta(days=30)) == early
    with here.at_organiser(here.regenboog_centrum):
        care = placed_child(noor.registered.reference, here.regenboog_centrum.slug).care
    assert (care.hours_on(noor.today), care.hours_on(from_on)) == (CareHours(), early)


def test_the_planner_shows_each_week_in_its_time(here: Town, noor: Journey) -> None:
    from_on = noor.today + timedelta(days=30)
    days(noor, TUESDAY | WEDNESDAY, from_on)
    location_id = here.regenboog_centrum.id
    with here.at_organiser(here.regenboog_centrum):
        first, second = planned_children([location_id], from_on=noor.today)[location_id]
    assert (first.pattern, first.period.end, first.leaving) == (MONDAY | TUESDAY, from_on, Leaving.OTHER_DAYS)
    assert (second.pattern, second.period.start, second.leaving) == (TUESDAY | WEDNESDAY, from_on, Leaving.SCHOOL)
    assert (first.was_there, second.was_there) == (False, True)


def test_what_comes_beside_must_be_free_and_what_is_there_stays(here: Town, noor: Journey) -> None:
    deniz = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,), pattern=WEDNESDAY))
    deniz.answers(here.regenboog_centrum, YES)
    from_on = noor.today + timedelta(days=30)
    with pytest.raises(PlaceTaken, match="woensdag hele dag"):
        days(noor, TUESDAY | WEDNESDAY, from_on)
    here.regenboog_centrum.effective_places.update(places=[0] * 14)
    days(noor, TUESDAY, from_on)
    days(noor, TUESDAY | WEDNESDAY, from_on, over_capacity_reason="Broer komt ook.")
    assert {row.over_capacity_reason for row in Occupation.objects.filter(start_on__gte=from_on)} >= {"Broer komt ook."}


def test_a_vacancy_that_was_declared_since_is_not_used_up_by_fewer_days(here: Town) -> None:
    here.regenboog_centrum.capacity_kind = CapacityKind.VACANCIES
    here.regenboog_centrum.save(update_fields=["capacity_kind"])
    with here.at_organiser(here.regenboog_centrum):
        registered, _ = direct.place_directly(
            desk_id=here.ninove.id,
            location_id=here.regenboog_centrum.id,
            question=here.noor(location_ids=()),
            agreed=direct.Agreed(over_capacity_reason="Was er al."),
            actor=here.manager,
            now=NOW,
            randomness=here.randomness,
        )
    journey = Journey(here=here, registered=registered, now=NOW + IN_CARE)
    [made_at] = set(Occupation.objects.values_list("made_at", flat=True))
    with here.at_organiser(here.regenboog_centrum):
        confirm_start(placement_id=journey.placement().id, actor=here.manager, now=journey.now)
    days(journey, MONDAY, journey.today + timedelta(days=10))
    assert set(Occupation.objects.values_list("made_at", flat=True)) == {made_at}
    days(journey, MONDAY | WEDNESDAY, journey.today + timedelta(days=20), over_capacity_reason="Kan erbij.")
    assert set(Occupation.objects.values_list("made_at", flat=True)) == {journey.now}


@pytest.mark.parametrize(
    ("different", "code"),
    [
        ({"from_on": date(2026, 6, 30)}, "before_start"),
        ({"from_on": date(2040, 1, 1)}, "after_end"),
        ({"family_agreed_on": date(2040, 1, 1)}, "not_agreed"),
        ({"pattern": WeekPattern()}, "no_days"),
    ],
)
def test_a_change_that_cannot_be_is_refused(noor: Journey, different: dict[str, Any], code: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        days(noor, **({"pattern": MONDAY, "from_on": noor.today + timedelta(days=9)} | different))
    assert refused.value.code == code


def test_days_change_only_once_the_start_is_confirmed(here: Town) -> None:
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    with pytest.raises(ChangeRefused, match="Bevestig eerst"):
        days(journey, MONDAY, here.noor().start_on + timedelta(days=30))


# Another location


def test_a_child_moves_within_its_organiser_in_one_act(here: Town, noor: Journey) -> None:
    before, from_on = noor.events(), noor.today + timedelta(days=30)
    first = noor.placement()
    moved_id = moves(noor, from_on)
    assert moves(noor, from_on, placement_id=first.id) == moved_id
    assert (noor.state, noor.events()) == ("placed", before)
    [(start, end, week)] = taken_at(here.regenboog_centrum)
    assert (start, end, week) == (first.start_on, from_on, MONDAY | TUESDAY)
    assert [(row[0], row[2]) for row in taken_at(here.regenboog_denderhof)] == [(from_on, MONDAY | TUESDAY)]
    [mail] = noor.mails("care_moved_family")
    assert "De Regenboog Denderhof" in mail.text
    with here.at_organiser(here.regenboog_denderhof):
        child = placed_child(noor.registered.reference, here.regenboog_denderhof.slug)
        assert (child.care.moved_from, child.is_direct) == ("De Regenboog Centrum", False)
        with pytest.raises(CannotConfirm):
            confirm_start(placement_id=moved_id, actor=here.manager, now=noor.now)
    ends(noor, from_on + timedelta(days=30))
    assert noor.placement().id == moved_id


def test_days_that_were_agreed_for_later_go_along(here: Town, noor: Journey) -> None:
    days(noor, MONDAY | WEDNESDAY, noor.today + timedelta(days=60))
    moves(noor, noor.today + timedelta(days=30))
    assert [row[2] for row in taken_at(here.regenboog_denderhof)] == [MONDAY | TUESDAY, MONDAY | WEDNESDAY]


def test_a_move_to_a_full_location_changes_nothing(here: Town, noor: Journey) -> None:
    here.regenboog_denderhof.effective_places.update(places=[0] * 14)
    before = taken_at(here.regenboog_centrum)
    from_on = noor.today + timedelta(days=30)
    with pytest.raises(PlaceTaken):
        moves(noor, from_on)
    with looking():
        assert (Placement.objects.count(), CareChange.objects.count()) == (1, 0)
    assert taken_at(here.regenboog_centrum) == before
    moves(noor, from_on, over_capacity_reason="Samen met haar zus.")
    assert {row.over_capacity_reason for row in Occupation.objects.filter(location=here.regenboog_denderhof)} == {
        "Samen met haar zus."
    }


def test_a_move_is_taken_back_before_its_day(here: Town, noor: Journey) -> None:
    first, before = noor.placement(), taken_at(here.regenboog_centrum)
    moves(noor, noor.today + timedelta(days=30))
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        with pytest.raises(CannotConfirm):
            end_care(placement_id=first.id, end_on=noor.today, reason=EndReason.OTHER, actor=here.manager, now=noor.now)
        go_on(placement_id=first.id, actor=here.manager, now=noor.now)
    assert taken_at(here.regenboog_centrum) == before
    assert taken_at(here.regenboog_denderhof) == []


def test_a_location_that_closes_before_a_move_leaves_the_time_between_to_the_desk(here: Town, noor: Journey) -> None:
    moves(noor, noor.today + timedelta(days=60))
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        close_on, where = noor.today + timedelta(days=30), here.regenboog_centrum.id
        close_location(location_id=where, close_on=close_on, shown=1, actor=here.manager, now=noor.now)
    assert "other" in noor.tasks()
    assert len(noor.mails("location_closes_family")) == 1
    assert [row[0] for row in taken_at(here.regenboog_denderhof)] == [noor.today + timedelta(days=60)]


def test_a_child_moves_to_own_locations_only(here: Town, noor: Journey) -> None:
    from_on = noor.today + timedelta(days=30)
    with pytest.raises(LocationNotHere):
        moves(noor, from_on, location_id=here.mias_nestje.id)
    with here.at_organiser(here.regenboog_centrum), pytest.raises(LocationNotHere):
        move_to(
            placement_id=noor.placement().id,
            location_id=here.regenboog_denderhof.id,
            from_on=from_on,
            family_agreed_on=noor.today,
            actor=here.manager,
            now=noor.now,
        )
    ends(noor, from_on)
    with pytest.raises(ChangeRefused, match="De opvang stopt"):
        moves(noor, noor.today + timedelta(days=3))


def test_a_location_that_begins_to_plan_writes_down_the_days_that_hold(here: Town) -> None:
    journey = in_care(here)
    days(journey, WEDNESDAY, journey.today + timedelta(days=30))
    ends(journey, journey.today + timedelta(days=60))
    assert taken_at(here.regenboog_centrum) == []
    with here.at_organiser(here.regenboog_centrum):
        choose_capacity_kind(
            location_id=here.regenboog_centrum.id, kind=CapacityKind.PLAN, actor=here.manager, now=journey.now
        )
    assert [row[2] for row in taken_at(here.regenboog_centrum)] == [MONDAY | TUESDAY, WEDNESDAY]
