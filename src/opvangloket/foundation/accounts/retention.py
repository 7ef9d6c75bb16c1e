"""When accounts, roles, codes and limits are forgotten (`policies/retention.yaml`)."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from opvangloket.foundation.accounts.models import (
    Account,
    DeskMembership,
    OrganiserMembership,
    RoleProposal,
    SignInCode,
    TokenBucket,
)
from opvangloket.foundation.retention.terms import Limit, removes


def _roles(condition: Q) -> Q:
    """Return the condition that an account has a role for which another condition holds."""
    of_account = condition & Q(account=OuterRef("pk"))
    return Q(Exists(DeskMembership.objects.filter(of_account))) | Q(
        Exists(OrganiserMembership.objects.filter(of_account))
    )


def _without_a_role(limit: Limit) -> QuerySet[Account]:
    """Return the accounts whose last role ended, unless only the husk of them is left beside their former roles."""
    recent = _roles(Q(end_on=None) | Q(end_on__gte=limit.day))
    return Account.objects.filter(~recent, ~Q(name="") | ~_roles(Q()), created_at__lt=limit.moment)


def _let_go(rows: QuerySet[Any], _now: datetime) -> int:
    """Delete accounts; of one whose former roles are still kept, only its number stays."""
    gone = rows.filter(~_roles(Q())).delete()[0]
    return gone + rows.update(
        email=Concat(Cast("pk", CharField()), Value("@vergeten.invalid")),
        name="",
        totp_secret="",
        totp_confirmed_at=None,
        totp_last_step=None,
        active=False,
    )


removes("accounts.Account", _without_a_role, _let_go)
removes("accounts.DeskMembership", lambda limit: DeskMembership.objects.filter(end_on__lt=limit.day))
removes("accounts.OrganiserMembership", lambda limit: OrganiserMembership.objects.filter(end_on__lt=limit.day))
removes("accounts.RoleProposal", lambda limit: RoleProposal.objects.filter(ended_at__lt=limit.moment))
removes("accounts.SignInCode", lambda limit: SignInCode.objects.filter(expires_at__lt=limit.moment))
removes("accounts.TokenBucket", lambda limit: TokenBucket.objects.filter(filled_at__lt=limit.moment))
