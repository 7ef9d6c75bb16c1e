"""One timeline: what happened is told once, by whom, the newest first; and the file beside it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import PARENT, Town, town
from tests.domains.distribution.journey import FULL, YES, Journey, alternative, asks

from opvangloket.domains.deskwork.timeline import Happening, Source, timeline
from opvangloket.domains.distribution.closing.searches import merge
from opvangloket.domains.requests.actions import Wish, change_wish, correct, record_birth, set_urgent, write_note
from opvangloket.domains.requests.queries_file import family_file
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.categories import Category
from opvangloket.rules.characteristics import Characteristic
from opvangloket.rules.patterns import WeekPattern

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


def _told(here: Town, noor: Journey, source: Source | None = None) -> list[Happening]:
    with here.at_desk():
        return [one for one in timeline(noor.request_id) if source in (None, one.source)]


def _reads(here: Town, noor: Journey, actor: Actor, times: int) -> None:
    with here.at_desk():
        for _again in range(times):
            record(
                "request.read",
                actor=actor,
                at=noor.now,
                desk_id=here.ninove.id,
                subject_kind="request",
                subject_id=noor.request_id,
                request_id=noor.request_id,
            )


def test_a_whole_story_is_told_once_and_in_order(here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id, here.het_klavertje.id))
    noor.later(hours=1).answers(here.het_klavertje, FULL)
    with here.at_desk():
        write_note(request_id=noor.request_id, text="Belt morgen", actor=here.worker, now=noor.later(hours=1).now)
    noor.later(hours=1).answers(here.mias_nestje, alternative(noor, WeekPattern.full_days("ma")))
    noor.later(hours=1).accepts(here.mias_nestje)
    story = [(one.source, one.code) for one in reversed(_told(here, noor)) if one.source is not Source.MESSAGE]
    assert story == [
        (Source.REGISTRATION, "phone"),
        (Source.SENDING, "1"),
        (Source.EVENT, "answered_no"),
        (Source.NOTE, "note"),
        (Source.EVENT, "answered_alternative"),
        (Source.EVENT, "offer_accepted"),
    ]
    [sending] = _told(here, noor, Source.SENDING)
    assert sending.locations == ("Het Klavertje", "Mia's Nestje")
    accepted, offered, refused = _told(here, noor, Source.EVENT)
    assert (refused.locations, refused.reason) == (("Het Klavertje",), "volzet")
    assert (offered.locations, offered.pattern) == (("Mia's Nestje",), WeekPattern.full_days("ma"))
    assert accepted.actor_kind == "parent"
    assert {message.message.recipient for message in _told(here, noor, Source.MESSAGE) if message.message} >= {
        "sara.peeters@voorbeeld.be",
        "mias-nestje@opvang.example",
    }


def test_who_did_something_at_the_desk_is_named(here: Town) -> None:
    noor = asks(here)
    with here.at_desk():
        correct(request_id=noor.request_id, start_on=here.today, reason="Jaar fout", actor=here.lead, now=noor.now)
    [corrected] = _told(here, noor, Source.EVENT)
    assert corrected.actor_id == here.karel.id
    [registration] = _told(here, noor, Source.REGISTRATION)
    assert registration.actor_id == here.amina.id
    [note] = _told(here, noor, Source.NOTE)
    assert (note.text, note.actor_id) == ("Jaar fout", here.karel.id)


def test_changes_that_are_no_event_are_told_by_the_log(here: Town) -> None:
    noor = asks(here)
    with here.at_desk():
        wish = Wish(start_on=here.today, pattern=WeekPattern.full_days("wo"))
        change_wish(request_id=noor.request_id, wish=wish, actor=here.worker, now=noor.now)
        set_urgent(request_id=noor.request_id, urgent=True, reason="Crisis", actor=here.worker, now=noor.now)
    assert {(one.code, one.codes) for one in _told(here, noor, Source.ACT)} == {
        ("request.change_wish", ("version:2",)),
        ("request.correct", ("urgent",)),
    }


def test_looking_twice_on_a_day_is_one_line(here: Town) -> None:
    noor = asks(here)
    _reads(here, noor, here.worker, times=3)
    _reads(here, noor, here.lead, times=1)
    noor.later(days=1)
    _reads(here, noor, here.worker, times=1)
    reads = [(one.actor_id, one.times) for one in _told(here, noor) if one.is_read]
    assert sorted(times for _who, times in reads) == [1, 1, 3]
    assert len({one.at for one in _told(here, noor) if one.is_read}) == 2


def test_a_long_story_takes_as_many_queries_as_a_short_one(here: Town) -> None:
    def queries(journey: Journey) -> int:
        with CaptureQueriesContext(connection) as captured, here.at_desk():
            assert timeline(journey.request_id)
            family_file(journey.registered.reference)
        return len(captured)

    short = asks(here, location_ids=(here.mias_nestje.id,))
    short.answers(here.mias_nestje, YES)
    short.accepts(here.mias_nestje)
    long = asks(here, here.deniz())
    for location in (here.regenboog_centrum, here.regenboog_denderhof, here.het_klavertje):
        long.later(hours=1).answers(location, YES)
    with here.at_desk():
        write_note(request_id=long.request_id, text="Belt morgen", actor=here.worker, now=long.now)
    long.accepts(here.het_klavertje)
    assert queries(long) == queries(short)


def test_another_desk_finds_no_file_and_no_story(here: Town) -> None:
    noor = asks(here)
    with scope(DeskScope(here.overstroom.id)):
        assert timeline(noor.request_id) == ()
        with pytest.raises(RequestNotFound):
            family_file(noor.registered.reference)


def test_the_file_keeps_what_was_asked_first_beside_what_is_wanted_now(here: Town) -> None:
    noor = asks(here, characteristics=frozenset({Characteristic.SINGLE_PARENT, Characteristic.LOW_INCOME}))
    with here.at_desk():
        before = family_file(noor.registered.reference.lower())
        wish = Wish(start_on=before.original.start_on, pattern=WeekPattern.full_days("wo"))
        change_wish(request_id=noor.request_id, wish=wish, actor=PARENT, now=noor.now)
        after = family_file(noor.registered.reference)
    assert not before.has_changed
    assert after.has_changed
    assert after.original.pattern == WeekPattern.full_days("ma", "di")
    assert after.current.wish.pattern == WeekPattern.full_days("wo")
    assert after.categories[Category.VULNERABLE] == ("alleenstaande ouder", "laag inkomen")
    assert (after.child.name, after.applicant.name, after.applicant.residence) == (
        "Noor Peeters",
        "Sara Peeters",
        "Ninove",
    )


def test_a_merged_request_leads_to_the_one_that_remains(here: Town) -> None:
    first, second = asks(here), asks(here)
    with here.at_desk():
        merge(request_id=second.request_id, into_id=first.request_id, actor=here.worker, now=NOW)
        gone, kept = family_file(second.registered.reference), family_file(first.registered.reference)
    assert gone.state is RequestState.MERGED
    assert gone.may_undo_set_aside
    assert gone.merged_into is not None
    assert gone.merged_into.reference == first.registered.reference
    assert [one.reference for one in kept.merged_here] == [second.registered.reference]


def test_a_birth_is_told(here: Town) -> None:
    deniz = asks(here, here.deniz())
    born = deniz.later(days=100)
    with here.at_desk():
        record_birth(
            request_id=deniz.request_id, birth_on=born.today, first_name="Deniz", actor=here.worker, now=born.now
        )
        assert family_file(deniz.registered.reference).child.birth_on == born.today
    assert ("request.change_wish", ("birth",)) in {(one.code, one.codes) for one in _told(here, deniz)}
