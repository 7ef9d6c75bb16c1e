"""Who got a question, when, and that all got the same: written down once, sealed, and open to who was asked."""

import time
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections
from tests.cast import Town, town
from tests.domains.distribution.journey import FULL, NOW, asks, looking

from opvangloket.domains.distribution.asking.proof import CASES, LOGS, SENDINGS, proof_of_sending
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.distribution.tasks import check_seals, seal_logs
from opvangloket.foundation.audit import sealing
from opvangloket.foundation.audit.models import ChainSeal
from opvangloket.foundation.audit.sealing import AUDIT, broken_seal, horizon, seal
from opvangloket.foundation.ids import new_id, uuid7


def in_a_minute() -> UUID:
    return uuid7(int((time.time() + 60) * 1000), 0)


def seal_all() -> dict[str, int]:
    return {log.name: seal(log, before=in_a_minute(), now=NOW) for log in LOGS}


def change(statement: str, *values: object) -> None:
    """Change history as only the owner of the tables can."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        facts = connections["owner"].get_connection_params() | {"dbname": cursor.fetchone()[0]}
    wanted = {name: facts[name] for name in ("host", "port", "user", "password", "dbname") if facts.get(name)}
    with psycopg.connect(**wanted) as owner:
        owner.execute(statement, values)


def test_a_location_checks_its_own_part(here: Town) -> None:
    noor = asks(here)
    with here.at_organiser(here.mias_nestje):
        proof = proof_of_sending(noor.inquiry(here.mias_nestje).id)
        assert (proof.sent_at, proof.recipients, proof.names_location, proof.same_fields) == (NOW, 2, True, True)
        assert proof.seal is None
        with pytest.raises(InquiryNotFound):
            proof_of_sending(noor.inquiry(here.regenboog_centrum).id)
    seal_all()
    with here.at_organiser(here.mias_nestje):
        sealed = proof_of_sending(noor.inquiry(here.mias_nestje).id)
    with looking():
        last = ChainSeal.objects.get(log="sending")
    assert (sealed.seal_number, sealed.seal) == (1, last.digest)


def test_every_location_gets_the_same(here: Town) -> None:
    noor = asks(here, location_ids=tuple(where.id for where in here.locations))
    proofs = []
    for where in here.locations:
        with here.at_organiser(where):
            proofs.append(proof_of_sending(noor.inquiry(where).id))
    assert len({(one.sent_at, one.fields_digest, one.recipients) for one in proofs}) == 1


def test_each_row_is_sealed_once(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, FULL)
    first = seal_all()
    assert (first["sending"], first["case"]) == (1, 1)
    assert first["audit"] >= 3
    assert seal_all() == {"audit": 0, "case": 0, "sending": 0}
    noor.answers(here.regenboog_centrum, FULL)
    assert seal_all()["case"] == 1
    with looking():
        assert list(ChainSeal.objects.filter(log="case").order_by("number").values_list("number", "records")) == [
            (1, 1),
            (2, 1),
        ]
    assert [broken_seal(log, here.ninove.id) for log in LOGS] == [None, None, None]


def test_each_desk_has_its_own_chain(here: Town) -> None:
    asks(here)
    seal_all()
    with looking():
        assert set(ChainSeal.objects.values_list("desk__slug", flat=True)) == {"ninove"}
    assert broken_seal(SENDINGS, here.overstroom.id) is None


@pytest.mark.usefixtures("committed_database")
@pytest.mark.parametrize(
    ("statement", "log"),
    [
        ("UPDATE distribution_sending SET recipients = recipients[1:1]", SENDINGS),
        ("UPDATE requests_caseevent SET reason = 'andere' WHERE seq = 1", CASES),
        ("DELETE FROM requests_caseevent WHERE seq = 1", CASES),
        ("DELETE FROM audit_auditevent WHERE action = 'inquiry.send'", AUDIT),
        ("UPDATE audit_chainseal SET digest = repeat('0', 64) WHERE log = 'audit'", AUDIT),
    ],
)
def test_what_was_changed_afterwards_is_found(
    statement: str, log: sealing.Log, caplog: pytest.LogCaptureFixture
) -> None:
    there = town(NOW)
    noor = asks(there)
    noor.answers(there.mias_nestje, FULL)
    noor.answers(there.regenboog_centrum, FULL)
    seal_all()
    assert check_seals(timestamp=0) == 0
    change(statement)
    assert broken_seal(log, there.ninove.id) == 1
    assert check_seals(timestamp=0) == 1
    assert f"log {log.name}" in caplog.text


@pytest.mark.usefixtures("committed_database")
def test_what_may_still_come_in_is_left_for_later() -> None:
    there = town(NOW)
    asks(there)
    settings = connection.get_connection_params()
    other = {name: settings[name] for name in ("host", "port", "user", "password", "dbname") if settings.get(name)}
    before_it_began = uuid7(int((time.time() - 120) * 1000), 0)
    assert before_it_began < horizon() < new_id()
    with psycopg.connect(**other) as open_for_long:
        open_for_long.execute("SELECT 1")
        now = time.time()
        held = horizon()
        time.sleep(0.05)
        assert horizon() == held
        assert held < uuid7(int((now - sealing._MARGIN.total_seconds() + 1) * 1000), 0)
    assert horizon() > held


def test_the_job_seals_what_is_old_enough(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asks(here)
    assert seal_logs(timestamp=0) == 0
    monkeypatch.setattr(sealing, "_MARGIN", timedelta(seconds=-60))
    assert seal_logs(timestamp=0) > 0
