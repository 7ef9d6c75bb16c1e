"""Writing down that somebody read a file: the family can see who did (SPEC §17)."""

from datetime import datetime
from uuid import UUID

from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.states import RequestNotFound, record_act
from opvangloket.foundation.audit.record import Actor


def record_read(*, request_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down that somebody opened the file of a request; raise RequestNotFound outside the scope."""
    request = CareRequest.objects.only("id", "desk_id").filter(id=request_id).first()
    if request is None:
        raise RequestNotFound
    record_act("request.read", request, actor=actor, now=now)
