"""What a family just sent: its references, who gets the question, and whether its address is proved."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opvangloket.domains.requests.contacts import requests_of_address
from opvangloket.domains.requests.duplicates import find_likely_duplicates
from opvangloket.domains.requests.models import CareRequest, RequestedLocation
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.rules.care_requests import RequestState


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedRequest:
    """One request of a submission: of one child."""

    id: UUID
    reference: str
    child_first_name: str
    start_on: date
    state: RequestState


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Everything that was sent in one go."""

    requests: tuple[SubmittedRequest, ...]
    location_names: tuple[str, ...]
    first_name: str
    email: str
    phone: str
    registered_at: datetime
    is_proved: bool

    @property
    def ids(self) -> frozenset[UUID]:
        """The ids of its requests."""
        return frozenset(request.id for request in self.requests)


def sent_together(request_id: UUID) -> frozenset[UUID]:
    """Return the ids of a request and of those made in one go with it."""
    return frozenset(request.id for request in _together(request_id))


def submission_of(request_id: UUID) -> Submission:
    """Return what was sent in one go with a request, in three queries; raise RequestNotFound."""
    together = _together(request_id)
    applicant = together[0].applicant
    chosen = RequestedLocation.objects.filter(request=together[0], dropped_at=None).order_by("position")
    return Submission(
        requests=tuple(
            SubmittedRequest(
                id=request.id,
                reference=request.reference,
                child_first_name=request.child.first_name,
                start_on=request.start_on,
                state=RequestState(request.state),
            )
            for request in together
        ),
        location_names=tuple(chosen.values_list("location__name", flat=True)),
        first_name=applicant.first_name,
        email=applicant.email,
        phone=applicant.phone,
        registered_at=together[0].registered_at,
        is_proved=together[0].contact_verified_at is not None,
    )


def asked_before(request_id: UUID) -> tuple[str, ...]:
    """Return the references of earlier requests of the same address that are likely about the same child.

    Only for a family that proved its address: to anyone else it would tell that a request exists.
    """
    own = requests_of_address(_together(request_id)[0].applicant.email) - sent_together(request_id)
    return tuple(other.reference for other in find_likely_duplicates(request_id) if other.request_id in own)


def _together(request_id: UUID) -> list[CareRequest]:
    requests = CareRequest.objects.select_related("child", "applicant")
    first = requests.filter(id=request_id).first()
    if first is None:
        raise RequestNotFound
    if first.siblings_id is None:
        return [first]
    return list(requests.filter(siblings_id=first.siblings_id).order_by("registered_at", "id"))
