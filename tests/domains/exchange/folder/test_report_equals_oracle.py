"""Generated folders are imported and reported; an independent count of the same folder gives the same rows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.domains.exchange.installation import bring_in, places_of_errors, report
from tests.exchange.folder import read_folder
from tests.exchange.generator import generate
from tests.exchange.oracle import report_rows

YEARS = range(2018, 2026)
REQUESTS = 700
Fresh = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("seed", [101, 102, 103, 104, 105])
def test_the_report_equals_an_independent_count(seed: int, tmp_path: Path, empty_installation: Fresh) -> None:
    generate(tmp_path, seed=seed, requests=REQUESTS)
    counted_apart = read_folder(tmp_path)
    compared = 0
    with empty_installation():
        assert places_of_errors(bring_in(tmp_path)) == []
        for slug in counted_apart.desks:
            for year in YEARS:
                for as_of in days_around(year):
                    rows = report(slug, year, as_of)
                    assert rows == report_rows(counted_apart, slug, year, as_of), (slug, year, as_of)
                    compared += sum(int(row["total"]) for row in rows)
    assert compared > REQUESTS


def days_around(year: int) -> list[date | None]:
    """Return the usual date of the report, its neighbours, and days on which little and everything was known."""
    usual = date(year + 1, 2, 28)
    return [None, usual - timedelta(days=1), usual + timedelta(days=1), date(year, 6, 30), date(2030, 1, 1)]
