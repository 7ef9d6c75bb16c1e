"""Filing the report of a year: what to check first, the figures once more, and then for good."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.reporting.actions import file_report
from opvangloket.domains.reporting.documents import report_document
from opvangloket.domains.reporting.filings import filings_of
from opvangloket.domains.reporting.queries import CountedYear, annual_report, count_year
from opvangloket.domains.reporting.recipients import organisers_of_territory
from opvangloket.foundation.accounts.queries import names_of
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.filed_reports import changed_figures, figures_digest
from opvangloket.rules.indicators import AnnualReport
from opvangloket.rules.report_definitions import COLUMNS, OUTSIDE_TERRITORY, is_usual_day
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.report import report_links as links
from opvangloket.web.desk.report.report_cells import ONLY, OPEN_OFFER, filing_or_404
from opvangloket.web.desk.report.report_form import FilingForm, chosen_day
from opvangloket.web.desk.report.report_pages import downloads, file_response, may_file, refuse_other_years
from opvangloket.web.desk.report.report_table import form_blocks, meanings, number_words
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Column, DataTable


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at before filing: in order, or what is wrong and where it can be put right."""

    words: str
    in_order: bool = False
    url: str = ""
    url_words: str = ""


@desk_page("report.file")
def file(request: Request, visit: DeskVisit, year: int) -> HttpResponse:
    """Show what will be filed and what to check first; file it when the lead confirms."""
    refuse_other_years(visit, year)
    as_of = chosen_day(request.GET, year, visit.today)
    if not may_file(visit, year, as_of):
        return HttpResponseRedirect(links.year_url(visit.desk.slug, year, as_of))
    filings = filings_of(visit.desk.id, year=year)
    form = FilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (filed := _file(request, visit, year, as_of, form)):
        return HttpResponseRedirect(links.filed_url(visit.desk.slug, year, filed))
    counted = count_year(visit.desk.id, year=year, as_of=as_of)
    recipients = organisers_of_territory(visit.desk.id, visit.today)
    form.fields["reason"].required = bool(filings)
    context = {
        "form": form,
        "year": year,
        "as_of": as_of,
        "number": len(filings) + 1,
        "seen": figures_digest(counted.report),
        "checks": tuple(_checks(visit, counted, as_of)),
        "document": report_document(visit.desk.id, counted.report, made_at=visit.now),
        "blocks": form_blocks(counted.report, None),
        "file_url": links.file_report_url(visit.desk.slug, year, as_of),
        "back": links.year_url(visit.desk.slug, year, as_of),
        "mailed": sum(bool(recipient.email) for recipient in recipients),
        "without_address": tuple(recipient.name for recipient in recipients if not recipient.email),
    }
    return show(request, visit, "desk/report_file.html", context, current="report")


@desk_page("report.read")
def filed(request: Request, visit: DeskVisit, year: int, number: int) -> HttpResponse:
    """Show a report as it was filed."""
    stored = filing_or_404(visit, year, number)
    filing, desk = stored.filing, visit.desk.slug
    latest = filings_of(visit.desk.id, year=year)[0].number
    context = {
        "year": year,
        "stored": stored,
        "filing": filing,
        "filed_by": names_of([filing.filed_by_id]).get(filing.filed_by_id) if filing.filed_by_id else "",
        "fingerprint": _in_groups(stored.digest),
        "replaced_by": links.filed_url(desk, year, latest) if latest > number else "",
        "document": report_document(visit.desk.id, filing.report, made_at=filing.filed_at, stored=stored),
        "blocks": form_blocks(filing.report, partial(links.filed_cell_url, desk, year, number)),
        "meanings": tuple(meanings(filing.report)),
        "definition": filing.report.definition,
        "downloads": downloads(partial(links.filed_download_url, desk, year, number)),
        "year_url": links.year_url(desk, year),
    }
    return show(request, visit, "desk/report_filed.html", context, current="report")


@desk_page("report.read")
def filed_download(request: Request, visit: DeskVisit, year: int, number: int, ending: str) -> HttpResponse:  # noqa: ARG001
    """Give a report, as it was filed, as a file."""
    stored = filing_or_404(visit, year, number)
    report = stored.filing.report
    return file_response(report_document(visit.desk.id, report, made_at=stored.filing.filed_at, stored=stored), ending)


