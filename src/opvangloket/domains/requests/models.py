"""A care request keeps its original question for ever; what happened is appended as case events.

The columns of the original question are guarded by a trigger (migration 0002): nobody overwrites what was asked.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from opvangloket.domains.families.models import Child, Guardian
from opvangloket.domains.providers.models import Location
from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, Scoped, ScopedManager


class Channel(models.TextChoices):
    """How a request came in. All give the same file, the same rights and a receipt."""

    ONLINE = "online", "website"
    PHONE = "phone", "telefoon"
    COUNTER = "counter", "aan het loket"
    PAPER = "paper", "op papier"
    HELPER = "helper", "toeleider"
    ORGANISER = "organiser", "bij de opvang"
    IMPORT = "import", "overgenomen lijst"
    INTERFACE = "interface", "andere software"


class TaskKind(models.TextChoices):
    """Why something is on the desk's list as a row of its own."""

    CONTACT_UNVERIFIED = "contact_unverified", "adres niet bevestigd"
    ANSWER_OVERDUE = "answer_overdue", "antwoord te laat"
    CALL_ORGANISER = "call_organiser", "opvang bellen"
    OFFER_EXPIRING = "offer_expiring", "voorstel vervalt"
    ALL_SAID_NO = "all_said_no", "iedereen zei nee"
    OWN_WORDS = "own_words", "eigen woorden te lezen"
    LIKELY_DUPLICATE = "likely_duplicate", "misschien dezelfde vraag"
    TAKE_OVER = "take_over", "overnemen"
    CONFIRM_CURRENT = "confirm_current", "navragen of de vraag nog geldt"
    URGENT = "urgent", "dringend"
    DESK_ASKED = "desk_asked", "vraag aan het loket"
    REFERRED = "referred", "doorverwezen"
    OTHER = "other", "andere"


class CareRequest(Row, Scoped):
    """A family's request for care for one child."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(id__in=s.request_ids),
        OrganiserScope: lambda s: Q(
            id__in=RequestedLocation.all_rows.filter(location_id__in=s.location_ids).values("request_id")
        ),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="requests")
    desk_id: UUID
    reference = models.CharField(max_length=8, unique=True)
    source = models.CharField(max_length=120, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    imported_digest = models.CharField(max_length=64, blank=True)
    applicant = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="requests")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="requests")
    siblings_id = models.UUIDField(null=True)  # shared by requests made in one go
    siblings_together = models.BooleanField(default=False)

    # The original question: never changes (see the trigger).
    registered_at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=Channel)
    registered_by_id = models.UUIDField(null=True)
    residence_nis = models.CharField(max_length=5, blank=True)
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    parts = models.PositiveSmallIntegerField()
    also_parts = models.PositiveSmallIntegerField(default=0)
    parts_wanted = models.PositiveSmallIntegerField(null=True)
    other_week_parts = models.PositiveSmallIntegerField(null=True)  # an alternating pattern's second week
    hours: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20), default=list)
    characteristics: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=40), default=list)
    urgent_reason = models.CharField(max_length=20, blank=True)
    special_need = models.BooleanField(default=False)
    rule_set = models.CharField(max_length=12)
    urgent = models.BooleanField(default=False)
    atypical = models.BooleanField(default=False)
    priority = models.BooleanField(default=False)
    vulnerable = models.BooleanField(default=False)

    # What the family adds, and how it stands now.
    own_words = models.TextField(blank=True)
    message_to_locations = models.TextField(blank=True)
    support_needed = models.TextField(blank=True)
    support_shared = models.BooleanField(default=False)
    later_start_months = models.PositiveSmallIntegerField(default=0)
    other_days_ok = models.BooleanField(default=False)
    part_of_week_ok = models.BooleanField(default=False)
    other_location_ok = models.BooleanField(default=False)
    state = models.CharField(max_length=20, db_index=True)
    contact_verified_at = models.DateTimeField(null=True)
    confirmed_current_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Under which keys another request for the same child would be found; None until somebody looked.
    identity_keys: "ArrayField[list[str] | None, list[str] | None]" = ArrayField(models.TextField(), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="request_id_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(parts__gt=0),
                name="request_asks_something",
                violation_error_message="Kies minstens één dagdeel.",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "start_on"]),
            models.Index(fields=["desk", "state"]),
            models.Index(fields=["desk", "registered_at"]),
            models.Index(fields=["siblings_id"], condition=~Q(siblings_id=None), name="request_siblings"),
            GinIndex(fields=["identity_keys"], name="request_identity"),
            models.Index(fields=["desk"], condition=Q(identity_keys=None), name="request_not_compared"),
        ]


class RequestedLocation(Row, Scoped):
    """A location that the family chose, in the family's order; dropping keeps the row.

    `position` is the order in which it chose; `preference` the order that it gave since, which counts from then on.
    """

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(request__desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
    }
    all_rows: ClassVar[models.Manager["RequestedLocation"]] = models.Manager()

    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="chosen_locations")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    preference = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["request", "location"], name="location_chosen_once")]
        indexes = [models.Index(fields=["location", "request"])]


class WishVersion(Row, Scoped):
    """What the family wants now, beside its original question; numbered, never overwritten."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(request__desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
    }

    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="wishes")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by_kind = models.CharField(max_length=20)
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    parts = models.PositiveSmallIntegerField()
    also_parts = models.PositiveSmallIntegerField(default=0)
    parts_wanted = models.PositiveSmallIntegerField(null=True)
    hours: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="wish_number_once")]


