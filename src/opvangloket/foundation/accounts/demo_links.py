"""Links that sign somebody in without a code. Only a playground makes them, and only a playground believes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing

_SALT = "opvangloket.demo"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A link for somebody of a desk or an organiser."""

    account_id: UUID


@dataclass(frozen=True, slots=True)
class DemoFamily:
    """A link for a family with its requests at one desk."""

    desk_id: UUID
    request_ids: frozenset[UUID]


def account_token(account_id: UUID) -> str:
    """Return the token of a link that signs in an account."""
    return signing.dumps({"account": str(account_id)}, salt=_SALT, compress=True)


def family_token(desk_id: UUID, request_ids: Iterable[UUID]) -> str:
    """Return the token of a link that opens a family's requests."""
    return signing.dumps({"desk": str(desk_id), "requests": sorted(map(str, request_ids))}, salt=_SALT, compress=True)


def read_token(token: str) -> DemoAccount | DemoFamily | None:
    """Return whom a token signs in; None for a token that is not ours, and always outside a playground."""
    if not settings.PLAYGROUND:
        return None
    try:
        values = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    if "account" in values:
        return DemoAccount(UUID(values["account"]))
    return DemoFamily(UUID(values["desk"]), frozenset(map(UUID, values["requests"])))
