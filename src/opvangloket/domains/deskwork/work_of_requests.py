"""What the desk has to do for families, straight from how their requests stand: right also when no sweep has run."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, Func, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from opvangloket.domains.deskwork.work import Urgency, WorkItem, WorkReason, WorkRequest
from opvangloket.domains.distribution.care.course import may_be_there
from opvangloket.domains.distribution.models import Inquiry, Offer, Placement, PlacementState
from opvangloket.domains.requests.models import CareRequest, CaseEvent, DeskTask, Note, TaskKind, WishVersion
from opvangloket.foundation.messages.queries import failed_messages
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.inquiries import OPEN_STATES
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure

# More of one reason than this nobody works through in a day; the page says that there are more.
MOST_OF_ONE_REASON: Final = 200
_SEARCHING: Final = (RequestState.REGISTERED, RequestState.OPEN)
_START_IS_HERE: Final = timedelta(days=14)
_CONTACT_COUNTS_FOR: Final = timedelta(days=7)
_LAST_DAYS_OF_AN_OFFER: Final = timedelta(days=3)
_TOMORROW: Final = timedelta(days=1)
_SHOWN: Final = (
    *("reference", "state", "urgent", "vulnerable", "applicant__first_name", "applicant__last_name"),
    *("applicant__phone", "child__first_name", "child__last_name", "child__birth_on", "child__due_on"),
)


def searching_families(procedure: Procedure, *, now: datetime) -> Iterator[WorkItem]:
    """Yield why a family that still searches needs somebody: its start is near, all said no, it is silent, and so on."""
    today = brussels_date(now)
    near = Q(wanted_on__lte=today + timedelta(weeks=procedure.start_near_weeks))
    silent = Q(vulnerable=True, last_at__lte=now - timedelta(days=procedure.vulnerable_silent_days))
    refused = Q(state=RequestState.OPEN, was_asked=True, waits=False, has_offer=False)
    unverified = Q(
        contact_verified_at=None,
        state=RequestState.REGISTERED,
        registered_at__lte=now - timedelta(days=procedure.verify_within_days),
    )
    unsent = Q(was_asked=False, contact_verified_at__isnull=False)
    rows = _with_its_story(CareRequest.objects.filter(state__in=_SEARCHING))
    found = rows.filter(near | silent | refused | unverified | unsent)
    # When there are too many, those whose start is nearest to today are kept, before or after it.
    days_away = Func(F("wanted_on"), Value(today), template="ABS(%(expressions)s)", arg_joiner=" - ")
    for row in found.order_by(days_away, "id")[:MOST_OF_ONE_REASON]:
        yield from _why(row, procedure, now)


def _with_its_story(requests: QuerySet[CareRequest]) -> QuerySet[Any]:
    """Add to each request what it waits for, and when something last happened or somebody last wrote something."""
    own = {"request_id": OuterRef("id")}
    inquiries, offers = Inquiry.objects.filter(**own), Offer.objects.filter(**own, state=OfferState.OPEN)
    wish = WishVersion.objects.filter(**own).order_by("-number")
    return requests.annotate(
        wanted_on=Subquery(wish.values("start_on")[:1]),
        was_asked=Exists(inquiries),
        waits=Exists(inquiries.filter(state__in=OPEN_STATES)),
        has_offer=Exists(offers),
        noted_at=Greatest(
            _latest(Note.objects.filter(**own), "at"),
            _latest(DeskTask.objects.filter(**own).exclude(done_by_id=None), "done_at"),
        ),
    ).annotate(
        last_at=Greatest(
            F("registered_at"),
            F("noted_at"),
            _latest(CaseEvent.objects.filter(**own), "at"),
            Subquery(wish.values("made_at")[:1]),
        )
    )


def _latest(rows: QuerySet[Any], moment: str) -> Subquery:
    return Subquery(rows.order_by().values("request_id").annotate(latest=Max(moment)).values("latest"))


def _why(row: Any, procedure: Procedure, now: datetime) -> Iterator[WorkItem]:
    """Yield each reason that applies to a searching family; who was spoken to these days waits more calmly."""
    today = brussels_date(now)
    contact_on = brussels_date(row.noted_at) if row.noted_at and row.noted_at > now - _CONTACT_COUNTS_FOR else None

    def item(reason: WorkReason, urgency: Urgency, on: date) -> WorkItem:
        calmer = Urgency.CALM if contact_on else urgency
        return WorkItem(reason=reason, urgency=calmer, on=on, request_id=row.id, handled_on=contact_on)

    if row.wanted_on <= today + timedelta(weeks=procedure.start_near_weeks):
        is_here = abs(row.wanted_on - today) <= _START_IS_HERE
        yield item(WorkReason.START_NEAR, Urgency.LATE if is_here else Urgency.SOON, row.wanted_on)
    if row.state == RequestState.OPEN and row.was_asked and not row.waits and not row.has_offer:
        yield item(WorkReason.ALL_SAID_NO, Urgency.SOON, brussels_date(row.last_at))
    if row.vulnerable and row.last_at <= now - timedelta(days=procedure.vulnerable_silent_days):
        yield item(WorkReason.VULNERABLE_SILENT, Urgency.SOON, brussels_date(row.last_at))
    if row.contact_verified_at is None:
        if row.state == RequestState.REGISTERED and row.registered_at <= now - timedelta(
            days=procedure.verify_within_days
        ):
            yield item(WorkReason.CONTACT_UNVERIFIED, Urgency.SOON, brussels_date(row.registered_at))
    elif not row.was_asked:
        yield item(WorkReason.NOT_SENT, Urgency.SOON, brussels_date(row.registered_at))


def expiring_offers(procedure: Procedure, *, today: date) -> Iterator[WorkItem]:
    """Yield the offers whose last days have come, so that none expires unseen; a vulnerable family is called first."""
    last_on = today + max(_LAST_DAYS_OF_AN_OFFER, timedelta(days=procedure.vulnerable_offer_call_days))
    task = DeskTask.objects.filter(kind=TaskKind.OFFER_EXPIRING, subject_id=OuterRef("id"))
    rows = Offer.objects.filter(state=OfferState.OPEN, reply_by_on__lte=last_on, reply_by_on__gte=today).annotate(
        called_at=Subquery(task.exclude(done_by_id=None).values("done_at")[:1]),
        task_id=Subquery(task.filter(done_at=None).values("id")[:1]),
    )
    columns = ("request_id", "location_id", "reply_by_on", "request__vulnerable", "called_at", "task_id")
    values = rows.order_by("reply_by_on", "id").values_list(*columns)
    for request_id, location_id, reply_by_on, vulnerable, called_at, task_id in values[:MOST_OF_ONE_REASON]:
        calls_today = vulnerable and reply_by_on <= today + timedelta(days=procedure.vulnerable_offer_call_days)
        late = calls_today or reply_by_on <= today + _TOMORROW
        urgency = Urgency.CALM if called_at else Urgency.LATE if late else Urgency.SOON
        yield WorkItem(
            reason=WorkReason.OFFER_EXPIRING,
            urgency=urgency,
            on=reply_by_on,
            request_id=request_id,
            location_id=location_id,
            task_id=task_id,
            handled_on=brussels_date(called_at) if called_at else None,
        )


def unconfirmed_starts(*, today: date) -> Iterator[WorkItem]:
    """Yield the places that should have started, and of which nobody told the real start: the report counts it.

    Of a child that is long at school nobody can tell it any more.
    """
    rows = Placement.objects.filter(
        may_be_there(today), state=PlacementState.ACTIVE, confirmed_at=None, start_on__lte=today
    )
    values = rows.order_by("start_on", "id").values_list("request_id", "location_id", "start_on")
    for request_id, location_id, start_on in values[:MOST_OF_ONE_REASON]:
        yield WorkItem(
            reason=WorkReason.START_UNCONFIRMED,
            urgency=Urgency.CALM,
            on=start_on,
            request_id=request_id,
            location_id=location_id,
        )


def undelivered_messages() -> Iterator[WorkItem]:
    """Yield the messages that never arrived, by request or by location; one that is about neither by itself."""
    for message in failed_messages(MOST_OF_ONE_REASON):
        is_alone = not (message.request_id or message.location_id)
        yield WorkItem(
            reason=WorkReason.MESSAGE_FAILED,
            urgency=Urgency.SOON,
            on=brussels_date(message.planned_at),
            request_id=message.request_id,
            location_id=None if message.request_id else message.location_id,
            message_id=message.id if is_alone else None,
            note=message.recipient_name if is_alone else "",
        )


def work_requests(request_ids: Iterable[UUID]) -> dict[UUID, WorkRequest]:
    """Return what a row shows of each request, with its latest wish, in one query."""
    wish = WishVersion.objects.filter(request_id=OuterRef("id")).order_by("-number")
    rows = CareRequest.objects.filter(id__in=set(request_ids)).select_related("child", "applicant")
    annotated: Any = rows.only(*_SHOWN).annotate(
        wanted_on=Subquery(wish.values("start_on")[:1]),
        wanted_parts=Subquery(wish.values("parts")[:1]),
        wanted_also=Subquery(wish.values("also_parts")[:1]),
    )
    return {row.id: _work_request(row) for row in annotated}


def _work_request(row: Any) -> WorkRequest:
    child = row.child
    return WorkRequest(
        request_id=row.id,
        reference=row.reference,
        state=RequestState(row.state),
        child_name=f"{child.first_name} {child.last_name}".strip(),
        born_on=child.birth_on or child.due_on,
        is_born=child.birth_on is not None,
        applicant_name=row.applicant.full_name,
        phone=row.applicant.phone,
        urgent=row.urgent,
        vulnerable=row.vulnerable,
        start_on=row.wanted_on,
        pattern=WeekPattern(row.wanted_parts),
        also=WeekPattern(row.wanted_also),
    )
