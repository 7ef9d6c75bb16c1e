"""Proof of an equal sending: to whom a question went, when, and that all got the same (SPEC §12).

Each sending is one record in a log that is sealed by a chain of hashes. A location can check its own part: that the
record names it, and that the digest on the record is that of the question as it got it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.asking.sending import fields_digest
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.distribution.models import Inquiry, Sending
from opvangloket.domains.requests.models import CaseEvent
from opvangloket.foundation.audit.models import ChainSeal
from opvangloket.foundation.audit.sealing import AUDIT, Log, columns_of
from opvangloket.foundation.tenancy.scopes import DeskScope, scope

SENDINGS: Final = Log("sending", Sending.objects.all, columns_of(Sending))
CASES: Final = Log("case", CaseEvent.ever.all, columns_of(CaseEvent))
LOGS: Final = (AUDIT, CASES, SENDINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingProof:
    """What a location may know of a sending: never which others got it, but how many, and that all was equal.

    `same_fields` tells whether the digest on the record is that of the question now; what a family changed in its
    message since makes it differ. `seal` is the link of the chain that covers the record, None until it is sealed.
    """

    sent_at: datetime
    recipients: int
    names_location: bool
    fields_digest: str
    same_fields: bool
    procedure_number: int
    seal_number: int | None
    seal: str | None


def proof_of_sending(inquiry_id: UUID) -> SendingProof:
    """Return the proof of the sending that brought an inquiry; raise InquiryNotFound outside the scope or unsent."""
    inquiry = Inquiry.objects.filter(id=inquiry_id).select_related("request__child", "wish").first()
    if inquiry is None or inquiry.sending_id is None:
        raise InquiryNotFound
    with scope(DeskScope(inquiry.desk_id)):
        record = Sending.objects.get(id=inquiry.sending_id)
        seals = ChainSeal.objects.filter(log=SENDINGS.name, desk_id=inquiry.desk_id, through_id__gte=record.id)
        seal = seals.order_by("number").first()
        return SendingProof(
            sent_at=record.sent_at,
            recipients=len(record.recipients),
            names_location=str(inquiry.location_id) in record.recipients,
            fields_digest=record.fields_digest,
            same_fields=record.fields_digest == fields_digest(inquiry.request, inquiry.wish),
            procedure_number=record.procedure_number,
            seal_number=seal.number if seal else None,
            seal=seal.digest if seal else None,
        )
