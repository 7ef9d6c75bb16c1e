"""Coming in and going out, written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.foundation.accounts.models import Account, Audience
from opvangloket.foundation.audit.record import Actor, ActorKind, record
from opvangloket.foundation.tenancy.scopes import across_desks

_KINDS = {Audience.DESK: ActorKind.DESK_WORKER, Audience.ORGANISER: ActorKind.ORGANISER}


@transaction.atomic
def write_down_sign_in(*, account_id: UUID, how: str, now: datetime) -> None:
    """Record that an account came in, and how: "code", "second_factor" or "demo"."""
    account = Account.objects.select_for_update().get(id=account_id)
    account.last_signed_in_at = now
    account.save(update_fields=["last_signed_in_at"])
    with across_desks("an account belongs to no single desk"):
        record(
            "session.open",
            actor=Actor(_KINDS[Audience(account.audience)], account.id),
            at=now,
            desk_id=None,
            subject_kind="account",
            subject_id=account.id,
            codes=[how],
        )


@transaction.atomic
def write_down_family_sign_in(*, desk_id: UUID, request_ids: frozenset[UUID], how: str, now: datetime) -> None:
    """Record in each request's own log that its family came in."""
    for request_id in sorted(request_ids):
        record(
            "session.open",
            actor=Actor(ActorKind.PARENT),
            at=now,
            desk_id=desk_id,
            subject_kind="request",
            subject_id=request_id,
            request_id=request_id,
            codes=[how],
        )
