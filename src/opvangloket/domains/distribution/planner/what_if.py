"""What if a location takes this child? Answered from the same places as the act itself would count (SPEC §6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.lines.facts import place_at
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.distribution.models import Inquiry, Offer
from opvangloket.domains.distribution.places.taking import Place
from opvangloket.domains.providers.models import CapacityKind
from opvangloket.domains.providers.place_hours import place_hours_of
from opvangloket.domains.providers.supply import supply_of
from opvangloket.rules import what_if as rule
from opvangloket.rules.alternatives import Alternative, Flexibility, Wish, best_alternative
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.patterns import CareHours
from opvangloket.rules.what_if import WhatIf


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What taking a child would change; `best` is what fits when the week as meant does not, or None."""

    place: Place
    effect: WhatIf
    best: Alternative | None


def suppose_taken(
    place: Place, *, hours: CareHours = NO_HOURS, today: date, months: int, instead_of: Collection[UUID] = ()
) -> Supposed | None:
    """Return what changes when a place is taken at these hours; None for a location that does not plan here.

    `instead_of` are the offers that the new place would replace: what they hold counts as free.
    """
    supply = supply_of([place.location_id], from_on=today, except_subjects=instead_of)[place.location_id]
    if supply.kind is not CapacityKind.PLAN:
        return None
    place_hours = place_hours_of({place.location_id: supply}, today=today)[place.location_id]
    effect = rule.what_if(
        place.pattern,
        place.period,
        supply.supply,
        supply.occupations,
        born_on=place.born_on,
        from_on=today,
        months=months,
        place_hours=place_hours,
        hours=hours,
    )
    if effect.fits:
        return Supposed(place=place, effect=effect, best=None)
    flexible = Flexibility(later_start_months=12, other_days=True, fewer_days=True)
    wish = Wish(needed=place.pattern, period=place.period, born_on=place.born_on, flexibility=flexible)
    best = best_alternative(wish, supply.supply, supply.occupations)
    return Supposed(place=place, effect=effect, best=best and place_hours.proposed(best, hours, fewer_days=True))


def suppose_asked(inquiry_id: UUID, *, today: date, months: int) -> Supposed | None:
    """Return what changes when a location says yes to a question; raise InquiryNotFound outside the scope."""
    inquiry = Inquiry.objects.select_related("wish", "request__child").filter(id=inquiry_id).first()
    if inquiry is None:
        raise InquiryNotFound
    wish = inquiry.wish
    own_offers = Offer.objects.filter(request_id=inquiry.request_id, location_id=inquiry.location_id)
    place = place_at(inquiry.location_id, inquiry.request, start_on=wish.start_on, end_on=wish.end_on, parts=wish.parts)
    return suppose_taken(
        place,
        hours=CareHours.parse("|".join(wish.hours)),
        today=today,
        months=months,
        instead_of=list(own_offers.values_list("id", flat=True)),
    )
