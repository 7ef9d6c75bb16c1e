"""Giving somebody a role at a desk, ending it, and letting go of a lost phone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.foundation.accounts.codes import normal_address
from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership, DeskRole
from opvangloket.foundation.accounts.queries import account_of_address
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_date


class NoSuchPerson(OpvangloketError):
    """Nobody of the desk has this address."""

    code = "no_such_person"

    def __init__(self, address: str) -> None:
        super().__init__(f"Niemand van het loket heeft het adres {address}.")


def account_for(audience: Audience, *, address: str, name: str, now: datetime) -> Account:
    """Return the account of an address, made when there is none yet."""
    found = account_of_address(audience, address)
    return found or Account.objects.create(
        audience=audience, email=normal_address(address), name=name or address.split("@")[0], created_at=now
    )


@transaction.atomic
def give_desk_role(*, desk_id: UUID, address: str, name: str, role: DeskRole, actor: Actor, now: datetime) -> UUID:
    """Give somebody a role at a desk from today, in place of the one before; return the account's id."""
    today = brussels_date(now)
    account = account_for(Audience.DESK, address=address, name=name, now=now)
    with across_desks("the person may be new to this desk"):
        DeskMembership.objects.filter(account=account, desk_id=desk_id, end_on=None).update(end_on=today)
        DeskMembership.objects.create(account=account, desk_id=desk_id, role=role, start_on=today)
        _write_down("desk.give_role", account, desk_id, [role], actor, now)
    return account.id


@transaction.atomic
def end_desk_role(*, desk_id: UUID, address: str, actor: Actor, now: datetime) -> None:
    """End somebody's role at a desk today; raise NoSuchPerson."""
    account = account_of_address(Audience.DESK, address)
    with across_desks("the person may be of several desks"):
        ended = DeskMembership.objects.filter(account=account, desk_id=desk_id, end_on=None).update(
            end_on=brussels_date(now)
        )
        if account is None or not ended:
            raise NoSuchPerson(address)
        _write_down("desk.end_role", account, desk_id, [], actor, now)


@transaction.atomic
def forget_phone(*, address: str, actor: Actor, now: datetime) -> None:
    """Let somebody of a desk enrol a new phone at the next sign-in; raise NoSuchPerson."""
    account = account_of_address(Audience.DESK, address)
    if account is None:
        raise NoSuchPerson(address)
    account.totp_secret, account.totp_confirmed_at, account.totp_last_step = "", None, None
    account.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    with across_desks("an account belongs to no single desk"):
        _write_down("account.forget_phone", account, None, [], actor, now)


def _write_down(
    action: str, account: Account, desk_id: UUID | None, codes: list[str], actor: Actor, now: datetime
) -> None:
    record(action, actor=actor, at=now, desk_id=desk_id, subject_kind="account", subject_id=account.id, codes=codes)
