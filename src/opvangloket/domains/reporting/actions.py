"""Filing the annual report: the figures are frozen with their cases, and every organiser of the territory gets them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from opvangloket.domains.reporting.filings import filings_of, stored_filing
from opvangloket.domains.reporting.models import FiledReport
from opvangloket.domains.reporting.queries import count_year
from opvangloket.domains.reporting.recipients import organisers_of_territory
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages.actions import NewMessage, plan_messages
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.filed_reports import (
    Filing,
    cases_to_plain,
    figures_digest,
    figures_to_plain,
    pseudonym,
    pseudonymous,
)
from opvangloket.rules.indicators import AnnualReport
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.report_definitions import form_status

_REFERENCES_AT_A_TIME: Final = 5_000
_DAYS_TO_DELIVER: Final = 7
_NOTE: Final = 300
_OVERTAKEN: Final = "Er is net een andere versie ingediend. Kijk die eerst na."


class FilingRefused(OpvangloketError):
    """A report that cannot be filed as it is; `field` names what to put right, empty when it is nothing typed."""

    code = "filing_refused"

    def __init__(self, code: str, message: str, *, field: str = "") -> None:
        super().__init__(message, code)
        self.field = field


@transaction.atomic
def file_report(
    *, desk_id: UUID, year: int, as_of: date, number: int, seen: str, actor: Actor, now: datetime, reason: str = ""
) -> int:
    """File the report of a year as it stands at the end of a day, for good, and return the number of the filing.

    Every organiser of the territory gets the same figures by mail; one without an address becomes a task of the desk.

    `number` is the filing that the lead means to make and `seen` the mark (`figures_digest`) of the figures that were
    shown: filing the same twice makes one filing, and figures that changed meanwhile are refused (FilingRefused), as
    are a year that is not over, a day to come and a correction without a reason. Runs in the scope of the desk.
    """
    _refuse_unfinished(year, as_of, brussels_date(now))
    # Two clicks, or two leads, file one after the other.
    desk = Desk.objects.select_for_update(no_key=True).get(id=desk_id)
    made = filings_of(desk_id, year=year)
    if number <= len(made):
        return _filed_before(desk_id, year, number, seen)
    if number > len(made) + 1:
        raise FilingRefused("other_number", _OVERTAKEN)
    if number > 1 and not reason.strip():
        raise FilingRefused("reason", "Schrijf waarom je het verslag verbetert.", field="reason")
    refuse_national_number(reason)

    counted = count_year(desk_id, year=year, as_of=as_of)
    if figures_digest(counted.report) != seen:
        raise FilingRefused("figures_changed", "De cijfers zijn net veranderd. Kijk ze opnieuw na.")
    filing_id = new_id()
    ids = _ids(desk_id, (case.key for case in counted.cases))
    names = {reference: pseudonym(filing_id, request_id) for reference, request_id in ids}
    filing = Filing(
        desk_id=desk_id,
        number=number,
        filed_at=now,
        filed_by_id=actor.id,
        reason=reason.strip(),
        report=counted.report,
        cases=pseudonymous(counted.cases, names),
    )
    _store(filing_id, filing)
    record(
        "report.file",
        actor=actor,
        at=now,
        desk_id=desk_id,
        subject_kind="filed_report",
        subject_id=filing_id,
        codes=[f"year:{year}", f"number:{number}"],
    )
    _tell_organisers(desk, filing_id, filing, now)
    return number


def _refuse_unfinished(year: int, as_of: date, today: date) -> None:
    if as_of > today:
        raise FilingRefused("as_of_to_come", "Kies een dag die al voorbij is, of vandaag.", field="as_of")
    if as_of.year <= year:
        raise FilingRefused("year_not_over", f"Het jaar {year} is op die dag nog niet om.", field="as_of")


def _filed_before(desk_id: UUID, year: int, number: int, seen: str) -> int:
    """Answer a second click on the same figures as the first one; anything else has been overtaken."""
    stored = stored_filing(desk_id, year=year, number=number)
    if stored is None or figures_digest(stored.filing.report) != seen:
        raise FilingRefused("other_number", _OVERTAKEN)
    return number


def _ids(desk_id: UUID, references: Iterable[str]) -> Iterator[tuple[str, UUID]]:
    remaining = iter(references)
    while batch := list(islice(remaining, _REFERENCES_AT_A_TIME)):
        requests = CareRequest.objects.filter(desk_id=desk_id, reference__in=batch)
        yield from requests.values_list("reference", "id")


def _store(filing_id: UUID, filing: Filing) -> None:
    FiledReport.objects.create(
        id=filing_id,
        desk_id=filing.desk_id,
        year=filing.report.year,
        number=filing.number,
        as_of=filing.report.as_of,
        filed_at=filing.filed_at,
        filed_by_id=filing.filed_by_id,
        definitions=filing.report.definition.version,
        figures=figures_to_plain(filing.report),
        cases=cases_to_plain(filing.cases),
        digest=filing.digest(),
        reason=filing.reason,
    )


def _tell_organisers(desk: Desk, filing_id: UUID, filing: Filing, now: datetime) -> None:
    """Send the figures, all of them and as they are, to who organises care in the territory."""
    today = brussels_date(now)
    recipients = organisers_of_territory(desk.id, today)
    context = message_context(filing.report, is_correction=filing.number > 1)
    plan_messages(
        [
            NewMessage(
                template="report_filed",
                cause=f"report_filed:{filing_id}:{recipient.organiser_id}",
                recipient=recipient.email,
                recipient_name=recipient.name,
                audience="organiser",
                context=context,
            )
            for recipient in recipients
        ],
        desk_id=desk.id,
        now=now,
    )
    for recipient in recipients:
        if not recipient.email:
            open_task(
                desk_id=desk.id,
                kind=TaskKind.OTHER,
                subject_id=uuid5(filing_id, str(recipient.organiser_id)),
                due_on=today + timedelta(days=_DAYS_TO_DELIVER),
                now=now,
                note=f"Bezorg de cijfers van {filing.report.year} aan {recipient.name}. Er is geen mailadres."[:_NOTE],
            )


def message_context(report: AnnualReport, *, is_correction: bool) -> dict[str, object]:
    """Return what the message about a filed report tells: every number of the form, per municipality."""
    columns = [column for column in report.definition.form() if column.is_number]
    return {
        "year": report.year,
        "status": form_status(report.year, report.as_of),
        "is_correction": is_correction,
        "figures": [
            {
                "heading": column.full_heading_for(report.year),
                "numbers": [(row.municipality, row.numbers[column.code]) for row in report.rows],
            }
            for column in columns
        ],
    }
