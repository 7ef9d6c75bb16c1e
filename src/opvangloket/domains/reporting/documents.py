"""The annual report as a file. Every format is written from the same `ReportDocument`, so no two can differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from opvangloket.domains.reporting import form_pdf, form_xlsx
from opvangloket.domains.reporting.filings import StoredFiling
from opvangloket.domains.reporting.report_document import FilingMark, ReportDocument
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.indicators import AnnualReport, as_csv, as_json


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A kind of file: its words for a link, what a browser is told it is, and how it is written."""

    label: str
    content_type: str
    write: Callable[[ReportDocument], bytes]


FORMATS: Final[Mapping[str, FileFormat]] = {
    "xlsx": FileFormat("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", form_xlsx.as_xlsx),
    "pdf": FileFormat("PDF", "application/pdf", form_pdf.as_pdf),
    "csv": FileFormat("CSV", "text/csv; charset=utf-8", lambda document: as_csv(document.report).encode()),
    "json": FileFormat("JSON", "application/json", lambda document: as_json(document.report).encode()),
}


def report_document(
    desk_id: UUID, report: AnnualReport, *, made_at: datetime, stored: StoredFiling | None = None
) -> ReportDocument:
    """Return the report with what stands around it on the form; `stored` when it is the one that was filed."""
    desk = Desk.objects.get(id=desk_id)
    mark = FilingMark(stored.filing.number, stored.filing.filed_at, stored.digest) if stored else None
    return ReportDocument(
        operator=desk.operator,
        desk_name=desk.name,
        file_number=desk.file_number,
        report=report,
        made_at=made_at,
        filing=mark,
    )
