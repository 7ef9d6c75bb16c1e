"""One inquiry per request, location and round; answers are appended; an offer holds its places until it ends."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opvangloket.domains.providers.models import Location, Tariff
from opvangloket.domains.requests.models import CareRequest, WishVersion
from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, Scoped
from opvangloket.rules.care_course import CareChangeKind
from opvangloket.rules.change_proposals import ProposalState, Proposer

_BY_REQUEST: dict[type, Any] = {
    DeskScope: lambda s: Q(desk_id=s.desk_id),
    FamilyScope: lambda s: Q(request_id__in=s.request_ids),
    OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
}


class AnswerDoor(models.TextChoices):
    """Through which door an answer came in."""

    INBOX = "inbox", "postvak"
    MAIL = "mail", "link in de mail"
    FILE = "file", "lijst in een bestand"
    PHONE = "phone", "telefoon, ingegeven door het loket"
    PAPER = "paper", "papier, ingegeven door het loket"


class AnswerKind(models.TextChoices):
    """What a location answers."""

    YES = "yes", "ja"
    ALTERNATIVE = "alternative", "iets anders"
    NO = "no", "nee"


class PlacementState(models.TextChoices):
    """Whether a child has, had, or never took its place."""

    ACTIVE = "active", "loopt"
    UNDONE = "undone", "ging niet door"
    ENDED = "ended", "gestopt"


class Sending(Row, Scoped):
    """Proof that a round went to all its recipients at one moment. Append-only.

    It outlives its request, of which it then keeps nothing but an identifier that leads nowhere.
    """

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.ForeignKey(CareRequest, on_delete=models.DO_NOTHING, db_constraint=False, related_name="sendings")
    round = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    recipients: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=36))
    fields_digest = models.CharField(max_length=64)
    procedure_number = models.PositiveIntegerField()


class Inquiry(Row, Scoped):
    """The question as it lies with one location in one round, with its dates fixed at sending."""

    visible: ClassVar[Any] = _BY_REQUEST

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="inquiries")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="inquiries")
    wish = models.ForeignKey(WishVersion, on_delete=models.PROTECT, related_name="inquiries")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=24)
    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, null=True, related_name="inquiries")
    send_from_on = models.DateField()
    answer_from_on = models.DateField()
    sent_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    remind_on = models.DateField(null=True)
    call_on = models.DateField(null=True)
    procedure_number = models.PositiveIntegerField()
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # A location that was dropped and chosen again is asked again, in the same round.
            models.UniqueConstraint(
                fields=["request", "location", "round"],
                condition=~Q(state="withdrawn"),
                name="inquiry_once_per_round",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting_release")
                | Q(state="withdrawn")
                | Q(sent_at__isnull=False, due_on__isnull=False),
                name="inquiry_sent_has_a_term",
            ),
        ]
        indexes = [
            models.Index(fields=["location", "due_on"], condition=Q(state="sent"), name="inquiry_inbox"),
            models.Index(fields=["desk", "due_on"], condition=Q(state="sent"), name="inquiry_waiting"),
            models.Index(fields=["send_from_on"], condition=Q(state="waiting_release"), name="inquiry_to_release"),
        ]


class Answer(Row, Scoped):
    """What a location answered. Append-only: a correction is a new answer."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(inquiry__request_id__in=s.request_ids),
        OrganiserScope: lambda s: Q(inquiry__location_id__in=s.location_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="answers")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=AnswerKind)
    door = models.CharField(max_length=8, choices=AnswerDoor)
    entered_by_id = models.UUIDField(null=True)
    start_on = models.DateField(null=True)
    end_on = models.DateField(null=True)
    parts = models.PositiveSmallIntegerField(null=True)
    hours: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20), default=list)
    tariff = models.CharField(max_length=8, choices=Tariff, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    possible_parts = models.PositiveSmallIntegerField(null=True)
    possible_from_on = models.DateField(null=True)
    message = models.TextField(blank=True)
    late = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["inquiry", "at"])]


class Offer(Row, Scoped):
    """What a yes or an alternative proposes, until the reply-by date."""

    visible: ClassVar[Any] = _BY_REQUEST

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="offers")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="offers")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="offers")
    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="offer")
    state = models.CharField(max_length=12)
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    parts = models.PositiveSmallIntegerField()
    hours: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20), default=list)
    tariff = models.CharField(max_length=8, choices=Tariff, blank=True)
    made_at = models.DateTimeField()
    reply_by_on = models.DateField()
    held = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry"], condition=Q(state="open"), name="one_open_offer_per_inquiry"),
            models.CheckConstraint(condition=Q(parts__gt=0), name="offer_offers_something"),
        ]
        indexes = [
            models.Index(fields=["reply_by_on"], condition=Q(state="open"), name="offer_open"),
            models.Index(fields=["request", "made_at"]),
        ]


