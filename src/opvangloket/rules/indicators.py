"""The annual report: every reported number, from cases to the form (EXCHANGE.md, "Report rules"; SPEC §8).

1. `ReportFrame` fixes what one report counts: year, date, territory after mergers, row rule, definition;
2. `counted_case` gives a case its row, outcome and categories, or None when it does not count in this report;
3. a number is the count of the cases for which `case_in_column` holds, so a cell and its cases cannot differ;
4. `annual_report` streams all cases and gives one row per municipality; `as_csv` and `as_json` write it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from opvangloket.rules.case_facts import CaseFacts, OriginalQuestion, original_before
from opvangloket.rules.categories import NO_HOURS, Category, Declaration, categories_of
from opvangloket.rules.municipalities import Merger, successors
from opvangloket.rules.outcomes import Outcome, OutcomeResult, outcome_before
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date, end_of_brussels_day
from opvangloket.rules.procedure import ReportRow
from opvangloket.rules.report_definitions import (
    COLUMNS,
    OUTSIDE_TERRITORY,
    OUTSIDE_TERRITORY_NAME,
    REPORT_COLUMNS,
    ReportDefinition,
    default_as_of,
    definition_for,
)

__all__ = [
    "REPORT_COLUMNS",
    "AnnualReport",
    "CountedCase",
    "MunicipalityRow",
    "ReportFrame",
    "annual_report",
    "as_csv",
    "as_json",
    "case_in_column",
    "counted_case",
    "counted_cases",
    "default_as_of",
    "report_frame",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFrame:
    """What one report counts. `territory` holds codes of the report year; `carried` maps older codes to those."""

    year: int
    as_of: date
    cutoff: datetime
    report_row: ReportRow
    territory: frozenset[str]
    carried: Mapping[str, str]
    definition: ReportDefinition

    def row_of(self, case: CaseFacts) -> str:
        """Return the NIS code of the row in which the case counts."""
        if self.report_row == ReportRow.RESIDENCE and (home := self._in_territory(case.residence_nis)):
            return home
        return self._in_territory(case.first_location_nis) or OUTSIDE_TERRITORY

    def _in_territory(self, nis_code: str | None) -> str | None:
        if not nis_code:
            return None
        code = self.carried.get(nis_code, nis_code)
        return code if code in self.territory else None


def report_frame(
    *,
    year: int,
    as_of: date | None = None,
    report_row: ReportRow,
    territory: Iterable[str],
    mergers: Iterable[Merger],
) -> ReportFrame:
    """Return the frame of the report of one desk and year; without a date, as of 28 February of the next year.

    `territory` lists the codes of the earliest year on which the desk reports: codes are carried forward only.
    """
    as_of = as_of or default_as_of(year)
    carried = successors(mergers, date(year, 12, 31))
    return ReportFrame(
        year=year,
        as_of=as_of,
        cutoff=end_of_brussels_day(as_of),
        report_row=report_row,
        territory=frozenset(carried.get(code, code) for code in territory),
        carried=carried,
        definition=definition_for(year),
    )


class CountedCase(NamedTuple):
    """One case that counts in a report: its row, its outcome and the registered categories in which it falls."""

    key: str
    row_nis: str
    result: OutcomeResult
    categories: frozenset[Category]


def counted_case(case: CaseFacts, frame: ReportFrame) -> CountedCase | None:
    """Return how the case counts in the report, or None when it is of another year, later, or not counted."""
    if case.registered_at >= frame.cutoff:
        return None
    original = original_before(case, frame.cutoff)
    if original.start_on.year != frame.year:
        return None
    result = outcome_before(case, frame.cutoff, original)
    if not result.counted:
        return None
    return CountedCase(case.key, frame.row_of(case), result, _registered_categories(case, original, frame.definition))


def counted_cases(cases: Iterable[CaseFacts], frame: ReportFrame) -> Iterator[CountedCase]:
    """Stream the cases that count in the report; a filed report keeps this list."""
    return (counted for case in cases if (counted := counted_case(case, frame)))


def _registered_categories(
    case: CaseFacts, original: OriginalQuestion, definition: ReportDefinition
) -> frozenset[Category]:
    if not definition.categories:
        return definition.categories
    declaration = Declaration(
        registered_on=brussels_date(case.registered_at),
        original_start=original.start_on,
        pattern=WeekPattern(original.pattern),
        hours=case.hours or NO_HOURS,
        characteristics=case.characteristics,
        urgent_reason=case.urgent_reason,
        special_need=case.special_need,
    )
    return definition.categories.intersection(categories_of(declaration).names)


_IS_COUNTED_IN: Final[dict[str, Callable[[CountedCase], bool]]] = {
    "total": lambda case: case.result.counted,
    "unanswered_no_offer": lambda case: case.result.outcome is Outcome.UNANSWERED_NO_OFFER,
    "unanswered_declined": lambda case: case.result.outcome is Outcome.UNANSWERED_DECLINED,
    "partly_later": lambda case: case.result.partly_later,
    "partly_fewer": lambda case: case.result.partly_fewer,
    "partly_both": lambda case: case.result.outcome is Outcome.PARTLY_BOTH,
    "found_elsewhere": lambda case: case.result.outcome is Outcome.FOUND_ELSEWHERE,
    "lapsed": lambda case: case.result.outcome is Outcome.LAPSED,
    "unknown": lambda case: case.result.outcome is Outcome.UNKNOWN,
    "urgent_total": lambda case: Category.URGENT in case.categories,
    "urgent_unanswered": lambda case: Category.URGENT in case.categories and case.result.unanswered,
    "atypical_total": lambda case: Category.ATYPICAL in case.categories,
    "atypical_unanswered": lambda case: Category.ATYPICAL in case.categories and case.result.unanswered,
    "priority_total": lambda case: Category.PRIORITY in case.categories,
    "priority_unanswered": lambda case: Category.PRIORITY in case.categories and case.result.unanswered,
    "vulnerable_total": lambda case: Category.VULNERABLE in case.categories,
    "vulnerable_unanswered": lambda case: Category.VULNERABLE in case.categories and case.result.unanswered,
    "special_need_total": lambda case: Category.SPECIAL_NEED in case.categories,
    "special_need_unanswered": lambda case: Category.SPECIAL_NEED in case.categories and case.result.unanswered,
}


def case_in_column(case: CountedCase, column: str) -> bool:
    """Tell whether the case is one of those that this column counts. KeyError for a column that counts nothing."""
    return _IS_COUNTED_IN[column](case)


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """One row: a municipality and its numbers by column code; None where the year registers no such number."""

    nis_code: str
    municipality: str
    numbers: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """The report of one desk and year: a row per municipality of the territory, by NIS code as text."""

    year: int
    as_of: date
    definition: ReportDefinition
    rows: tuple[MunicipalityRow, ...]

    def totals(self) -> Mapping[str, int | None]:
        """Return each number over all rows; a number that the year does not register stays None."""
        return {
            column.code: sum(row.numbers[column.code] or 0 for row in self.rows)
            if self.definition.registers(column)
            else None
            for column in COLUMNS
            if column.is_number
        }

    def records(self) -> Iterator[dict[str, int | str | None]]:
        """Return each row as a record with every column of the CSV contract, in its order."""
        for row in self.rows:
            yield {
                "year": self.year,
                "as_of": self.as_of.isoformat(),
                "nis_code": row.nis_code,
                "municipality": row.municipality,
                **row.numbers,
            }


def annual_report(cases: Iterable[CaseFacts], *, frame: ReportFrame, names: Mapping[str, str]) -> AnnualReport:
    """Return the report over these cases, read once; `names` gives the municipality of each NIS code, old ones too."""
    return report_of(counted_cases(cases, frame), frame=frame, names=names)


def report_of(counted: Iterable[CountedCase], *, frame: ReportFrame, names: Mapping[str, str]) -> AnnualReport:
    """Return the report of the cases that count in it."""
    tests = [(column.code, _IS_COUNTED_IN[column.code]) for column in COLUMNS if column.is_number]
    rows = {code: dict.fromkeys(_IS_COUNTED_IN, 0) for code in frame.territory}
    for case in counted:
        numbers = rows.setdefault(case.row_nis, dict.fromkeys(_IS_COUNTED_IN, 0))
        for column, is_counted in tests:
            if is_counted(case):
                numbers[column] += 1
    return AnnualReport(
        frame.year,
        frame.as_of,
        frame.definition,
        tuple(_row(code, rows[code], frame.definition, names) for code in sorted(rows)),
    )


def _row(
    nis_code: str, numbers: Mapping[str, int], definition: ReportDefinition, names: Mapping[str, str]
) -> MunicipalityRow:
    name = OUTSIDE_TERRITORY_NAME if nis_code == OUTSIDE_TERRITORY else names.get(nis_code, nis_code)
    registered = {
        column.code: numbers[column.code] if definition.registers(column) else None
        for column in COLUMNS
        if column.is_number
    }
    return MunicipalityRow(nis_code, name, registered)


def as_csv(report: AnnualReport) -> str:
    """Write the report as CSV (SPEC §8): comma, LF, a header, an unregistered number empty; encode as UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, REPORT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(report.records())
    return text.getvalue()


def as_json(report: AnnualReport) -> str:
    """Write the report as a JSON document: year, date, definition and a record per row; unregistered is null."""
    document = {
        "year": report.year,
        "as_of": report.as_of.isoformat(),
        "definition": report.definition.version,
        "rows": list(report.records()),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