@desk_page("report.read")
def differences(request: Request, visit: DeskVisit, year: int, number: int) -> HttpResponse:
    """Lay a filed report beside what is known now: of that same day, and of today."""
    filing = filing_or_404(visit, year, number).filing
    same_day = annual_report(visit.desk.id, year=year, as_of=filing.report.as_of)
    today = annual_report(visit.desk.id, year=year, as_of=visit.today)
    context = {
        "year": year,
        "filing": filing,
        "same_day": _changes_table(filing.report, same_day, _("Zelfde dag, nu geteld")),
        "today": _changes_table(filing.report, today, _("Vandaag")),
        "back": links.filed_url(visit.desk.slug, year, number),
        "correct_url": links.file_report_url(visit.desk.slug, year, filing.report.as_of)
        if may_file(visit, year, filing.report.as_of)
        else "",
    }
    return show(request, visit, "desk/report_differences.html", context, current="report")


def _file(request: Request, visit: DeskVisit, year: int, as_of: date, form: FilingForm) -> int | None:
    """File the report; what the action refuses stands on the form."""
    answers = form.cleaned_data
    try:
        number = file_report(
            desk_id=visit.desk.id,
            year=year,
            as_of=as_of,
            number=answers["number"],
            seen=answers["seen"],
            reason=answers.get("reason", ""),
            actor=visit.actor,
            now=visit.now,
        )
    except OpvangloketError as error:
        field = getattr(error, "field", "")
        form.add_error(field if field in form.fields else None, error.message)
        return None
    messages.success(
        request, _("Het verslag over %(year)s is ingediend. De opvang krijgt de cijfers.") % {"year": year}
    )
    return number


def _checks(visit: DeskVisit, counted: CountedYear, as_of: date) -> Iterator[Check]:
    """Yield what to look at before filing: families to ask, offers to wait for, fields to fill in."""
    report, year = counted.report, counted.report.year
    unknown_url = links.cell_url(visit.desk.slug, year, "unknown", None, as_of)
    totals = report.totals()
    yield _unknown_check(totals["unknown"] or 0, unknown_url)
    if waiting := counted.open_offers:
        words = ngettext(
            "%(count)s gezin antwoordde nog niet op een voorstel.",
            "%(count)s gezinnen antwoordden nog niet op een voorstel.",
            waiting,
        ) % {"count": waiting}
        yield Check(words, url=f"{unknown_url}&{urlencode({ONLY: OPEN_OFFER})}", url_words=_("Bekijk de voorstellen"))
    outside = next((row.numbers["total"] for row in report.rows if row.nis_code == OUTSIDE_TERRITORY), 0)
    if outside:
        words = ngettext(
            "%(count)s vraag telt buiten het werkingsgebied.",
            "%(count)s vragen tellen buiten het werkingsgebied.",
            outside,
        ) % {"count": outside}
        url = links.cell_url(visit.desk.slug, year, "total", OUTSIDE_TERRITORY, as_of)
        yield Check(words, url=url, url_words=_("Bekijk ze"))
    if is_usual_day(year, as_of):
        yield Check(_("De stand is die van de laatste week van februari."), in_order=True)
    else:
        yield Check(_("Het formulier vraagt de stand van de laatste week van februari."))
    if as_of == visit.today:
        yield Check(_("De dag is nog niet om. Wat vandaag nog gebeurt, telt niet mee."))
    if not visit.desk.file_number:
        yield Check(_("Het dossiernummer van het loket is niet ingevuld. Schrijf het zelf op het formulier."))


def _unknown_check(unknown: int, url: str) -> Check:
    if not unknown:
        return Check(_("Van elke vraag is bekend hoe het afliep."), in_order=True)
    words = ngettext(
        "Van %(count)s vraag is niet bekend hoe het afliep. Ze telt niet als onbeantwoord.",
        "Van %(count)s vragen is niet bekend hoe het afliep. Ze tellen niet als onbeantwoord.",
        unknown,
    )
    return Check(words % {"count": number_words(unknown)}, url=url, url_words=_("Bekijk wie je nog kan bellen"))


def _changes_table(before: AnnualReport, after: AnnualReport, caption: str) -> DataTable | None:
    headings = {column.code: column.full_heading_for(before.year) for column in COLUMNS}
    rows = tuple(
        (
            change.municipality,
            headings[change.column],
            number_words(change.before),
            number_words(change.after),
        )
        for change in changed_figures(before, after)
    )
    columns = (
        Column(_("Gemeente")),
        Column(_("Kolom")),
        Column(_("Ingediend"), number=True),
        Column(_("Nu"), number=True),
    )
    return DataTable.of(caption, columns, rows) if rows else None


def _in_groups(digest: str) -> str:
    """Write the first half of a digest in groups of eight: enough to compare two papers by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest) // 2, 8))
