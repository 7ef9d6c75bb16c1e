"""From the address of a family to its requests at the desk in scope, and back."""

from uuid import UUID

from opvangloket.domains.requests.models import CareRequest, SetAside
from opvangloket.rules.references import normalise


def requests_of_address(address: str) -> frozenset[UUID]:
    """Return the requests whose applicant reads mail at this address, and those in which theirs were merged.

    Two parents who asked for the same child both follow the one request that remains (SPEC §4).
    """
    if not address:
        return frozenset()
    own = frozenset(CareRequest.objects.filter(applicant__email__iexact=address).values_list("id", flat=True))
    found = merged = own
    while merged:
        into = SetAside.objects.filter(request_id__in=merged, undone_at=None).exclude(into=None)
        merged = frozenset(into.values_list("into_id", flat=True)) - found
        found |= merged
    return found


def address_of_reference(reference: str) -> str:
    """Return the mail address behind a reference, however typed; empty when there is none."""
    request = CareRequest.objects.filter(reference=normalise(reference)).select_related("applicant").first()
    return request.applicant.email if request else ""
