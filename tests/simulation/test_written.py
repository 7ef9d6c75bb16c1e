"""A written town holds by the rules of the house that reads it: places, terms, reports, sweeps."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.simulation.conftest import TODAY

from opvangloket.domains.distribution.models import Inquiry, Offer, Placement, SweepStep
from opvangloket.domains.distribution.sweeps import run_sweeps
from opvangloket.domains.providers.models import CapacityKind, Location, Occupation, OccupationKind, Vacancy
from opvangloket.domains.providers.supply import supply_of
from opvangloket.domains.reporting.queries import annual_report
from opvangloket.domains.requests.duplicates import keys_of
from opvangloket.domains.requests.models import CareRequest, CaseEvent, DeskTask, WishVersion
from opvangloket.domains.requests.sweeps import sweep_duplicates, sweep_unverified
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.capacity import AgeGroup, free_timeline
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import Period, brussels_midnight
from opvangloket.simulation.making import MadeTown
from opvangloket.simulation.supply.staff import DEMO_TOTP_SECRET

NOW = brussels_midnight(TODAY)
pytestmark = pytest.mark.usefixtures("written")


def test_everything_that_was_made_is_written(written: MadeTown) -> None:
    assert CareRequest.objects.count() == written.counts["carerequest"] > 1_000
    assert CaseEvent.ever.count() == written.counts["caseevent"]
    assert Inquiry.objects.count() == written.counts["inquiry"]
    assert Vacancy.objects.count() == written.counts["vacancy"] > 0


def test_deferred_constraints_hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_places_never_go_under_zero_by_the_rules_themselves() -> None:
    locations = Location.objects.exclude(capacity_kind=CapacityKind.NONE).values_list("id", flat=True)
    horizon = Period(TODAY - timedelta(days=2 * 366), TODAY + timedelta(days=4 * 366))

    for supply in supply_of(list(locations)).values():
        pools = {row.age_group for row in supply.supply.effective} or {AgeGroup.MIXED}
        for pool in pools:
            slices = free_timeline(supply.supply, supply.occupations, horizon, age_group=pool)
            assert all(min(found.places) >= 0 for found in slices)


def test_planned_places_are_nearly_all_taken() -> None:
    planning = Location.objects.filter(capacity_kind=CapacityKind.PLAN, closed_on=None).values_list("id", flat=True)
    effective = taken = 0
    for supply in supply_of(list(planning)).values():
        day = Period(TODAY + timedelta(days=30), TODAY + timedelta(days=31))
        [found] = free_timeline(supply.supply, supply.occupations, day)
        effective += sum(found.effective)
        taken += sum(found.occupied) + sum(found.held)

    assert 0.78 < taken / effective < 0.97


def test_open_offers_hold_and_standing_placements_occupy() -> None:
    held = set(Occupation.objects.filter(kind=OccupationKind.HOLD).values_list("subject_id", flat=True))
    occupied = set(Occupation.objects.filter(kind=OccupationKind.PLACEMENT).values_list("subject_id", flat=True))

    assert held == set(Offer.objects.filter(state=OfferState.OPEN, held=True).values_list("id", flat=True))
    standing = Placement.objects.exclude(state="undone").exclude(location__capacity_kind=CapacityKind.NONE)
    assert occupied == set(standing.values_list("id", flat=True))


def test_the_original_question_is_the_first_wish() -> None:
    for wish in WishVersion.objects.filter(number=1).select_related("request"):
        request = wish.request
        assert (wish.start_on, wish.parts, wish.hours) == (request.start_on, request.parts, request.hours)


def test_requests_keep_the_keys_under_which_the_same_child_is_found() -> None:
    for request in CareRequest.objects.select_related("child", "applicant")[:200]:
        assert request.identity_keys == keys_of(request)


def test_the_report_counts_what_happened() -> None:
    desk = Desk.objects.get(slug="ninove")
    with scope(DeskScope(desk.id)):
        report = annual_report(desk.id, year=2025)

    [row] = report.rows
    numbers = {code: number or 0 for code, number in row.numbers.items()}
    unanswered = numbers["unanswered_no_offer"] + numbers["unanswered_declined"]
    assert 300 < numbers["total"] < 500
    assert 0.27 < unanswered / numbers["total"] < 0.47
    for category in ("urgent", "atypical", "priority", "vulnerable", "special_need"):
        assert 0 < numbers[f"{category}_total"] < numbers["total"] / 2
    assert numbers["priority_total"] > numbers["vulnerable_total"]


def test_the_first_sweeps_find_almost_nothing_to_catch_up() -> None:
    counts = run_sweeps(now=NOW)

    assert sum(counts.values()) < 40
    assert counts["sweep_overdue"] + counts["sweep_call_organisers"] + counts["sweep_silent_families"] < 12
    assert sweep_duplicates(now=NOW) == 0
    assert sweep_unverified(now=NOW) <= 2
    assert not any(run_sweeps(now=NOW).values())


def test_steps_that_sweeps_take_once_are_remembered() -> None:
    overdue = Inquiry.objects.filter(state="sent", due_on__lt=TODAY - timedelta(days=1))
    for inquiry in overdue:
        assert SweepStep.objects.filter(subject_id=inquiry.id, step="overdue").exists()


def test_open_tasks_are_about_what_is_still_open() -> None:
    still = {RequestState.OPEN, RequestState.REGISTERED, RequestState.PLACED}
    states = DeskTask.objects.filter(done_at=None).values_list("request__state", flat=True)

    assert Counter(states)
    assert set(states) <= {state.value for state in still}


def test_nobody_real_is_mailed() -> None:
    assert not Message.objects.exclude(recipient__endswith=".example").exists()
    for request in CareRequest.objects.select_related("applicant"):
        assert request.applicant.email == "" or request.applicant.email.endswith(".example")


def test_the_lead_of_a_desk_has_a_second_factor() -> None:
    desk = Desk.objects.get(slug="ninove")
    with scope(DeskScope(desk.id)):
        leads = [membership.account for membership in desk.memberships.filter(role="desk_lead")]

    assert [(lead.name, lead.totp_secret) for lead in leads] == [("Karel Wouters", DEMO_TOTP_SECRET)]
    assert leads[0].totp_confirmed_at is not None
    assert leads[0].totp_confirmed_at.date() < date(2026, 1, 1)
