"""What an import leaves: families, requests with their categories and state, tasks, desks that see locations."""

from datetime import date
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.domains.exchange.installation import NOW, add_event, bring_in, set_cell
from tests.exchange.generator import generate

from opvangloket.domains.distribution.models import Inquiry, Sending
from opvangloket.domains.distribution.replay import replay_check
from opvangloket.domains.providers.models import Location, LocationInDesk, OpeningHours
from opvangloket.domains.requests.models import CareRequest, CaseEvent, DeskTask, TaskKind
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules import references
from opvangloket.rules.procedure import DeskMode, ReportRow

pytestmark = pytest.mark.django_db


def request_of(external_id: str) -> CareRequest:
    with across_desks("look"):
        return CareRequest.objects.select_related("applicant", "child", "desk").get(external_id=external_id)


@pytest.fixture
def imported(folder: Path) -> Path:
    assert bring_in(folder).ok
    return folder


class TestRequest:
    def test_the_original_question_is_kept_as_it_was_asked(self, imported: Path) -> None:
        asked = request_of("R1")
        assert (asked.desk.slug, asked.channel, asked.residence_nis) == ("kust", "online", "35013")
        assert (asked.start_on, asked.end_on) == (date(2024, 9, 2), date(2026, 8, 31))
        assert (asked.parts, asked.also_parts, asked.parts_wanted) == (0b11, 0b100, None)
        assert (asked.hours, asked.characteristics) == (["ma 07:30-17:30"], ["BroerZus", "WerkOpleiding"])
        with across_desks("look"):
            assert [row.location.external_id for row in request_of("R2").chosen_locations.order_by("position")] == [
                "L1",
                "L2",
            ]
            (wish,) = asked.wishes.all()
            assert (wish.number, wish.made_at, wish.parts) == (1, asked.registered_at, asked.parts)

    def test_the_family_is_kept(self, imported: Path) -> None:
        one, other = request_of("R1"), request_of("R2")
        assert (one.applicant.full_name, one.applicant.email, one.applicant.language) == (
            "An Peeters",
            "an@example.org",
            "nl",
        )
        assert (one.child.first_name, one.child.birth_on, one.child.due_on) == ("Mia", date(2023, 12, 1), None)
        assert (other.child.birth_on, other.child.due_on) == (None, date(2024, 5, 1))

    def test_the_categories_are_decided_by_the_rules_of_the_registration(self, imported: Path) -> None:
        asked = request_of("R2")
        decided = (asked.rule_set, asked.urgent, asked.atypical, asked.priority, asked.vulnerable, asked.special_need)
        assert decided == ("VR2014", False, True, False, False, True)

    def test_it_gets_a_reference_that_people_can_read(self, imported: Path) -> None:
        with across_desks("look"):
            made = list(CareRequest.objects.values_list("reference", flat=True))
        assert len(set(made)) == 4
        assert all(references.is_valid(reference) for reference in made)

    @pytest.mark.parametrize(
        ("kinds", "state"),
        [
            ([], "placed"),
            (["reopened"], "open"),
            (["found_elsewhere"], "found_elsewhere"),
            (["lapsed"], "lapsed"),
            (["withdrawn"], "withdrawn"),
            (["search_ended"], "closed_unanswered"),
            (["search_ended", "reopened"], "open"),
            (["not_genuine", "reopened"], "not_genuine"),
            (["merged_into"], "merged"),
        ],
    )
    def test_the_state_follows_from_the_events(self, kinds: list[str], state: str, folder: Path) -> None:
        for day, kind in enumerate(kinds, start=1):
            reason = {"lapsed": "verhuisd", "merged_into": "R3"}.get(kind, "")
            add_event(folder, request="R4", at=f"2024-04-{day:02}T10:00:00Z", kind=kind, reason=reason)
        assert bring_in(folder).ok
        found = request_of("R4")
        assert found.state == state
        assert (found.closed_at is None) == (state in {"open", "placed"})

    def test_a_residence_outside_the_reference_list_is_kept(self, folder: Path) -> None:
        set_cell(folder, "requests.csv", 2, "residence_nis", "62063")
        assert bring_in(folder).ok
        assert request_of("R1").residence_nis == "62063"

    def test_states_follow_from_events_whatever_happened(self, tmp_path: Path) -> None:
        generate(tmp_path, seed=31, requests=300)
        assert bring_in(tmp_path).ok
        assert [replay_check(desk.id) for desk in Desk.objects.all()] == [()] * 7


