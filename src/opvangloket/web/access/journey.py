"""What a session remembers of somebody on the way in: which address was typed, and where they wanted to go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_ADDRESS = "sign_in_address"
_SECOND_FACTOR = "sign_in_second_factor"
_MINUTES_FOR_SECOND_FACTOR = 10
_IPV6_HOUSEHOLD = 64


@dataclass(frozen=True, slots=True)
class AwaitingCode:
    """An address to which a code was sent, as the visitor typed it (`shown`) and as it is reached."""

    address: str
    shown: str
    after: str


@dataclass(frozen=True, slots=True)
class AwaitingSecondFactor:
    """An account that proved its address, with the secret that it is offered when it has no second factor yet."""

    account_id: UUID
    secret: str
    after: str


def await_code(session: Any, step: AwaitingCode) -> None:
    """Remember that a code was sent."""
    session[_ADDRESS] = {"address": step.address, "shown": step.shown, "after": step.after}


def awaiting_code(session: Any) -> AwaitingCode | None:
    """Return the address whose code is awaited."""
    step = session.get(_ADDRESS)
    return AwaitingCode(**step) if step else None


def await_second_factor(session: Any, step: AwaitingSecondFactor, *, now: datetime) -> None:
    """Remember, for ten minutes, that an address was proved; with a fresh session key."""
    session.flush()
    session[_SECOND_FACTOR] = {
        "account": str(step.account_id),
        "secret": step.secret,
        "after": step.after,
        "until": (now + timedelta(minutes=_MINUTES_FOR_SECOND_FACTOR)).isoformat(),
    }


def awaiting_second_factor(session: Any, *, now: datetime) -> AwaitingSecondFactor | None:
    """Return the account whose second factor is awaited."""
    step = session.get(_SECOND_FACTOR)
    if not step or now > datetime.fromisoformat(step["until"]):
        return None
    return AwaitingSecondFactor(UUID(step["account"]), step["secret"], step["after"])


def wanted_page(request: HttpRequest) -> str:
    """Return the page of ours that the visitor was on the way to (`?na=`); empty for any other address."""
    after = request.GET.get("na", "")
    ours = url_has_allowed_host_and_scheme(after, allowed_hosts=None) and after.startswith("/")
    return after if ours else ""


def client_of(request: HttpRequest) -> str:
    """Return where a visitor comes from, for limits: the address; for IPv6 the household's network."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        # Behind a proxy the last entry is the one that our own proxy wrote; earlier ones anybody may invent.
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or int(parsed) >> _IPV6_HOUSEHOLD)
    return str(parsed)
