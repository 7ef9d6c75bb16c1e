"""A code by mail that proves that whoever asked reads the mail of the address it gave."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.people import Contact, change_contact
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.foundation.accounts.codes import check_code, make_code
from opvangloket.foundation.accounts.models import Audience
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages.actions import plan_message
from opvangloket.rules.references import displayed


class AlreadyProved(OpvangloketError):
    """The contact of this request was proved before: a new address is proved first, then changed."""

    code = "already_proved"
    message = "Je adres is al bevestigd. Meld je aan om het te veranderen."


@transaction.atomic
def send_contact_code(*, request_id: UUID, link: str, now: datetime) -> bool:
    """Mail a fresh code to the address of a request; False when it has none, or was proved already."""
    request = _request(request_id)
    applicant = request.applicant
    if request.contact_verified_at is not None or not applicant.email:
        return False
    digits = make_code(audience=Audience.FAMILY, address=applicant.email, now=now, subject_id=request.id)
    plan_message(
        desk_id=request.desk_id,
        template="verify_contact",
        cause=f"verify_contact:{new_id()}",  # whoever asks for a code again gets one again
        recipient=applicant.email,
        recipient_name=applicant.full_name,
        audience=Audience.FAMILY,
        context={"code": digits, "link": link, "reference": displayed(request.reference)},
        now=now,
        request_id=request.id,
    )
    return True


@transaction.atomic
def change_unproved_address(*, request_id: UUID, email: str, link: str, actor: Actor, now: datetime) -> None:
    """Put right a mail address that nobody proved yet, and mail a code to the right one; raise AlreadyProved."""
    request = _request(request_id)
    if request.contact_verified_at is not None:
        raise AlreadyProved
    applicant = request.applicant
    contact = Contact(
        email=email,
        phone=applicant.phone,
        language=applicant.language,
        street=applicant.street,
        house_number=applicant.house_number,
        postcode=applicant.postcode,
    )
    change_contact(request_id=request_id, contact=contact, actor=actor, now=now)
    send_contact_code(request_id=request_id, link=link, now=now)


def contact_code_is_right(*, request_id: UUID, digits: str, now: datetime) -> bool:
    """Tell whether these are digits mailed to prove the address of this request, and use them up."""
    address = _request(request_id).applicant.email
    return check_code(audience=Audience.FAMILY, address=address, digits=digits, now=now, subject_id=request_id)


def _request(request_id: UUID) -> CareRequest:
    request = CareRequest.objects.select_related("applicant").filter(id=request_id).first()
    if request is None:
        raise RequestNotFound
    return request
