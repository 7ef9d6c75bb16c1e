"""What a location can answer to all its open questions together: what one child is given, the next one misses (SPEC §5)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.answering.proposals import NOTHING_KNOWN, Proposal, at_the_hours, possible_beside
from opvangloket.domains.distribution.lines.facts import wish_with_flexibility
from opvangloket.domains.distribution.models import Inquiry, Offer
from opvangloket.domains.providers.place_hours import place_hours_of
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.rules.alternatives import Alternative, Wish, best_in_turn, taken_by
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.place_hours import PlaceHours


def proposals_together(inquiry_ids: Sequence[UUID], *, today: date) -> dict[UUID, Proposal]:
    """Return per inquiry what its location can best answer, so that all these answers can be given together.

    The inquiries are served in the order given, each at its own location. What a location offered one of these families
    itself counts as free. The number of queries does not depend on the number of questions.
    """
    rows = Inquiry.objects.filter(id__in=inquiry_ids).select_related("wish", "request__child")
    found = {row.id: row for row in rows}
    inquiries = [found[inquiry_id] for inquiry_id in inquiry_ids if inquiry_id in found]
    at_location: defaultdict[UUID, list[Inquiry]] = defaultdict(list)
    for inquiry in inquiries:
        at_location[inquiry.location_id].append(inquiry)
    supplies = supply_of(at_location.keys(), from_on=today, except_subjects=_own_offers(inquiries))
    hours_of = place_hours_of(supplies, today=today)
    proposals: dict[UUID, Proposal] = {}
    for location_id, asked in at_location.items():
        proposals |= _at_one_location(asked, supplies[location_id], hours_of)
    return proposals


def _own_offers(inquiries: Collection[Inquiry]) -> list[UUID]:
    """Return what these locations offered these families before: an answer takes its place."""
    pairs = {(inquiry.request_id, inquiry.location_id) for inquiry in inquiries}
    offers = Offer.objects.filter(request_id__in={request for request, _location in pairs})
    rows = offers.values_list("id", "request_id", "location_id")
    return [offer for offer, request, location in rows if (request, location) in pairs]


def _at_one_location(
    inquiries: Sequence[Inquiry], supply: LocationSupply, hours_of: Mapping[UUID, PlaceHours]
) -> dict[UUID, Proposal]:
    if not supply.is_counted:
        return {inquiry.id: NOTHING_KNOWN for inquiry in inquiries}
    wishes = [_wish(inquiry) for inquiry in inquiries]
    best = best_in_turn(wishes, supply.supply, supply.occupations)
    full = replace(supply, occupations=(*supply.occupations, *taken_by(wishes, best, supply.supply)))
    return {
        inquiry.id: _proposal(wish, alternative and at_the_hours(alternative, inquiry, hours_of), full)
        for inquiry, wish, alternative in zip(inquiries, wishes, best, strict=True)
    }


def _wish(inquiry: Inquiry) -> Wish:
    """Return what a family asks; a week that alternates needs the places of both weeks, and nothing else will do."""
    wish = wish_with_flexibility(inquiry.request, inquiry.wish)
    other_week = inquiry.request.other_week_parts
    if not other_week or inquiry.wish.parts != inquiry.request.parts:
        return wish
    return Wish(needed=wish.needed | WeekPattern(other_week), period=wish.period, born_on=wish.born_on)


def _proposal(wish: Wish, best: Alternative | None, supply: LocationSupply) -> Proposal:
    """Return the answer for one question; what else is possible is told only beside a no."""
    days, later = (None, None) if best else possible_beside(wish, supply)
    return Proposal(
        is_counted=True,
        fits=best is not None and best.is_as_asked,
        alternative=best,
        possible_pattern=days,
        possible_from_on=later,
    )
