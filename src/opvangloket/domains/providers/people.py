"""The people of an organiser. Whoever reads the mail of its registered address can come in without an invitation."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole
from opvangloket.foundation.accounts.people import account_for
from opvangloket.foundation.audit.record import SYSTEM, Actor, record
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_date


def is_registered_address(address: str) -> bool:
    """Tell whether an organiser or one of its running locations has this address."""
    return bool(_organiser_of(address) or _location_of(address))


@transaction.atomic
def account_of_registered_address(address: str, *, now: datetime) -> Account | None:
    """Return an account for a registered address, made with its role at the first visit; None for an unknown one.

    The caller has proved that the visitor reads the mail of this address. The organiser's own address becomes a
    manager of all its locations, a location's address a worker of that location alone.
    """
    if Account.objects.filter(audience=Audience.ORGANISER, email__iexact=address.strip()).exists():
        return None  # an account that was closed is not opened again by its mail
    organiser, location = _organiser_of(address), _location_of(address)
    if organiser is not None:
        return _account_with_role(address, organiser.name, organiser.id, None, OrganiserRole.MANAGER, SYSTEM, now)
    if location is not None:
        role = OrganiserRole.STAFF
        return _account_with_role(address, location.name, location.organiser_id, location.id, role, SYSTEM, now)
    return None


@transaction.atomic
def give_organiser_role(
    *, organiser_id: UUID, address: str, name: str, role: OrganiserRole, actor: Actor, now: datetime
) -> UUID:
    """Give somebody a role at all locations of an organiser; return the account's id."""
    return _account_with_role(address, name, organiser_id, None, role, actor, now).id


def _account_with_role(
    address: str,
    name: str,
    organiser_id: UUID,
    location_id: UUID | None,
    role: OrganiserRole,
    actor: Actor,
    now: datetime,
) -> Account:
    account = account_for(Audience.ORGANISER, address=address, name=name, now=now)
    with across_desks("an organiser works across desks"):
        OrganiserMembership.objects.create(
            account=account,
            organiser_id=organiser_id,
            location_id=location_id,
            role=role,
            start_on=brussels_date(now),
        )
        record(
            "organiser.give_role",
            actor=actor,
            at=now,
            desk_id=None,
            subject_kind="account",
            subject_id=account.id,
            codes=[role],
        )
    return account


def _organiser_of(address: str) -> Organiser | None:
    return Organiser.objects.filter(email__iexact=address.strip()).exclude(email="").order_by("id").first()


def _location_of(address: str) -> Location | None:
    running = Location.objects.filter(email__iexact=address.strip(), closed_on=None).exclude(email="")
    return running.order_by("id").first()
