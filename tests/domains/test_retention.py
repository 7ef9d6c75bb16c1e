"""What is past its term is forgotten, what is not stays, and the chains prove that nothing else is gone."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from tests.cast import PARENT, Town, town
from tests.domains.distribution.asking.test_proof import seal_all
from tests.domains.distribution.care.test_care import days as change_days_of
from tests.domains.distribution.care.test_care import in_care, moves
from tests.domains.distribution.journey import FULL, NOW, YES, Journey, asks, looking

from opvangloket.config.commands import retention as command
from opvangloket.domains.distribution.asking.proof import LOGS
from opvangloket.domains.distribution.closing import searches
from opvangloket.domains.distribution.models import AnswerLink, CareChange, Inquiry, Placement, Sending, WeeklyList
from opvangloket.domains.families.models import Child, Guardian
from opvangloket.domains.requests import actions
from opvangloket.domains.requests.models import CareRequest, CaseEvent, Draft, Note
from opvangloket.foundation.accounts import codes, limits
from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership, SignInCode, TokenBucket
from opvangloket.foundation.audit.models import AuditEvent, Tombstone
from opvangloket.foundation.audit.sealing import broken_seal
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.retention import carrying_out, terms
from opvangloket.foundation.retention.carrying_out import carry_out
from opvangloket.foundation.retention.models import RetentionRun
from opvangloket.rules.patterns import WeekPattern

YEAR = timedelta(days=366)


@pytest.fixture
def here(committed_database: str) -> Iterator[Town]:
    """A town in a database where things commit: only the owner forgets, on a connection of its own."""
    return town(NOW)


def forgotten_at(moment: datetime) -> dict[str, int]:
    """Carry the table out at a moment; return what was forgotten, by label."""
    done = carry_out(now=moment)
    assert [one for one in done if one.left] == []
    return {one.label: one.forgotten for one in done if one.forgotten}


def stops(journey: Journey, moment: datetime) -> None:
    with journey.here.as_family(journey.registered):
        searches.withdraw_request(request_id=journey.request_id, actor=PARENT, now=moment)


def stored(journey: Journey) -> CareRequest:
    with looking():
        return CareRequest.objects.get(id=journey.request_id)


def has_words(journey: Journey) -> dict[str, bool]:
    request = stored(journey)
    return {name: bool(getattr(request, name)) for name in ("support_needed", "own_words", "message_to_locations")}


def with_words(here: Town, **different: Any) -> Journey:
    words = {"support_needed": "Sonde", "own_words": "Oma helpt", "message_to_locations": "Dag!", "special_need": True}
    return asks(here, **(words | different))


def test_every_line_with_a_term_is_carried_out() -> None:
    assert terms.problems() == []


def test_a_line_that_nobody_carries_out_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(terms._TERMS, "requests.Draft")
    monkeypatch.setitem(terms._TERMS, "requests.Gone", terms.told()[0])
    assert [(one.table, one.message.split()[0]) for one in terms.problems()] == [
        ("requests.Draft", "Nobody"),
        ("requests.Gone", "requests.Gone"),
    ]


def test_a_term_is_counted_in_brussels_days() -> None:
    leap_day = datetime.fromisoformat("2028-02-29T22:30:00+00:00")
    assert str(terms.limit_of({"years": 1}, now=leap_day).day) == "2027-02-28"
    assert str(terms.limit_of({"days": 30}, now=leap_day + timedelta(hours=1)).day) == "2028-01-31"
    assert terms.limit_of({"years": 1}, now=leap_day).moment.isoformat() == "2027-02-27T23:00:00+00:00"


def test_words_go_first_and_the_question_later(here: Town) -> None:
    noor = with_words(here)
    with here.at_desk():
        actions.write_note(request_id=noor.request_id, text="Gebeld", actor=here.worker, now=NOW)
    stops(noor, NOW)
    assert not any("CareRequest" in label for label in forgotten_at(NOW + timedelta(days=90)))
    assert forgotten_at(NOW + timedelta(days=91))["requests.CareRequest.support_needed"] == 1
    assert has_words(noor) == {"support_needed": False, "own_words": True, "message_to_locations": True}
    after_a_year = forgotten_at(NOW + YEAR)
    assert after_a_year["requests.CareRequest.own_words"] == after_a_year["requests.CareRequest.message_to_locations"]
    assert after_a_year["requests.Note"] == 1
    assert after_a_year["outbox.Message"] > 0
    assert not any(has_words(noor).values())
    with looking():
        assert not Note.objects.exists()
        assert not Message.objects.filter(request_id=noor.request_id).exists()
    assert stored(noor).special_need


def test_a_question_that_goes_on_keeps_its_words(here: Town) -> None:
    noor = with_words(here)
    forgotten = forgotten_at(NOW + 2 * YEAR)
    assert all(has_words(noor).values())
    assert "distribution.SweepStep" not in forgotten
    with looking():
        assert Message.objects.filter(request_id=noor.request_id).exists()


def test_a_care_is_forgotten_with_all_that_changed_in_it(here: Town) -> None:
    noor = in_care(here)
    change_days_of(noor, WeekPattern.full_days("wo"), noor.today + timedelta(days=20))
    moves(noor, noor.today + timedelta(days=40))
    assert forgotten_at(NOW + 6 * YEAR)["requests.CareRequest"] == 1
    with looking():
        assert not CareChange.objects.exists()
        assert not Placement.objects.exists()


def test_after_five_years_a_family_is_forgotten_and_the_chains_hold(here: Town) -> None:
    noor, deniz = with_words(here), asks(here, here.deniz())
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    seal_all()
    stops(deniz, NOW + 4 * YEAR)
    with looking():
        events = CaseEvent.ever.count()
    moment = NOW + 5 * YEAR + timedelta(days=200)
    assert forgotten_at(moment)["requests.CareRequest"] == 1
    with looking():
        assert list(CareRequest.objects.values_list("id", flat=True)) == [deniz.request_id]
        assert Child.objects.count() == Guardian.objects.count() == 1
        assert not Placement.objects.exists()
        assert {inquiry.request_id for inquiry in Inquiry.objects.all()} == {deniz.request_id}
        assert Sending.objects.filter(request_id=noor.request_id).exists()
        assert Tombstone.objects.filter(log="case").count() == events - CaseEvent.ever.count() > 0
        assert AuditEvent.objects.filter(request_id=noor.request_id).exists()
    assert [broken_seal(log, here.ninove.id) for log in LOGS] == [None, None, None]
    assert forgotten_at(moment) == {}


def test_after_ten_years_the_logs_go_too_and_what_is_left_still_follows(here: Town) -> None:
    for question in (None, here.deniz()):
        stops(asks(here, question), NOW)
        seal_all()
    forgotten = forgotten_at(NOW + 11 * YEAR)
    assert forgotten["distribution.Sending"] == 2
    assert forgotten["audit.AuditEvent"] > 0
    assert forgotten["audit.ChainSeal"] == len(LOGS)
    with looking():
        assert not AuditEvent.objects.filter(at__lt=NOW + YEAR).exists()
    assert [broken_seal(log, here.ninove.id) for log in LOGS] == [None, None, None]
    asks(here)
    seal_all()
    assert [broken_seal(log, here.ninove.id) for log in LOGS] == [None, None, None]


def test_a_tombstone_that_was_forged_is_found(here: Town) -> None:
    stops(asks(here), NOW)
    seal_all()
    forgotten_at(NOW + 6 * YEAR)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE audit_tombstone SET digest = repeat('0', 64) WHERE log = 'case'")
    assert [broken_seal(log, here.ninove.id) for log in LOGS] == [None, 1, None]


def test_what_was_merged_goes_together(here: Town) -> None:
    first, second = asks(here), asks(here)
    with here.at_desk():
        searches.merge(request_id=second.request_id, into_id=first.request_id, actor=here.worker, now=NOW)
    assert "requests.CareRequest" not in forgotten_at(NOW + 5 * YEAR - timedelta(days=10))
    stops(first, NOW + YEAR)
    forgotten_at(NOW + 5 * YEAR + timedelta(days=10))
    with looking():
        assert CareRequest.objects.filter(id=first.request_id).exists()
    forgotten_at(NOW + 7 * YEAR)
    with looking():
        assert not CareRequest.objects.exists()


def test_codes_limits_drafts_and_links_go_soon(here: Town) -> None:
    codes.send_code(audience=Audience.DESK, address="karel@loket.example", name="Karel", known=True, now=NOW)
    limits.take(limits.Limit("test", 3, timedelta(minutes=3)), "a", now=NOW)
    noor = asks(here)
    noor.answers(here.mias_nestje, FULL)
    noor.answers(here.regenboog_centrum, FULL)
    Draft.objects.create(desk=here.ninove, token_hash="a", made_at=NOW, changed_at=NOW)
    with looking():
        links = AnswerLink.objects.count()
    assert forgotten_at(NOW + timedelta(hours=23)) == {}
    assert {"accounts.SignInCode", "accounts.TokenBucket"} <= forgotten_at(NOW + timedelta(days=3)).keys()
    assert not SignInCode.objects.exists()
    assert not TokenBucket.objects.exists()
    assert Draft.objects.count() == 1
    later = forgotten_at(NOW + timedelta(days=32))
    assert later["requests.Draft"] == 1
    assert later["distribution.AnswerLink"] == links > 0


def test_the_link_of_a_list_on_paper_is_forgotten_after_a_month(here: Town) -> None:
    WeeklyList.objects.create(location=here.mias_nestje, monday=here.today, token_hash="a", made_at=NOW)
    assert "distribution.WeeklyList" not in forgotten_at(NOW + timedelta(days=29))
    assert forgotten_at(NOW + timedelta(days=31))["distribution.WeeklyList"] == 1


def test_a_former_colleague_is_forgotten_before_the_role(here: Town) -> None:
    with looking():
        DeskMembership.objects.filter(account=here.amina).update(end_on=here.today)
    moment = NOW + YEAR + timedelta(days=1)
    assert forgotten_at(moment)["accounts.Account"] == 1
    husk = Account.objects.get(id=here.amina.id)
    assert (husk.name, husk.email, husk.active) == ("", f"{husk.id}@vergeten.invalid", False)
    assert "accounts.Account" not in forgotten_at(moment + timedelta(days=1))
    forgotten = forgotten_at(NOW + 5 * YEAR + timedelta(days=9))
    assert (forgotten["accounts.DeskMembership"], forgotten["accounts.Account"]) == (1, 1)


def test_only_the_owner_may_empty_and_only_empty(here: Town) -> None:
    noor = with_words(here)
    assert stored(noor).special_need
    empty = "UPDATE requests_carerequest SET special_need = false, characteristics = '{}'"
    with pytest.raises(DatabaseError, match="never changes"), connection.cursor() as cursor:
        cursor.execute(empty)
    with connections["owner"].cursor() as cursor:
        cursor.execute(empty)
        with pytest.raises(DatabaseError, match="never changes"):
            cursor.execute("UPDATE requests_carerequest SET characteristics = '{LaagInkomen}'")
        with pytest.raises(DatabaseError, match="never changes"):
            cursor.execute("UPDATE requests_carerequest SET parts = 1")
    assert not stored(noor).special_need


def test_what_cannot_be_forgotten_is_told(
    here: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stops(asks(here), NOW)
    stuck = replace(terms._TERMS["requests.CareRequest"], forget=lambda _rows, _now: 0)
    monkeypatch.setitem(terms._TERMS, "requests.CareRequest", stuck)
    [left] = [one for one in carry_out(now=NOW + 6 * YEAR) if one.left]
    assert (left.label, left.left) == ("requests.CareRequest", 1)
    assert "retention left 1 rows of requests.CareRequest" in caplog.text
    assert RetentionRun.objects.get(label="requests.CareRequest").left == 1


def test_many_rows_go_in_parts(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying_out, "_AT_A_TIME", 3)
    Draft.objects.bulk_create(
        Draft(desk=here.ninove, token_hash=str(one), made_at=NOW, changed_at=NOW) for one in range(10)
    )
    assert forgotten_at(NOW + YEAR)["requests.Draft"] == 10


def test_the_command_shows_and_carries_out(
    here: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Draft.objects.create(desk=here.ninove, token_hash="a", made_at=NOW, changed_at=NOW)
    monkeypatch.setattr("opvangloket.foundation.clock.now", lambda: NOW + YEAR)
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    for given, line in (([], "0              1"), (["--now"], "1              0"), ([], "0              0")):
        assert command.run(parser.parse_args(given)) == 0
        shown = next(one for one in capsys.readouterr().out.splitlines() if one.startswith("requests.Draft "))
        assert shown.endswith(line)
