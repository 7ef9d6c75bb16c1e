"""What families ask of a running care, as their location reads it: which wait for an answer, and whether they fit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.change_proposals.proposed_places import proposed_places
from opvangloket.domains.distribution.lines.facts import NAMES_OF_CHILD_AND_APPLICANT, named_child
from opvangloket.domains.distribution.lines.listing import locations_of_desk
from opvangloket.domains.distribution.models import ChangeProposal, Placement
from opvangloket.domains.distribution.places.changing import places_beside
from opvangloket.domains.distribution.places.taking import PlaceTaken, check_places
from opvangloket.domains.providers.own_locations import NamedLocation
from opvangloket.rules.change_proposals import ProposalState, Proposer


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChange:
    """A family that waits for its location."""

    reference: str
    location_slug: str
    child_words: str
    reply_by_on: date


def asked_changes(location_ids: Collection[UUID], *, today: date) -> tuple[AskedChange, ...]:
    """Return the families in care that asked for other days and wait for an answer, the first to lapse first."""
    rows = ChangeProposal.objects.filter(
        state=ProposalState.OPEN,
        asked_by=Proposer.FAMILY,
        reply_by_on__gte=today,
        placement__location_id__in=location_ids,
    )
    request = "placement__request__"
    found = rows.order_by("reply_by_on", "id").values_list(
        f"{request}reference",
        "placement__location__slug",
        "reply_by_on",
        *(f"{request}{name}" for name in NAMES_OF_CHILD_AND_APPLICANT),
    )
    return tuple(
        AskedChange(reference=reference, location_slug=slug, child_words=named_child(*names), reply_by_on=reply_by_on)
        for reference, slug, reply_by_on, *names in found
    )


def why_it_does_not_fit(proposal_id: UUID) -> str:
    """Return what is not free of a change that a family asks, in words; empty when it fits, or nothing is counted."""
    rows = ChangeProposal.objects.select_related("placement__request__child", "placement__offer")
    proposal = rows.filter(id=proposal_id).first()
    if proposal is None:
        return ""
    wanted = proposed_places(proposal.placement, proposal)
    try:
        check_places(places_beside(wanted, proposal.placement_id))
    except PlaceTaken as taken:
        return taken.message
    return ""


def own_locations_beside(placement_id: UUID, *, today: date) -> tuple[NamedLocation, ...]:
    """Return the other locations of a placement's organiser that its desk sees, by name: there a child could go."""
    placement = Placement.objects.select_related("location").filter(id=placement_id).first()
    if placement is None:
        return ()
    seen = locations_of_desk(placement.desk_id, today=today).filter(organiser_id=placement.location.organiser_id)
    rows = seen.exclude(id=placement.location_id).order_by("name")
    return tuple(NamedLocation(*row) for row in rows.values_list("id", "slug", "name"))
