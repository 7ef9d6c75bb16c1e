"""The people of an organiser. Whoever reads the mail of its registered address can come in without an invitation."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole
from opvangloket.foundation.accounts.people import account_for
from opvangloket.foundation.audit.record import SYSTEM, Actor, record
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_date


def is_registered_address(address: str, *, today: date) -> bool:
    """Tell whether an organiser or one of its running locations has this address."""
    return bool(_organiser_of(address) or _location_of(address, today=today))


@transaction.atomic
def account_of_registered_address(address: str, *, now: datetime) -> Account | None:
    """Return an account for a registered address, made with its role at the first visit; None for an unknown one.

    The caller has proved that the visitor reads the mail of this address. The organiser's own address becomes a
    manager of all its locations, a location's address a worker of that location alone.
    """
    if Account.objects.filter(audience=Audience.ORGANISER, email__iexact=address.strip()).exists():
        return None  # an account that was closed is not opened again by its mail
    organiser, location = _organiser_of(address), _location_of(address, today=brussels_date(now))
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


def _location_of(address: str, *, today: date) -> Location | None:
    """Return the location with this address; until its closing day it has questions to answer and children to care for."""
    open_today = Q(closed_on=None) | Q(closed_on__gt=today)
    running = Location.objects.filter(open_today, email__iexact=address.strip()).exclude(email="")
    return running.order_by("id").first()
