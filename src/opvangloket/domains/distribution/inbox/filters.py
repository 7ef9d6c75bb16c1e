"""Which of the questions that wait an organiser may want to see by themselves: those that fit, those that are urgent."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models.functions import Coalesce

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.place_hours import place_hours_of
from opvangloket.domains.providers.supply import supply_of
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.school_entry import care_period


class _Asked(NamedTuple):
    """What a question asks of places: its columns, in order, and the child's birthday or due date."""

    id: UUID
    location_id: UUID
    wish__parts: int
    wish__start_on: date
    wish__end_on: date | None
    wish__hours: list[str]
    born_on: date

    @property
    def pattern(self) -> WeekPattern:
        return WeekPattern(self.wish__parts)

    @property
    def period(self) -> Period:
        return care_period(self.wish__start_on, self.wish__end_on, born_on=self.born_on)

    @property
    def hours(self) -> CareHours:
        return CareHours.parse("|".join(self.wish__hours))


def that_fit(location_ids: Collection[UUID], *, today: date) -> frozenset[UUID]:
    """Return the inquiries that wait and of which all that is needed is free for the whole of the care, hours too.

    Of a location that keeps no places here nothing is known, so none of its questions is among them. The number of
    queries does not depend on the number of questions.
    """
    supply = supply_of(location_ids, from_on=today)
    counted = [location_id for location_id, own in supply.items() if own.is_counted]
    born_on = Coalesce("request__child__birth_on", "request__child__due_on")
    rows = _waiting(counted).annotate(born_on=born_on).values_list(*_Asked._fields)
    by_parts = [
        asked
        for asked in map(_Asked._make, rows)
        if supply[asked.location_id].fits(asked.pattern, asked.period, born_on=asked.born_on)
    ]
    hours_of = place_hours_of({asked.location_id: supply[asked.location_id] for asked in by_parts}, today=today)
    return frozenset(
        asked.id for asked in by_parts if hours_of[asked.location_id].admits(asked.pattern, asked.period, asked.hours)
    )


def that_are_urgent(location_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return the inquiries that wait and are urgent (decree: an official reason, and a start within a month)."""
    return frozenset(_waiting(location_ids).filter(request__urgent=True).values_list("id", flat=True))


def _waiting(location_ids: Collection[UUID]) -> Any:
    return Inquiry.objects.filter(location_id__in=location_ids, state=InquiryState.SENT, sent_at__isnull=False)
