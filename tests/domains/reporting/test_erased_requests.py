"""When the requests are erased, the filed report is the source: its numbers still open their rows, without names.

Only the owner of the tables may erase, on a connection of its own: so this happens in a database where things commit.
"""

from datetime import UTC, datetime

from django.db import connections
from pytest_django.plugin import DjangoDbBlocker
from tests import databases
from tests.cast import town
from tests.domains.reporting.year import AS_OF, EXPECTED, YEAR, reported_year

from opvangloket.domains.reporting.actions import file_report
from opvangloket.domains.reporting.cells import cases_in_filed_cell
from opvangloket.domains.reporting.filings import stored_filing
from opvangloket.domains.reporting.queries import annual_report
from opvangloket.rules.filed_reports import figures_digest
from opvangloket.rules.report_definitions import COLUMNS

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_the_filed_rows_remain(database_server: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), databases.copy_in_use(databases.template()):
        here = town(NOW)
        reported_year(here)
        desk_id = here.ninove.id
        with here.at_desk():
            seen = figures_digest(annual_report(desk_id, year=YEAR))
            file_report(desk_id=desk_id, year=YEAR, as_of=AS_OF, number=1, seen=seen, actor=here.lead, now=NOW)
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE requests_carerequest CASCADE")
        with here.at_desk():
            filed = stored_filing(desk_id, year=YEAR, number=1)
            assert filed is not None
            assert filed.is_unchanged
            for column in (column.code for column in COLUMNS if column.is_number):
                cell = cases_in_filed_cell(filed, column=column, per_page=100)
                assert cell.total == EXPECTED.get(column, 0)
                assert [found.request for found in cell.cases] == [None] * cell.total
            assert annual_report(desk_id, year=YEAR).totals()["total"] == 0
