"""The annual report of a desk, counted from what happened (EXCHANGE, "Report rules"), and the cases behind a number.

Everything here runs in the scope of the caller. The mode and the row rule are those in force on the day of the report.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.foundation import geography
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules import indicators
from opvangloket.rules.indicators import AnnualReport, CountedCase, ReportFrame, case_in_column
from opvangloket.rules.outcomes import Ground
from opvangloket.rules.procedure import Procedure


@dataclass(frozen=True, slots=True)
class CountedYear:
    """One count of a year: the report, and every case that counts in it."""

    report: AnnualReport
    cases: tuple[CountedCase, ...]

    @property
    def open_offers(self) -> int:
        """The number of cases whose family did not answer an offer yet; they are among the unknown ones."""
        return sum(case.result.ground is Ground.OFFER_OPEN for case in self.cases)


def annual_report(desk_id: UUID, *, year: int, as_of: date | None = None) -> AnnualReport:
    """Return the report of a desk on a year, as known at the end of `as_of` (28 February of the next year)."""
    frame, cases = _count(desk_id, year, as_of)
    return indicators.report_of(cases, frame=frame, names=geography.names_by_code())


def count_year(desk_id: UUID, *, year: int, as_of: date | None = None) -> CountedYear:
    """Return the report together with its cases, from one reading of the requests."""
    frame, counted = _count(desk_id, year, as_of)
    cases = tuple(counted)
    return CountedYear(indicators.report_of(cases, frame=frame, names=geography.names_by_code()), cases)


def counted_in_cell(
    desk_id: UUID, *, year: int, as_of: date | None, column: str, nis_code: str | None, ground: Ground | None = None
) -> tuple[CountedCase, ...]:
    """Return the cases that one number counts, by original start: of one row, or of all rows without a code.

    `ground` keeps only those with that ground: the unknown outcomes with an open offer, for instance.
    """
    _frame, cases = _count(desk_id, year, as_of)
    found = (
        case
        for case in cases
        if nis_code in (None, case.row_nis) and case_in_column(case, column) and ground in (None, case.result.ground)
    )
    return tuple(sorted(found, key=lambda case: (case.result.original.start_on, case.key)))


def years_with_requests(desk_id: UUID) -> frozenset[int]:
    """Return the years in which some family first asked care to start."""
    years = CareRequest.objects.filter(desk_id=desk_id).order_by().values_list("start_on__year", flat=True).distinct()
    return frozenset(years)


def report_frame(desk_id: UUID, procedure: Procedure, *, year: int, as_of: date) -> ReportFrame:
    """Return what the report of this desk on this year counts."""
    return indicators.report_frame(
        year=year,
        as_of=as_of,
        report_row=procedure.report_row,
        territory=Desk.objects.get(id=desk_id).territory,
        mergers=geography.mergers(),
    )


def _count(desk_id: UUID, year: int, as_of: date | None) -> tuple[ReportFrame, Iterator[CountedCase]]:
    as_of = as_of or indicators.default_as_of(year)
    procedure = procedure_in_force(desk_id, as_of).procedure
    frame = report_frame(desk_id, procedure, year=year, as_of=as_of)
    facts = case_facts(desk_id, desk_mode=procedure.mode, as_of=as_of, start_year=year)
    return frame, indicators.counted_cases(facts, frame)
