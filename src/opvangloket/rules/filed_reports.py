"""A filed report as a value: figures and pseudonymous cases that never change again, and the digest that shows it.

The plain forms (`figures_to_plain`, `cases_to_plain`) are what is stored and hashed. Reading one back gives the same
report and the same cases, also when a later release knows more columns (SPEC §8).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from opvangloket.rules.case_facts import OriginalQuestion
from opvangloket.rules.categories import Category
from opvangloket.rules.indicators import AnnualReport, CountedCase, MunicipalityRow, case_in_column
from opvangloket.rules.outcomes import Ground, Outcome, OutcomeResult
from opvangloket.rules.report_definitions import COLUMNS, definition_of_version

Plain = Mapping[str, Any]
PSEUDONYM_LENGTH: Final = 16
CASE_FIELDS: Final = (
    "case",
    "row",
    "outcome",
    "ground",
    "categories",
    "start_on",
    "parts",
    "parts_wanted",
    "placed_start_on",
    "placed_parts",
    "offer_stood",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One filing of the report of a desk and year; a correction is a filing with the next number and a reason."""

    desk_id: UUID
    number: int
    filed_at: datetime
    filed_by_id: UUID | None
    reason: str
    report: AnnualReport
    cases: tuple[CountedCase, ...]

    def digest(self) -> str:
        """Return the SHA-256 of everything that was filed, in one canonical form of JSON."""
        document = {
            "desk": str(self.desk_id),
            "year": self.report.year,
            "number": self.number,
            "as_of": self.report.as_of.isoformat(),
            "definitions": self.report.definition.version,
            "filed_at": self.filed_at.astimezone(UTC).isoformat(),
            "filed_by": str(self.filed_by_id or ""),
            "reason": self.reason,
            "figures": figures_to_plain(self.report),
            "cases": cases_to_plain(self.cases),
        }
        return hashlib.sha256(_canonical(document)).hexdigest()

    def cases_in(self, column: str, nis_code: str | None = None) -> tuple[CountedCase, ...]:
        """Return the cases that a number counts: of one row, or of all rows without a code."""
        return tuple(case for case in self.cases if nis_code in (None, case.row_nis) and case_in_column(case, column))


def figures_digest(report: AnnualReport) -> str:
    """Return a short mark of these figures, to see whether they are still those that somebody looked at."""
    figures = {"as_of": report.as_of.isoformat(), **figures_to_plain(report)}
    return hashlib.sha256(_canonical(figures)).hexdigest()[:PSEUDONYM_LENGTH]


def pseudonym(filing_id: UUID, request_id: UUID) -> str:
    """Return the name of a case in one filing.

    It follows from the request's random identifier, which never leaves the system: once the request is gone, nobody
    finds back who it was, and two filings cannot be laid side by side.
    """
    return hmac.new(filing_id.bytes, request_id.bytes, hashlib.sha256).hexdigest()[:PSEUDONYM_LENGTH]


def pseudonymous(cases: Iterable[CountedCase], names: Mapping[str, str]) -> tuple[CountedCase, ...]:
    """Return the cases under these names, in an order that tells nothing about who asked first."""
    renamed = (case._replace(key=names[case.key]) for case in cases)
    return tuple(sorted(renamed, key=lambda case: (case.row_nis, case.key)))


def figures_to_plain(report: AnnualReport) -> dict[str, Any]:
    """Return the rows of a report as plain values, to store and to hash."""
    rows = [
        {"nis_code": row.nis_code, "municipality": row.municipality, "numbers": dict(row.numbers)}
        for row in report.rows
    ]
    return {"rows": rows}


def report_from_plain(figures: Plain, *, year: int, as_of: date, definitions: str) -> AnnualReport:
    """Return the report as it was filed; a number that it did not have yet is None."""
    numbered = [column.code for column in COLUMNS if column.is_number]
    rows = (
        MunicipalityRow(row["nis_code"], row["municipality"], {code: row["numbers"].get(code) for code in numbered})
        for row in figures["rows"]
    )
    return AnnualReport(year, as_of, definition_of_version(definitions), tuple(rows))


def cases_to_plain(cases: Iterable[CountedCase]) -> dict[str, Any]:
    """Return the cases as plain rows under one list of fields, to store and to hash."""
    return {"fields": list(CASE_FIELDS), "rows": [_case_to_plain(case) for case in cases]}


def cases_from_plain(plain: Plain) -> tuple[CountedCase, ...]:
    """Return the cases as they were filed."""
    fields = plain["fields"]
    return tuple(_case_from_plain(dict(zip(fields, row, strict=True))) for row in plain["rows"])


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One number that differs between two reports on the same year."""

    nis_code: str
    municipality: str
    column: str
    before: int | None
    after: int | None


def changed_figures(before: AnnualReport, after: AnnualReport) -> Iterator[FigureChange]:
    """Yield each number that differs, row by row and column by column; a row that one report lacks counts as zeros."""
    earlier = {row.nis_code: row for row in before.rows}
    later = {row.nis_code: row for row in after.rows}
    for nis_code in sorted(earlier.keys() | later.keys()):
        old, new = earlier.get(nis_code), later.get(nis_code)
        for column in COLUMNS:
            if not (column.is_number and before.definition.registers(column)):
                continue
            numbers = tuple(row.numbers[column.code] if row else 0 for row in (old, new))
            if numbers[0] != numbers[1]:
                name = (new or old).municipality  # type: ignore[union-attr]  # one of the two has the row
                yield FigureChange(nis_code, name, column.code, *numbers)


def _case_to_plain(case: CountedCase) -> list[Any]:
    result = case.result
    return [
        case.key,
        case.row_nis,
        str(result.outcome),
        str(result.ground),
        [str(category) for category in Category if category in case.categories],
        result.original.start_on.isoformat(),
        result.original.pattern,
        result.original.parts_wanted,
        result.placed_start.isoformat() if result.placed_start else None,
        result.placed_pattern,
        result.offer_stood,
    ]


def _case_from_plain(row: Mapping[str, Any]) -> CountedCase:
    placed_start = row["placed_start_on"]
    result = OutcomeResult(
        ground=Ground(row["ground"]),
        original=OriginalQuestion(date.fromisoformat(row["start_on"]), row["parts"], row["parts_wanted"]),
        outcome=Outcome(row["outcome"]),
        placed_start=date.fromisoformat(placed_start) if placed_start else None,
        placed_pattern=row["placed_parts"],
        offer_stood=row["offer_stood"],
    )
    return CountedCase(row["case"], row["row"], result, frozenset(map(Category, row["categories"])))


def _canonical(document: Plain) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
