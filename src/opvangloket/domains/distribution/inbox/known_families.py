"""Whether a family at the door of a location asked there already, as far as the location may know (SPEC §5)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.domains.distribution.inbox.rows import InboxFilter, inbox
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.requests.duplicates import identity_of
from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.care_requests import SEARCHING_STATES
from opvangloket.rules.identity import Identity, block_keys, likely_same


def asked_here_already(
    identity: Identity, location_ids: Collection[UUID], *, today: date
) -> tuple[OrganiserQuestion, ...]:
    """Return the questions with these locations that may be about this child and whose search goes on.

    One per location. A question of which the desk does not show the family yet is left out: a name that is typed in
    must not tell whose it is.
    """
    running = CareRequest.objects.filter(
        identity_keys__overlap=sorted(block_keys(identity)), state__in=[*SEARCHING_STATES]
    )
    compared = running.select_related("child", "applicant")
    alike = [request.id for request in compared if likely_same(identity, identity_of(request)).score_class]
    if not alike:
        return ()
    lying = Inquiry.objects.filter(request_id__in=alike, location_id__in=location_ids)
    found = inbox(location_ids, show=InboxFilter.ALL, today=today, among=list(lying.values_list("id", flat=True)))
    newest: dict[tuple[str, str], OrganiserQuestion] = {}
    for question in (row.question for row in found.rows):  # the newest first
        if question.family is not None:
            newest.setdefault((question.reference, question.location_slug), question)
    return tuple(newest.values())
