"""The children that have a place at an organiser's locations: after acceptance with their whole file (SPEC §5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Q, QuerySet, When

from opvangloket.domains.distribution.care.course import at_school_by_now, may_be_there
from opvangloket.domains.distribution.care.reading import Care, care_of, with_care
from opvangloket.domains.distribution.inbox.questions import AskingFamily, asking_family
from opvangloket.domains.distribution.lines.facts import born_on
from opvangloket.domains.distribution.lines.locking import PlacementNotFound
from opvangloket.domains.distribution.models import Placement, PlacementState
from opvangloket.foundation.geography import name_of_code
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.references import normalise
from opvangloket.rules.school_entry import latest_school_entry, may_be_at_school

__all__ = ["PER_PAGE", "PlacedChild", "PlacedPage", "PlacementState", "placed_child", "placed_children"]

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedChild:
    """A child with a place: who it is, how to reach its family, and what was agreed and confirmed."""

    placement_id: UUID
    reference: str
    location_id: UUID
    location_slug: str
    location_name: str
    desk_name: str
    state: PlacementState
    family: AskingFamily
    address: str
    born_on: date
    is_born: bool
    school_from: date
    agreed_on: date
    is_direct: bool
    start_on: date
    end_on: date | None
    pattern: WeekPattern
    message: str
    support_needed: str
    confirmed_at: datetime | None
    confirmed_start_on: date | None
    confirmed_pattern: WeekPattern | None
    care: Care

    @property
    def real_start_on(self) -> date:
        """The start in force: as confirmed, else as agreed."""
        return self.confirmed_start_on or self.start_on

    def may_be_at_school(self, today: date) -> bool:
        """Tell whether nobody said until when the child stays, and it has been able to go to school since."""
        return self.end_on is None and may_be_at_school(self.born_on, self.start_on, today)

    @property
    def real_pattern(self) -> WeekPattern:
        """The days in force: as confirmed, else as agreed."""
        return self.confirmed_pattern or self.pattern


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One page of placed children, how many there are on all pages, and how many began without being confirmed."""

    children: tuple[PlacedChild, ...]
    total: int
    to_confirm: int


def placed_children(location_ids: Collection[UUID], *, today: date, page: int = 1) -> PlacedPage:
    """Return the children that are there or will come: whose start is not confirmed yet first, then by start.

    Who may be at school by now comes last. A child whose care ended is there until its last day, and one without a written end until it is long at school.
    """
    rows = _rows().filter(may_be_there(today), location_id__in=location_ids)
    is_confirmed = ExpressionWrapper(Q(confirmed_at__isnull=False), output_field=BooleanField())
    is_grown = Case(When(at_school_by_now(today), then=True), default=False)
    in_order = rows.order_by(is_confirmed, is_grown, "start_on", "id")
    shown = in_order[(page - 1) * PER_PAGE : page * PER_PAGE]
    began = Count("id", filter=Q(confirmed_at=None, start_on__lte=today))
    counts = rows.aggregate(total=Count("id"), to_confirm=began)
    return PlacedPage(tuple(_placed_child(row) for row in shown), **counts)


def placed_child(reference: str, location_slug: str) -> PlacedChild:
    """Return the latest place of a child at one location; raise PlacementNotFound outside the scope."""
    rows = _rows().filter(request__reference=normalise(reference), location__slug=location_slug)
    row = rows.order_by("-agreed_at", "-id").first()
    if row is None:
        raise PlacementNotFound
    return _placed_child(row)


def _rows() -> QuerySet[Placement]:
    return with_care(Placement.objects.select_related("desk", "location", "offer", "request__applicant"))


def _placed_child(row: Placement) -> PlacedChild:
    request, born = row.request, born_on(row.request)
    care = care_of(row)
    return PlacedChild(
        placement_id=row.id,
        reference=request.reference,
        location_id=row.location_id,
        location_slug=row.location.slug,
        location_name=row.location.name,
        desk_name=row.desk.name,
        state=PlacementState(row.state),
        family=asking_family(request),
        address=_address(row),
        born_on=born,
        is_born=request.child.birth_on is not None,
        school_from=latest_school_entry(born),
        agreed_on=brussels_date(row.agreed_at),
        is_direct=row.offer_id is None and not care.moved_from,
        start_on=row.start_on,
        end_on=row.end_on,
        pattern=WeekPattern(row.parts),
        message=request.message_to_locations,
        support_needed=request.support_needed if request.support_shared else "",
        confirmed_at=row.confirmed_at,
        confirmed_start_on=row.confirmed_start_on,
        confirmed_pattern=WeekPattern(row.confirmed_parts) if row.confirmed_parts else None,
        care=care,
    )


def _address(row: Placement) -> str:
    applicant = row.request.applicant
    street = f"{applicant.street} {applicant.house_number}".strip()
    town = name_of_code(applicant.residence_nis) if applicant.residence_nis else ""
    return ", ".join(part for part in (street, f"{applicant.postcode} {town}".strip()) if part)
