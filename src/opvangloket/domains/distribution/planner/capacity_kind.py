"""A location changes how it keeps its places: what it promised before is written down, so nothing is promised twice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from opvangloket.domains.distribution.care.course import in_order, is_there, places_of
from opvangloket.domains.distribution.change_proposals.proposed_places import proposed_places
from opvangloket.domains.distribution.lines.facts import place_at
from opvangloket.domains.distribution.models import ChangeProposal, Offer, Placement
from opvangloket.domains.distribution.places.changing import places_beside
from opvangloket.domains.distribution.places.taking import write_occupation
from opvangloket.domains.providers import upkeep
from opvangloket.domains.providers.models import CapacityKind, Occupation, OccupationKind
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.tenancy.queries import procedures_numbered
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.change_proposals import ProposalState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date


@transaction.atomic
def choose_capacity_kind(*, location_id: UUID, kind: CapacityKind, actor: Actor, now: datetime) -> None:
    """Choose how a location keeps its places, as `providers.upkeep.write_capacity_kind` does.

    As long as nothing was kept here, offers and placements took no place. From now on they do, also where together
    they are more than there is: a promise stays a promise.
    """
    upkeep.write_capacity_kind(location_id=location_id, kind=kind, actor=actor, now=now)
    if kind is CapacityKind.NONE:
        return
    with across_desks("the places of a location are the same for every desk that asks it"):
        _hold_open_offers(location_id, now)
        _occupy_placements(location_id, now)
        _hold_open_proposals(location_id, now)


def _hold_open_offers(location_id: UUID, now: datetime) -> None:
    """Hold a place for each open offer that should have one."""
    rows = Offer.objects.filter(_takes_nothing(), location_id=location_id, state=OfferState.OPEN)
    waiting = list(rows.select_related("request__child", "inquiry"))
    versions = {offer.id: (offer.desk_id, offer.inquiry.procedure_number) for offer in waiting}
    procedures = procedures_numbered(set(versions.values()))
    for offer in waiting:
        if procedures[versions[offer.id]].offer_holds_place:
            place = place_at(
                location_id, offer.request, start_on=offer.start_on, end_on=offer.end_on, parts=offer.parts
            )
            write_occupation(place, offer.id, OccupationKind.HOLD, now=now)
            Offer.objects.filter(id=offer.id).update(held=True)


def _occupy_placements(location_id: UUID, now: datetime) -> None:
    """Take the place of each running placement."""
    there = is_there(brussels_date(now))
    rows = Placement.objects.filter(_takes_nothing(), there, location_id=location_id)
    for placement in rows.select_related("request__child").prefetch_related(in_order()):
        for place in places_of(placement, placement.changes.all()):
            write_occupation(place, placement.id, OccupationKind.PLACEMENT, now=now)


def _hold_open_proposals(location_id: UUID, now: datetime) -> None:
    """Hold what a location proposed to families in care as theirs to take, and what they did not answer yet."""
    rows = ChangeProposal.objects.filter(_takes_nothing(), state=ProposalState.OPEN, holds_place=True)
    here = Q(location_id=location_id) | Q(location=None, placement__location_id=location_id)
    for proposal in rows.filter(here).select_related("placement__request__child", "placement__offer"):
        wanted = proposed_places(proposal.placement, proposal)
        for place in places_beside(wanted, proposal.placement_id):
            write_occupation(place, proposal.id, OccupationKind.HOLD, now=now)


def _takes_nothing() -> Combinable:
    return ~Exists(Occupation.objects.filter(subject_id=OuterRef("id")))
