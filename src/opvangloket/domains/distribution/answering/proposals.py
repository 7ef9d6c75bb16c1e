"""What a location can best answer to a question, by its own places: the answer page starts from it (SPEC §5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.lines.facts import wish_with_flexibility
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.distribution.models import Inquiry, Offer
from opvangloket.domains.providers.place_hours import place_hours_of
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.rules.alternatives import Alternative, Flexibility, Wish, best_alternative, best_for_each
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.place_hours import PlaceHours

# What a family may take after a no: other or fewer days from its own start, or its own week later.
_BEYOND: Final = (Flexibility(other_days=True, fewer_days=True), Flexibility(later_start_months=24))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What fits at a location. Without places kept here nothing is known: `is_counted` is false, the rest empty.

    `alternative` is the best week within what the family accepts. `possible_pattern` and `possible_from_on` are what
    is possible beyond that: which of the asked or other days from the asked start, and when the asked week first fits.
    """

    is_counted: bool
    fits: bool
    alternative: Alternative | None
    possible_pattern: WeekPattern | None
    possible_from_on: date | None


NOTHING_KNOWN: Final = Proposal(
    is_counted=False, fits=False, alternative=None, possible_pattern=None, possible_from_on=None
)


def proposal_for(inquiry_id: UUID, *, today: date) -> Proposal:
    """Return what the location of an inquiry can best answer; what it offered this family itself counts as free."""
    inquiry = Inquiry.objects.select_related("wish", "request__child").filter(id=inquiry_id).first()
    if inquiry is None:
        raise InquiryNotFound
    own_offers = Offer.objects.filter(request_id=inquiry.request_id, location_id=inquiry.location_id)
    supply = supply_of(
        [inquiry.location_id], from_on=today, except_subjects=list(own_offers.values_list("id", flat=True))
    )[inquiry.location_id]
    if not supply.is_counted:
        return NOTHING_KNOWN

    wish = wish_with_flexibility(inquiry.request, inquiry.wish)
    best = best_alternative(wish, supply.supply, supply.occupations)
    alternative = best and at_the_hours(best, inquiry, place_hours_of({inquiry.location_id: supply}, today=today))
    days, later = possible_beside(wish, supply)
    return Proposal(
        is_counted=True,
        fits=alternative is not None and alternative.is_as_asked,
        alternative=alternative,
        possible_pattern=days,
        possible_from_on=later,
    )


def at_the_hours(best: Alternative, inquiry: Inquiry, hours_of: Mapping[UUID, PlaceHours]) -> Alternative | None:
    """Return a week that fits with the hours that its place has; None when those have nothing of what is asked."""
    asked = CareHours.parse("|".join(inquiry.wish.hours))
    place = hours_of[inquiry.location_id]
    return place.proposed(best, asked, fewer_days=inquiry.request.part_of_week_ok)


def possible_beside(wish: Wish, supply: LocationSupply) -> tuple[WeekPattern | None, date | None]:
    """Return which days would fit from the asked start, and when the asked week first fits; None where nothing does."""
    other_days, later = best_for_each(_BEYOND, wish, supply.supply, supply.occupations)
    starts_later = later is not None and later.period.start > wish.period.start
    return other_days.pattern if other_days else None, later.period.start if later and starts_later else None
