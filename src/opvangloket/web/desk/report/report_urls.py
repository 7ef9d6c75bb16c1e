"""The addresses of the annual report."""

from django.urls import path

from opvangloket.web.desk.report import report_cells, report_filing, report_pages

_YEAR = "<slug:desk>/verslag/<int:year>/"
_FILED = f"{_YEAR}ingediend/<int:number>/"

REPORT = (
    path("<slug:desk>/verslag/", report_pages.years, name="report"),
    path(_YEAR, report_pages.report, name="report_year"),
    path(f"{_YEAR}gevallen/<str:row>/<slug:column>/", report_cells.cell, name="report_cell"),
    path(f"{_YEAR}bestand/<slug:ending>/", report_pages.download, name="report_download"),
    path(f"{_YEAR}indienen/", report_filing.file, name="report_file"),
    path(_FILED, report_filing.filed, name="report_filed"),
    path(f"{_FILED}verschil/", report_filing.differences, name="report_differences"),
    path(f"{_FILED}gevallen/<str:row>/<slug:column>/", report_cells.filed_cell, name="report_filed_cell"),
    path(f"{_FILED}bestand/<slug:ending>/", report_filing.filed_download, name="report_filed_download"),
)
