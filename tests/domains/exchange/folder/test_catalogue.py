"""Every way to break a folder is refused at its file, line and column, and leaves nothing; harmless changes go in."""

from pathlib import Path

import pytest
from tests.domains.exchange.installation import bring_in, places_of_errors, row_counts
from tests.exchange.bad_rows import CATALOGUE, HARMLESS, BadCase
from tests.exchange.bad_structure import HarmlessCase

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("case", CATALOGUE, ids=lambda case: case.name)
def test_a_broken_folder_is_refused_at_its_one_error(case: BadCase, folder: Path) -> None:
    case.apply(folder)
    before = row_counts()
    result = bring_in(folder)
    assert places_of_errors(result) == [(case.file, case.line, case.column)]
    assert result.error_count == 1
    assert row_counts() == before


@pytest.mark.parametrize("case", HARMLESS, ids=lambda case: case.name)
def test_a_harmless_change_is_accepted(case: HarmlessCase, folder: Path) -> None:
    case.apply(folder)
    result = bring_in(folder)
    assert places_of_errors(result) == []
    assert (result.new_desks, result.new_locations, result.new_requests, result.new_events) == (2, 2, 4, 10)
