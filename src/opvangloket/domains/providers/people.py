"""The people of an organiser. Whoever reads the mail of its registered address can come in without an invitation."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole
from opvangloket.foundation.accounts.people import account_for
from opvangloket.foundation.audit.record import SYSTEM, record
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_date


def is_registered_address(address: str, *, today: date) -> bool:
    """Tell whether an organiser or one of its running locations has this address."""
    return bool(_organisers_of(address) or _locations_of(address, today=today))


@transaction.atomic
def account_of_registered_address(address: str, *, now: datetime) -> Account | None:
    """Return the account of an address, with the roles that its registrations give; None for an unknown or closed one.

    The caller has proved that the visitor reads the mail of this address. The organiser's own address becomes a
    manager of all its locations, a location's address a worker of the locations with that address. Where the account
    had a role before, nothing is given: a role that was ended is not opened again by its mail.
    """
    account = Account.objects.filter(audience=Audience.ORGANISER, email__iexact=address.strip()).first()
    if account is not None and not account.active:
        return None
    known = _organisers_with_a_role(account)
    for organiser in _organisers_of(address):
        if organiser.id not in known:
            account = _account_with_role(address, organiser.name, organiser.id, None, OrganiserRole.MANAGER, now)
            known.add(organiser.id)
    for location in _locations_of(address, today=brussels_date(now)):
        if location.organiser_id not in known:
            organiser_id, role = location.organiser_id, OrganiserRole.STAFF
            account = _account_with_role(address, location.name, organiser_id, location.id, role, now)
    return account


def _organisers_with_a_role(account: Account | None) -> set[UUID]:
    with across_desks("an organiser works across desks"):
        return set(OrganiserMembership.objects.filter(account=account).values_list("organiser_id", flat=True))


def _account_with_role(
    address: str, name: str, organiser_id: UUID, location_id: UUID | None, role: OrganiserRole, now: datetime
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
            actor=SYSTEM,
            at=now,
            desk_id=None,
            subject_kind="account",
            subject_id=account.id,
            codes=[role],
        )
    return account


def _organisers_of(address: str) -> list[Organiser]:
    return list(Organiser.objects.filter(email__iexact=address.strip()).exclude(email="").order_by("id"))


def _locations_of(address: str, *, today: date) -> list[Location]:
    """Return the locations with this address; until its closing day each has questions to answer and children to care for."""
    open_today = Q(closed_on=None) | Q(closed_on__gt=today)
    running = Location.objects.filter(open_today, email__iexact=address.strip()).exclude(email="")
    return list(running.order_by("id"))
