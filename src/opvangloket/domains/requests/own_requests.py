"""What a family sees of its own requests: what it asked, what it wants now, and how the request stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opvangloket.domains.requests.models import CareRequest, Channel, WishVersion
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.domains.requests.wishes import WishNumber, wish_number
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.references import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRequest:
    """One request as its family sees it. `wish` is what it wants now, `first_wish` what it asked first."""

    id: UUID
    reference: str
    state: RequestState
    channel: Channel
    registered_at: datetime
    closed_at: datetime | None
    is_proved: bool
    confirmed_current_on: date | None
    child_first_name: str
    birth_on: date | None
    due_on: date | None
    first_name: str
    email: str
    phone: str
    postcode: str
    siblings_id: UUID | None
    siblings_together: bool
    later_start_months: int
    other_days_ok: bool
    part_of_week_ok: bool
    other_location_ok: bool
    wish: WishNumber
    first_wish: WishNumber

    @property
    def is_born(self) -> bool:
        """Whether the desk knows of the birth."""
        return self.birth_on is not None


def own_requests() -> tuple[OwnRequest, ...]:
    """Return the requests of the family in scope, the newest first, in two queries."""
    rows = list(CareRequest.objects.select_related("child", "applicant").order_by("-registered_at", "-id"))
    return _seen(rows)


def own_request(reference: str) -> OwnRequest:
    """Return one request of the family in scope; raise RequestNotFound."""
    rows = CareRequest.objects.select_related("child", "applicant").filter(reference=normalise(reference))
    if not (found := _seen(list(rows))):
        raise RequestNotFound
    return found[0]


def _seen(rows: Collection[CareRequest]) -> tuple[OwnRequest, ...]:
    wishes: dict[UUID, list[WishNumber]] = {row.id: [] for row in rows}
    for version in WishVersion.objects.filter(request_id__in=wishes).order_by("number"):
        wishes[version.request_id].append(wish_number(version))
    return tuple(_own(row, wishes[row.id]) for row in rows)


def _own(row: CareRequest, wishes: list[WishNumber]) -> OwnRequest:
    return OwnRequest(
        id=row.id,
        reference=row.reference,
        state=RequestState(row.state),
        channel=Channel(row.channel),
        registered_at=row.registered_at,
        closed_at=row.closed_at,
        is_proved=row.contact_verified_at is not None,
        confirmed_current_on=row.confirmed_current_on,
        child_first_name=row.child.first_name,
        birth_on=row.child.birth_on,
        due_on=row.child.due_on,
        first_name=row.applicant.first_name,
        email=row.applicant.email,
        phone=row.applicant.phone,
        postcode=row.applicant.postcode,
        siblings_id=row.siblings_id,
        siblings_together=row.siblings_together,
        later_start_months=row.later_start_months,
        other_days_ok=row.other_days_ok,
        part_of_week_ok=row.part_of_week_ok,
        other_location_ok=row.other_location_ok,
        wish=wishes[-1],
        first_wish=wishes[0],
    )
