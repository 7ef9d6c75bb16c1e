"""From the address of a family to its requests at the desk in scope, and back."""

from uuid import UUID

from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.references import normalise


def requests_of_address(address: str) -> frozenset[UUID]:
    """Return the requests whose applicant reads mail at this address."""
    if not address:
        return frozenset()
    return frozenset(CareRequest.objects.filter(applicant__email__iexact=address).values_list("id", flat=True))


def address_of_reference(reference: str) -> str:
    """Return the mail address behind a reference, however typed; empty when there is none."""
    request = CareRequest.objects.filter(reference=normalise(reference)).select_related("applicant").first()
    return request.applicant.email if request else ""
