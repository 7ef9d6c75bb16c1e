"""Signing the agreement: by the organiser after signing in, or on paper that the desk keeps (SPEC §11)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.cooperation.agreements import (
    AgreementNotFound,
    lock_versions,
    newest_version,
    organiser_at_home,
)
from opvangloket.domains.cooperation.models import AgreementSignature, AgreementVersion, SignedHow
from opvangloket.domains.providers.addressees import Addressee
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.files.documents import CheckedDocument
from opvangloket.foundation.files.keeping import KeptDocument, keep_document, kept_document
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.cooperation_agreement import Part, digest_of, parts_for, read_parts
from opvangloket.rules.periods import brussels_date

LONGEST_NAME: Final = 120
LONGEST_REASON: Final = 200


class AgreementReplaced(OpvangloketError):
    """What the person read is not the newest version any more, or not what now holds for this organiser."""

    code = "agreement_replaced"
    message = "De overeenkomst is intussen veranderd. Lees de nieuwe tekst en teken daarna."


class SignatureRefused(OpvangloketError):
    """A signature that cannot be; the message says what to do."""

    code = "signature_refused"


@transaction.atomic
def sign_agreement(
    *, desk_id: UUID, number: int, read_digest: str, organiser_id: UUID, name: str, actor: Actor, now: datetime
) -> None:
    """Sign the newest version of a desk for the organiser in scope; `read_digest` is of the text that was read.

    Signed already is the same press of the button. Raises AgreementNotFound outside the organiser's home desks,
    AgreementReplaced, or NationalNumberRefused.
    """
    refuse_national_number(name)
    if not AgreementVersion.objects.filter(desk_id=desk_id).exists():
        raise AgreementNotFound
    with scope(DeskScope(desk_id)):
        version = _newest_locked(desk_id)
        organiser = organiser_at_home(desk_id, organiser_id, today=brussels_date(now))
        if version.number != number or read_digest != digest_of(_parts(version, organiser)):
            raise AgreementReplaced
        _sign(version, organiser, _Pen(SignedHow.ONLINE, name, brussels_date(now)), actor=actor, now=now)


@transaction.atomic
def sign_on_paper(
    *,
    desk_id: UUID,
    organiser_id: UUID,
    name: str,
    signed_on: date,
    document: CheckedDocument,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep a signed paper of the newest version, as the desk in scope got it.

    Raises AgreementNotFound, NationalNumberRefused, or SignatureRefused when it is signed already, or on a day on
    which this version could not be signed.
    """
    refuse_national_number(name)
    version = _newest_locked(desk_id)
    organiser = organiser_at_home(desk_id, organiser_id, today=brussels_date(now))
    if not brussels_date(version.published_at) <= signed_on <= brussels_date(now):
        raise SignatureRefused("Kies een dag tussen het versturen van deze versie en vandaag.")
    kept = keep_document(document, now=now)
    pen = _Pen(SignedHow.PAPER, name, signed_on, kept)
    if not _sign(version, organiser, pen, actor=actor, now=now):
        raise SignatureRefused("Deze organisator heeft deze versie al getekend.")


@transaction.atomic
def take_signature_back(*, organiser_id: UUID, because: str, actor: Actor, now: datetime) -> None:
    """Take back a paper that the desk put with the wrong organiser; what was signed online stays.

    Raises AgreementNotFound when there is no signature on the newest version, SignatureRefused when it is not on paper.
    """
    refuse_national_number(because)
    rows = AgreementSignature.objects.select_for_update(of=("self",)).filter(
        organiser_id=organiser_id, taken_back_at=None
    )
    signature = rows.order_by("-version__number").first()
    if signature is None:
        raise AgreementNotFound
    if signature.how != SignedHow.PAPER:
        raise SignatureRefused("De organisator tekende dit zelf online. Dat kan het loket niet terugnemen.")
    signature.taken_back_at = now
    signature.taken_back_because = because
    signature.save(update_fields=["taken_back_at", "taken_back_because"])
    _write_down("agreement.take_back", signature, actor, now)


def signed_paper(organiser_id: UUID, desk_id: UUID, number: int) -> KeptDocument:
    """Return the paper that an organiser signed, for the desk or the organiser in scope; raise AgreementNotFound."""
    rows = AgreementSignature.objects.filter(
        organiser_id=organiser_id, version__desk_id=desk_id, version__number=number, taken_back_at=None
    )
    signature = rows.exclude(document=None).first()
    if signature is None or signature.document_id is None:
        raise AgreementNotFound
    return kept_document(signature.document_id)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Who signs how and when."""

    how: SignedHow
    name: str
    on: date
    document_id: UUID | None = None


def _newest_locked(desk_id: UUID) -> AgreementVersion:
    """Return the newest version of the desk in scope; none is made before the transaction ends."""
    lock_versions(desk_id)
    version = newest_version()
    if version is None:
        raise AgreementNotFound
    return version


def _parts(version: AgreementVersion, organiser: Addressee) -> tuple[Part, ...]:
    return parts_for(read_parts(version.parts), organiser.steps)


def _sign(version: AgreementVersion, organiser: Addressee, pen: _Pen, *, actor: Actor, now: datetime) -> bool:
    """Write a signature down, and return whether it was the first of this organiser on this version."""
    signature = AgreementSignature(
        version=version,
        organiser=organiser.organiser,
        how=pen.how,
        name=" ".join(pen.name.split()),
        account_id=actor.id,
        signed_on=pen.on,
        at=now,
        steps=sorted(organiser.steps),
        digest=digest_of(_parts(version, organiser)),
        document_id=pen.document_id,
    )
    AgreementSignature.objects.bulk_create([signature], ignore_conflicts=True)
    is_first = AgreementSignature.objects.filter(id=signature.id).exists()
    if is_first:
        _write_down("agreement.sign" if pen.how == SignedHow.ONLINE else "agreement.record", signature, actor, now)
    return is_first


def _write_down(action: str, signature: AgreementSignature, actor: Actor, now: datetime) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=signature.version.desk_id,
        subject_kind="agreement_signature",
        subject_id=signature.id,
        codes=[f"version:{signature.version.number}", f"how:{signature.how}"],
    )
