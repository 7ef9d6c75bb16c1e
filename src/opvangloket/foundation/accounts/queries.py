"""Finding an account, and where its roles are."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from opvangloket.foundation.accounts.codes import normal_address
from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership
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
