"""Importing again: the same folder changes nothing, events may be added, anything else is refused."""

from pathlib import Path

import pytest
from tests.domains.exchange.installation import (
    NOW,
    add_event,
    bring_in,
    contents,
    places_of_errors,
    report,
    set_cell,
)
from tests.exchange.bad_rows import HARMLESS
from tests.exchange.bad_structure import HarmlessCase
from tests.exchange.generator import generate

from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest, CaseEvent, DeskTask
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.case_events import EventKind

pytestmark = pytest.mark.django_db
# Harmless, yet not the same content: ids of another source, another name, cells that are emptied.
OTHER_CONTENT = {
    "a source",
    "a line break in a name",
    "an optional column left out",
    "a confirmation that changes nothing",
}
SAME_CONTENT = [case for case in HARMLESS if case.name not in OTHER_CONTENT]


@pytest.fixture
def imported(folder: Path) -> Path:
    """Return the small valid folder after its import."""
    assert bring_in(folder).ok
    return folder


@pytest.mark.parametrize("case", SAME_CONTENT, ids=lambda case: case.name)
def test_the_same_content_written_otherwise_changes_nothing(case: HarmlessCase, imported: Path) -> None:
    before = contents()
    case.apply(imported)
    result = bring_in(imported)
    assert places_of_errors(result) == []
    assert (result.new_requests, result.new_events) == (0, 0)
    assert contents() == before


def test_a_generated_folder_imported_twice_changes_nothing(tmp_path: Path) -> None:
    generate(tmp_path, seed=7, requests=250)
    assert bring_in(tmp_path).new_requests == 250
    before = contents()
    result = bring_in(tmp_path, now=NOW.replace(year=2027), seed=2)
    assert (result.ok, result.requests, result.new_requests, result.new_events) == (True, 250, 0, 0)
    assert contents() == before


def test_the_same_ids_of_another_source_are_other_requests(imported: Path) -> None:
    (imported / "meta.csv").write_text("source\nander systeem\n", encoding="utf-8")
    result = bring_in(imported)
    assert (result.ok, result.new_desks, result.new_locations, result.new_requests) == (True, 0, 2, 4)


@pytest.mark.parametrize(
    ("file", "line", "column", "value"),
    [
        ("desks.csv", 2, "name", "Loket Zee"),
        ("desks.csv", 3, "territory", "44001"),
        ("desks.csv", 2, "mode", "desk_only"),
        ("desks.csv", 3, "report_row", "location"),
        ("organisers.csv", 3, "phone", "09 123 45 67"),
        ("locations.csv", 2, "opening", "ma 07:00-18:00"),
        ("locations.csv", 3, "organiser", "O1"),
        ("locations.csv", 3, "price_day", "33"),
        ("requests.csv", 2, "start_on", "2024-09-03"),
        ("requests.csv", 2, "applicant_phone", "0470 99 99 99"),
        ("requests.csv", 4, "desk", "kust"),
        ("requests.csv", 5, "locations", "L1"),
        ("requests.csv", 3, "hours", "nacht"),
        ("events.csv", 2, "reply_by_on", "2024-02-16"),
        ("events.csv", 6, "reason", "te duur"),
        ("events.csv", 9, "by", "family"),
    ],
)
def test_a_known_row_with_other_content_is_refused_where_it_differs(
    file: str, line: int, column: str, value: str, imported: Path
) -> None:
    set_cell(imported, file, line, column, value)
    before = contents()
    assert places_of_errors(bring_in(imported)) == [(file, line, column)]
    assert contents() == before


