"""The report of a desk, and the cases behind each of its numbers."""

from datetime import UTC, date, datetime

import pytest
from tests.cast import GERAARDSBERGEN, NINOVE, Town, town
from tests.domains.reporting.year import AS_OF, EXPECTED, YEAR, ReportedYear, happened, reported_year

from opvangloket.domains.reporting.cells import cases_in_cell
from opvangloket.domains.reporting.queries import annual_report, count_year, counted_in_cell, years_with_requests
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.outcomes import Ground, Outcome
from opvangloket.rules.report_definitions import COLUMNS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NUMBERS = [column.code for column in COLUMNS if column.is_number]


@pytest.fixture
def here() -> Town:
    return town(NOW)


@pytest.fixture
def year(here: Town) -> ReportedYear:
    return reported_year(here)


def test_the_year_is_counted(here: Town, year: ReportedYear) -> None:
    with here.at_desk():
        report = annual_report(here.ninove.id, year=YEAR)
    assert report.as_of == AS_OF
    assert report.totals() == dict.fromkeys(NUMBERS, 0) | EXPECTED
    assert [(row.municipality, row.numbers["total"]) for row in report.rows] == [("Geraardsbergen", 1), ("Ninove", 9)]


def test_each_number_opens_exactly_the_cases_that_it_counts(here: Town, year: ReportedYear) -> None:
    with here.at_desk():
        counted = count_year(here.ninove.id, year=YEAR)
        for row in counted.report.rows:
            for column in NUMBERS:
                found = counted_in_cell(here.ninove.id, year=YEAR, as_of=AS_OF, column=column, nis_code=row.nis_code)
                assert len(found) == row.numbers[column], (row.municipality, column)
                assert {case.row_nis for case in found} <= {row.nis_code}
    assert counted.open_offers == 1
    assert len(counted.cases) == EXPECTED["total"]


def test_a_cell_names_its_children_and_says_what_became_of_them(here: Town, year: ReportedYear) -> None:
    with here.at_desk():
        cell = cases_in_cell(here.ninove.id, year=YEAR, as_of=None, column="partly_both", nis_code=GERAARDSBERGEN)
        nowhere = cases_in_cell(here.ninove.id, year=YEAR, as_of=None, column="partly_both", nis_code=NINOVE)
    (found,) = cell.cases
    assert cell.total == 1
    assert found.request is not None
    assert (found.request.reference, found.request.child_name) == (year.later_and_fewer.reference, "Cato Peeters")
    assert found.case.result.outcome is Outcome.PARTLY_BOTH
    assert found.case.result.placed_start == date(2025, 10, 1)
    assert (nowhere.total, nowhere.cases) == (0, ())


def test_a_cell_over_all_rows_and_by_ground(here: Town, year: ReportedYear) -> None:
    with here.at_desk():
        everywhere = cases_in_cell(here.ninove.id, year=YEAR, as_of=None, column="partly_later")
        waiting = cases_in_cell(
            here.ninove.id, year=YEAR, as_of=None, column="unknown", ground=Ground.OFFER_OPEN, per_page=10
        )
    assert everywhere.total == EXPECTED["partly_later"]
    assert [found.case.key for found in waiting.cases] == [year.open_offer.reference]


def test_a_long_cell_comes_in_pages(here: Town, year: ReportedYear) -> None:
    with here.at_desk():
        pages = [
            cases_in_cell(here.ninove.id, year=YEAR, as_of=None, column="total", page=page, per_page=4)
            for page in (1, 2, 3, 4)
        ]
    assert [page.total for page in pages] == [10] * 4
    assert [len(page.cases) for page in pages] == [4, 4, 2, 0]
    assert len({found.case.key for page in pages for found in page.cases}) == 10


def test_as_of_an_earlier_day_less_is_known(here: Town, year: ReportedYear) -> None:
    with here.at_desk():
        in_may = annual_report(here.ninove.id, year=YEAR, as_of=date(2025, 5, 31)).totals()
    assert (in_may["total"], in_may["unknown"]) == (9, 9)


def test_another_desk_counts_nothing_of_it(here: Town, year: ReportedYear) -> None:
    with here.at_desk(here.overstroom):
        report = annual_report(here.overstroom.id, year=YEAR)
        cell = cases_in_cell(here.ninove.id, year=YEAR, as_of=None, column="total")
    assert report.totals()["total"] == 0
    assert cell.total == 0


def test_it_knows_in_which_years_somebody_asked(here: Town, year: ReportedYear) -> None:
    with here.at_desk():
        assert years_with_requests(here.ninove.id) == {2025, 2026}


def test_a_column_that_counts_nothing_has_no_cases(here: Town, year: ReportedYear) -> None:
    with here.at_desk(), pytest.raises(KeyError):
        cases_in_cell(here.ninove.id, year=YEAR, as_of=None, column="municipality")


def test_a_correction_moves_a_case_to_another_year(here: Town, year: ReportedYear) -> None:
    happened(year.answered, "2026-02-10", EventKind.CORRECTED, start_on=date(2026, 9, 1))
    with here.at_desk():
        assert annual_report(here.ninove.id, year=YEAR).totals()["total"] == 9
        assert annual_report(here.ninove.id, year=2026).totals()["total"] == 2
