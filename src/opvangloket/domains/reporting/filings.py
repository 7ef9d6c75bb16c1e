"""Reports as they were filed: read back whole, never counted again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from opvangloket.domains.reporting.models import FiledReport
from opvangloket.rules.filed_reports import Filing, cases_from_plain, report_from_plain

_SUMMARY: Final = ("year", "number", "as_of", "filed_at", "filed_by_id", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingSummary:
    """One filing in a list."""

    year: int
    number: int
    as_of: date
    filed_at: datetime
    filed_by_id: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class StoredFiling:
    """A filing with its row's identifier and the digest written when it was filed."""

    id: UUID
    filing: Filing
    digest: str

    @property
    def is_unchanged(self) -> bool:
        """Whether what is stored is, to the letter, what was filed."""
        return self.filing.digest() == self.digest


def filings_of(desk_id: UUID, *, year: int | None = None) -> tuple[FilingSummary, ...]:
    """Return the filings of a desk, of one year when given: the latest year and the latest filing first."""
    rows = FiledReport.objects.filter(desk_id=desk_id).order_by("-year", "-number")
    if year is not None:
        rows = rows.filter(year=year)
    return tuple(FilingSummary(**row) for row in rows.values(*_SUMMARY))


def stored_filing(desk_id: UUID, *, year: int, number: int) -> StoredFiling | None:
    """Return one filing of a desk, or None when there is none with this number."""
    row = FiledReport.objects.filter(desk_id=desk_id, year=year, number=number).first()
    if row is None:
        return None
    filing = Filing(
        desk_id=desk_id,
        number=row.number,
        filed_at=row.filed_at,
        filed_by_id=row.filed_by_id,
        reason=row.reason,
        report=report_from_plain(row.figures, year=row.year, as_of=row.as_of, definitions=row.definitions),
        cases=cases_from_plain(row.cases),
    )
    return StoredFiling(row.id, filing, row.digest)
