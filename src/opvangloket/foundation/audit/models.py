"""Every change and every read of a file: ids and codes only. The database refuses to change or delete these rows."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, Scoped


class AuditEvent(Row, Scoped):
    """Who did or read what, when, through which door."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField(null=True)
    request_id = models.UUIDField(null=True)
    codes: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=80), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["desk", "at"]),
            models.Index(fields=["request_id", "at"]),
            models.Index(fields=["actor_id", "at"]),
        ]


class ChainSeal(Row, Scoped):
    """One link of a desk's hash chain over one log: what it covers and what it hashes to."""

    visible: ClassVar[Any] = {DeskScope: lambda s: Q(desk_id=s.desk_id)}

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    log = models.CharField(max_length=20)  # "audit" | "case" | "sending"
    number = models.PositiveIntegerField()
    through_id = models.UUIDField()
    records = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "log", "number"], name="seal_number_once")]
        indexes = [models.Index(fields=["log", "through_id"])]


class Tombstone(Row, Scoped):
    """What stays of a sealed record whose term of keeping is over: its id and its digest, so that the chain holds."""

    visible: ClassVar[Any] = {DeskScope: lambda s: Q(desk_id=s.desk_id)}

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    log = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    forgotten_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["log", "desk", "id"])]
