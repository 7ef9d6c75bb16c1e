"""Who works at the desks and for the organisers: an account each, with its role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.utils.text import slugify

from opvangloket.domains.providers.models import Organiser
from opvangloket.foundation.accounts.models import (
    Account,
    Audience,
    DeskMembership,
    DeskRole,
    OrganiserMembership,
    OrganiserRole,
)
from opvangloket.simulation.supply.desks import PlannedDesk

# Everybody who tries the demonstration may put this one on a phone; a real desk makes its own.
DEMO_TOTP_SECRET: Final = "OPVANGLOKETNINOVEDEMOSECRET23456"  # noqa: S105 - printed by the demonstration


class Staff:
    """The accounts of a town with their roles; `workers` and `managers` are in the order of desks and organisers."""

    def __init__(
        self,
        desks: Sequence[PlannedDesk],
        organisers: Sequence[Organiser],
        managers: Sequence[str],
        *,
        since: date,
        made_at: datetime,
    ) -> None:
        self._since, self._made_at = since, made_at
        self._addresses: set[tuple[Audience, str, str]] = set()
        self.accounts: list[Account] = []
        self.at_desks: list[DeskMembership] = []
        self.at_organisers: list[OrganiserMembership] = []
        self.leads = [self._at_desk(desk, desk.lead, DeskRole.LEAD) for desk in desks]
        self.workers = [self._at_desk(desk, desk.worker, DeskRole.WORKER) for desk in desks]
        self.managers = [
            self._at_organiser(organiser, name) for organiser, name in zip(organisers, managers, strict=True)
        ]
        for lead in self.leads:
            lead.totp_secret, lead.totp_confirmed_at = DEMO_TOTP_SECRET, made_at

    def _at_desk(self, desk: PlannedDesk, name: str, role: DeskRole) -> Account:
        account = self._account(Audience.DESK, name, desk.row.slug)
        self.at_desks.append(DeskMembership(desk=desk.row, account=account, role=role, start_on=self._since))
        return account

    def _at_organiser(self, organiser: Organiser, name: str) -> Account:
        domain = organiser.email.partition("@")[0]
        account = self._account(Audience.ORGANISER, name, domain)
        self.at_organisers.append(
            OrganiserMembership(
                organiser_id=organiser.id, account=account, role=OrganiserRole.MANAGER, start_on=self._since
            )
        )
        return account

    def _account(self, audience: Audience, name: str, domain: str) -> Account:
        local = slugify(name).replace("-", ".")
        while (audience, local, domain) in self._addresses:
            local += "2"
        self._addresses.add((audience, local, domain))
        account = Account(audience=audience, email=f"{local}@{domain}.example", name=name, created_at=self._made_at)
        self.accounts.append(account)
        return account
