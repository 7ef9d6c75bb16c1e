"""How a search ends, and how it goes on again: everything that hangs on it follows in the same act."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import PARENT, Town, plan_places
from tests.domains.distribution.journey import NOW, YES, Journey, asks, looking, taken

from opvangloket.domains.distribution.asking.choosing import add_location
from opvangloket.domains.distribution.asking.sending import send_out
from opvangloket.domains.distribution.care.start import confirm_start
from opvangloket.domains.distribution.closing import searches
from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.domains.requests.states import CannotMove, RequestNotFound
from opvangloket.rules.outcomes import Outcome, outcome_as_of
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.reasons import ElsewhereReason, LapseReason

CLOSINGS: dict[str, tuple[Callable[..., None], dict[str, Any], str, str]] = {
    "withdrawn": (searches.withdraw_request, {}, "withdrawn", ""),
    "found_elsewhere": (
        searches.found_elsewhere,
        {"where": ElsewhereReason.OTHER_MUNICIPALITY},
        "found_elsewhere",
        "andere_gemeente",
    ),
    "lapsed": (searches.lapse, {"reason": LapseReason.MISCARRIAGE}, "lapsed", "miskraam"),
    "closed_unanswered": (searches.end_search, {}, "search_ended", ""),
}


def close(journey: Journey, state: str) -> None:
    act, facts, _, _ = CLOSINGS[state]
    with journey.here.as_family(journey.registered):
        act(request_id=journey.request_id, actor=PARENT, now=journey.now, **facts)


def outcome(journey: Journey, as_of: date | None = None) -> Outcome | None:
    """Return how the annual report counts this request."""
    with journey.here.at_desk():
        [case] = [
            case
            for case in case_facts(journey.here.ninove.id, desk_mode=DeskMode.CENTRAL)
            if case.key == journey.registered.reference
        ]
    return outcome_as_of(case, as_of or date(2027, 2, 28)).outcome


@pytest.mark.parametrize("state", CLOSINGS)
def test_a_closing_closes_everything_and_tells_everyone(here: Town, state: str) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    close(noor.later(days=1), state)
    _, _, kind, reason = CLOSINGS[state]
    assert noor.state == state
    assert noor.events() == ["answered_yes", "offer_declined", kind]
    assert noor.last_event().reason == reason
    assert (taken(), noor.tasks()) == (0, set())
    assert noor.states()[here.regenboog_centrum.name] == "withdrawn"
    assert len(noor.mails("inquiry_closed_organiser")) == len(noor.mails("offer_declined_organiser")) == 1
    assert len(noor.mails("request_closed_family")) == 1


def test_the_report_counts_each_ending_as_the_law_asks(here: Town) -> None:
    asked = {state: asks(here) for state in CLOSINGS}
    for state, journey in asked.items():
        close(journey, state)
    assert {state: outcome(journey) for state, journey in asked.items()} == {
        "withdrawn": Outcome.UNKNOWN,
        "found_elsewhere": Outcome.FOUND_ELSEWHERE,
        "lapsed": Outcome.LAPSED,
        "closed_unanswered": Outcome.UNANSWERED_NO_OFFER,
    }


def test_a_search_that_ended_with_an_offer_on_the_table_counts_as_declined(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    close(noor, "closed_unanswered")
    assert outcome(noor) is Outcome.UNANSWERED_DECLINED


def test_a_question_that_never_went_out_can_be_withdrawn(here: Town) -> None:
    registered = here.ask(here.noor())
    noor = Journey(here=here, registered=registered, now=NOW)
    close(noor, "withdrawn")
    assert (noor.state, noor.mails("inquiry_closed_organiser")) == ("withdrawn", [])


def test_a_closed_search_can_be_told_better_later_and_go_on(here: Town) -> None:
    noor = asks(here)
    close(noor, "withdrawn")
    close(noor.later(days=1), "found_elsewhere")
    assert len(noor.mails("request_closed_family")) == 1
    with pytest.raises(CannotMove):
        close(noor, "found_elsewhere")
    with here.at_desk():
        searches.reopen(request_id=noor.request_id, actor=here.worker, now=noor.later(days=1).now)
        assert noor.state == "open"
        send_out(request_id=noor.request_id, actor=here.worker, now=noor.now)
    assert set(noor.states().values()) == {"sent"}
    assert noor.events() == ["withdrawn", "found_elsewhere", "reopened"]


def placed(here: Town) -> Journey:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    return noor


def test_care_that_never_started_is_undone(here: Town) -> None:
    noor = placed(here)
    with here.as_family(noor.registered):
        searches.reopen(request_id=noor.request_id, actor=PARENT, now=noor.later(days=1).now)
    assert (noor.state, noor.placement().state, taken()) == ("open", "undone", 0)
    assert "De opvang gaat niet door" in noor.mails("inquiry_closed_organiser")[-1].text
    assert outcome(noor) is Outcome.UNKNOWN


@pytest.mark.parametrize("state", CLOSINGS)
def test_a_placed_family_may_still_go_elsewhere_before_care_starts(here: Town, state: str) -> None:
    noor = placed(here)
    close(noor, state)
    assert (noor.state, noor.placement().state, taken()) == (state, "undone", 0)


def test_care_that_started_is_not_undone(here: Town) -> None:
    noor = placed(here)
    noor.later(days=(noor.placement().start_on - here.today).days)
    with here.at_desk(), pytest.raises(CannotMove):
        searches.reopen(request_id=noor.request_id, actor=here.worker, now=noor.now)
    with pytest.raises(CannotMove):
        close(noor, "found_elsewhere")
    assert (noor.state, outcome(noor)) == ("placed", Outcome.ANSWERED)


def test_a_start_that_moved_is_the_start_that_counts(here: Town) -> None:
    noor = placed(here)
    start_on = noor.placement().start_on
    with here.at_desk():
        confirm_start(
            placement_id=noor.placement().id, start_on=start_on + timedelta(days=40), actor=here.worker, now=noor.now
        )
        noor.later(days=(start_on - here.today).days + 1)
        searches.reopen(request_id=noor.request_id, actor=here.worker, now=noor.now)
    assert (noor.state, taken()) == ("open", 0)


def test_a_request_that_was_none_leaves_nothing_behind_and_can_come_back(here: Town) -> None:
    noor = placed(here)
    with here.at_desk():
        searches.not_genuine(request_id=noor.request_id, actor=here.worker, now=noor.now, reason="Een test.")
        assert (noor.state, taken(), outcome(noor)) == ("not_genuine", 0, None)
        searches.undo_set_aside(request_id=noor.request_id, actor=here.worker, now=noor.later(days=1).now)
    assert (noor.state, noor.placement().state, taken("placement")) == ("placed", "active", 1)
    assert outcome(noor) is Outcome.ANSWERED


def test_a_duplicate_goes_up_in_the_other_request(here: Town) -> None:
    plan_places(here.mias_nestje, 2, from_on=here.today)
    first, second = asks(here), asks(here)
    for journey in (first, second):
        journey.answers(here.mias_nestje, YES)
    with here.at_desk():
        searches.merge(
            request_id=second.request_id, into_id=first.request_id, actor=here.worker, now=NOW, reason="Zelfde kind."
        )
    assert (second.state, first.state, taken("hold")) == ("merged", "open", 1)
    assert second.states()[here.regenboog_centrum.name] == "withdrawn"
    assert (outcome(second), outcome(first)) == (None, Outcome.UNKNOWN)


def test_a_family_closes_its_own_request_only(here: Town) -> None:
    noor, deniz = asks(here), asks(here, here.deniz())
    with here.as_family(deniz.registered), pytest.raises(RequestNotFound):
        searches.withdraw_request(request_id=noor.request_id, actor=PARENT, now=NOW)
    with here.at_organiser(here.mias_nestje), pytest.raises(CannotMove):
        searches.withdraw_request(request_id=noor.request_id, actor=here.manager, now=NOW)
    assert noor.state == "open"


def test_an_ended_search_adds_no_location(here: Town) -> None:
    from opvangloket.domains.distribution.asking.sending import NotSearching

    noor = asks(here)
    close(noor, "withdrawn")
    with here.as_family(noor.registered), pytest.raises(NotSearching):
        add_location(request_id=noor.request_id, location_id=here.het_klavertje.id, actor=PARENT, now=NOW)
    with looking():
        assert here.het_klavertje.name not in noor.states()