def test_a_request_without_one_of_its_known_events_is_refused(imported: Path) -> None:
    lines = (imported / "events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (imported / "events.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    assert places_of_errors(bring_in(imported)) == [("requests.csv", 5, "request")]


def test_what_was_edited_here_since_stays(imported: Path) -> None:
    Location.objects.filter(external_id="L1").update(phone="059 00 00 00")
    before = contents()
    assert bring_in(imported).ok
    assert contents() == before


class TestAppending:
    def test_a_later_event_is_added_and_counts(self, imported: Path) -> None:
        before = report("polder", 2024)
        add_event(imported, request="R4", at="2024-09-01T10:00:00Z", kind="reopened")
        add_event(imported, request="R4", at="2024-12-01T10:00:00Z", kind="search_ended")
        result = bring_in(imported)
        assert (result.ok, result.new_requests, result.new_events) == (True, 0, 2)
        with across_desks("look"):
            request = CareRequest.objects.get(external_id="R4")
            assert request.state == "closed_unanswered"
            assert [event.seq for event in CaseEvent.objects.filter(request=request).order_by("seq")] == [1, 2, 3]
        assert report("polder", 2024) != before
        after = contents()
        assert bring_in(imported).new_events == 0
        assert contents() == after

    def test_an_earlier_event_takes_its_place_by_its_instant(self, imported: Path) -> None:
        add_event(imported, request="R2", at="2024-02-15T10:00:00Z", kind="answered_no", location="L1", reason="volzet")
        assert bring_in(imported).new_events == 1
        with across_desks("look"):
            kinds = CaseEvent.objects.filter(request__external_id="R2").order_by("at", "seq").values_list("kind", "seq")
            assert list(kinds)[:2] == [("answered_no", 6), ("answered_alternative", 1)]

    def test_at_the_same_instant_a_new_event_comes_after_the_known_ones(self, imported: Path) -> None:
        add_event(imported, request="R2", at="2025-01-20T10:00:00+01:00", kind="reopened")
        assert bring_in(imported).new_events == 1
        with across_desks("look"):
            assert CareRequest.objects.get(external_id="R2").state == "open"

    def test_at_the_same_instant_before_a_known_one_is_refused(self, imported: Path) -> None:
        lines = (imported / "events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        lines.insert(8, "R2,2025-01-20T10:00:00+01:00,reopened,,,,,,\n")
        (imported / "events.csv").write_text("".join(lines), encoding="utf-8")
        assert places_of_errors(bring_in(imported)) == [("events.csv", 9, "at")]

    def test_an_event_that_cannot_follow_is_refused(self, imported: Path) -> None:
        add_event(imported, request="R4", at="2024-09-01T10:00:00Z", kind="offer_accepted", location="L1")
        assert places_of_errors(bring_in(imported)) == [("events.csv", 12, "kind")]

    def test_what_happened_here_meanwhile_stays_and_counts_with_it(self, imported: Path) -> None:
        with across_desks("act as the desk"):
            request = CareRequest.objects.get(external_id="R4")
            append_event(request=request, at=NOW, kind=EventKind.REOPENED, by="desk_worker")
        before = contents()
        assert bring_in(imported).new_events == 0
        assert contents() == before
        add_event(imported, request="R4", at="2026-03-05T10:00:00Z", kind="found_elsewhere")
        assert bring_in(imported).new_events == 1
        with across_desks("look"):
            events = CaseEvent.objects.filter(request=request).order_by("seq")
            assert [(event.kind, event.imported) for event in events] == [
                ("placed_directly", True),
                ("reopened", False),
                ("found_elsewhere", True),
            ]

    def test_a_task_to_take_over_is_done_when_the_request_closes_and_not_made_twice(self, folder: Path) -> None:
        lines = (folder / "events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / "events.csv").write_text("".join(lines[:-1]), encoding="utf-8")
        assert bring_in(folder).to_take_over == 1
        (folder / "events.csv").write_text("".join(lines), encoding="utf-8")
        assert bring_in(folder).new_events == 1
        add_event(folder, request="R4", at="2024-09-01T10:00:00Z", kind="reopened")
        assert bring_in(folder).to_take_over == 0
        with across_desks("look"):
            (task,) = DeskTask.objects.all()
            assert task.done_at == NOW
            assert CareRequest.objects.get(external_id="R4").state == "open"
