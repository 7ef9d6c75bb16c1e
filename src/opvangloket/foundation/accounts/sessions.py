"""What a session remembers: which requests a family opened, or which account signed in. One audience per session."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
from opvangloket.foundation.accounts.rights import rights
from opvangloket.foundation.tenancy.scopes import across_desks

_REQUESTS = "requests"
_ACCOUNT = "account"
_ORGANISER = "organiser"
_STRONGEST_FIRST = (OrganiserRole.MANAGER, OrganiserRole.STAFF, OrganiserRole.STAND_IN)


@dataclass(frozen=True, slots=True)
class OrganiserPerson:
    """Somebody of an organiser: each role, with the locations it is limited to (None: every one of the organiser).

    Who is staff at one location may stand in at another: each role gives its rights at its own locations only.
    """

    account: Account
    organiser_id: UUID
    roles: Mapping[OrganiserRole, frozenset[UUID] | None]

    @property
    def role(self) -> OrganiserRole:
        """The strongest role."""
        return min(self.roles, key=_STRONGEST_FIRST.index)

    @property
    def only_locations(self) -> frozenset[UUID] | None:
        """The locations that any of the roles reaches (None: every one of the organiser)."""
        return _together(self.roles.values())

    def reach(self, action: str) -> frozenset[UUID] | None:
        """Return where the person may do `action` (None: at every location of the organiser; empty: nowhere)."""
        return _together(only for role, only in self.roles.items() if rights().allows(action, role))

    def may(self, action: str, *, at: UUID | None = None) -> bool:
        """Tell whether the person may do `action` at a location of the organiser, or anywhere without one."""
        allowed = [only for role, only in self.roles.items() if rights().allows(action, role)]
        return any(at is None or only is None or at in only for only in allowed)

    def works_at(self, location_id: UUID) -> bool:
        """Tell whether a role reaches a location of the organiser."""
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
    rows = list(memberships)
    named: defaultdict[OrganiserRole, set[UUID | None]] = defaultdict(set)
    for row in rows:
        named[OrganiserRole(row.role)].add(row.location_id)
    roles = {role: None if None in ids else frozenset(id_ for id_ in ids if id_) for role, ids in named.items()}
    return OrganiserPerson(account, rows[0].organiser_id, roles)


def _together(limits: Iterable[frozenset[UUID] | None]) -> frozenset[UUID] | None:
    """Return all that these limits leave open; None where one of them is no limit."""
    found: frozenset[UUID] = frozenset()
    for only in limits:
        if only is None:
            return None
        found |= only
    return found
