"""One conversation per request and location, of which each side keeps how far it read; visits; complaints; news."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.models import Location, LocationInDesk, Organiser
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, Scoped
from opvangloket.rules.complaints import STATE_LABELS, TOPIC_LABELS, ComplaintState, StepKind, Topic
from opvangloket.rules.conversations import SIDE_LABELS

_BY_THREAD: dict[type, Any] = {
    DeskScope: lambda s: Q(thread__desk_id=s.desk_id),
    FamilyScope: lambda s: Q(thread__request_id__in=s.request_ids),
    OrganiserScope: lambda s: Q(thread__location_id__in=s.location_ids),
}


_SIDES = [(side.value, label) for side, label in SIDE_LABELS.items()]


class Thread(Row, Scoped):
    """The conversation about one request with one location, over all its rounds."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="threads")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="threads")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "location"], name="one_thread_per_line")]


class ThreadMessage(Row, Scoped):
    """Something that was said. Append-only; plain text, never an address."""

    visible: ClassVar[Any] = _BY_THREAD

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=8, choices=_SIDES)
    author_id = models.UUIDField(null=True)  # a family has no account
    at = models.DateTimeField()
    text = models.TextField()
    for_desk = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="message_number_once")]


class ReadMark(Row, Scoped):
    """How far one side is: the last message for it, the last one it read, the last one it was mailed about."""

    visible: ClassVar[Any] = _BY_THREAD

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="marks")
    side = models.CharField(max_length=8, choices=_SIDES)
    newest = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "side"], name="one_mark_per_side")]
        indexes = [
            models.Index(fields=["side", "thread"], condition=Q(newest__gt=F("read")), name="mark_unread"),
        ]


class VisitMoment(Row, Scoped):
    """A moment at which a location receives one family that wants to get to know it."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(
            location_id__in=LocationInDesk._base_manager.filter(desk_id=s.desk_id).values("location_id")
        ),
        FamilyScope: lambda s: Q(
            location_id__in=Inquiry._base_manager.filter(request_id__in=s.request_ids).values("location_id")
        ),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
    }

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="visit_moments")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location", "starts_at"], condition=Q(withdrawn_at=None), name="visit_moment_once"
            )
        ]


class Visit(Row, Scoped):
    """A family that comes at a moment, until one of both cancels it."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, related_name="visits")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="visits")
    moment = models.ForeignKey(VisitMoment, on_delete=models.CASCADE, related_name="visits")
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment"], condition=Q(cancelled_at=None), name="one_family_per_moment"),
            models.UniqueConstraint(
                fields=["request", "location"], condition=Q(cancelled_at=None), name="one_visit_per_line"
            ),
        ]


class Complaint(Row, Scoped):
    """What a family or an organiser complains about, in its own words, until the desk closes it."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids) | Q(organiser_id=s.organiser_id),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    reference = models.CharField(max_length=8, unique=True)
    topic = models.CharField(max_length=12, choices=[(topic.value, label) for topic, label in TOPIC_LABELS.items()])
    # Who complains: the family of a request, or an organiser.
    request = models.ForeignKey(CareRequest, on_delete=models.CASCADE, null=True, related_name="complaints")
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, null=True, related_name="complaints")
    author_id = models.UUIDField(null=True)  # a family has no account
    shows_name = models.BooleanField(default=False)
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, related_name="complaints")
    text = models.TextField()
    received_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=ComplaintState.RECEIVED,
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(request=None) ^ Q(organiser=None), name="complaint_has_one_complainant"),
            models.CheckConstraint(
                condition=Q(topic=Topic.LOCATION, location__isnull=False) | ~Q(topic=Topic.LOCATION) & Q(location=None),
                name="complaint_names_its_location",
            ),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.CLOSED, closed_at__isnull=False)
                | ~Q(state=ComplaintState.CLOSED) & Q(closed_at=None),
                name="complaint_closed_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "due_on"], condition=~Q(state=ComplaintState.CLOSED), name="complaint_open"),
        ]


class ComplaintStep(Row, Scoped):
    """What was said or done about a complaint. Append-only; a note of the desk is seen by the desk alone."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(complaint__desk_id=s.desk_id),
        FamilyScope: lambda s: Q(complaint__request_id__in=s.request_ids) & ~Q(kind=StepKind.NOTE),
        OrganiserScope: lambda s: (
            (Q(complaint__location_id__in=s.location_ids) | Q(complaint__organiser_id=s.organiser_id))
            & ~Q(kind=StepKind.NOTE)
        ),
    }

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    party = models.CharField(max_length=10)
    author_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    code = models.CharField(max_length=12, blank=True)  # to whom it was handed on, or how it ended

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "number"], name="complaint_step_number_once")]


def _received(s: OrganiserScope) -> Any:
    return NewsRecipient._base_manager.filter(organiser_id=s.organiser_id).values("item_id")


class NewsItem(Row, Scoped):
    """News of a desk to all its organisers. Append-only."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(id__in=_received(s)),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    reference = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    author_id = models.UUIDField(null=True)
    published_at = models.DateTimeField()


class NewsDocument(Row, Scoped):
    """A document with news, in its order."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(item__desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(item_id__in=_received(s)),
    }

    item = models.ForeignKey(NewsItem, on_delete=models.CASCADE, related_name="documents")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="news_document_number_once")]


class NewsRecipient(Row, Scoped):
    """Proof that an organiser got the news, at the moment at which it was published. Append-only."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(item__desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(organiser_id=s.organiser_id),
    }

    item = models.ForeignKey(NewsItem, on_delete=models.CASCADE, related_name="recipients")
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE)
    was_mailed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "organiser"], name="news_recipient_once")]


class NewsRead(Row, Scoped):
    """When somebody of an organiser first opened the news. Append-only."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(item__desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(organiser_id=s.organiser_id),
    }

    item = models.ForeignKey(NewsItem, on_delete=models.CASCADE, related_name="reads")
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE)
    account_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "organiser", "account_id"], name="news_read_once_by_each")
        ]
