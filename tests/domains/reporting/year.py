"""A year to report on: ten questions at the desk of Ninove for care in 2025, each with an end of its own.

Everything is asked and answered in the past of a town of March 2026, so the year is over and may be filed.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from tests.cast import GERAARDSBERGEN, SARA, Town

from opvangloket.domains.requests.actions import Registered
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import WeekPattern

YEAR = 2025
AS_OF = date(2026, 2, 28)
START = date(2025, 9, 1)
# The numbers of the whole year as of the last of February; a number that is not named is zero.
EXPECTED = {
    "total": 10,
    "unanswered_no_offer": 2,
    "unanswered_declined": 1,
    "partly_later": 2,
    "partly_fewer": 2,
    "partly_both": 1,
    "found_elsewhere": 1,
    "unknown": 2,
    "urgent_total": 1,
    "urgent_unanswered": 1,
    "atypical_total": 1,
    "special_need_total": 1,
    "special_need_unanswered": 1,
    "vulnerable_total": 1,
    "vulnerable_unanswered": 1,
    "priority_total": 1,
    "priority_unanswered": 1,
}


@dataclass(frozen=True, slots=True)
class ReportedYear:
    """The questions of the year by what became of them."""

    answered: Registered
    later: Registered
    later_and_fewer: Registered
    fewer: Registered
    no_offer: Registered
    urgent_no_offer: Registered
    declined: Registered
    elsewhere: Registered
    open_offer: Registered
    withdrawn: Registered


def reported_year(here: Town) -> ReportedYear:
    """Make the year: Ninove serves Geraardsbergen too, and one family lives there, another nowhere near."""
    with across_desks("a desk that serves two municipalities"):
        here.ninove.territory = sorted({*here.ninove.territory, GERAARDSBERGEN})
        here.ninove.save(update_fields=["territory"])
    centre, mia = here.regenboog_centrum, here.mias_nestje
    year = ReportedYear(
        answered=ask(here, "Anna", pattern=WeekPattern.of("ma_vm", "za_vm")),
        later=ask(here, "Bram"),
        later_and_fewer=ask(here, "Cato", applicant=replace(SARA, residence_nis=GERAARDSBERGEN)),
        fewer=ask(here, "Daan"),
        no_offer=ask(
            here,
            "Emma",
            special_need=True,
            characteristics=frozenset({Characteristic.SINGLE_PARENT, Characteristic.LOW_INCOME}),
        ),
        urgent_no_offer=ask(
            here,
            "Fien",
            urgent_reason=UrgentReason.CRISIS_WITHOUT_CARE,
            now=datetime(2025, 8, 15, 9, tzinfo=UTC),
        ),
        declined=ask(here, "Gust"),
        elsewhere=ask(here, "Hanne"),
        open_offer=ask(here, "Ilias"),
        withdrawn=ask(here, "Kaat"),
    )
    half = WeekPattern.of("ma_vm", "ma_nm").mask
    for asked, location, terms in (
        (year.answered, centre, {}),
        (year.later, centre, {"start_on": date(2025, 11, 1)}),
        (year.later_and_fewer, mia, {"start_on": date(2025, 10, 1), "parts": half}),
        (year.fewer, mia, {"parts": half}),
    ):
        happened(asked, "2025-06-20", EventKind.PLACED_DIRECTLY, location_id=location.id, **terms)
    happened(year.no_offer, "2025-10-01", EventKind.SEARCH_ENDED)
    happened(year.urgent_no_offer, "2025-09-15", EventKind.STILL_SEARCHING)
    happened(year.declined, "2025-06-20", EventKind.ANSWERED_YES, location_id=centre.id)
    happened(year.declined, "2025-06-25", EventKind.OFFER_DECLINED, location_id=centre.id)
    happened(year.declined, "2025-10-01", EventKind.SEARCH_ENDED)
    happened(year.elsewhere, "2025-07-01", EventKind.FOUND_ELSEWHERE)
    happened(year.open_offer, "2026-02-20", EventKind.ANSWERED_YES, location_id=mia.id)
    ask(here, "Juul", start_on=date(2026, 2, 1))
    happened(year.withdrawn, "2025-07-01", EventKind.WITHDRAWN)
    return year


def ask(
    here: Town, first_name: str, *, now: datetime = datetime(2025, 5, 5, 9, tzinfo=UTC), **facts: Any
) -> Registered:
    """Let a family ask care for this child from September 2025."""
    question = here.noor(**({"start_on": START} | facts))
    child = replace(question.child, first_name=first_name, birth_on=now.date() - timedelta(days=90), due_on=None)
    return here.ask(replace(question, child=child), now=now)


def happened(asked: Registered, on: str, kind: EventKind, **facts: Any) -> None:
    """Write down what happened to a question at noon of a day."""
    with across_desks("a test tells what happened"), transaction.atomic():
        request = CareRequest.objects.get(id=asked.request_id)
        at = datetime.fromisoformat(f"{on}T12:00").replace(tzinfo=UTC)
        append_event(request=request, at=at, kind=kind, by="desk_worker", **facts)
