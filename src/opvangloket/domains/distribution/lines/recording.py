"""Who did what with a line of a request: an inquiry, an offer or a placement."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from opvangloket.domains.distribution.models import Inquiry, Offer, Placement
from opvangloket.foundation.audit.record import Actor, record

_KINDS: Final = {Inquiry: "inquiry", Offer: "offer", Placement: "placement"}


def record_on(
    line: Inquiry | Offer | Placement, action: str, *, actor: Actor, now: datetime, codes: Iterable[str] = ()
) -> None:
    """Append the audit event of an act on a line, at its desk; `action` and `codes` as `record` takes them."""
    record(
        action,
        actor=actor,
        at=now,
        desk_id=line.desk_id,
        subject_kind=_KINDS[type(line)],
        subject_id=line.id,
        request_id=line.request_id,
        codes=codes,
    )
