"""The form on paper: one A4 sheet on its side, then what each number means."""

from pathlib import Path
from typing import Any, Final

from opvangloket.domains.reporting.report_document import ReportDocument
from opvangloket.foundation.typesetting import typeset
from opvangloket.rules.report_definitions import OWN_HEADING
from opvangloket.rules.report_headings import headings_over, numbers_of

_TEMPLATE: Final = Path(__file__).resolve().parent / "form.typ"


def as_pdf(document: ReportDocument) -> bytes:
    """Write the report as a tagged PDF (PDF/UA) in the shape of the form."""
    return typeset(_TEMPLATE, _values(document), made_at=document.made_at)


def _values(document: ReportDocument) -> dict[str, Any]:
    report, year = document.report, document.report.year
    columns = numbers_of(report.definition)
    totals = report.totals()
    return {
        "title": document.title,
        "status": document.status,
        "standing": document.standing,
        "desk": document.desk_name,
        "fields": [[field.label, value, field.instruction] for field, value in document.fields],
        "own_heading": OWN_HEADING,
        "headings": [
            {
                "words": over.words,
                "official": over.official,
                "below": [] if over.stands_alone else [column.headings_for(year)[1] for column in over.columns],
            }
            for over in headings_over(columns, year)
        ],
        "blocks": [str(column.block) for column in columns],
        "rows": [[row.municipality, *(row.numbers[column.code] for column in columns)] for row in report.rows],
        "totals": [totals[column.code] for column in columns],
        "meanings": [[c.full_heading_for(year), c.meaning, c.official] for c in columns],
        "why": report.definition.why,
    }
