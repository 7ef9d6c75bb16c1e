"""Finding an account, and where its roles are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from opvangloket.foundation.accounts.codes import normal_address
from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership, DeskRole
from opvangloket.foundation.tenancy.scopes import across_desks


@dataclass(frozen=True, slots=True)
class DeskOfAccount:
    """A desk where an account has a role today."""

    slug: str
    name: str


def account_of_address(audience: Audience, address: str) -> Account | None:
    """Return the active account of an audience with this address."""
    return Account.objects.filter(audience=audience, email__iexact=normal_address(address), active=True).first()


def active_account(account_id: UUID) -> Account | None:
    """Return an account that may still come in."""
    return Account.objects.filter(id=account_id, active=True).first()


def desks_of_account(account_id: UUID, today: date) -> tuple[DeskOfAccount, ...]:
    """Return the desks where an account has a role today, by name."""
    in_force = Q(start_on__lte=today) & (Q(end_on=None) | Q(end_on__gt=today))
    with across_desks("an account finds its own desks"):
        memberships = DeskMembership.objects.filter(in_force, account_id=account_id).select_related("desk")
        return tuple(DeskOfAccount(m.desk.slug, m.desk.name) for m in memberships.order_by("desk__name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPerson:
    """Somebody with a role at a desk."""

    name: str
    email: str
    role: str
    since_on: date
    last_signed_in_at: datetime | None


def people_of_desk(desk_id: UUID, today: date) -> tuple[DeskPerson, ...]:
    """Return who has a role at a desk today, leads first, by name."""
    in_force = Q(start_on__lte=today) & (Q(end_on=None) | Q(end_on__gt=today))
    rows = DeskMembership.objects.filter(in_force, desk_id=desk_id).select_related("account")
    return tuple(
        DeskPerson(
            name=row.account.name,
            email=row.account.email,
            role=DeskRole(row.role).label,
            since_on=row.start_on,
            last_signed_in_at=row.account.last_signed_in_at,
        )
        for row in sorted(rows, key=lambda row: (row.role != DeskRole.LEAD, row.account.name))
    )


def names_of(account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the names behind these accounts, for a page that tells who did something."""
    wanted = {account_id for account_id in account_ids if account_id}
    return dict(Account.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}
