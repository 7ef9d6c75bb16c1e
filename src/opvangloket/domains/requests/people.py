"""What changes about the people of a request: a child is born, a family moves or takes another number."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.duplicates import keys_of, look_for_duplicates
from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.questions import OLDEST_CHILD, Problem, QuestionRefused
from opvangloket.domains.requests.states import locked_request, record_act
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.wording import dutch_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How a family is reached and where it lives now. The residence of the original question stays as it was."""

    email: str = ""
    phone: str = ""
    language: str = "nl"
    street: str = ""
    house_number: str = ""
    postcode: str = ""


@transaction.atomic
def record_birth(
    *, request_id: UUID, birth_on: date, first_name: str, last_name: str = "", actor: Actor, now: datetime
) -> None:
    """Tell that the child is born; the request keeps its date and the due date stays with it.

    An empty `last_name` keeps the one that is known. Raises QuestionRefused, or NationalNumberRefused.
    """
    refuse_national_number(first_name, last_name)
    request = locked_request(request_id)
    today = brussels_date(now)
    if not today - OLDEST_CHILD <= birth_on <= today:
        message = f"De geboortedatum {dutch_date(birth_on)} kan niet. Kijk het jaar na."
        raise QuestionRefused(Problem("child.birth_on", message))
    child = request.child
    child.birth_on = birth_on
    child.first_name = first_name.strip() or child.first_name
    child.last_name = last_name.strip() or child.last_name
    child.save(update_fields=["birth_on", "first_name", "last_name"])
    _compare_anew(request, now)
    record_act("request.change_wish", request, actor=actor, now=now, codes=["birth"])


@transaction.atomic
def change_contact(*, request_id: UUID, contact: Contact, actor: Actor, now: datetime) -> None:
    """Change how the family is reached, for this request and those that it made in one go.

    The caller has let the family prove a new address. Raises QuestionRefused when nothing would be left to reach
    it by, and NationalNumberRefused.
    """
    refuse_national_number(contact.street, contact.house_number)
    request = locked_request(request_id)
    if not (contact.email or contact.phone):
        raise QuestionRefused(Problem("applicant.email", "Vul een e-mailadres of een telefoonnummer in."))
    applicant, changed = request.applicant, []
    for name, value in asdict(contact).items():
        if getattr(applicant, name) != value.strip():
            setattr(applicant, name, value.strip())
            changed.append(name)
    if not changed:
        return
    applicant.save(update_fields=changed)
    for other in CareRequest.objects.select_related("child", "applicant").filter(applicant=applicant):
        _compare_anew(other, now)
    record_act("request.change_wish", request, actor=actor, now=now, codes=changed)


def _compare_anew(request: CareRequest, now: datetime) -> None:
    """Keep the keys under which the same child would be found, and look again."""
    request.identity_keys = keys_of(request)
    request.save(update_fields=["identity_keys"])
    look_for_duplicates(request, now=now)
