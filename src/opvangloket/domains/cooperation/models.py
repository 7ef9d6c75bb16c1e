"""The cooperation agreement of a desk with who signed it, and the consultations to which all organisers are invited."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from opvangloket.domains.providers.models import DeskRelation, LocationInDesk, Organiser
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, Scoped
from opvangloket.rules.consultations import REPLY_LABELS


class SignedHow(models.TextChoices):
    """How an organiser signed."""

    ONLINE = "online", "online"
    PAPER = "paper", "op papier"


def _home_desks(s: OrganiserScope) -> Any:
    rows = LocationInDesk._base_manager.filter(location_id__in=s.location_ids, relation=DeskRelation.HOME)
    return rows.values("desk_id")


class AgreementVersion(Row, Scoped):
    """One version of the agreement of a desk, whole, as `rules.cooperation_agreement` wrote it. Append-only."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(desk_id__in=_home_desks(s)),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    desk_id: UUID
    number = models.PositiveSmallIntegerField()
    procedure_number = models.PositiveIntegerField()
    own_points = models.JSONField()
    parts = models.JSONField()
    made_by_id = models.UUIDField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "number"], name="agreement_version_once")]


class AgreementSignature(Row, Scoped):
    """An organiser agrees: `name` is who signed, `steps` the subsidy steps of its locations then.

    `digest` is of the parts that held for these steps. Nothing changes in it but that a mistake of the desk (the paper
    of somebody else) is taken back, with the reason.
    """

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(version__desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(organiser_id=s.organiser_id),
    }

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="signatures")
    version_id: UUID
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="signatures")
    organiser_id: UUID
    how = models.CharField(max_length=6, choices=SignedHow)
    name = models.CharField(max_length=120)
    account_id = models.UUIDField(null=True)
    signed_on = models.DateField()
    at = models.DateTimeField()
    steps = models.JSONField()
    digest = models.CharField(max_length=64)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organiser"], condition=Q(taken_back_at=None), name="signed_once"
            ),
        ]


class AgreementReview(Row, Scoped):
    """The yearly look at the agreement, with all partners: when, and what came of it. Append-only."""

    visible: ClassVar[Any] = {DeskScope: lambda s: Q(version__desk_id=s.desk_id)}

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField()
    words = models.TextField()
    made_by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "reviewed_on"], name="one_review_a_day")]


def _invited(s: OrganiserScope) -> Any:
    return Invitation._base_manager.filter(organiser_id=s.organiser_id).values("consultation_id")


class Consultation(Row, Scoped):
    """A consultation to which a desk invites all its organisers: when, where, about what, and its report."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(id__in=_invited(s)),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    desk_id: UUID
    reference = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200)
    agenda = models.TextField()
    is_agreement_moment = models.BooleanField(default=False)
    made_by_id = models.UUIDField(null=True)
    invited_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["desk", "starts_at"], name="consultation_of_desk")]


class ConsultationDocument(Row, Scoped):
    """A document with the invitation or with the report, in its order over both."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(consultation__desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(consultation_id__in=_invited(s)),
    }

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="documents")
    number = models.PositiveSmallIntegerField()
    of_report = models.BooleanField(default=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    document_id: UUID

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="consultation_document_number_once")
        ]


class Invitation(Row, Scoped):
    """Proof that an organiser was invited, what it said, and whether it was there (None: not told)."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(consultation__desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(organiser_id=s.organiser_id),
    }

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="invitations")
    consultation_id: UUID
    number = models.PositiveSmallIntegerField()
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE)
    organiser_id: UUID
    location_id = models.UUIDField()  # at whose desk a mail that fails is seen
    was_mailed = models.BooleanField()
    reply = models.CharField(
        max_length=12, blank=True, choices=[(reply.value, label) for reply, label in REPLY_LABELS.items()]
    )
    represented_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True)
    represented_by_id: UUID | None
    replied_at = models.DateTimeField(null=True)
    replied_by_id = models.UUIDField(null=True)
    attended = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "organiser"], name="invited_once"),
            models.UniqueConstraint(fields=["consultation", "number"], name="invitation_number_once"),
        ]
