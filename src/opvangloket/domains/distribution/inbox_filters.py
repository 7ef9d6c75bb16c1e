"""Which of the questions that wait an organiser may want to see by themselves: those that fit, those that are urgent."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models.functions import Coalesce

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.supply import supply_of
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.school_entry import care_period


def that_fit(location_ids: Collection[UUID], *, today: date) -> frozenset[UUID]:
    """Return the inquiries that wait and of which every part that is needed is free for the whole of the care.

    Of a location that keeps no places here nothing is known, so none of its questions is among them. The number of
    queries does not depend on the number of questions.
    """
    supply = supply_of(location_ids, from_on=today)
    counted = [location_id for location_id, own in supply.items() if own.is_counted]
    born_on = Coalesce("request__child__birth_on", "request__child__due_on")
    columns = ("id", "location_id", "wish__parts", "wish__start_on", "wish__end_on", "born_on")
    return frozenset(
        inquiry
        for inquiry, location, parts, start_on, end_on, born in _waiting(counted)
        .annotate(born_on=born_on)
        .values_list(*columns)
        if supply[location].fits(WeekPattern(parts), care_period(start_on, end_on, born_on=born), born_on=born)
    )


def that_are_urgent(location_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return the inquiries that wait and are urgent (decree: an official reason, and a start within a month)."""
    return frozenset(_waiting(location_ids).filter(request__urgent=True).values_list("id", flat=True))


def _waiting(location_ids: Collection[UUID]) -> Any:
    return Inquiry.objects.filter(location_id__in=location_ids, state=InquiryState.SENT, sent_at__isnull=False)
