"""A change of a running care that one side asks: held until the other agrees, refuses or lets it lapse."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.cast import PARENT, SARA, Town, plan_places
from tests.domains.distribution.care_journey import in_care, taken_at
from tests.domains.distribution.journey import YES, Journey, asks, looking

from opvangloket.domains.distribution.care.changes import ChangeRefused, change_days
from opvangloket.domains.distribution.care.end import end_care
from opvangloket.domains.distribution.care.placed_children import placed_child
from opvangloket.domains.distribution.change_proposals.proposing import propose_days, propose_move
from opvangloket.domains.distribution.change_proposals.replying import (
    ChangeJustTaken,
    NotYours,
    ProposalClosed,
    ProposalNotFound,
    agree,
    refuse,
    take_back,
)
from opvangloket.domains.distribution.change_proposals.sweeps import sweep_lapsed_proposals, sweep_proposal_reminders
from opvangloket.domains.distribution.closing import searches
from opvangloket.domains.distribution.closing.locations import NextStep, close_location, consequences
from opvangloket.domains.distribution.lines.locking import LocationNotHere
from opvangloket.domains.distribution.models import AnswerDoor, CareChange, ChangeProposal
from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.domains.distribution.planner.capacity_kind import choose_capacity_kind
from opvangloket.domains.distribution.replay import replay_check
from opvangloket.domains.distribution.request_lines import lines_of_request
from opvangloket.domains.providers.models import CapacityKind, Occupation, OccupationKind
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import EndReason

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY = (WeekPattern.full_days(day) for day in ("ma", "di", "wo"))
NEW_WEEK = TUESDAY | WEDNESDAY


@pytest.fixture
def noor(here: Town) -> Journey:
    """Noor is in care at De Regenboog Centrum, on Mondays and Tuesdays, confirmed."""
    for location in (here.regenboog_centrum, here.regenboog_denderhof):
        plan_places(location, 1, from_on=here.today)
    return in_care(here)


def proposes(noor: Journey, **different: Any) -> UUID:
    facts: dict[str, Any] = {
        "placement_id": noor.placement().id,
        "asked_by": Proposer.ORGANISER,
        "from_on": noor.today + timedelta(days=30),
        "pattern": NEW_WEEK,
        "actor": noor.here.manager,
        "now": noor.now,
    }
    with noor.here.at_organiser(noor.here.regenboog_centrum, noor.here.regenboog_denderhof):
        return propose_days(**(facts | different))


def proposes_move(noor: Journey, **different: Any) -> UUID:
    facts: dict[str, Any] = {
        "placement_id": noor.placement().id,
        "location_id": noor.here.regenboog_denderhof.id,
        "from_on": noor.today + timedelta(days=30),
        "actor": noor.here.manager,
        "now": noor.now,
    }
    with noor.here.at_organiser(noor.here.regenboog_centrum, noor.here.regenboog_denderhof):
        return propose_move(**(facts | different))


def family_asks(noor: Journey, **different: Any) -> UUID:
    facts: dict[str, Any] = {
        "placement_id": noor.placement().id,
        "asked_by": Proposer.FAMILY,
        "from_on": noor.today + timedelta(days=30),
        "pattern": NEW_WEEK,
        "actor": PARENT,
        "now": noor.now,
    }
    with noor.here.as_family(noor.registered):
        return propose_days(**(facts | different))


def family(noor: Journey, act: Any, proposal_id: UUID, **more: Any) -> None:
    with noor.here.as_family(noor.registered):
        act(proposal_id=proposal_id, actor=PARENT, now=noor.now, **more)


def organiser(noor: Journey, act: Any, proposal_id: UUID, **more: Any) -> None:
    with noor.here.at_organiser(noor.here.regenboog_centrum, noor.here.regenboog_denderhof):
        act(proposal_id=proposal_id, actor=noor.here.manager, now=noor.now, **more)


def held() -> list[WeekPattern]:
    """What is held, without the second age of a child."""
    return list({WeekPattern(row.parts): None for row in Occupation.objects.filter(kind=OccupationKind.HOLD)})


def state_of(proposal_id: UUID) -> str:
    with looking():
        return ChangeProposal.objects.get(id=proposal_id).state


def stored_otherwise(noor: Journey) -> tuple[object, ...]:
    return replay_check(noor.here.ninove.id)


# A location proposes


def test_a_proposal_holds_only_what_comes_beside_and_the_family_reads_it(here: Town, noor: Journey) -> None:
    proposal_id = proposes(noor, hours=CareHours.parse("wo 08:00-16:00"))
    assert proposes(noor, hours=CareHours.parse("wo 08:00-16:00")) == proposal_id
    assert held() == [WEDNESDAY]
    [mail] = noor.mails("change_proposed_family")
    assert "dinsdag en woensdag hele dag" in mail.text
    assert "woensdag van 8 uur tot 16 uur" in mail.text
    with here.as_family(noor.registered):
        [line] = [line for line in lines_of_request(noor.request_id, today=noor.today) if line.placement]
    assert line.placement
    seen = line.placement.care.open_proposal(noor.today)
    assert seen
    assert (seen.asked_by, seen.pattern, seen.reply_by_on) == (
        Proposer.ORGANISER,
        NEW_WEEK,
        noor.today + timedelta(days=10),
    )
    assert line.placement.care.open_proposal(seen.reply_by_on + timedelta(days=1)) is None
    assert line.placement.care.pattern_on(seen.from_on) == MONDAY | TUESDAY
    assert stored_otherwise(noor) == ()


def test_nobody_else_gets_what_is_held(here: Town, noor: Journey) -> None:
    proposes(noor)
    deniz = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,), pattern=WEDNESDAY))
    with pytest.raises(PlaceTaken):
        deniz.answers(here.regenboog_centrum, YES)


def test_the_family_agrees_and_it_happens_on_what_was_held(here: Town, noor: Journey) -> None:
    before, from_on = noor.events(), noor.today + timedelta(days=30)
    proposal_id = proposes(noor)
    here.regenboog_centrum.effective_places.update(places=[0] * 14)  # the promise stands, whatever changes
    family(noor, agree, proposal_id)
    family(noor, agree, proposal_id)
    assert (state_of(proposal_id), held()) == ("agreed", [])
    assert [row[2] for row in taken_at(here.regenboog_centrum)] == [MONDAY | TUESDAY, NEW_WEEK]
    with looking():
        [change] = CareChange.objects.all()
        acts = list(AuditEvent.objects.filter(request_id=noor.request_id).values_list("action", flat=True))
    assert (change.by, change.from_on, change.family_agreed_on) == ("parent", from_on, noor.today)
    assert acts.count("placement.agree") == acts.count("placement.change_days") == 1
    assert noor.events() == before
    assert [mail.recipient for mail in noor.mails("care_days_organiser")] == ["de-regenboog-centrum@opvang.example"]
    assert len(noor.mails("care_days_family")) == 1
    assert stored_otherwise(noor) == ()


@pytest.mark.parametrize(("act", "by", "state"), [(refuse, family, "refused"), (take_back, organiser, "taken_back")])
def test_what_does_not_go_through_gives_its_places_back(
    here: Town, noor: Journey, act: Any, by: Any, state: str
) -> None:
    before = taken_at(here.regenboog_centrum)
    proposal_id = proposes(noor)
    by(noor, act, proposal_id)
    by(noor, act, proposal_id)
    assert (state_of(proposal_id), held()) == (state, [])
    assert taken_at(here.regenboog_centrum) == before
    told = "change_off_organiser" if act is refuse else "change_off_family"
    assert len(noor.mails(told)) == 1
    with pytest.raises(ProposalClosed):
        family(noor, agree, proposal_id)


def test_what_nobody_answers_lapses_once_and_both_hear_it(here: Town, noor: Journey) -> None:
    proposal_id = proposes(noor)
    noor.later(days=8)
    with looking():
        assert [sweep_proposal_reminders(now=noor.now) for _ in range(2)] == [1, 0]
    assert len(noor.mails("change_proposed_family")) == 2
    noor.later(days=3)
    with pytest.raises(ProposalClosed) as closed:
        family(noor, agree, proposal_id)
    assert closed.value.code == "proposal_lapsed"
    with looking():
        assert [sweep_lapsed_proposals(now=noor.now) for _ in range(2)] == [1, 0]
    assert (state_of(proposal_id), held()) == ("lapsed", [])
    assert "Je antwoordde niet op tijd." in noor.mails("change_off_family")[0].text
    assert "Het gezin antwoordde niet op tijd." in noor.mails("change_off_organiser")[0].text
    assert stored_otherwise(noor) == ()


def test_a_move_holds_the_whole_week_there_and_happens_when_the_family_agrees(here: Town, noor: Journey) -> None:
    from_on, before = noor.today + timedelta(days=30), taken_at(here.regenboog_centrum)
    proposal_id = proposes_move(noor)
    assert [(row[0], row[2]) for row in taken_at(here.regenboog_denderhof)] == [(from_on, MONDAY | TUESDAY)]
    assert taken_at(here.regenboog_centrum) == before
    assert "De Regenboog Denderhof" in noor.mails("change_proposed_family")[0].text
    here.regenboog_denderhof.effective_places.update(places=[0] * 14)
    family(noor, agree, proposal_id)
    assert [row[1] for row in taken_at(here.regenboog_centrum)] == [from_on]
    assert [(row[0], row[2]) for row in taken_at(here.regenboog_denderhof)] == [(from_on, MONDAY | TUESDAY)]
    assert held() == []
    assert noor.placement().location_id == here.regenboog_denderhof.id
    assert len(noor.mails("care_moved_family")) == 1
    assert stored_otherwise(noor) == ()


def test_a_proposal_over_its_own_capacity_needs_a_reason_and_keeps_it(here: Town, noor: Journey) -> None:
    here.regenboog_centrum.effective_places.update(places=[0] * 14)
    with pytest.raises(PlaceTaken, match="woensdag hele dag"):
        proposes(noor)
    proposal_id = proposes(noor, over_capacity_reason="Samen met haar broer.")
    family(noor, agree, proposal_id)
    reasons = Occupation.objects.filter(parts=NEW_WEEK.mask).values_list("over_capacity_reason", flat=True)
    assert set(reasons) == {"Samen met haar broer."}


# Where who answers first gets the place


@pytest.fixture
def first_come(here: Town, noor: Journey) -> Journey:
    here.choose(Procedure(offer_holds_place=False))
    return noor


def someone_else_comes(here: Town) -> None:
    deniz = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,), pattern=WEDNESDAY))
    deniz.answers(here.regenboog_centrum, YES)
    deniz.accepts(here.regenboog_centrum)


def test_where_offers_hold_nothing_a_proposal_holds_nothing_and_says_so(first_come: Journey) -> None:
    proposal_id = proposes(first_come)
    assert held() == []
    [mail] = first_come.mails("change_proposed_family")
    assert "De plaats gaat naar wie eerst antwoordt." in mail.text
    family(first_come, agree, proposal_id)
    assert (state_of(proposal_id), first_come.placement().state) == ("agreed", "active")
    assert stored_otherwise(first_come) == ()


def test_a_proposal_that_is_held_promises_the_place(noor: Journey) -> None:
    proposes(noor)
    assert "wie eerst antwoordt" not in noor.mails("change_proposed_family")[0].text


def test_what_is_not_free_cannot_be_proposed_either(here: Town, first_come: Journey) -> None:
    someone_else_comes(here)
    with pytest.raises(PlaceTaken, match="woensdag"):
        proposes(first_come)


def test_who_says_yes_too_late_hears_it_and_keeps_the_care_as_it_was(here: Town, first_come: Journey) -> None:
    before = taken_at(here.regenboog_centrum)
    proposal_id = proposes(first_come)
    someone_else_comes(here)
    between = taken_at(here.regenboog_centrum)
    for error in (ChangeJustTaken, ProposalClosed):
        with pytest.raises(error, match="net ingenomen"):
            family(first_come, agree, proposal_id)
    assert state_of(proposal_id) == "just_taken"
    assert (len(between) > len(before), taken_at(here.regenboog_centrum)) == (True, between)
    for template in ("change_off_family", "change_off_organiser"):
        [mail] = first_come.mails(template)
        assert "De plaats is net ingenomen." in mail.text
    assert stored_otherwise(first_come) == ()


def test_a_location_that_writes_down_a_late_yes_hears_which_days_are_gone(here: Town, first_come: Journey) -> None:
    proposal_id = proposes(first_come)
    someone_else_comes(here)
    with pytest.raises(PlaceTaken, match="woensdag"):
        organiser(first_come, agree, proposal_id)
    assert state_of(proposal_id) == "open"


def test_whoever_chose_to_go_over_holds_the_place_at_once(here: Town, first_come: Journey) -> None:
    someone_else_comes(here)
    proposal_id = proposes(first_come, over_capacity_reason="Samen met haar broer.")
    assert held() == [WEDNESDAY]
    family(first_come, agree, proposal_id)
    assert state_of(proposal_id) == "agreed"


def test_another_choice_of_the_desk_never_changes_a_proposal_that_runs(here: Town, noor: Journey) -> None:
    proposes(noor)
    here.choose(Procedure(offer_holds_place=False))
    deniz = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,), pattern=WEDNESDAY))
    with pytest.raises(PlaceTaken):
        deniz.answers(here.regenboog_centrum, YES)


def test_a_location_that_begins_to_plan_holds_nothing_where_nothing_was_promised(here: Town) -> None:
    here.choose(Procedure(offer_holds_place=False))
    journey = in_care(here)
    proposes(journey)
    with here.at_organiser(here.regenboog_centrum):
        choose_capacity_kind(
            location_id=here.regenboog_centrum.id, kind=CapacityKind.PLAN, actor=here.manager, now=journey.now
        )
    assert held() == []


def test_a_newer_proposal_comes_instead(here: Town, noor: Journey) -> None:
    first = proposes(noor)
    second = proposes(noor, pattern=MONDAY | WeekPattern.full_days("vr"))
    assert (state_of(first), state_of(second)) == ("taken_back", "open")
    assert held() == [WeekPattern.full_days("vr")]


def test_the_location_may_write_down_that_the_family_agreed_by_phone(here: Town, noor: Journey) -> None:
    proposal_id = proposes(noor)
    organiser(noor, agree, proposal_id)
    assert [row[2] for row in taken_at(here.regenboog_centrum)] == [MONDAY | TUESDAY, NEW_WEEK]
    with here.at_desk():
        other = proposes(noor, from_on=noor.today + timedelta(days=60), pattern=MONDAY)
        agree(proposal_id=other, door=AnswerDoor.PHONE, actor=here.worker, now=noor.now)
        assert CareChange.objects.latest("seq").door == "phone"


def test_what_is_agreed_otherwise_takes_the_proposal_away(here: Town, noor: Journey) -> None:
    proposal_id = proposes(noor)
    with here.at_organiser(here.regenboog_centrum):
        change_days(
            placement_id=noor.placement().id,
            from_on=noor.today + timedelta(days=7),
            pattern=MONDAY,
            family_agreed_on=noor.today,
            actor=here.manager,
            now=noor.now,
        )
    assert (state_of(proposal_id), held()) == ("taken_back", [])
    proposal_id = proposes(noor)
    with here.as_family(noor.registered):
        end_on = noor.today + timedelta(days=40)
        end_care(placement_id=noor.placement().id, end_on=end_on, reason=EndReason.MOVED, actor=PARENT, now=noor.now)
    assert (state_of(proposal_id), held()) == ("taken_back", [])


def test_a_question_that_is_set_aside_lets_go_of_its_proposal(here: Town, noor: Journey) -> None:
    proposal_id = proposes(noor)
    with here.at_desk():
        searches.not_genuine(request_id=noor.request_id, actor=here.worker, now=noor.now, reason="Een test.")
    assert (state_of(proposal_id), Occupation.objects.count()) == ("taken_back", 0)


def test_a_location_that_begins_to_plan_holds_what_it_proposed(here: Town) -> None:
    journey = in_care(here)
    proposes(journey)
    assert held() == []
    with here.at_organiser(here.regenboog_centrum):
        choose_capacity_kind(
            location_id=here.regenboog_centrum.id, kind=CapacityKind.PLAN, actor=here.manager, now=journey.now
        )
    assert held() == [WEDNESDAY]


def test_a_location_that_closes_lets_go_of_who_would_come(here: Town, noor: Journey) -> None:
    proposal_id = proposes_move(noor)
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        facts: dict[str, Any] = {"location_id": here.regenboog_denderhof.id, "close_on": noor.today}
        [following] = consequences(**facts, today=noor.today)
        assert following.step is NextStep.CHANGE_BACK
        close_location(**facts, shown=1, actor=here.manager, now=noor.now)
    assert (state_of(proposal_id), held()) == ("taken_back", [])
    assert len(noor.mails("change_off_family")) == 1


@pytest.mark.parametrize(
    ("different", "code"),
    [
        ({"days": 0}, "too_soon"),
        ({"pattern": WeekPattern()}, "no_days"),
        ({"pattern": MONDAY | TUESDAY}, "nothing_new"),
        ({"days": 9000}, "after_end"),
    ],
)
def test_what_cannot_be_proposed_is_refused(noor: Journey, different: dict[str, Any], code: str) -> None:
    facts = dict(different)
    facts["from_on"] = noor.today + timedelta(days=facts.pop("days", 30))
    with pytest.raises(ChangeRefused) as refused:
        proposes(noor, **facts)
    assert refused.value.code == code


def test_a_child_goes_to_own_locations_only(here: Town, noor: Journey) -> None:
    with pytest.raises(LocationNotHere):
        proposes_move(noor, location_id=here.mias_nestje.id)


# A family asks


def test_a_family_asks_and_the_location_agrees(here: Town, noor: Journey) -> None:
    proposal_id = family_asks(noor, message="Ik werk nu op woensdag.")
    assert held() == []
    assert [mail.recipient for mail in noor.mails("change_asked_organiser")] == ["de-regenboog-centrum@opvang.example"]
    with here.at_organiser(here.regenboog_centrum):
        seen = placed_child(noor.registered.reference, here.regenboog_centrum.slug).care.open_proposal(noor.today)
    assert seen
    assert (seen.asked_by, seen.message) == (Proposer.FAMILY, "Ik werk nu op woensdag.")
    noor.later(days=2)
    organiser(noor, agree, proposal_id)
    with looking():
        [change] = CareChange.objects.all()
    assert change.family_agreed_on == noor.today - timedelta(days=2)
    assert [row[2] for row in taken_at(here.regenboog_centrum)] == [MONDAY | TUESDAY, NEW_WEEK]
    assert len(noor.mails("care_days_family")) == 1


def test_what_a_family_asks_must_be_free_when_the_location_agrees(here: Town, noor: Journey) -> None:
    proposal_id = family_asks(noor)
    deniz = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,), pattern=WEDNESDAY))
    deniz.answers(here.regenboog_centrum, YES)
    with pytest.raises(PlaceTaken):
        organiser(noor, agree, proposal_id)
    assert state_of(proposal_id) == "open"
    organiser(noor, agree, proposal_id, over_capacity_reason="We krijgen een begeleider bij.")
    assert state_of(proposal_id) == "agreed"


def test_a_location_says_no_with_words_of_its_own(noor: Journey) -> None:
    proposal_id = family_asks(noor)
    organiser(noor, refuse, proposal_id, words="Woensdag zijn we volzet.")
    assert "De opvang zegt nee." in noor.mails("change_off_family")[0].text
    with looking():
        assert ChangeProposal.objects.get(id=proposal_id).reply == "Woensdag zijn we volzet."


def test_a_question_without_answer_becomes_a_call_of_the_desk(noor: Journey) -> None:
    family_asks(noor)
    noor.later(days=15)
    with looking():
        assert sweep_lapsed_proposals(now=noor.now) == 1
    assert noor.tasks() == {"other"}
    assert "De opvang antwoordde niet op tijd." in noor.mails("change_off_family")[0].text


def test_each_side_answers_only_what_the_other_asked(noor: Journey) -> None:
    proposal_id = proposes(noor)
    with pytest.raises(NotYours):
        organiser(noor, refuse, proposal_id)
    with pytest.raises(NotYours):
        family(noor, take_back, proposal_id)
    proposal_id = family_asks(noor)
    for act in (agree, refuse):
        with pytest.raises(NotYours):
            family(noor, act, proposal_id)
    with pytest.raises(NotYours):
        organiser(noor, take_back, proposal_id)
    family(noor, take_back, proposal_id)
    assert "Het gezin trok zijn vraag in." in noor.mails("change_off_organiser")[0].text


def test_strangers_do_not_find_it(here: Town, noor: Journey) -> None:
    proposal_id = proposes(noor)
    with here.at_organiser(here.mias_nestje), pytest.raises(ProposalNotFound):
        take_back(proposal_id=proposal_id, actor=here.manager, now=noor.now)
    other = asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    with here.as_family(other.registered), pytest.raises(ProposalNotFound):
        agree(proposal_id=proposal_id, actor=PARENT, now=noor.now)


def test_a_national_number_is_refused_in_words_of_people(noor: Journey) -> None:
    with pytest.raises(NationalNumberRefused):
        family_asks(noor, message="Rijksregister 85.07.30-033.28")


def test_a_family_without_mail_is_called(here: Town) -> None:
    journey = in_care(here, applicant=replace(SARA, email=""))
    proposal_id = proposes(journey)
    assert journey.tasks() == {"other"}
    with here.at_desk():
        agree(proposal_id=proposal_id, door=AnswerDoor.PHONE, actor=here.worker, now=journey.now)
    assert "other" in journey.tasks(done=True)
