"""The annual report: its years, and the form of one year as it stands on a day, each number a door to its cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.reporting.documents import FORMATS, report_document
from opvangloket.domains.reporting.filings import FilingSummary, filings_of
from opvangloket.domains.reporting.queries import annual_report, years_with_requests
from opvangloket.domains.reporting.report_document import ReportDocument
from opvangloket.foundation.accounts.queries import names_of
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.report_definitions import default_as_of, due_on
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.report import report_links as links
from opvangloket.web.desk.report.report_form import DayForm, chosen_day, usual_day
from opvangloket.web.desk.report.report_table import form_blocks, meanings
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Act, Chip, Tone
from opvangloket.web.ui.templatetags.ui import plain_date

FIRST_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class FilingShown:
    """One filing in a list."""

    title: str
    url: str
    made: str
    reason: str


@dataclass(frozen=True, slots=True)
class YearShown:
    """One year in the list: how it stands, and what was filed."""

    year: int
    url: str
    chip: Chip
    words: str
    filings: tuple[FilingShown, ...]


@desk_page("report.read")
def years(request: Request, visit: DeskVisit) -> HttpResponse:
    """List the years to report on, the latest first."""
    filings = filings_of(visit.desk.id)
    this_year = visit.today.year
    known = years_with_requests(visit.desk.id) | {filing.year for filing in filings} | {this_year - 1, this_year}
    names = names_of(filing.filed_by_id for filing in filings)
    shown = tuple(
        _year(visit, year, filings_shown(visit, [f for f in filings if f.year == year], names))
        for year in sorted(known, reverse=True)
        if FIRST_YEAR <= year <= this_year
    )
    return show(request, visit, "desk/report_years.html", {"years": shown}, current="report")


@desk_page("report.read")
def report(request: Request, visit: DeskVisit, year: int) -> HttpResponse:
    """Show the form of a year as known on a day."""
    refuse_other_years(visit, year)
    asked = any(name.startswith(f"{links.DAY}_") for name in request.GET)
    as_of = chosen_day(request.GET, year, visit.today)
    form = DayForm(request.GET if asked else None, year=year, today=visit.today, initial={links.DAY: as_of})
    if asked and form.is_valid():
        return HttpResponseRedirect(links.year_url(visit.desk.slug, year, form.cleaned_data[links.DAY]))
    desk = visit.desk.slug
    counted = annual_report(visit.desk.id, year=year, as_of=as_of)
    filings = filings_of(visit.desk.id, year=year)
    context = {
        "form": form,
        "year": year,
        "as_of": as_of,
        "only_own": visit.procedure.mode is DeskMode.DESK_ONLY,
        "usual_day": usual_day(year, visit.today),
        "document": report_document(visit.desk.id, counted, made_at=visit.now),
        "blocks": form_blocks(counted, partial(_cell_url, desk, year, as_of)),
        "meanings": tuple(meanings(counted)),
        "definition": counted.definition,
        "downloads": downloads(lambda ending: links.download_url(desk, year, ending, as_of)),
        "state": _state(visit, year, bool(filings)),
        "filings": filings_shown(visit, filings, names_of(filing.filed_by_id for filing in filings)),
        "file_url": links.file_report_url(desk, year, as_of) if may_file(visit, year, as_of) else "",
    }
    return show(request, visit, "desk/report_year.html", context, current="report")


@desk_page("report.read")
def download(request: Request, visit: DeskVisit, year: int, ending: str) -> HttpResponse:
    """Give the report of a year, as known on a day, as a file."""
    refuse_other_years(visit, year)
    as_of = chosen_day(request.GET, year, visit.today)
    counted = annual_report(visit.desk.id, year=year, as_of=as_of)
    return file_response(report_document(visit.desk.id, counted, made_at=visit.now), ending)


def file_response(document: ReportDocument, ending: str) -> HttpResponse:
    """Return a report as a file to keep; Http404 for a kind of file that we do not write."""
    if ending not in FORMATS:
        raise Http404("Dit soort bestand maken we niet.")
    response = HttpResponse(FORMATS[ending].write(document), content_type=FORMATS[ending].content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.file_stem}.{ending}"'
    return response


def downloads(url_of: Callable[[str], str]) -> tuple[Act, ...]:
    """Return a link per kind of file."""
    return tuple(
        Act(label=form.label, url=url_of(ending), icon="download", about=_("het verslag als bestand"))
        for ending, form in FORMATS.items()
    )


def filings_shown(
    visit: DeskVisit, filings: Sequence[FilingSummary], names: Mapping[UUID, str]
) -> tuple[FilingShown, ...]:
    """Return the filings of a list, each with who filed it when."""
    return tuple(
        FilingShown(
            title=_("Versie %(number)s, stand op %(day)s") % {"number": f.number, "day": plain_date(f.as_of)},
            url=links.filed_url(visit.desk.slug, f.year, f.number),
            made=_filed_words(f, names),
            reason=f.reason,
        )
        for f in filings
    )


def refuse_other_years(visit: DeskVisit, year: int) -> None:
    """Raise Http404 for a year on which nobody reports: one that has not begun, or one before there were desks."""
    if not FIRST_YEAR <= year <= visit.today.year:
        raise Http404("Over dit jaar is er geen verslag.")


def may_file(visit: DeskVisit, year: int, as_of: date) -> bool:
    """Return whether this person may file the report of this year as it stands on this day."""
    return visit.may("report.file") and year < as_of.year and as_of <= visit.today


def _filed_words(filing: FilingSummary, names: Mapping[UUID, str]) -> str:
    name = names.get(filing.filed_by_id, "") if filing.filed_by_id else ""
    words = _("Ingediend op %(day)s door %(name)s.") if name else _("Ingediend op %(day)s.")
    return words % {"day": plain_date(filing.filed_at), "name": name}


def _cell_url(desk: str, year: int, as_of: date, column: str, nis_code: str | None) -> str:
    return links.cell_url(desk, year, column, nis_code, as_of)


def _year(visit: DeskVisit, year: int, filings: tuple[FilingShown, ...]) -> YearShown:
    chip, words = _state(visit, year, bool(filings))
    return YearShown(year, links.year_url(visit.desk.slug, year), chip, words, filings)


def _state(visit: DeskVisit, year: int, is_filed: bool) -> tuple[Chip, str]:
    """Return how a year stands, in a mark and a sentence."""
    due = due_on(year)
    deliver = _("Te bezorgen ten laatste op %(day)s.") % {"day": plain_date(due)}
    if is_filed:
        return Chip(_("ingediend"), Tone.LEAF, "check"), ""
    if year >= visit.today.year:
        return Chip(_("loopt nog"), Tone.PLAIN), deliver
    if year < visit.today.year - 1:
        return Chip(_("niet hier ingediend"), Tone.PLAIN), ""
    if visit.today > due:
        return Chip(_("te laat"), Tone.BRICK), deliver
    ready = visit.today >= default_as_of(year)
    return Chip(_("klaar om in te dienen") if ready else _("na te kijken"), Tone.WARM), deliver
