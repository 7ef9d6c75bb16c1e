"""What a location's page lacks of the minimum that a desk asks: the licence decree's three, and what a town adds."""

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from opvangloket.domains.providers.models import Closing, Location, LocationPhoto, OpeningHours, Tariff
from opvangloket.rules.procedure import PageField

_HAS_HOURS: Final = Q(has_hours=True)
# A fixed price is only told with its amount; by income, the amount follows from the family.
_HAS_PRICE: Final = Q(tariff=Tariff.INCOME) | Q(price_day__isnull=False)
_TOLD_BY: Final[Mapping[PageField, Q]] = {
    PageField.OPENING_HOURS: _HAS_HOURS,
    PageField.CONTACT: ~Q(email="") | ~Q(phone=""),
    PageField.PRICE: _HAS_PRICE,
    PageField.TEXT: ~Q(text=""),
    PageField.PHOTO: Q(has_photo=True),
    PageField.CLOSING_DAYS: Q(has_closings=True),
    PageField.HOUSE_RULES: ~Q(house_rules_url=""),
}


def incomplete_pages(location_ids: Collection[UUID], minimum: Collection[PageField]) -> list[UUID]:
    """Return which of these locations lack something of the minimum, by name."""
    lacking = ~_told(minimum)
    return list(_looked_at(location_ids).filter(lacking).order_by("name", "id").values_list("id", flat=True))


def missing_fields(location_id: UUID, minimum: Collection[PageField]) -> tuple[PageField, ...]:
    """Return what the page of one location lacks of the minimum, in the order of the list."""
    fields = [field for field in PageField if field in minimum]
    told = {f"told_{field}": ExpressionWrapper(_TOLD_BY[field], BooleanField()) for field in fields}
    row = _looked_at([location_id]).annotate(**told).values(*told).first()
    return tuple(field for field in fields if row and not row[f"told_{field}"])


def _looked_at(location_ids: Collection[UUID]) -> QuerySet[Location]:
    own = {"location_id": OuterRef("id")}
    return Location.objects.filter(id__in=location_ids).annotate(
        has_hours=Exists(OpeningHours.objects.filter(**own)),
        has_closings=Exists(Closing.objects.filter(**own)),
        has_photo=Exists(LocationPhoto.objects.filter(**own)),
    )


def _told(minimum: Collection[PageField]) -> Q:
    """Return the condition under which a page tells all that is asked."""
    told = Q()
    for field in minimum:
        told &= _TOLD_BY[field]
    return told
