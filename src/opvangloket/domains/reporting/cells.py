"""The cases behind a number with what the desk may see of them: whose child it is, and where its file is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.lines.facts import child_words
from opvangloket.domains.reporting.filings import StoredFiling
from opvangloket.domains.reporting.queries import counted_in_cell
from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.queries_report import requests_of_year
from opvangloket.rules.filed_reports import pseudonym
from opvangloket.rules.indicators import CountedCase
from opvangloket.rules.outcomes import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOfCase:
    """The request that a case is about, as long as it is kept."""

    reference: str
    child_name: str


@dataclass(frozen=True, slots=True)
class CaseInCell:
    """One case that a number counts; `request` is None when only the filed, pseudonymous row is left."""

    case: CountedCase
    request: RequestOfCase | None


@dataclass(frozen=True, slots=True)
class CellPage:
    """A page of the cases behind one number; `total` is that number."""

    total: int
    cases: tuple[CaseInCell, ...]


def cases_in_cell(
    desk_id: UUID,
    *,
    year: int,
    as_of: date | None,
    column: str,
    nis_code: str | None = None,
    ground: Ground | None = None,
    page: int = 1,
    per_page: int = 50,
) -> CellPage:
    """Return the cases that one number of the report counts today, by the very test that counts them.

    Without `nis_code` over all rows. KeyError for a column that counts nothing. Runs in the scope of the caller.
    """
    found = counted_in_cell(desk_id, year=year, as_of=as_of, column=column, nis_code=nis_code, ground=ground)
    shown = _page(found, page, per_page)
    requests = CareRequest.objects.filter(desk_id=desk_id, reference__in=[case.key for case in shown])
    known = {request.reference: _shown(request) for request in requests.select_related("child", "applicant")}
    return _cell_page(found, shown, known)


def cases_in_filed_cell(
    stored: StoredFiling, *, column: str, nis_code: str | None = None, page: int = 1, per_page: int = 50
) -> CellPage:
    """Return the cases that one number of a filed report counts, each with its request when that still exists."""
    found = stored.filing.cases_in(column, nis_code)
    shown = _page(found, page, per_page)
    wanted = {case.key for case in shown}
    ids = requests_of_year(stored.filing.desk_id, stored.filing.report.year).values_list("id", flat=True)
    named = {name: found_id for found_id in ids.iterator() if (name := pseudonym(stored.id, found_id)) in wanted}
    requests = CareRequest.objects.filter(id__in=named.values()).select_related("child", "applicant").in_bulk()
    known = {name: _shown(requests[found_id]) for name, found_id in named.items()}
    return _cell_page(found, shown, known)


def _page(cases: Sequence[CountedCase], page: int, per_page: int) -> Sequence[CountedCase]:
    return cases[(page - 1) * per_page : page * per_page]


def _cell_page(
    found: Sequence[CountedCase], shown: Iterable[CountedCase], known: Mapping[str, RequestOfCase]
) -> CellPage:
    return CellPage(len(found), tuple(CaseInCell(case, known.get(case.key)) for case in shown))


def _shown(request: CareRequest) -> RequestOfCase:
    return RequestOfCase(reference=request.reference, child_name=child_words(request, named=True))
