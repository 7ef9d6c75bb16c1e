"""Where the pages of the annual report are: Dutch words for its columns, and the day that every address carries."""

from datetime import date
from typing import Final

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from opvangloket.foundation import geography
from opvangloket.rules.report_definitions import OUTSIDE_TERRITORY, OUTSIDE_TERRITORY_NAME

DAY: Final = "stand"
ALL_ROWS: Final = "alle"
COLUMN_WORDS: Final = {
    "total": "totaal",
    "unanswered_no_offer": "zonder-voorstel",
    "unanswered_declined": "voorstel-niet-aanvaard",
    "partly_later": "later-gestart",
    "partly_fewer": "minder-dagen",
    "partly_both": "later-en-minder",
    "found_elsewhere": "elders-gevonden",
    "lapsed": "vervallen",
    "unknown": "onbekend",
    "urgent_total": "dringend",
    "urgent_unanswered": "dringend-onbeantwoord",
    "atypical_total": "atypisch",
    "atypical_unanswered": "atypisch-onbeantwoord",
    "priority_total": "voorrang",
    "priority_unanswered": "voorrang-onbeantwoord",
    "vulnerable_total": "kwetsbaar",
    "vulnerable_unanswered": "kwetsbaar-onbeantwoord",
    "special_need_total": "zorgbehoefte",
    "special_need_unanswered": "zorgbehoefte-onbeantwoord",
}
_COLUMN_OF: Final = {words: code for code, words in COLUMN_WORDS.items()}


def column_of(words: str) -> str:
    """Return the column that an address names; Http404 when no column is called so."""
    if words not in _COLUMN_OF:
        raise Http404("Deze kolom bestaat niet.")
    return _COLUMN_OF[words]


def row_of(code: str) -> str | None:
    """Return the NIS code of the row that an address names, None for all rows; Http404 for a code that never was."""
    if code == ALL_ROWS:
        return None
    if code == OUTSIDE_TERRITORY or geography.is_known_code(code):
        return code
    raise Http404("Deze gemeente bestaat niet.")


def row_name(nis_code: str | None) -> str:
    """Return the name of a row, empty for all rows together."""
    if nis_code is None:
        return ""
    return OUTSIDE_TERRITORY_NAME if nis_code == OUTSIDE_TERRITORY else geography.name_of_code(nis_code)


def meaning_id(column: str) -> str:
    """Return the id of the place where a column is explained."""
    return f"uitleg-{COLUMN_WORDS[column]}"


def year_url(desk: str, year: int, as_of: date | None = None) -> str:
    """Return the address of the report on a year, on a day or on the usual one."""
    return _on(reverse("desk:report_year", args=[desk, year]), as_of)


def cell_url(desk: str, year: int, column: str, nis_code: str | None, as_of: date) -> str:
    """Return the address of the cases behind a number."""
    return _on(reverse("desk:report_cell", args=[desk, year, *_cell(column, nis_code)]), as_of)


def filed_url(desk: str, year: int, number: int) -> str:
    """Return the address of a report as it was filed."""
    return reverse("desk:report_filed", args=[desk, year, number])


def filed_cell_url(desk: str, year: int, number: int, column: str, nis_code: str | None) -> str:
    """Return the address of the cases behind a number as it was filed."""
    return reverse("desk:report_filed_cell", args=[desk, year, number, *_cell(column, nis_code)])


def file_report_url(desk: str, year: int, as_of: date) -> str:
    """Return the address where the report on a year is checked and filed."""
    return _on(reverse("desk:report_file", args=[desk, year]), as_of)


def download_url(desk: str, year: int, ending: str, as_of: date) -> str:
    """Return the address of the report as a file."""
    return _on(reverse("desk:report_download", args=[desk, year, ending]), as_of)


def filed_download_url(desk: str, year: int, number: int, ending: str) -> str:
    """Return the address of a filed report as a file."""
    return reverse("desk:report_filed_download", args=[desk, year, number, ending])


def file_url(desk: str, reference: str) -> str:
    """Return the address of a family's file, where all that happened stands on a line of time."""
    return reverse("desk:file", args=[desk, reference])


def _cell(column: str, nis_code: str | None) -> tuple[str, str]:
    return nis_code or ALL_ROWS, COLUMN_WORDS[column]


def _on(address: str, as_of: date | None) -> str:
    return f"{address}?{urlencode({DAY: as_of.isoformat()})}" if as_of else address
