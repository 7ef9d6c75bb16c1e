"""What a session remembers: which requests a family opened, or which account signed in. One audience per session."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership, OrganiserMembership
from opvangloket.foundation.tenancy.scopes import across_desks

_REQUESTS = "requests"
_ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class OrganiserPerson:
    """Somebody of an organiser: the role, and the locations it is limited to (None: every one of the organiser)."""

    account: Account
    organiser_id: UUID
    role: str
    only_locations: frozenset[UUID] | None


def open_family(session: Any, desk_id: UUID, request_ids: frozenset[UUID]) -> None:
    """Let this session see these requests of a desk, with a fresh session key."""
    session.cycle_key()
    known: dict[str, list[str]] = session.get(_REQUESTS, {})
    session[_REQUESTS] = known | {str(desk_id): sorted({*known.get(str(desk_id), []), *map(str, request_ids)})}


def family_requests(session: Any, desk_id: UUID) -> frozenset[UUID]:
    """Return the requests of a desk that this session proved to own."""
    return frozenset(UUID(text) for text in session.get(_REQUESTS, {}).get(str(desk_id), []))


def open_account(session: Any, account: Account) -> None:
    """Sign an account in, with a fresh session key."""
    session.flush()
    session[_ACCOUNT] = str(account.id)


def _account(session: Any, audience: Audience) -> Account | None:
    identifier = session.get(_ACCOUNT)
    if identifier is None:
        return None
    return Account.objects.filter(id=UUID(identifier), audience=audience, active=True).first()


def desk_account(session: Any) -> Account | None:
    """Return the desk account of this session."""
    return _account(session, Audience.DESK)


def role_at_desk(account: Account, desk_id: UUID, today: date) -> str | None:
    """Return what an account is at a desk today."""
    in_force = Q(start_on__lte=today) & (Q(end_on=None) | Q(end_on__gt=today))
    membership = DeskMembership.objects.filter(in_force, account=account, desk_id=desk_id).first()
    return membership.role if membership else None


def organiser_person(session: Any, today: date) -> OrganiserPerson | None:
    """Return who this session is at an organiser: its role, and the locations it is limited to."""
    account = _account(session, Audience.ORGANISER)
    if account is None:
        return None
    in_force = Q(start_on__lte=today) & (Q(end_on=None) | Q(end_on__gt=today))
    with across_desks("an account finds its own organiser"):
        memberships = list(OrganiserMembership.objects.filter(in_force, account=account).order_by("id"))
    if not memberships:
        return None
    organiser_id = memberships[0].organiser_id
    own = [m for m in memberships if m.organiser_id == organiser_id]
    named = [m.location_id for m in own]
    only = None if None in named else frozenset(location for location in named if location)
    return OrganiserPerson(account, organiser_id, own[0].role, only)
