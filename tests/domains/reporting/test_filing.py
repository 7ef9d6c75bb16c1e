"""Filing: frozen for good, once per click, told to every organiser, and opened again without names."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from tests.cast import Town, town
from tests.domains.reporting.year import AS_OF, EXPECTED, YEAR, ReportedYear, happened, reported_year

from opvangloket.domains.reporting.actions import FilingRefused, file_report
from opvangloket.domains.reporting.cells import cases_in_filed_cell
from opvangloket.domains.reporting.filings import StoredFiling, filings_of, stored_filing
from opvangloket.domains.reporting.models import FiledReport
from opvangloket.domains.reporting.queries import annual_report
from opvangloket.domains.reporting.recipients import organisers_of_territory
from opvangloket.domains.requests.models import DeskTask
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.filed_reports import changed_figures, figures_digest
from opvangloket.rules.report_definitions import COLUMNS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NUMBERS = [column.code for column in COLUMNS if column.is_number]


@pytest.fixture
def here() -> Town:
    return town(NOW)


@pytest.fixture
def year(here: Town) -> ReportedYear:
    return reported_year(here)


def file(here: Town, number: int = 1, **different: Any) -> int:
    """Let Karel file what he sees."""
    with here.at_desk():
        seen = figures_digest(annual_report(here.ninove.id, year=YEAR, as_of=different.get("as_of", AS_OF)))
        wanted: dict[str, Any] = {"year": YEAR, "as_of": AS_OF, "number": number, "seen": seen, "now": here.now}
        return file_report(desk_id=here.ninove.id, actor=here.lead, **(wanted | different))


def stored(here: Town, number: int = 1) -> StoredFiling:
    with here.at_desk():
        found = stored_filing(here.ninove.id, year=YEAR, number=number)
    assert found is not None
    return found


def messages_of(template: str) -> list[Message]:
    with across_desks("a test looks at what was planned"):
        return list(Message.objects.filter(template=template).order_by("recipient"))


def test_filing_freezes_the_figures(here: Town, year: ReportedYear) -> None:
    assert file(here) == 1
    filed = stored(here)
    assert filed.filing.report.totals() == dict.fromkeys(NUMBERS, 0) | EXPECTED
    assert (filed.filing.filed_by_id, filed.filing.filed_at, filed.filing.reason) == (here.karel.id, NOW, "")
    assert filed.is_unchanged
    with here.at_desk():
        assert [summary.number for summary in filings_of(here.ninove.id)] == [1]
        event = AuditEvent.objects.get(action="report.file")
    assert (event.actor_id, event.subject_id, event.codes) == (here.karel.id, filed.id, ["year:2025", "number:1"])


def test_what_happens_later_changes_nothing_filed(here: Town, year: ReportedYear) -> None:
    file(here)
    before = stored(here)
    happened(year.open_offer, "2026-02-25", EventKind.LAPSED, reason="familie verhuist")
    with across_desks("the desk is renamed and moves"):
        here.ninove.territory, here.ninove.name = ["41018"], "Ander loket"
        here.ninove.save(update_fields=["territory", "name"])
    assert stored(here) == before
    with here.at_desk():
        now = annual_report(here.ninove.id, year=YEAR)
    changed = {(change.nis_code, change.column) for change in changed_figures(before.filing.report, now)}
    assert ("41048", "total") in changed


def test_the_app_may_not_change_or_remove_a_filing(here: Town, year: ReportedYear) -> None:
    file(here)
    with here.at_desk():
        for statement in ("UPDATE reporting_filedreport SET reason = 'x'", "DELETE FROM reporting_filedreport"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert FiledReport.objects.count() == 1


def test_clicking_twice_files_once(here: Town, year: ReportedYear) -> None:
    assert (file(here), file(here)) == (1, 1)
    with here.at_desk():
        assert len(filings_of(here.ninove.id, year=YEAR)) == 1
        assert AuditEvent.objects.filter(action="report.file").count() == 1
    assert len(messages_of("report_filed")) == 3


def test_a_correction_is_a_filing_with_a_reason(here: Town, year: ReportedYear) -> None:
    file(here)
    happened(year.open_offer, "2026-02-25", EventKind.LAPSED, reason="familie verhuist")
    with pytest.raises(FilingRefused) as refused:
        file(here, number=2, reason="  ")
    assert (refused.value.code, refused.value.field) == ("reason", "reason")
    assert file(here, number=2, reason=" Een gezin was verhuisd. ") == 2
    assert stored(here).filing.report.totals()["unknown"] == 2
    assert stored(here, 2).filing.report.totals()["unknown"] == 1
    assert stored(here, 2).filing.reason == "Een gezin was verhuisd."
    assert len(messages_of("report_filed")) == 6
    assert sum("vervangen de cijfers" in message.text for message in messages_of("report_filed")) == 3


@pytest.mark.parametrize(
    ("different", "code"),
    [
        ({"as_of": date(2026, 3, 3)}, "as_of_to_come"),
        ({"as_of": date(2025, 12, 31)}, "year_not_over"),
        ({"seen": "0" * 16}, "figures_changed"),
        ({"number": 2, "reason": "te vroeg"}, "other_number"),
    ],
)
def test_what_cannot_be_filed_is_refused(here: Town, year: ReportedYear, different: dict[str, Any], code: str) -> None:
    with pytest.raises(FilingRefused) as refused:
        file(here, **different)
    assert refused.value.code == code
    with here.at_desk():
        assert filings_of(here.ninove.id) == ()
    assert messages_of("report_filed") == []


def test_a_number_that_others_took_meanwhile_is_refused(here: Town, year: ReportedYear) -> None:
    file(here)
    happened(year.open_offer, "2026-02-25", EventKind.LAPSED, reason="familie verhuist")
    with pytest.raises(FilingRefused) as refused:
        file(here, number=1)
    assert refused.value.code == "other_number"


def test_a_reason_holds_no_national_number(here: Town, year: ReportedYear) -> None:
    file(here)
    with pytest.raises(NationalNumberRefused):
        file(here, number=2, reason="Kind 93.05.18-223.61 telde dubbel.")


def test_every_organiser_of_the_territory_gets_every_figure(here: Town, year: ReportedYear) -> None:
    file(here)
    messages = messages_of("report_filed")
    assert [message.recipient for message in messages] == [
        "info@regenboog.example",
        "klavertje@ninove.example",
        "mia@nestje.example",
    ]
    report = stored(here).filing.report
    for column in COLUMNS:
        if column.is_number:
            assert column.full_heading_for(YEAR) in messages[0].text
            for row in report.rows:
                assert f"{row.municipality} {row.numbers[column.code]}\n" in messages[0].text
    assert "Minstens 1 maand later gestart:\nGeraardsbergen 1\nNinove 1\n" in messages[0].text
    assert "Anna" not in messages[0].text


def test_who_reads_no_mail_becomes_a_task(here: Town, year: ReportedYear) -> None:
    with across_desks("nobody gave an address"):
        here.mia_account.active = False
        here.mia_account.save(update_fields=["active"])
        for row in (here.mia, here.mias_nestje):
            row.email = ""
            row.save(update_fields=["email"])
    file(here)
    assert len(messages_of("report_filed")) == 2
    with here.at_desk():
        task = DeskTask.objects.get(note__contains="Mia De Smet")
    assert (task.kind, task.due_on) == ("other", here.today + timedelta(days=7))
    assert "2025" in task.note


def test_an_address_is_found_where_there_is_one(here: Town) -> None:
    with across_desks("addresses are moved about"):
        here.mia.email = here.regenboog.email = ""
        here.mia.save(update_fields=["email"])
        here.regenboog.save(update_fields=["email"])
        here.mia_account.active = False
        here.mia_account.save(update_fields=["active"])
        here.het_klavertje.closed_on = here.today
        here.het_klavertje.save(update_fields=["closed_on"])
    with here.at_desk():
        found = {row.name: row.email for row in organisers_of_territory(here.ninove.id, here.today)}
    assert found == {"De Regenboog vzw": "rosa@opvang.example", "Mia De Smet": "mias-nestje@opvang.example"}


def test_a_filed_number_opens_its_cases_without_names(here: Town, year: ReportedYear) -> None:
    file(here)
    filed = stored(here)
    references = {registered.reference for registered in vars_of(year)}
    with here.at_desk():
        cell = cases_in_filed_cell(filed, column="total")
        row = FiledReport.objects.get()
    assert cell.total == 10
    assert {found.request.reference for found in cell.cases if found.request} == references
    assert not any(reference in str(row.cases) for reference in references)
    assert not any(str(registered.request_id) in str(row.cases) for registered in vars_of(year))


def test_a_filing_that_was_tampered_with_shows_it(here: Town, year: ReportedYear) -> None:
    file(here)
    filed = stored(here)
    first = filed.filing.report.rows[0]
    numbers = dict(first.numbers) | {"total": 99}
    report = replace(filed.filing.report, rows=(replace(first, numbers=numbers), *filed.filing.report.rows[1:]))
    assert not replace(filed, filing=replace(filed.filing, report=report)).is_unchanged


def test_another_desk_does_not_find_it(here: Town, year: ReportedYear) -> None:
    file(here)
    with here.at_desk(here.overstroom):
        assert stored_filing(here.ninove.id, year=YEAR, number=1) is None
        assert filings_of(here.ninove.id) == ()
    with here.at_desk():
        assert stored_filing(here.ninove.id, year=YEAR, number=2) is None


def vars_of(year: ReportedYear) -> list[Any]:
    return [getattr(year, name) for name in year.__slots__]
