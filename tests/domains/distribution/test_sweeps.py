"""Time does its work once, on its day, and catches up after a pause."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from tests.cast import SARA, Town, plan_places, town
from tests.domains.distribution.journey import NOW, YES, Journey, asks, looking, taken

from opvangloket.domains.distribution import sweeps
from opvangloket.domains.distribution.lines import sweeping
from opvangloket.domains.distribution.models import Sending, SweepStep
from opvangloket.domains.distribution.placing import offers
from opvangloket.domains.distribution.placing.offers import extend
from opvangloket.domains.distribution.tasks import run_sweeps as job
from opvangloket.domains.requests.actions import confirm_current
from opvangloket.domains.requests.models import CareRequest, DeskTask, TaskKind
from opvangloket.rules.characteristics import Characteristic
from opvangloket.rules.procedure import Procedure

VULNERABLE = frozenset({Characteristic.SINGLE_PARENT, Characteristic.LOW_INCOME})


def run(journey: Journey, **span: float) -> dict[str, int]:
    """Let time pass and sweep; twice, for the second time must do nothing."""
    done = sweeps.run_sweeps(now=journey.later(**span).now)
    assert sum(sweeps.run_sweeps(now=journey.now).values()) == 0
    return {name.removeprefix("sweep_"): count for name, count in done.items() if count}


def test_a_silent_location_is_reminded_then_overdue_then_called(here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    assert run(noor, days=9) == {}
    assert run(noor, days=1) == {"remind": 1}
    assert run(noor, days=4) == {}
    assert noor.tasks() == set()
    assert run(noor, days=1) == {"overdue": 1}
    assert noor.tasks() == {"answer_overdue"}
    assert run(noor, days=2) == {"call_organisers": 1}
    assert noor.tasks() == {"call_organiser"}
    assert len(noor.mails("inquiry_reminder")) == 2
    noor.answers(here.mias_nestje, YES)
    assert noor.tasks() == set()


def test_after_downtime_only_what_still_makes_sense_is_done(here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    assert run(noor, days=20) == {"overdue": 1, "call_organisers": 1}
    assert noor.tasks() == {"call_organiser"}
    assert len(noor.mails("inquiry_reminder")) == 1


def test_a_location_without_mail_is_overdue_once_too(here: Town) -> None:
    here.mias_nestje.email = here.mia.email = ""
    here.mias_nestje.save()
    here.mia.save()
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    assert noor.tasks() == {"other"}
    assert run(noor, days=15) == {"overdue": 1}
    assert noor.mails("inquiry_reminder") == []


def test_a_question_that_waits_goes_out_on_its_day_to_all_at_once(here: Town) -> None:
    here.choose(Procedure(send_from_months=3))
    noor = asks(here)
    assert set(noor.states().values()) == {"waiting_release"}
    assert noor.mails("inquiry_sent") == []
    days = (noor.inquiry(here.mias_nestje).send_from_on - here.today).days
    here.choose(Procedure(send_from_months=3, answer_term_days=7, remind_after_days=3, call_after_days=9))
    assert run(noor, days=days - 1) == {}
    assert run(noor, days=1) == {"release": 1}
    with looking():
        assert Sending.objects.get(request_id=noor.request_id).recipients == sorted(
            str(where.id) for where in (here.mias_nestje, here.regenboog_centrum)
        )
    sent = noor.inquiry(here.mias_nestje)
    # The procedure under which the family asked still counts, though the town has changed it since.
    assert (sent.state, sent.sent_at, sent.due_on) == ("sent", noor.now, noor.today + timedelta(days=14))
    assert len(noor.mails("inquiry_sent")) == 2


def test_the_family_is_reminded_of_an_offer_and_then_it_expires(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    assert run(noor, days=6) == {}
    assert run(noor, days=1) == {"offer_reminders": 1}
    assert run(noor, days=1) == {}
    assert run(noor, days=1) == {"offer_reminders": 1}
    assert len(noor.mails("offer_reminder")) == 2
    assert run(noor, days=2) == {"expire": 1, "remind": 1}
    assert noor.events() == ["answered_yes", "offer_expired"]
    assert noor.offer(here.mias_nestje).state == "expired"
    assert taken() == 0
    assert len(noor.mails("offer_expired")) == len(noor.mails("offer_declined_organiser")) == 1


def test_a_vulnerable_family_is_called_before_its_offer_expires(here: Town) -> None:
    noor = asks(here, characteristics=VULNERABLE)
    noor.answers(here.mias_nestje, YES)
    assert run(noor, days=6) == {}
    assert run(noor, days=1) == {"offer_reminders": 1, "call_families": 1}
    with looking():
        task = DeskTask.objects.get(kind=TaskKind.OFFER_EXPIRING)
    assert task.due_on == noor.offer(here.mias_nestje).reply_by_on
    with here.at_organiser(here.mias_nestje):
        later = task.due_on + timedelta(days=5)
        extend(offer_id=noor.offer(here.mias_nestje).id, reply_by_on=later, actor=here.manager, now=noor.now)
    assert noor.tasks() == set()
    assert run(noor, days=4) == {"remind": 1}


def test_a_family_is_asked_whether_its_question_still_holds_and_called_when_it_is_silent(here: Town) -> None:
    noor = asks(here, location_ids=())
    assert run(noor, days=55) == {}
    assert run(noor, days=1) == {"reconfirm": 1}
    assert len(noor.mails("confirm_current")) == 1
    assert run(noor, days=6) == {}
    assert run(noor, days=1) == {"silent_families": 1}
    assert noor.tasks() == {"confirm_current"}
    with here.as_family(noor.registered):
        confirm_current(request_id=noor.request_id, actor=here.worker, now=noor.now)
    assert noor.tasks() == set()
    # Eight weeks later it is asked anew, and gets its week to answer anew.
    assert run(noor, days=56) == {"reconfirm": 1}
    assert run(noor, days=7) == {"silent_families": 1}
    assert noor.state == "open"


def test_an_imported_question_without_a_date_is_left_alone(here: Town) -> None:
    noor = asks(here, location_ids=())
    with looking():
        CareRequest.objects.update(confirmed_current_on=None)
    assert run(noor, days=200) == {}


def test_one_subject_that_fails_does_not_stop_the_others(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, fine = asks(here), asks(here, here.deniz(applicant=SARA))
    for journey in (broken, fine):
        journey.answers(here.regenboog_centrum, YES)
    real = offers.expire

    def expire(*, offer_id: Any, now: datetime) -> bool:
        if offer_id == broken.offer(here.regenboog_centrum).id:
            raise RuntimeError("broken")
        return real(offer_id=offer_id, now=now)

    monkeypatch.setattr(offers, "expire", expire)
    with pytest.raises(ExceptionGroup) as failed:
        sweeps.run_sweeps(now=NOW + timedelta(days=11))
    assert failed.group_contains(RuntimeError, match="broken", depth=2)
    assert [broken.offer(here.regenboog_centrum).state, fine.offer(here.regenboog_centrum).state] == ["open", "expired"]
    assert len(fine.mails("inquiry_reminder")) == 2


def test_more_subjects_than_a_batch(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 2)
    noor = asks(here, location_ids=tuple(where.id for where in here.locations))
    assert run(noor, days=15) == {"overdue": 4}


@pytest.mark.usefixtures("committed_database")
def test_a_request_that_somebody_is_busy_with_waits_for_the_next_minute() -> None:
    here = town(NOW)
    noor, deniz = asks(here), asks(here, here.deniz())
    later = NOW + timedelta(days=15)

    def sweep() -> int:
        try:
            return sweeps.run_sweeps(now=later)["sweep_overdue"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), looking():
            CareRequest.objects.select_for_update().get(id=noor.request_id)
            assert pool.submit(sweep).result(timeout=30) == 3
        assert pool.submit(sweep).result(timeout=30) == 2
    assert (noor.tasks(), deniz.tasks()) == ({"answer_overdue"}, {"answer_overdue"})


def test_the_job_reads_the_clock_and_sweeps(here: Town) -> None:
    noor = asks(here)
    from opvangloket.foundation import clock

    with clock.stopped_at(NOW + timedelta(days=10)):
        assert job(timestamp=0)["sweep_remind"] == 2
    assert len(noor.mails("inquiry_reminder")) == 2


@pytest.mark.parametrize("requests", [1, 4])
def test_a_sweep_with_nothing_to_do_asks_a_fixed_number_of_questions(
    here: Town, requests: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(requests):
        asks(here).answers(here.mias_nestje, YES)
    with django_assert_num_queries(14):
        sweeps.run_sweeps(now=NOW + timedelta(hours=1))


def test_steps_are_remembered_once_per_subject(here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    run(noor, days=20)
    assert set(SweepStep.objects.values_list("subject_id", "step")) == {
        (noor.inquiry(here.mias_nestje).id, "overdue"),
        (noor.inquiry(here.mias_nestje).id, "call"),
    }
