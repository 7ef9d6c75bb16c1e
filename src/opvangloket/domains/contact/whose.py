"""Of which organisers something is that only its reference names: news that they got, a complaint that they follow."""

from uuid import UUID

from opvangloket.domains.contact.models import Complaint, NewsRecipient
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.references import normalise


def organisers_of_reference(reference: str) -> frozenset[UUID]:
    """Return the organisers that got the news, or made or answer the complaint, with this reference.

    Only ids come out, to compare with those at which somebody has a role.
    """
    known = normalise(reference)
    with across_desks("whoever works for several organisers is told for which one a link is"):
        told = NewsRecipient.objects.filter(item__reference=known).values_list("organiser_id", flat=True)
        about = Complaint.objects.filter(reference=known).values_list("organiser_id", "location__organiser_id")
        return frozenset(told) | {one for row in about for one in row if one is not None}