class TestEvents:
    def test_equal_instants_keep_the_order_of_the_file(self, folder: Path) -> None:
        for kind in ("reopened", "still_searching", "withdrawn", "reopened"):
            add_event(folder, request="R4", at="2024-05-01T10:00:00Z", kind=kind)
        add_event(folder, request="R4", at="2024-04-01T10:00:00Z", kind="search_ended")
        assert bring_in(folder).ok
        with across_desks("look"):
            kinds = CaseEvent.objects.filter(request__external_id="R4").order_by("seq").values_list("kind", flat=True)
        assert list(kinds) == [
            "placed_directly",
            "search_ended",
            "reopened",
            "still_searching",
            "withdrawn",
            "reopened",
        ]

    def test_all_fields_are_kept(self, imported: Path) -> None:
        with across_desks("look"):
            event = CaseEvent.objects.select_related("location").get(kind="answered_alternative")
        assert event.imported
        assert event.location is not None
        assert (event.location.external_id, event.start_on, event.parts) == ("L2", date(2024, 11, 4), 0b101)
        assert event.reply_by_on == date(2024, 3, 15)


class TestNothingStarts:
    def test_no_message_no_term_and_no_job(self, imported: Path) -> None:
        jobs = ProcrastinateJob.objects.count()
        with across_desks("look"):
            assert [model.objects.count() for model in (Message, Inquiry, Sending)] == [0, 0, 0]
            assert set(CareRequest.objects.values_list("confirmed_current_on", flat=True)) == {None}
        assert jobs == 0

    def test_open_requests_come_once_as_a_task_to_take_over(self, folder: Path) -> None:
        add_event(folder, request="R4", at="2024-09-01T10:00:00Z", kind="reopened")
        assert bring_in(folder).to_take_over == 1
        assert bring_in(folder).to_take_over == 0
        with across_desks("look"):
            (task,) = DeskTask.objects.select_related("request", "desk")
        assert task.request is not None
        assert (task.kind, task.request.external_id, task.desk.slug) == (TaskKind.TAKE_OVER, "R4", "polder")
        assert (task.due_on, task.done_at) == (date(2026, 3, 2), None)

    def test_the_log_says_for_each_desk_that_something_came_in_and_nothing_when_not(self, folder: Path) -> None:
        bring_in(folder)
        bring_in(folder)
        with across_desks("look"):
            logged = AuditEvent.objects.filter(action="exchange.import")
            assert sorted(logged.values_list("desk__slug", flat=True)) == ["kust", "polder"]


class TestDesksAndLocations:
    def test_a_desk_gets_its_settings_for_its_whole_past(self, imported: Path) -> None:
        desk = Desk.objects.get(slug="polder")
        assert (desk.name, desk.operator, desk.territory) == ("Loket Polder", "Aalter", ["44001", "44029"])
        with across_desks("look"):
            in_force = procedure_in_force(desk.id, date(2014, 4, 1))
        assert (in_force.number, in_force.procedure.mode) == (1, DeskMode.DESK_ONLY)
        assert in_force.procedure.report_row == ReportRow.RESIDENCE

    def test_a_desk_sees_the_locations_of_its_territory_and_those_that_its_requests_name(self, imported: Path) -> None:
        with across_desks("look"):
            seen = LocationInDesk.objects.values_list("desk__slug", "location__external_id", "relation")
            # L2 lies in the municipality that both old codes of polder became.
            assert set(seen) == {("kust", "L1", "home"), ("kust", "L2", "view"), ("polder", "L2", "home")}

    def test_a_location_has_one_home_when_two_territories_hold_it(self, folder: Path) -> None:
        set_cell(folder, "desks.csv", 3, "territory", "44001|35013")
        assert bring_in(folder).ok
        with across_desks("look"):
            seen = LocationInDesk.objects.filter(location__external_id="L1").values_list("desk__slug", "relation")
            assert set(seen) == {("kust", "home"), ("polder", "view")}

    def test_a_new_location_comes_home_to_a_desk_that_was_there(self, imported: Path) -> None:
        (imported / "meta.csv").write_text("source\nander systeem\n", encoding="utf-8")
        assert bring_in(imported).ok
        with across_desks("look"):
            again = LocationInDesk.objects.filter(location__source="ander systeem", location__external_id="L1")
            assert set(again.values_list("desk__slug", "relation")) == {("kust", "home")}

    def test_addresses_of_locations_differ_also_for_equal_and_unwritable_names(self, folder: Path) -> None:
        set_cell(folder, "locations.csv", 2, "name", "سارة")
        set_cell(folder, "locations.csv", 3, "name", "子")
        assert bring_in(folder).ok
        assert set(Location.objects.values_list("slug", flat=True)) == {"opvang", "opvang-2"}

    def test_opening_hours_past_midnight_are_kept_within_each_day(self, folder: Path) -> None:
        set_cell(folder, "locations.csv", 2, "opening", "zo 20:00-06:00|ma 05:00-18:00|ma 17:00-24:00")
        assert bring_in(folder).ok
        hours = OpeningHours.objects.order_by("weekday", "opens").values_list("weekday", "opens", "closes")
        assert list(hours) == [(0, 0, 1440), (6, 1200, 1440)]


def test_the_clock_of_the_import_is_the_one_that_was_given(imported: Path) -> None:
    assert set(Desk.objects.values_list("created_at", flat=True)) == {NOW}
