"""The demonstration: Ninove and its neighbour with five years of history, and the people whose part one can play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.accounts.models import Account, Audience
from opvangloket.foundation.tenancy.models import Desk, Installation, InstallationKind
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.simulation.making import NotEmpty, TownOrder, make_town
from opvangloket.simulation.scene import SARA_EMAIL
from opvangloket.simulation.supply import ninove

_SEED: Final = 2021
_DENDERLEEUW: Final = "41011"


@dataclass(frozen=True, slots=True)
class Part:
    """An account of the demonstration that one can play, and what it is in Dutch words."""

    audience: Audience
    account_id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class FamilyPart:
    """The family of the demonstration: its requests at one desk."""

    desk_id: UUID
    desk_slug: str
    request_ids: tuple[UUID, ...]
    words: str


def is_made() -> bool:
    """Tell whether the demonstration is there already; raise NotEmpty where something else is."""
    installation = Installation.objects.filter(pk=1).first()
    if installation and installation.kind == InstallationKind.DEMO and installation.town_seed is not None:
        return True
    real = installation is not None and installation.kind == InstallationKind.PRODUCTION
    if real or Desk.objects.exists():
        raise NotEmpty
    return False


def make(*, today: date, years: int, progress: Callable[[int], None]) -> None:
    """Make the demonstration as it is on a day, all of it or nothing."""
    order = TownOrder(nis_codes=(_DENDERLEEUW, ninove.NIS), today=today, years=years, seed=_SEED, with_scene=True)
    with transaction.atomic():
        make_town(order, progress=progress)


def family_part() -> FamilyPart | None:
    """Return the family with an open offer; None when somebody threw its requests away."""
    with across_desks("the demonstration shows its own links"):
        requests = CareRequest.objects.filter(applicant__email=SARA_EMAIL).select_related("desk").order_by("id")
        found = [(request.desk_id, request.desk.slug, request.id) for request in requests]
    if not found:
        return None
    desk_id, slug, _request = found[0]
    return FamilyPart(
        desk_id, slug, tuple(request for _desk, _slug, request in found), "Gezin Peeters, met een voorstel"
    )


def parts() -> tuple[Part, ...]:
    """Return the people whose part one can play."""
    wanted = (
        (Audience.ORGANISER, ninove.MANAGERS["De Regenboog vzw"], "Rosa, van groepsopvang De Regenboog"),
        (Audience.ORGANISER, ninove.MANAGERS["Mia De Smet"], "Mia, onthaalouder"),
        (Audience.DESK, ninove.WORKER, "Amina, loketmedewerker"),
        (Audience.DESK, ninove.LEAD, "Karel, trekker van het loket"),
    )
    found = (
        (audience, Account.objects.filter(audience=audience, name=name).order_by("id").first(), words)
        for audience, name, words in wanted
    )
    return tuple(Part(audience, account.id, words) for audience, account, words in found if account)
