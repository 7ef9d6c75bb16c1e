"""What a session remembers: which requests a family opened, or which account signed in. One audience per session."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from opvangloket.foundation.accounts.models import (
    Account,
    Audience,
    DeskMembership,
    OrganiserMembership,
    OrganiserRole,
)
from opvangloket.foundation.tenancy.scopes import across_desks

_REQUESTS = "requests"
_ACCOUNT = "account"
_ORGANISER = "organiser"
_STRONGEST_FIRST = (OrganiserRole.MANAGER, OrganiserRole.STAFF, OrganiserRole.STAND_IN)


@dataclass(frozen=True, slots=True)
class OrganiserPerson:
    """Somebody of an organiser: the role, and the locations it is limited to (None: every one of the organiser)."""

    account: Account
    organiser_id: UUID
    role: str
    only_locations: frozenset[UUID] | None

    def works_at(self, location_id: UUID) -> bool:
        """Tell whether the role reaches a location of the organiser."""
        return self.only_locations is None or location_id in self.only_locations


@dataclass(frozen=True, slots=True)
class OrganiserRoles:
    """An account of organisers with its role at each of them today, and for which it works now.

    `working` is None without a role, and with several as long as none of them is chosen.
    """

    account: Account
    people: tuple[OrganiserPerson, ...]
    working: OrganiserPerson | None

    def elsewhere(self) -> tuple[OrganiserPerson, ...]:
        """Return the roles at organisers for which the account does not work now."""
        return tuple(person for person in self.people if person is not self.working)


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


def organiser_roles(session: Any, today: date) -> OrganiserRoles | None:
    """Return the roles that this session has at organisers today; None when nobody is signed in."""
    account = _account(session, Audience.ORGANISER)
    if account is None:
        return None
    in_force = Q(start_on__lte=today) & (Q(end_on=None) | Q(end_on__gt=today))
    by_organiser: defaultdict[UUID, list[OrganiserMembership]] = defaultdict(list)
    with across_desks("an account finds its own organisers"):
        for row in OrganiserMembership.objects.filter(in_force, account=account).order_by("id"):
            by_organiser[row.organiser_id].append(row)
    people = tuple(_person(account, rows) for rows in by_organiser.values())
    chosen = session.get(_ORGANISER)
    only = people[0] if len(people) == 1 else None
    return OrganiserRoles(account, people, next((one for one in people if str(one.organiser_id) == chosen), only))


def work_for(session: Any, organiser_id: UUID) -> None:
    """Remember for which of several organisers the account works from now on."""
    session[_ORGANISER] = str(organiser_id)


def _person(account: Account, memberships: Iterable[OrganiserMembership]) -> OrganiserPerson:
    """Return the strongest role at an organiser, at its own locations only: a weaker one never lends it more."""
    rows = list(memberships)
    role = min((OrganiserRole(row.role) for row in rows), key=_STRONGEST_FIRST.index)
    named = [row.location_id for row in rows if row.role == role]
    only = None if None in named else frozenset(location for location in named if location)
    return OrganiserPerson(account, rows[0].organiser_id, role, only)
