"""A desk that lived here moves like one that was imported: what the acts wrote is what the format says."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from tests.cast import Town, plan_places, town
from tests.domains.distribution.journey import FULL, NOW, YES, alternative, asks
from tests.domains.exchange.installation import bring_in, contents, export, places_of_errors, report, unzipped
from tests.exchange.checker import problems_of
from tests.exchange.folder import read_folder
from tests.exchange.oracle import report_rows

from opvangloket.domains.requests.setting_aside import merge, undo_set_aside
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import DeskMode, Procedure, ReportRow
from opvangloket.rules.reasons import DeclineReason

Fresh = Callable[[], AbstractContextManager[None]]
YEARS = range(2025, 2028)


def live_a_little(here: Town) -> None:
    """Let families ask and locations answer; merge two requests, and undo one of the merges."""
    here.choose(Procedure(mode=DeskMode.DESK_ONLY, report_row=ReportRow.LOCATION))
    centrum, mia = here.regenboog_centrum, here.mias_nestje
    plan_places(centrum, 2, from_on=here.today)
    plan_places(mia, 1, from_on=here.today)
    noor = asks(here, location_ids=(centrum.id, mia.id))
    noor.later(days=1).answers(centrum, YES)
    noor.later(days=1).answers(mia, alternative(noor, WeekPattern.full_days("ma"), later_days=40))
    noor.later(days=1).accepts(mia)
    deniz = asks(here, here.deniz())
    deniz.later(days=1).answers(centrum, FULL)
    deniz.later(days=1).answers(here.regenboog_denderhof, YES)
    deniz.later(days=1).declines(here.regenboog_denderhof, DeclineReason.DISTANCE)
    twice, thrice = asks(here), asks(here)
    with here.at_desk():
        for duplicate in (twice, thrice):
            merge(
                request_id=duplicate.request_id,
                into_id=noor.request_id,
                actor=here.worker,
                now=NOW + timedelta(days=5),
            )
        undo_set_aside(request_id=thrice.request_id, actor=here.worker, now=NOW + timedelta(days=6))


def test_a_lived_desk_moves_with_equal_reports(tmp_path: Path, empty_installation: Fresh) -> None:
    with empty_installation():
        live_a_little(town(NOW))
        expected = [report("ninove", year) for year in YEARS]
        first = export("ninove", tmp_path / "first.zip")
    assert sum(int(row["total"]) for rows in expected for row in rows) == 3
    assert problems_of(unzipped(first)) == []
    apart = read_folder(unzipped(first))
    assert [report_rows(apart, "ninove", year) for year in YEARS] == expected
    with empty_installation():
        assert places_of_errors(bring_in(first)) == []
        assert [report("ninove", year) for year in YEARS] == expected
        second = export("ninove", tmp_path / "second.zip")
    assert second.read_bytes() == first.read_bytes()


@pytest.mark.django_db
def test_its_export_changes_nothing_at_home(tmp_path: Path) -> None:
    live_a_little(town(NOW))
    out = export("ninove", tmp_path / "out.zip")
    before = contents()
    result = bring_in(out)
    assert places_of_errors(result) == []
    assert (result.requests, result.new_locations, result.new_requests, result.new_events) == (4, 0, 0, 0)
    assert contents() == before
