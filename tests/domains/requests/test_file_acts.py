"""What a desk does in a file: tasks, notes, reads, births, contacts; and the drafts of families."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.cast import SARA, Town, town

from opvangloket.domains.families.models import Guardian
from opvangloket.domains.requests import sweeps
from opvangloket.domains.requests.actions import (
    Contact,
    DraftGone,
    EmptyNote,
    QuestionRefused,
    Registered,
    RequestNotFound,
    TaskNotFound,
    change_contact,
    draft_by_token,
    finish_task,
    mark_contact_verified,
    open_task,
    record_birth,
    record_read,
    save_draft,
    settle_tasks,
    write_note,
)
from opvangloket.domains.requests.drafts import draft_was_sent, locked_draft
from opvangloket.domains.requests.models import CareRequest, DeskTask, Draft, Note, TaskKind
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.rules.procedure import Procedure

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


@pytest.fixture
def noor(here: Town) -> Registered:
    return here.ask(here.noor())


def test_a_task_exists_once_per_kind_and_subject(here: Town, noor: Registered) -> None:
    def ask() -> DeskTask:
        task_id = open_task(
            desk_id=here.ninove.id,
            kind=TaskKind.CALL_ORGANISER,
            subject_id=noor.request_id,
            due_on=here.today,
            now=NOW,
            location_id=here.mias_nestje.id,
        )
        return DeskTask.objects.get(id=task_id)

    with here.at_desk():
        first = ask()
        finish_task(task_id=first.id, actor=here.worker, now=NOW, note="Mia belt terug.")
        finish_task(task_id=first.id, actor=here.lead, now=LATER)
        again = ask()
        assert (again.id, again.done_at, again.done_by_id) == (first.id, NOW, here.amina.id)
        assert again.note == "Mia belt terug."
        assert AuditEvent.objects.filter(action="task.finish").count() == 1


def test_an_organiser_act_can_put_a_task_on_the_desk_s_list(here: Town, noor: Registered) -> None:
    with here.at_organiser(here.mias_nestje):
        open_task(
            desk_id=here.ninove.id, kind=TaskKind.ALL_SAID_NO, subject_id=noor.request_id, due_on=here.today, now=NOW
        )
    with here.at_desk():
        assert DeskTask.objects.filter(kind=TaskKind.ALL_SAID_NO).count() == 1
    with here.at_desk(here.overstroom):
        assert not DeskTask.objects.exists()


def test_settling_needs_to_know_about_what(here: Town) -> None:
    with pytest.raises(TypeError):
        settle_tasks(desk_id=here.ninove.id, kinds=[TaskKind.URGENT], now=NOW)


def test_a_task_of_another_desk_is_not_found(here: Town) -> None:
    with here.at_desk():
        task_id = open_task(desk_id=here.ninove.id, kind=TaskKind.OTHER, subject_id=uuid4(), due_on=here.today, now=NOW)
    with here.at_desk(here.overstroom), pytest.raises(TaskNotFound):
        finish_task(task_id=task_id, actor=here.worker, now=NOW)


def test_a_note_stays_with_the_file_and_its_words_out_of_the_log(here: Town, noor: Registered) -> None:
    with here.at_desk():
        write_note(request_id=noor.request_id, text=" Belt liever na 17 uur. ", actor=here.worker, now=NOW)
        note = Note.objects.get()
        assert (note.text, note.author_id, note.at) == ("Belt liever na 17 uur.", here.amina.id, NOW)
        assert AuditEvent.objects.get(action="note.write").codes == []
        with pytest.raises(EmptyNote):
            write_note(request_id=noor.request_id, text="  ", actor=here.worker, now=NOW)
        with pytest.raises(NationalNumberRefused):
            write_note(request_id=noor.request_id, text="93.05.18-223.61", actor=here.worker, now=NOW)
    with here.at_desk(here.overstroom), pytest.raises(RequestNotFound):
        write_note(request_id=noor.request_id, text="Hallo.", actor=here.worker, now=NOW)


def test_a_read_is_written_down_for_the_family(here: Town, noor: Registered) -> None:
    with here.at_desk():
        record_read(request_id=noor.request_id, actor=here.worker, now=LATER)
    with here.as_family(noor):
        read = AuditEvent.objects.get(action="request.read")
        assert (read.actor_id, read.at, read.request_id) == (here.amina.id, LATER, noor.request_id)
    with here.at_desk(here.overstroom), pytest.raises(RequestNotFound):
        record_read(request_id=noor.request_id, actor=here.worker, now=LATER)


def test_a_birth_keeps_the_date_of_the_request(here: Town) -> None:
    deniz = here.ask(here.deniz(), actor=here.worker)
    born = NOW + timedelta(days=95)
    with here.at_desk():
        record_birth(
            request_id=deniz.request_id, birth_on=born.date(), first_name="Deniz Can", actor=here.worker, now=born
        )
        request = CareRequest.objects.get(id=deniz.request_id)
        assert (request.child.first_name, request.child.last_name) == ("Deniz Can", "Yılmaz")
        assert (request.child.birth_on, request.child.due_on) == (born.date(), here.deniz().child.due_on)
        assert request.registered_at == NOW
        with pytest.raises(QuestionRefused):
            record_birth(
                request_id=deniz.request_id,
                birth_on=born.date() + timedelta(days=1),
                first_name="Deniz",
                actor=here.worker,
                now=born,
            )


def test_a_family_takes_another_number_and_is_found_under_it(here: Town, noor: Registered) -> None:
    contact = Contact(email=SARA.email, phone="0499 99 88 77", street="Nieuwstraat", house_number="1", postcode="9400")
    with here.as_family(noor):
        change_contact(request_id=noor.request_id, contact=contact, actor=here.worker, now=LATER)
        change_contact(request_id=noor.request_id, contact=contact, actor=here.worker, now=LATER)
        guardian = Guardian.objects.get()
        assert (guardian.phone_digits, guardian.street) == ("0499998877", "Nieuwstraat")
        keys = CareRequest.objects.get().identity_keys
        assert keys is not None
        assert "phone:+32499998877" in keys
    with here.at_desk():
        [event] = AuditEvent.objects.filter(action="request.change_wish")
        assert event.codes == ["phone", "street", "house_number"]
        with pytest.raises(QuestionRefused):
            change_contact(request_id=noor.request_id, contact=Contact(), actor=here.worker, now=LATER)


def test_an_unverified_contact_becomes_a_task_after_the_days_of_the_town(here: Town, noor: Registered) -> None:
    here.choose(Procedure(verify_within_days=2))
    assert sweeps.sweep_unverified(now=NOW + timedelta(days=2, seconds=-1)) == 0
    assert sweeps.sweep_unverified(now=NOW + timedelta(days=2)) == 1
    assert sweeps.sweep_unverified(now=LATER) == 0
    with here.at_desk():
        task = DeskTask.objects.get(kind=TaskKind.CONTACT_UNVERIFIED)
        assert task.request_id == noor.request_id
        mark_contact_verified(request_id=noor.request_id, actor=here.worker, now=LATER)
        task.refresh_from_db()
        assert task.done_at == LATER


def test_a_draft_is_continued_by_its_link(here: Town) -> None:
    token = save_draft(desk_id=here.ninove.id, answers={"child": {"first_name": "Noor"}}, now=NOW)
    assert save_draft(desk_id=here.ninove.id, token=token, answers={"child": {}, "step": 2}, now=LATER) == token
    found = draft_by_token(desk_id=here.ninove.id, token=token)
    assert (found.answers, found.changed_at, found.request_id) == ({"child": {}, "step": 2}, LATER, None)
    assert not Draft.objects.filter(token_hash=token).exists()


@pytest.mark.parametrize("token", ["", "geraden"])
def test_a_guessed_link_opens_nothing(here: Town, token: str) -> None:
    save_draft(desk_id=here.ninove.id, answers={}, now=NOW)
    with pytest.raises(DraftGone):
        draft_by_token(desk_id=here.ninove.id, token=token)


def test_the_link_of_a_draft_works_at_its_own_desk_only(here: Town) -> None:
    token = save_draft(desk_id=here.ninove.id, answers={}, now=NOW)
    with pytest.raises(DraftGone):
        draft_by_token(desk_id=here.overstroom.id, token=token)
    with pytest.raises(DraftGone):
        save_draft(desk_id=here.overstroom.id, token=token, answers={}, now=NOW)


def test_a_draft_that_was_sent_forgets_its_answers_and_knows_its_request(here: Town, noor: Registered) -> None:
    token = save_draft(desk_id=here.ninove.id, answers={"own_words": "Hallo."}, now=NOW)
    draft_was_sent(locked_draft(here.ninove.id, token), noor.request_id, LATER)
    found = draft_by_token(desk_id=here.ninove.id, token=token)
    assert (found.answers, found.request_id) == ({}, noor.request_id)
    with pytest.raises(DraftGone):
        save_draft(desk_id=here.ninove.id, token=token, answers={"own_words": "Nog iets."}, now=LATER)


def test_a_draft_holds_no_national_number_however_deep(here: Town) -> None:
    with pytest.raises(NationalNumberRefused):
        save_draft(desk_id=here.ninove.id, answers={"children": [{"name": "93.05.18-223.61"}]}, now=NOW)
    assert not Draft.objects.exists()
