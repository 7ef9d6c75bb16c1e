"""The figures of an organiser's own mirror, per desk, and the sendings that it was part of.

The number of queries depends neither on the questions nor on the locations. Of other organisers nothing leaves this
module but their middle (`rules.mirror`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Extract, TruncDate

from opvangloket.domains.distribution.models import Answer, Inquiry
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.mirror import AnswerCounts, Middle, middle_of
from opvangloket.rules.periods import BRUSSELS, add_months, brussels_midnight

MONTHS: Final = 12
LATEST: Final = 6
_SECONDS_A_DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskMirror:
    """How the own locations answered the questions of one desk in the last twelve months, and the middle of the others."""

    desk_slug: str
    desk_name: str
    own: AnswerCounts
    by_location: Mapping[UUID, AnswerCounts]
    middle: Middle | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSending:
    """One sending as a location may know it: when, and to how many at the same moment."""

    reference: str
    location_slug: str
    location_name: str
    sent_at: datetime
    recipients: int


class _Median(Aggregate):
    """PostgreSQL's continuous percentile at one half."""

    template = "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def own_mirror(location_ids: Collection[UUID], *, organiser_id: UUID, today: date) -> tuple[DeskMirror, ...]:
    """Return the mirror of these locations, one part per desk that asked them, by name.

    Looks over whole desks for the middle of the others, which are all organisers but this one.
    """
    with across_desks("the middle of a desk takes all its organisers"):
        asked = _asked_since(add_months(today, -MONTHS))
        own = asked.filter(location_id__in=location_ids)
        totals = _counts(own, "desk_id", today=today)
        by_location = _counts(own, "desk_id", "location_id", today=today)
        rest = asked.filter(desk_id__in=[desk_id for (desk_id,) in totals]).exclude(location__organiser_id=organiser_id)
        others = _counts(rest, "desk_id", "location__organiser_id", today=today)
        desks = Desk.objects.in_bulk([desk_id for (desk_id,) in totals])
    of_desk: defaultdict[UUID, list[AnswerCounts]] = defaultdict(list)
    for (desk_id, _organiser), counts in others.items():
        of_desk[desk_id].append(counts)
    return tuple(
        DeskMirror(
            desk_slug=desk.slug,
            desk_name=desk.name,
            own=totals[(desk.id,)],
            by_location={location: counts for (of, location), counts in by_location.items() if of == desk.id},
            middle=middle_of(of_desk[desk.id]),
        )
        for desk in sorted(desks.values(), key=lambda desk: desk.name)
    )


def latest_sendings(location_ids: Collection[UUID]) -> tuple[OwnSending, ...]:
    """Return the last sendings to these locations, the newest first."""
    rows = Inquiry.objects.filter(location_id__in=location_ids, sending__isnull=False)
    rows = rows.select_related("sending", "location", "request").order_by("-sent_at", "-id")
    return tuple(
        OwnSending(
            reference=row.request.reference,
            location_slug=row.location.slug,
            location_name=row.location.name,
            sent_at=row.sending.sent_at,
            recipients=len(row.sending.recipients),
        )
        for row in rows[:LATEST]
        if row.sending is not None
    )


def _asked_since(day: date) -> QuerySet[Any]:
    """Return the inquiries that were sent since a day, each with the moment of its first answer and how long that took."""
    first = Answer.objects.filter(inquiry=OuterRef("id")).order_by("at").values("at")[:1]
    sent = Inquiry.objects.filter(sent_at__gte=brussels_midnight(day)).annotate(first_at=Subquery(first))
    took = ExpressionWrapper(F("first_at") - F("sent_at"), output_field=DurationField())
    return sent.annotate(first_on=TruncDate("first_at", tzinfo=BRUSSELS), took=Extract(took, "epoch"))


def _counts(inquiries: QuerySet[Any], *by: str, today: date) -> dict[tuple[UUID, ...], AnswerCounts]:
    """Count inquiries by these columns; who was asked no more before it answered does not count."""
    answered = Q(first_at__isnull=False)
    open_still = Q(first_at=None, state=InquiryState.SENT)
    given_up = Q(first_at=None, state=InquiryState.CLOSED_NO_ANSWER)
    rows = inquiries.order_by().values(*by).annotate(
        answered=Count("id", filter=answered),
        in_time=Count("id", filter=answered & Q(first_on__lte=F("due_on"))),
        unanswered=Count("id", filter=given_up | (open_still & Q(due_on__lt=today))),
        waiting=Count("id", filter=open_still & Q(due_on__gte=today)),
        median_seconds=_Median("took"),
    )  # fmt: skip
    return {
        tuple(row[name] for name in by): AnswerCounts(
            answered=row["answered"],
            in_time=row["in_time"],
            unanswered=row["unanswered"],
            waiting=row["waiting"],
            median_days=None if row["median_seconds"] is None else row["median_seconds"] / _SECONDS_A_DAY,
        )
        for row in rows
    }
