"""The door behind a number: the cases that it counts, each with what became of it and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from opvangloket.domains.reporting.cells import CaseInCell, CellPage, cases_in_cell, cases_in_filed_cell
from opvangloket.domains.reporting.filings import StoredFiling, stored_filing
from opvangloket.foundation.audit.record import record
from opvangloket.rules.categories import CATEGORY_LABELS, Category
from opvangloket.rules.outcome_reasons import outcome_label, outcome_reasons
from opvangloket.rules.outcomes import Ground, OutcomeResult
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.references import displayed
from opvangloket.rules.report_definitions import COLUMNS, Column, form_status
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.report import report_links as links
from opvangloket.web.desk.report.report_form import chosen_day
from opvangloket.web.desk.report.report_pages import refuse_other_years
from opvangloket.web.desk.report.report_table import number_words
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import (
    CellKind,
    Chip,
    EmptyState,
    Pagination,
    Tone,
    WeekStrip,
    WorklistRow,
    asked_strip,
    offer_strip,
    pagination,
)

PER_PAGE: Final = 50
ONLY, OPEN_OFFER = "enkel", "open-voorstel"
_COLUMN: Final = {column.code: column for column in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Which number a page is about: its column and row, and the words above its cases."""

    year: int
    as_of: date
    column: Column
    nis_code: str | None
    only_open_offers: bool = False

    @property
    def heading(self) -> str:
        """The heading of the column, with the one above it."""
        return self.column.full_heading_for(self.year)

    @property
    def place(self) -> str:
        """The row that it is about."""
        return links.row_name(self.nis_code) or _("Alle gemeenten samen")

    @property
    def status(self) -> str:
        """As of when, in the words of the form."""
        return form_status(self.year, self.as_of)


@desk_page("report.read")
def cell(request: Request, visit: DeskVisit, year: int, row: str, column: str) -> HttpResponse:
    """Show the cases that a number counts, as known on a day."""
    refuse_other_years(visit, year)
    wanted = Cell(
        year=year,
        as_of=chosen_day(request.GET, year, visit.today),
        column=_COLUMN[links.column_of(column)],
        nis_code=links.row_of(row),
        only_open_offers=request.GET.get(ONLY) == OPEN_OFFER,
    )
    number = _page_number(request)
    found = cases_in_cell(
        visit.desk.id,
        year=year,
        as_of=wanted.as_of,
        column=wanted.column.code,
        nis_code=wanted.nis_code,
        ground=Ground.OFFER_OPEN if wanted.only_open_offers else None,
        page=number,
        per_page=PER_PAGE,
    )
    back = links.year_url(visit.desk.slug, year, wanted.as_of)
    address = links.cell_url(visit.desk.slug, year, wanted.column.code, wanted.nis_code, wanted.as_of)
    if wanted.only_open_offers:
        address = f"{address}&{urlencode({ONLY: OPEN_OFFER})}"
    return _show(request, visit, wanted, found, number, back=back, url_of=lambda p: f"{address}&pagina={p}")


@desk_page("report.read")
def filed_cell(request: Request, visit: DeskVisit, year: int, number: int, row: str, column: str) -> HttpResponse:
    """Show the cases that a number counted when it was filed."""
    stored = filing_or_404(visit, year, number)
    wanted = Cell(
        year=year,
        as_of=stored.filing.report.as_of,
        column=_COLUMN[links.column_of(column)],
        nis_code=links.row_of(row),
    )
    page = _page_number(request)
    found = cases_in_filed_cell(
        stored, column=wanted.column.code, nis_code=wanted.nis_code, page=page, per_page=PER_PAGE
    )
    back = links.filed_url(visit.desk.slug, year, number)
    address = links.filed_cell_url(visit.desk.slug, year, number, wanted.column.code, wanted.nis_code)
    return _show(
        request, visit, wanted, found, page, back=back, url_of=lambda p: f"{address}?pagina={p}", stored=stored
    )


def filing_or_404(visit: DeskVisit, year: int, number: int) -> StoredFiling:
    """Return a filing of this desk; Http404 when there is none with this number."""
    stored = stored_filing(visit.desk.id, year=year, number=number)
    if stored is None:
        raise Http404("Dit verslag is er niet.")
    return stored


def _show(
    request: Request,
    visit: DeskVisit,
    wanted: Cell,
    found: CellPage,
    number: int,
    *,
    back: str,
    url_of: Callable[[int], str],
    stored: StoredFiling | None = None,
) -> HttpResponse:
    record(
        "report.read",
        actor=visit.actor,
        at=visit.now,
        desk_id=visit.desk.id,
        subject_kind="filed_report" if stored else "report",
        subject_id=stored.id if stored else None,
        codes=[f"year:{wanted.year}", f"column:{wanted.column.code}", f"row:{wanted.nis_code or 'all'}"],
    )
    rows = tuple(_rows(visit, found, wanted))
    shown = {kind for row in rows if row.strip for kind in row.strip.kinds}
    context = {
        "cell": wanted,
        "total": number_words(found.total),
        "rows": rows,
        "kinds": [kind for kind in CellKind if kind in shown],
        "pages": _pages(number, found.total, url_of),
        "back": back,
        "filing": stored.filing if stored else None,
        "some_erased": any(case.request is None for case in found.cases),
        "nothing": EmptyState(title=_("Hier telt niets"), words=_("Geen enkele vraag telt in dit vak.")),
    }
    return show(request, visit, "desk/report_cell.html", context, current="report")


def _page_number(request: Request) -> int:
    text = request.GET.get("pagina", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 1


def _pages(number: int, total: int, url_of: Callable[[int], str]) -> Pagination:
    return pagination(page=number, per_page=PER_PAGE, total=total, url_of=url_of)


def _rows(visit: DeskVisit, found: CellPage, wanted: Cell) -> Iterator[WorklistRow]:
    for case in found.cases:
        result = case.case.result
        yield WorklistRow(
            key=f"vraag-{case.case.key.lower()}",
            title=_title(case),
            reason=" ".join(outcome_reasons(result)),
            url=links.file_url(visit.desk.slug, case.request.reference) if case.request else "",
            strip=_strip(result),
            chips=(Chip(outcome_label(result), _tone(result)), *_category_chips(case, wanted)),
        )


def _title(case: CaseInCell) -> str:
    if case.request is None:
        return _("Vraag %(name)s") % {"name": displayed_pseudonym(case.case.key)}
    return f"{case.request.child_name} · {displayed(case.request.reference)}"


def displayed_pseudonym(name: str) -> str:
    """Write the name of a case in a filing so that it can be read: in groups of four."""
    return " ".join(name[at : at + 4] for at in range(0, len(name), 4))


def _strip(result: OutcomeResult) -> WeekStrip:
    asked = WeekPattern(result.original.pattern)
    if result.placed_pattern is None:
        return asked_strip(asked, caption=_("Gevraagd"))
    return offer_strip(asked, WeekPattern(result.placed_pattern), caption=_("Afgesproken"))


def _tone(result: OutcomeResult) -> Tone:
    if result.unanswered:
        return Tone.BRICK
    if result.partly_later or result.partly_fewer:
        return Tone.WARM
    return Tone.LEAF if result.ground is Ground.PLACED else Tone.PLAIN


def _category_chips(case: CaseInCell, wanted: Cell) -> Iterator[Chip]:
    """Yield the categories of a case, but only where the number is about one: they say much about a family."""
    if wanted.column.category is None:
        return
    yield from (Chip(CATEGORY_LABELS[name], Tone.COOL) for name in Category if name in case.case.categories)
