"""Rows as the values that the rules read: the child's age, the week that is asked, the place that is meant."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.places.taking import Place
from opvangloket.domains.requests.models import CareRequest, WishVersion
from opvangloket.rules.alternatives import Flexibility, Wish
from opvangloket.rules.differences import Asked
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.school_entry import care_period

# In the order of `named_child`.
NAMES_OF_CHILD_AND_APPLICANT: Final = (
    "child__first_name",
    "child__last_name",
    "applicant__first_name",
    "applicant__last_name",
)


def born_on(request: CareRequest) -> date:
    """Return when the child was born, or is expected."""
    day = request.child.birth_on or request.child.due_on
    assert day is not None  # noqa: S101 - the constraint child_born_or_expected
    return day


def place_at(location_id: UUID, request: CareRequest, *, start_on: date, end_on: date | None, parts: int) -> Place:
    """Return the place that a week at a location takes for the child of a request.

    A week as asked takes both weeks of an alternating pattern: the place is needed in each of them.
    """
    born = born_on(request)
    other_week = request.other_week_parts or 0 if parts == request.parts else 0
    period = care_period(start_on, end_on, born_on=born)
    return Place(location_id=location_id, pattern=WeekPattern(parts | other_week), period=period, born_on=born)


def asked(wish: WishVersion) -> Asked:
    """Return what a family asked, to compare an offer with."""
    return Asked(
        start_on=wish.start_on,
        needed=WeekPattern(wish.parts),
        also=WeekPattern(wish.also_parts),
        parts_wanted=wish.parts_wanted,
    )


def wish_with_flexibility(request: CareRequest, wish: WishVersion) -> Wish:
    """Return what a family asks and what it could live with, to find the best that a location has."""
    born = born_on(request)
    return Wish(
        needed=WeekPattern(wish.parts),
        period=care_period(wish.start_on, wish.end_on, born_on=born),
        born_on=born,
        also_possible=WeekPattern(wish.also_parts),
        parts_wanted=wish.parts_wanted,
        flexibility=Flexibility(
            later_start_months=request.later_start_months,
            other_days=request.other_days_ok,
            fewer_days=request.part_of_week_ok,
        ),
    )


def hours_words(hours: Sequence[str]) -> str:
    """Write exact hours in words; empty when none were given."""
    return CareHours.parse("|".join(hours)).hours_words()


def child_words(request: CareRequest, *, named: bool) -> str:
    """Name the child for an organiser; without its name where the desk does not show families yet."""
    child = request.child
    if not named:
        return "een kindje"
    applicant = request.applicant
    return named_child(child.first_name, child.last_name, applicant.first_name, applicant.last_name)


def named_child(first_name: str, last_name: str, applicant_first_name: str, applicant_last_name: str) -> str:
    """Name the child, or who asks for it as long as it has no name."""
    if first_name:
        return f"{first_name} {last_name}".strip()
    return f"het kindje van {f'{applicant_first_name} {applicant_last_name}'.strip()}"