class StandingEvents(ScopedManager["CaseEvent"]):
    """The events that stand: without a merge, or a "not genuine", that the desk undid (`SetAside`)."""

    def get_queryset(self) -> "models.QuerySet[CaseEvent]":
        """Return the events visible in the scope in force, without those that were undone."""
        undone = SetAside.all_rows.filter(event_id=OuterRef("id"), undone_at__isnull=False)
        return super().get_queryset().filter(~Exists(undone))


class EveryEvent(ScopedManager["CaseEvent"]):
    """Everything that was ever written: for the hash chain, and for reports as of a day before an undoing."""


class CaseEvent(Row, Scoped):
    """What happened to a request, in the words of the exchange format; the source of its outcome. Append-only.

    `objects` are the events that stand, `ever` is everything that was written.
    """

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()  # breaks equal moments
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    start_on = models.DateField(null=True)
    parts = models.PositiveSmallIntegerField(null=True)
    reply_by_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=120, blank=True)
    imported = models.BooleanField(default=False)

    objects: ClassVar[ScopedManager["CaseEvent"]] = StandingEvents()
    ever: ClassVar[ScopedManager["CaseEvent"]] = EveryEvent()

    class Meta:
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["request", "seq"], name="case_event_seq_once")]
        indexes = [
            models.Index(fields=["desk", "at"]),
            models.Index(fields=["desk", "id"]),
            models.Index(fields=["desk", "start_on"], condition=Q(kind="corrected"), name="case_event_corrected"),
        ]


class SetAside(Row, Scoped):
    """The desk's decision that a request is a duplicate or not genuine, so not counted; it can be undone.

    In the exchange format such an event is final. So the undoing is kept here, beside the event: an event that was
    undone is passed over by every reading of the story from that moment on (ADR 10).
    """

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(request__desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
    }
    all_rows: ClassVar[models.Manager["SetAside"]] = models.Manager()

    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="set_aside")
    event = models.OneToOneField(CaseEvent, on_delete=models.CASCADE, related_name="set_aside")
    into = models.ForeignKey(CareRequest, on_delete=models.PROTECT, null=True, related_name="duplicates")
    state_before = models.CharField(max_length=20)
    closed_before_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.UUIDField(null=True)

    class Meta:
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(undone_at=None), name="set_aside_once"),
            models.CheckConstraint(condition=~Q(into=F("request")), name="not_merged_with_itself"),
        ]
        # Every reading of a story asks which of its events were undone: nearly none, so this stays next to empty.
        indexes = [models.Index(fields=["event"], condition=Q(undone_at__isnull=False), name="set_aside_undone")]


class DeskTask(Row, Scoped):
    """Something a desk worker has to do; done by a person or by what happens, never by ignoring it."""

    visible: ClassVar[Any] = {DeskScope: lambda s: Q(desk_id=s.desk_id)}

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    kind = models.CharField(max_length=24, choices=TaskKind)
    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, null=True, related_name="tasks")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, related_name="+")
    subject_id = models.UUIDField()  # what it is about: with the kind it exists once
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by_id = models.UUIDField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="task_once_per_subject")]
        indexes = [models.Index(fields=["desk", "due_on"], condition=Q(done_at=None), name="task_open")]


class Note(Row, Scoped):
    """A note of the desk in a family's file: a call, an agreement, something to remember."""

    visible: ClassVar[Any] = {DeskScope: lambda s: Q(request__desk_id=s.desk_id)}

    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    author_id = models.UUIDField()
    text = models.TextField()


class Draft(Row):
    """A question being asked: saved at each step, continued on another device by its link."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["changed_at"])]
        constraints = [models.CheckConstraint(condition=Q(changed_at__gte=F("made_at")), name="draft_changed_later")]