class Placement(Row, Scoped):
    """A place assigned to a child: an accepted offer, or a direct one at the organiser's door."""

    visible: ClassVar[Any] = _BY_REQUEST

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="placements")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="placements")
    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, null=True, related_name="placement")
    state = models.CharField(max_length=10, choices=PlacementState, default=PlacementState.ACTIVE)
    agreed_at = models.DateTimeField()
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    parts = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_start_on = models.DateField(null=True)
    confirmed_parts = models.PositiveSmallIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["location", "start_on"]),
            models.Index(fields=["desk", "start_on"]),
            models.Index(
                fields=["desk", "start_on"],
                condition=Q(state="active", confirmed_at=None),
                name="placement_to_confirm",
            ),
        ]


class CareChange(Row, Scoped):
    """What changed in a care after it was agreed: other days, another location, its end. Rows are only added.

    The annual report knows nothing of it: it counts what was agreed and what was confirmed at the start.
    """

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(placement__request_id__in=s.request_ids),
        OrganiserScope: lambda s: Q(placement__location_id__in=s.location_ids) | Q(location_id__in=s.location_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="changes")
    seq = models.PositiveIntegerField()  # equal moments stay in order
    kind = models.CharField(max_length=8, choices=[(str(kind), str(kind)) for kind in CareChangeKind])
    at = models.DateTimeField()
    by = models.CharField(max_length=20)
    by_id = models.UUIDField(null=True)
    from_on = models.DateField()
    parts = models.PositiveSmallIntegerField(null=True)
    hours: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20), default=list)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    to_placement = models.OneToOneField(Placement, on_delete=models.CASCADE, null=True, related_name="moved_by")
    reason = models.CharField(max_length=30, blank=True)
    family_agreed_on = models.DateField(null=True)
    door = models.CharField(max_length=8, choices=AnswerDoor, blank=True)  # by which the desk heard of it
    end_before = models.DateField(null=True)  # until when care was agreed before its end was told

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["days", "moved"]) | Q(family_agreed_on__isnull=False, parts__gt=0),
                name="care_changes_with_the_family",
            ),
            models.UniqueConstraint(fields=["placement", "seq"], name="care_change_in_order"),
        ]


_BY_PLACEMENT: dict[type, Any] = {
    DeskScope: lambda s: Q(desk_id=s.desk_id),
    FamilyScope: lambda s: Q(placement__request_id__in=s.request_ids),
    OrganiserScope: lambda s: Q(placement__location_id__in=s.location_ids),
}


class ChangeProposal(Row, Scoped):
    """A change of a running care that the location or the family asks, until the other side answers.

    With `holds_place` the places that it needs beside those of the placement are held for as long as it is open.
    """

    visible: ClassVar[Any] = _BY_PLACEMENT

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="proposals")
    holds_place = models.BooleanField(default=False)
    kind = models.CharField(max_length=8, choices=[(str(kind), str(kind)) for kind in CareChangeKind])
    asked_by = models.CharField(max_length=10, choices=[(str(side), str(side)) for side in Proposer])
    state = models.CharField(max_length=10, choices=[(str(state), str(state)) for state in ProposalState])
    made_at = models.DateTimeField()
    by = models.CharField(max_length=20)
    by_id = models.UUIDField(null=True)
    from_on = models.DateField()
    parts = models.PositiveSmallIntegerField()
    hours: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20), default=list)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    message = models.TextField(blank=True)
    over_capacity_reason = models.TextField(blank=True)
    reply_by_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement"], condition=Q(state="open"), name="one_open_proposal"),
            models.CheckConstraint(
                condition=Q(kind="days", location=None) | Q(kind="moved", location__isnull=False),
                name="proposal_says_what_changes",
            ),
            models.CheckConstraint(condition=Q(parts__gt=0), name="proposal_has_days"),
        ]
        indexes = [
            models.Index(fields=["reply_by_on"], condition=Q(state="open"), name="proposal_open"),
            models.Index(fields=["location"], condition=Q(state="open"), name="proposal_to_location"),
        ]

    @property
    def request_id(self) -> UUID:
        """The request of its placement, for whoever goes over proposals."""
        return self.placement.request_id


class AgreementTick(Row, Scoped):
    """One thing of the written agreement that is arranged (`rules.care_agreement`), and since when."""

    visible: ClassVar[Any] = _BY_PLACEMENT

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="agreement_ticks")
    item = models.CharField(max_length=20)
    arranged_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "item"], name="agreement_item_once")]


class SettlingMoment(Row, Scoped):
    """A moment at which a child comes to get used to its new place, before or around its start."""

    visible: ClassVar[Any] = _BY_PLACEMENT

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="settling_moments")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "starts_at"], name="settling_moment_once")]


class AnswerLink(Row):
    """A signed link in a mail by which a location answers without a password; only its hash is kept."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class WeeklyList(Row):
    """The link in the mail by which a location prints its open questions of one week; only its hash is kept."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="weekly_lists")
    monday = models.DateField()
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["location", "monday"], name="weekly_list_once_a_week")]


class SweepStep(Row):
    """A step that a sweep did once for one subject: a reminder, a task, a question whether all still holds."""

    subject_id = models.UUIDField()
    step = models.CharField(max_length=40)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "step"], name="step_done_once")]
