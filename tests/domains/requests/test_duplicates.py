"""The same child asked for twice is found at entry and at night, and put before a person once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.cast import ELIF, SARA, Town, town

from opvangloket.domains.requests import sweeps
from opvangloket.domains.requests.actions import AskedChild, finish_task, record_birth, register_siblings
from opvangloket.domains.requests.duplicates import find_likely_duplicates
from opvangloket.domains.requests.models import CareRequest, DeskTask, TaskKind
from opvangloket.domains.requests.setting_aside import merge
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.identity import ScoreClass
from opvangloket.rules.references import displayed

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
MISSPELT = replace(SARA, first_name="Sarah", last_name="Peters", email="", phone="+32 470 12 34 56")


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


def _open_pairs(here: Town) -> list[DeskTask]:
    with here.at_desk():
        return list(DeskTask.objects.filter(kind=TaskKind.LIKELY_DUPLICATE, done_at=None))


def test_a_second_question_for_the_same_child_is_found_at_entry(here: Town) -> None:
    first = here.ask(here.noor())
    second = here.ask(here.noor(applicant=MISSPELT), actor=here.worker, now=LATER)
    [task] = _open_pairs(here)
    assert task.request_id == second.request_id
    assert displayed(first.reference) in task.note
    assert "telefoonnummer" in task.note
    with here.at_desk():
        [found] = find_likely_duplicates(second.request_id)
        assert (found.reference, found.score_class) == (first.reference, ScoreClass.CERTAIN)
        assert [other.reference for other in find_likely_duplicates(first.request_id)] == [second.reference]


def test_other_families_are_no_duplicates(here: Town) -> None:
    here.ask(here.noor())
    here.ask(here.deniz())
    here.ask(here.noor(child=AskedChild(first_name="Lou", last_name="Peeters", birth_on=here.today)), now=LATER)
    assert _open_pairs(here) == []


def test_twins_asked_in_one_go_are_no_duplicates(here: Town) -> None:
    twins = [here.noor(child=AskedChild(last_name="Peeters", due_on=here.today)) for _ in range(2)]
    with here.at_desk():
        register_siblings(
            desk_id=here.ninove.id,
            questions=twins,
            together=False,
            actor=here.worker,
            now=NOW,
            randomness=here.randomness,
        )
    assert _open_pairs(here) == []


def test_asking_again_after_a_search_has_ended_is_a_new_request(here: Town) -> None:
    first = here.ask(here.noor())
    with here.at_desk():
        CareRequest.objects.filter(id=first.request_id).update(
            state=RequestState.WITHDRAWN, closed_at=NOW + timedelta(days=1)
        )
    here.ask(here.noor(), now=LATER)
    assert _open_pairs(here) == []


def test_a_pair_that_was_looked_at_never_comes_back(here: Town) -> None:
    first = here.ask(here.noor())
    here.ask(here.noor(), now=LATER)
    [task] = _open_pairs(here)
    with here.at_desk():
        finish_task(task_id=task.id, actor=here.worker, now=LATER, note="Nichtjes met dezelfde naam.")
        CareRequest.objects.filter(id=first.request_id).update(identity_keys=None)
    sweeps.sweep_duplicates(now=LATER)
    assert _open_pairs(here) == []


def test_a_merge_closes_its_task(here: Town) -> None:
    first = here.ask(here.noor())
    second = here.ask(here.noor(), now=LATER)
    with here.at_desk():
        merge(request_id=first.request_id, into_id=second.request_id, actor=here.worker, now=LATER)
    assert _open_pairs(here) == []


def test_the_night_finds_what_came_in_without_being_compared(here: Town) -> None:
    requests = [here.ask(here.noor()), here.ask(here.noor(applicant=ELIF), now=LATER)]
    with here.at_desk():
        DeskTask.objects.all().delete()
        CareRequest.objects.update(identity_keys=None)  # as an import leaves them
    assert sweeps.sweep_duplicates(now=LATER) == 1
    assert [task.request_id for task in _open_pairs(here)] == [requests[1].request_id]
    assert sweeps.sweep_duplicates(now=LATER) == 0


def test_two_searches_that_ended_ask_nothing_of_the_desk(here: Town) -> None:
    for now in (NOW, LATER):
        here.ask(here.noor(), now=now)
    with here.at_desk():
        DeskTask.objects.all().delete()
        CareRequest.objects.update(
            identity_keys=None, state=RequestState.WITHDRAWN, closed_at=LATER + timedelta(days=1)
        )
    assert sweeps.sweep_duplicates(now=LATER + timedelta(days=2)) == 0


def test_a_birth_lets_a_duplicate_be_seen(here: Town) -> None:
    unborn = here.ask(here.noor(child=AskedChild(due_on=here.today - timedelta(days=20)), applicant=ELIF))
    here.ask(here.noor(applicant=MISSPELT), actor=here.worker)
    assert _open_pairs(here) == []
    with here.at_desk():
        record_birth(
            request_id=unborn.request_id,
            birth_on=here.today - timedelta(days=60),
            first_name="Noor",
            last_name="Peeters",
            actor=here.worker,
            now=LATER,
        )
    assert len(_open_pairs(here)) == 1


def test_another_desk_knows_nothing_of_it(here: Town) -> None:
    registered = here.ask(here.noor())
    with here.at_desk(here.overstroom), pytest.raises(RequestNotFound):
        find_likely_duplicates(registered.request_id)
