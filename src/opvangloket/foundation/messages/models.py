"""The outbox: a message is a row planned in the same transaction as its cause, for one recipient, once per cause."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, Scoped


class MessageState(models.TextChoices):
    """Where a message is."""

    PLANNED = "planned", "gepland"
    SENT = "sent", "verstuurd"
    FAILED = "failed", "niet bezorgd"
    TOLD = "told", "niet bezorgd, aan de telefoon verteld"


class Message(Row, Scoped):
    """One message to one recipient about one cause."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids, audience="family"),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True)
    cause = models.CharField(max_length=200, unique=True)
    template = models.CharField(max_length=60)
    recipient = models.EmailField()
    recipient_name = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=12)
    request_id = models.UUIDField(null=True)
    location_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.PLANNED)
    planned_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="planned"), name="message_waiting"),
            models.Index(fields=["desk", "planned_at"], condition=Q(state="failed"), name="message_not_arrived"),
            models.Index(fields=["request_id", "planned_at"]),
            models.Index(fields=["recipient", "planned_at"]),
        ]
