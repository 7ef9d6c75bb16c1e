"""Brothers and sisters for whom a family asked places together: all of them at one location, or none (SPEC §4)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.lines.locking import OfferNotFound
from opvangloket.domains.distribution.models import Offer
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.care_requests import SEARCHING_STATES
from opvangloket.rules.offers import OfferState
from opvangloket.rules.wording import dutch_list


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another child of the same question that still has no place, and its open offer at the same location."""

    name: str
    offer_id: UUID | None


class SiblingsMissing(OpvangloketError):
    """The family asked places together, and not every child has an offer of this location."""

    code = "siblings_missing"

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(
            f"Je vroeg een plaats voor al je kinderen samen. Er is hier nog geen voorstel voor {dutch_list(names)}."
        )
        self.names = names


def siblings_of_offer(offer_id: UUID, *, today: date) -> tuple[Sibling, ...]:
    """Return the other children that have to come along with an offer; none when the family did not ask so.

    A child that found a place, or for whom nobody searches any more, waits for nobody. Raises OfferNotFound outside
    the scope.
    """
    offer = _offer(offer_id)
    if not offer.request.siblings_together:
        return ()
    with scope(DeskScope(offer.desk_id)):
        others = CareRequest.objects.filter(siblings_id=offer.request.siblings_id, state__in=SEARCHING_STATES)
        others = others.exclude(id=offer.request_id).select_related("child").order_by("id")
        here = Offer.objects.filter(request__in=others, location_id=offer.location_id, state=OfferState.OPEN)
        offers = dict(here.filter(reply_by_on__gte=today).values_list("request_id", "id"))
        return tuple(Sibling(other.child.first_name or "je andere kind", offers.get(other.id)) for other in others)


def lock_siblings_of(offer_id: UUID) -> None:
    """Lock the requests of all children of an offer's family that were asked with it, in the order of their ids.

    Two acts on brother and sister then wait for each other instead of for ever. Raises OfferNotFound.
    """
    offer = _offer(offer_id)
    if not offer.request.siblings_together:
        return
    with scope(DeskScope(offer.desk_id)):
        children = CareRequest.objects.filter(siblings_id=offer.request.siblings_id)
        list(children.select_for_update().order_by("id").values_list("id"))


def offers_to_accept(offer_id: UUID, *, apart: bool, today: date) -> tuple[UUID, ...]:
    """Return the offers that are taken at once; raise SiblingsMissing when one is not there, unless apart is fine."""
    siblings = () if apart else siblings_of_offer(offer_id, today=today)
    if missing := tuple(sibling.name for sibling in siblings if sibling.offer_id is None):
        raise SiblingsMissing(missing)
    return (offer_id, *(sibling.offer_id for sibling in siblings if sibling.offer_id))


def _offer(offer_id: UUID) -> Offer:
    offer = Offer.objects.select_related("request").filter(id=offer_id).first()
    if offer is None:
        raise OfferNotFound
    return offer
