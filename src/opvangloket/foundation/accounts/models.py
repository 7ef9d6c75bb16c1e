"""Accounts per audience (one person may hold several; they never mix), their roles, and codes sent by mail."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, Scoped
from opvangloket.rules.second_person import ProposalEnding


class Audience(models.TextChoices):
    """For whom a page, a session and an account are. Families need no account: a reference and a verified address."""

    FAMILY = "family", "gezin"
    ORGANISER = "organiser", "organisator"
    DESK = "desk", "loket"


class DeskRole(models.TextChoices):
    """What somebody is at a desk."""

    WORKER = "desk_worker", "loketmedewerker"
    LEAD = "desk_lead", "trekker"


class OrganiserRole(models.TextChoices):
    """What somebody is with an organiser."""

    MANAGER = "manager", "verantwoordelijke"
    STAFF = "location_staff", "medewerker"
    STAND_IN = "stand_in", "vervanger"


class Account(Row):
    """A person of an organiser or a desk."""

    audience = models.CharField(max_length=12, choices=Audience)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    totp_secret = models.CharField(max_length=64, blank=True)
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(null=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    last_signed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("audience", Lower("email"), name="account_address_once"),
            models.CheckConstraint(condition=~Q(audience=Audience.FAMILY), name="account_not_for_families"),
        ]

    def __str__(self) -> str:
        return self.name


class DeskMembership(Row, Scoped):
    """An account's role at a desk, from a day until a day."""

    visible: ClassVar[Any] = {DeskScope: lambda s: Q(desk_id=s.desk_id)}

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="desk_memberships")
    role = models.CharField(max_length=20, choices=DeskRole)
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "account"], condition=Q(end_on=None), name="one_role_per_desk")
        ]


class OrganiserMembership(Row, Scoped):
    """An account's role with an organiser; `location_id` limits it to one location."""

    visible: ClassVar[Any] = {OrganiserScope: lambda s: Q(organiser_id=s.organiser_id)}

    organiser_id = models.UUIDField(db_index=True)  # domains.providers stands above this ring
    location_id = models.UUIDField(null=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="organiser_memberships")
    role = models.CharField(max_length=20, choices=OrganiserRole)
    start_on = models.DateField()
    end_on = models.DateField(null=True)


class RoleProposal(Row, Scoped):
    """A far-reaching role at an organiser or a desk, proposed by one person, until a second one confirms it.

    What is proposed never changes; it ends once (`rules.second_person`).
    """

    visible: ClassVar[Any] = {
        OrganiserScope: lambda s: Q(audience=Audience.ORGANISER, place_id=s.organiser_id),
        DeskScope: lambda s: Q(audience=Audience.DESK, place_id=s.desk_id),
    }

    audience = models.CharField(max_length=12, choices=Audience)
    place_id = models.UUIDField()  # the organiser or the desk
    role = models.CharField(max_length=20)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField(null=True)  # null: whoever runs the installation
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    ending = models.CharField(
        max_length=10, blank=True, choices=[(ending.value, ending.value) for ending in ProposalEnding]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "audience", "place_id", Lower("email"), condition=Q(ended_at=None), name="role_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="role_proposal_ends_at_a_moment",
            ),
        ]


class SignInCode(Row):
    """A code of six digits sent to an address; only its hash is kept, it works once and not for long."""

    audience = models.CharField(max_length=12, choices=Audience)
    address = models.CharField(max_length=254)
    subject_id = models.UUIDField(null=True)  # the request whose contact is verified
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["audience", "address", "made_at"])]


class TokenBucket(models.Model):
    """How many tries are left for one thing (an address, a client) before it has to wait."""

    name = models.CharField(max_length=200, primary_key=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()
