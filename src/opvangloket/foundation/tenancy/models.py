"""A desk is a tenant: a slug in every address, a territory, and dated versions of its settings."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, Scoped


class InstallationKind(models.TextChoices):
    """What this installation is for; only a playground lets its clock be moved."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class Installation(models.Model):
    """The one row about this installation: its kind and how far its clock was moved."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=12, choices=InstallationKind)
    clock_offset = models.DurationField()
    town_seed = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_is_one")]


class Desk(Row):
    """A Lokaal Loket Kinderopvang: neutral, serving a territory of one or more municipalities."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    operator = models.CharField(max_length=200)
    file_number = models.CharField(max_length=40, blank=True)
    territory: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=5))
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    counter = models.CharField(max_length=300, blank=True)
    counter_hours = models.CharField(max_length=300, blank=True)
    contact_person = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=120, blank=True)
    imported_digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(territory=[]), name="desk_has_a_territory")]

    def __str__(self) -> str:
        return self.name


class ProcedureVersion(Row, Scoped):
    """One dated version of everything a desk may choose; a new one never changes running terms."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(desk_id=s.desk_id),
        OrganiserScope: lambda _s: Q(),  # the procedure is public
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="procedures")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    values = models.JSONField()
    reason = models.CharField(max_length=500)
    consultation_advice = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "number"], name="procedure_number_once")]
        indexes = [models.Index(fields=["desk", "valid_from", "number"])]
