"""The worklist: each reason appears by what happened, says why, and goes away by what happens, never by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import MONDAY_TUESDAY, SARA, Town, town
from tests.domains.distribution.journey import FULL, YES, Journey, asks

from opvangloket.domains.deskwork.actions import NothingToCallAbout, note_call_to_location
from opvangloket.domains.deskwork.work import Urgency, WorkItem, Worklist, WorkReason, WorkRow
from opvangloket.domains.deskwork.worklist import work_rows, worklist
from opvangloket.domains.distribution import sweeps
from opvangloket.domains.providers.models import Tariff
from opvangloket.domains.providers.page_edit import change_text, return_proposed_text
from opvangloket.domains.providers.vacancies import NewVacancy, declare_vacancy
from opvangloket.domains.requests.actions import finish_task, write_note
from opvangloket.domains.requests.sweeps import sweep_unverified
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.tenancy.scopes import DeskScope, across_desks, scope
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.procedure import PageField, Procedure

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
VULNERABLE = frozenset({Characteristic.SINGLE_PARENT, Characteristic.LOW_INCOME})
R = WorkReason


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


def _list(here: Town, now: datetime = NOW, procedure: Procedure | None = None) -> Worklist:
    with here.at_desk():
        return worklist(procedure or Procedure(), now=now)


def _rows(here: Town, now: datetime = NOW, procedure: Procedure | None = None) -> tuple[WorkRow, ...]:
    with here.at_desk():
        return work_rows(worklist(procedure or Procedure(), now=now).entries)


def _row(here: Town, now: datetime = NOW, procedure: Procedure | None = None) -> WorkRow:
    [row] = _rows(here, now, procedure)
    return row


def _item(here: Town, reason: WorkReason, now: datetime = NOW) -> WorkItem | None:
    items = [item for entry in _list(here, now).entries for item in entry.items if item.reason is reason]
    assert len(items) <= 1
    return items[0] if items else None


def test_an_empty_desk_has_nothing_to_do(here: Town) -> None:
    assert _list(here) == Worklist((), is_cut=False)
    assert _list(here).counts() == {}


def test_a_location_that_lets_terms_pass_is_called_about_all_of_them(here: Town) -> None:
    mia = here.mias_nestje
    noor = asks(here, location_ids=(mia.id,))
    asks(here, here.deniz(location_ids=(mia.id,)))
    last_day = NOW + timedelta(days=14)
    assert _item(here, R.ANSWERS_LATE, last_day) is None

    [row] = [row for row in _rows(here, last_day + timedelta(days=1)) if row.location]
    assert row.location is not None
    assert (row.location.name, row.location.organiser_name) == ("Mia's Nestje", "Mia De Smet")
    assert (row.items[0].reason, row.items[0].count, row.items[0].on) == (R.ANSWERS_LATE, 2, last_day.date())
    assert row.entry.urgency is Urgency.SOON

    to_call = noor.later(days=17).now
    late = _item(here, R.ANSWERS_LATE, to_call)
    assert late is not None
    assert late.urgency is Urgency.LATE
    with here.at_desk():
        assert note_call_to_location(location_id=mia.id, note="Belt morgen terug", actor=here.worker, now=to_call) == 2
    called = _item(here, R.ANSWERS_LATE, to_call)
    assert called is not None
    assert (called.urgency, called.handled_on, called.note) == (Urgency.CALM, to_call.date(), "Belt morgen terug")

    sweeps.run_sweeps(now=to_call)  # the tasks exist once: what was done stays done
    assert _item(here, R.ANSWERS_LATE, to_call) == called
    noor.answers(mia, FULL)
    left = _item(here, R.ANSWERS_LATE, noor.now)
    assert left is not None
    assert left.count == 1


def test_who_answered_everything_is_not_called(here: Town) -> None:
    asks(here, location_ids=(here.mias_nestje.id,))
    with here.at_desk(), pytest.raises(NothingToCallAbout):
        note_call_to_location(location_id=here.mias_nestje.id, note="", actor=here.worker, now=NOW)


@pytest.mark.parametrize(
    ("characteristics", "days", "urgency"),
    [
        (frozenset(), 6, None),
        (frozenset(), 7, Urgency.SOON),
        (frozenset(), 9, Urgency.LATE),
        (frozenset(), 10, Urgency.LATE),
        (frozenset(), 11, None),
        (VULNERABLE, 7, Urgency.LATE),
    ],
)
def test_an_offer_is_seen_before_it_expires(
    here: Town, characteristics: frozenset[Characteristic], days: int, urgency: Urgency | None
) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,), characteristics=characteristics)
    noor.answers(here.mias_nestje, YES)
    item = _item(here, R.OFFER_EXPIRING, noor.later(days=days).now)
    assert (item.urgency if item else None) is urgency


def test_a_family_called_about_its_offer_waits_calmly(here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,), characteristics=VULNERABLE)
    noor.answers(here.mias_nestje, YES)
    sweeps.run_sweeps(now=noor.later(days=8).now)
    item = _item(here, R.OFFER_EXPIRING, noor.now)
    assert item is not None
    assert item.task_id is not None
    with here.at_desk():
        finish_task(task_id=item.task_id, actor=here.worker, now=noor.now, note="Denkt na tot morgen")
    after = _item(here, R.OFFER_EXPIRING, noor.now)
    assert after is not None
    assert (after.urgency, after.handled_on) == (Urgency.CALM, noor.today)


def test_a_start_that_comes_near_without_a_place(here: Town) -> None:
    start_on = here.today + timedelta(days=70)
    noor = asks(here, location_ids=(here.mias_nestje.id, here.het_klavertje.id), start_on=start_on)
    assert _item(here, R.START_NEAR, NOW + timedelta(days=13)) is None
    near = _item(here, R.START_NEAR, NOW + timedelta(days=14))
    assert near is not None
    assert (near.urgency, near.on) == (Urgency.SOON, start_on)
    here_now = _item(here, R.START_NEAR, NOW + timedelta(days=56))
    assert here_now is not None
    assert here_now.urgency is Urgency.LATE
    long_ago = _item(here, R.START_NEAR, NOW + timedelta(days=85))
    assert long_ago is not None
    assert long_ago.urgency is Urgency.SOON
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    assert _item(here, R.START_NEAR, NOW + timedelta(days=56)) is None


def test_of_too_many_those_nearest_to_their_start_are_kept(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opvangloket.domains.deskwork.work_of_requests.MOST_OF_ONE_REASON", 1)
    monkeypatch.setattr("opvangloket.domains.deskwork.worklist.MOST_OF_ONE_REASON", 1)
    asks(here, start_on=here.today + timedelta(days=1))
    near = asks(here, here.deniz(start_on=here.today + timedelta(days=55), location_ids=(here.mias_nestje.id,)))
    later = NOW + timedelta(days=50)
    kept = _item(here, R.START_NEAR, later)
    assert kept is not None
    assert kept.request_id == near.request_id
    assert _list(here, later).is_cut


def test_what_is_lost_today_comes_before_what_waited_long(here: Town) -> None:
    waited = asks(here, start_on=here.today + timedelta(days=1), location_ids=())
    offered = asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    offered.answers(here.mias_nestje, YES)
    first, second = _list(here, NOW + timedelta(days=9)).entries
    assert first.items[0].request_id == offered.request_id
    assert second.items[0].request_id == waited.request_id


def test_when_all_said_no_the_family_is_helped_until_it_searches_on(here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    assert _item(here, R.ALL_SAID_NO) is None
    noor.later(days=1).answers(here.mias_nestje, FULL)
    item = _item(here, R.ALL_SAID_NO, noor.now)
    assert item is not None
    assert (item.urgency, item.handled_on) == (Urgency.SOON, None)
    assert item.task_id is not None
    with here.at_desk():
        finish_task(task_id=item.task_id, actor=here.worker, now=noor.now, note="Denkt aan Denderhof")
    called = _item(here, R.ALL_SAID_NO, noor.now)
    assert called is not None
    assert (called.urgency, called.handled_on) == (Urgency.CALM, noor.today)
    later = _item(here, R.ALL_SAID_NO, noor.later(days=8).now)
    assert later is not None
    assert later.urgency is Urgency.SOON


def test_a_silent_vulnerable_family_is_called_after_a_week(here: Town) -> None:
    noor = asks(here, characteristics=VULNERABLE)
    assert _item(here, R.VULNERABLE_SILENT, noor.later(days=6).now) is None
    item = _item(here, R.VULNERABLE_SILENT, noor.later(days=1).now)
    assert item is not None
    assert item.on == here.today
    with here.at_desk():
        write_note(request_id=noor.request_id, text="Gebeld", actor=here.worker, now=noor.now)
    assert _item(here, R.VULNERABLE_SILENT, noor.now) is None
    assert _item(here, R.VULNERABLE_SILENT, noor.later(days=7).now) is not None


def test_an_unproved_address_is_followed_up(here: Town) -> None:
    here.ask(here.noor())
    assert _item(here, R.CONTACT_UNVERIFIED, NOW + timedelta(days=2)) is None
    later = NOW + timedelta(days=3)
    unswept = _item(here, R.CONTACT_UNVERIFIED, later)
    assert unswept is not None
    assert unswept.task_id is None
    sweep_unverified(now=later)
    swept = _item(here, R.CONTACT_UNVERIFIED, later)
    assert swept is not None
    assert swept.task_id is not None


def test_a_question_that_went_nowhere_is_not_forgotten(here: Town) -> None:
    noor = asks(here, location_ids=())
    assert _row(here).entry.reasons == {R.NOT_SENT}
    assert noor.state == "open"


def test_urgent_and_own_words_are_tasks_that_are_ticked_off(here: Town) -> None:
    asks(
        here,
        urgent_reason=UrgentReason.START_WORK,
        start_on=here.today + timedelta(days=20),
        own_words="We zoeken ook een avond.",
    )
    row = _row(here)
    assert row.entry.reasons == {R.URGENT, R.OWN_WORDS, R.START_NEAR}
    assert row.entry.urgency is Urgency.LATE
    with here.at_desk():
        for item in row.items:
            if item.task_id:
                finish_task(task_id=item.task_id, actor=here.worker, now=NOW)
    assert _row(here).entry.reasons == {R.START_NEAR}


def test_a_likely_duplicate_waits_for_somebody_to_look(here: Town) -> None:
    asks(here)
    second = asks(here)
    row = _row(here)
    assert row.entry.reasons == {R.LIKELY_DUPLICATE}
    assert row.request is not None
    assert row.request.request_id == second.request_id
    assert "Lijkt op" in row.items[0].note


def test_a_message_that_did_not_arrive(here: Town) -> None:
    noor = asks(here)
    with across_desks("a mail bounces"):
        Message.objects.filter(request_id=noor.request_id, template="request_receipt").update(state=MessageState.FAILED)
    assert _row(here).entry.reasons == {R.MESSAGE_FAILED}


def test_a_start_that_nobody_confirmed(here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    assert _item(here, R.START_UNCONFIRMED, NOW + timedelta(days=119)) is None
    item = _item(here, R.START_UNCONFIRMED, NOW + timedelta(days=120))
    assert item is not None
    assert (item.urgency, item.location_id) == (Urgency.CALM, here.mias_nestje.id)
    at_school_for_a_year = datetime(2029, 9, 1, 9, 30, tzinfo=UTC)
    assert _item(here, R.START_UNCONFIRMED, at_school_for_a_year - timedelta(days=1)) is not None
    assert _item(here, R.START_UNCONFIRMED, at_school_for_a_year) is None


def test_free_places_that_grow_old(here: Town) -> None:
    mia = here.mias_nestje
    with here.at_organiser(mia):
        vacancy = NewVacancy(pattern=MONDAY_TUESDAY, start_on=here.today, tariff=Tariff.INCOME)
        declare_vacancy(location_id=mia.id, vacancy=vacancy, actor=here.manager, now=NOW)
    assert _item(here, R.VACANCY_UNCONFIRMED, NOW + timedelta(days=13)) is None
    item = _item(here, R.VACANCY_UNCONFIRMED, NOW + timedelta(days=14))
    assert item is not None
    assert (item.location_id, item.on) == (mia.id, here.today)


def test_a_text_waits_until_the_desk_has_read_it(here: Town) -> None:
    at = {"location_id": here.mias_nestje.id, "actor": here.manager, "now": NOW}
    with here.at_organiser(here.mias_nestje):
        change_text(text="Met tuin.", reviewed=True, **at)
    item = _item(here, R.TEXT_WAITS)
    assert item is not None
    assert (item.location_id, item.on, item.urgency) == (here.mias_nestje.id, here.today, Urgency.SOON)
    with here.at_desk():
        return_proposed_text(because="Vertel over de uren.", **at)
    assert _item(here, R.TEXT_WAITS) is None


def test_a_page_that_lacks_what_the_desk_asks(here: Town) -> None:
    assert _rows(here) == ()
    wants_text = Procedure(page_minimum=(*Procedure().page_minimum, PageField.TEXT))
    assert {row.location.name for row in _rows(here, procedure=wants_text) if row.location} == {
        location.name for location in here.locations
    }
    here.mias_nestje.email = here.mias_nestje.phone = ""
    here.mias_nestje.save()
    assert _row(here).location is not None
    assert _row(here).entry.reasons == {R.PAGE_INCOMPLETE}


def test_the_most_urgent_comes_first(here: Town) -> None:
    asks(here, location_ids=())
    urgent = asks(
        here,
        here.deniz(applicant=SARA, urgent_reason=UrgentReason.START_WORK, start_on=here.today + timedelta(days=30)),
    )
    rows = _rows(here)
    assert rows[0].request is not None
    assert rows[0].request.request_id == urgent.request_id
    assert [row.entry.urgency for row in rows] == sorted((row.entry.urgency for row in rows), key=list(Urgency).index)


def test_another_desk_sees_nothing_of_it(here: Town) -> None:
    asks(here, location_ids=())
    with scope(DeskScope(here.overstroom.id)):
        assert worklist(Procedure(), now=NOW + timedelta(days=60)).entries == ()


def test_much_work_takes_as_many_queries_as_little(here: Town) -> None:
    def busy() -> Journey:
        """Make one of everything."""
        journey = asks(here, characteristics=VULNERABLE, location_ids=(here.mias_nestje.id, here.het_klavertje.id))
        journey.answers(here.het_klavertje, YES)
        asks(here, location_ids=())
        return journey

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured, here.at_desk():
            work_rows(worklist(Procedure(), now=NOW + timedelta(days=9)).entries)
        return len(captured)

    busy()
    few = queries()
    for _again in range(3):
        busy()
    assert queries() == few
