"""In which order a location takes its open questions: the law, its own published criteria, the start, a lot (SPEC §7).

The organiser decides; this says what its own rules say, with the reason of each place and never the facts behind it.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.inbox.questions import contender_of
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.admission_policy import criteria_in_force
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.location_order import OWN_CRITERIA, LocationRules, location_order


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an open question in the order of its location, from 1 on, and why."""

    position: int
    reasons: tuple[str, ...]


def own_order(location_ids: Collection[UUID], *, today: date) -> dict[UUID, Place]:
    """Return the place of every question that waits at these locations, by inquiry, in a fixed number of queries.

    A brother or sister counts as the family told it. The lot comes from the reference of the question and the name of
    the location in its address: nobody chooses either, and the lot never changes.
    """
    waiting = Inquiry.objects.filter(location_id__in=location_ids, state=InquiryState.SENT)
    at_location: defaultdict[UUID, list[Inquiry]] = defaultdict(list)
    for inquiry in waiting.select_related("wish", "location", "request"):
        at_location[inquiry.location_id].append(inquiry)
    criteria = criteria_in_force(at_location.keys(), today)
    places: dict[UUID, Place] = {}
    for location_id, inquiries in at_location.items():
        location = inquiries[0].location
        rules = LocationRules(
            subsidy_step=location.subsidy_step,
            seed=location.slug,
            own_criteria=tuple(OWN_CRITERIA[key] for key in criteria.get(location_id, ())),
        )
        inquiry_of = {inquiry.request.reference: inquiry.id for inquiry in inquiries}
        order = location_order((contender_of(inquiry, sibling_here=True) for inquiry in inquiries), rules)
        places |= {
            inquiry_of[standing.reference]: Place(position, standing.reasons)
            for position, standing in enumerate(order, start=1)
        }
    return places
