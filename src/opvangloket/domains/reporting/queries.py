"""The annual report of a desk, counted from what happened (EXCHANGE, "Report rules")."""

from datetime import date
from uuid import UUID

from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.foundation import geography
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules import indicators
from opvangloket.rules.indicators import AnnualReport, ReportFrame
from opvangloket.rules.procedure import Procedure


def annual_report(desk_id: UUID, *, year: int, as_of: date | None = None) -> AnnualReport:
    """Return the report of a desk on a year, as known at the end of `as_of` (28 February of the next year).

    Runs in the scope of the caller. The mode and the row rule are those in force on that date.
    """
    as_of = as_of or indicators.default_as_of(year)
    procedure = procedure_in_force(desk_id, as_of).procedure
    return indicators.annual_report(
        case_facts(desk_id, desk_mode=procedure.mode, as_of=as_of, start_year=year),
        frame=report_frame(desk_id, procedure, year=year, as_of=as_of),
        names=geography.names_by_code(),
    )


def report_frame(desk_id: UUID, procedure: Procedure, *, year: int, as_of: date) -> ReportFrame:
    """Return what the report of this desk on this year counts."""
    return indicators.report_frame(
        year=year,
        as_of=as_of,
        report_row=procedure.report_row,
        territory=Desk.objects.get(id=desk_id).territory,
        mergers=geography.mergers(),
    )
