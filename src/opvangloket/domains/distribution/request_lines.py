"""The lines of a request: what lies with each location and what came of it, for the family and for the desk.

Everything looks from the scope in force, so a family sees its own requests and a desk those of the desk. The number of
queries does not depend on the number of requests or locations.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models.functions import Coalesce

from opvangloket.domains.distribution.answering.given import GivenAnswer, answers_of
from opvangloket.domains.distribution.care.reading import Care, care_of, with_care
from opvangloket.domains.distribution.lines.facts import asked
from opvangloket.domains.distribution.models import Inquiry, Placement, PlacementState
from opvangloket.domains.providers.models import LocationType
from opvangloket.domains.providers.moving import AnnouncedMove, announced_moves
from opvangloket.domains.requests.models import RequestedLocation
from opvangloket.rules.differences import Asked, Difference, differences
from opvangloket.rules.inquiries import ENDED_UNANSWERED, InquiryState, is_overdue
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPlacement:
    """A place of the child: as agreed, and as confirmed where that is known."""

    id: UUID
    state: PlacementState
    agreed_at: datetime
    start_on: date
    end_on: date | None
    pattern: WeekPattern
    is_direct: bool
    confirmed_at: datetime | None
    confirmed_start_on: date | None
    confirmed_pattern: WeekPattern | None
    care: Care

    @property
    def real_start_on(self) -> date:
        """The start in force: as confirmed, else as agreed."""
        return self.confirmed_start_on or self.start_on

    @property
    def real_pattern(self) -> WeekPattern:
        """The days in force: as confirmed, else as agreed."""
        return self.confirmed_pattern or self.pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One location of a request, with its latest inquiry.

    `state` is None for a location that is listed but not asked yet. `dropped_at` is set once the family took it off
    its list. `asked` is what it was asked last. `answers` are those of all rounds, the last one counts;
    `differences` compares that one with what was asked then.
    """

    location_id: UUID
    location_slug: str
    location_name: str
    location_type: LocationType
    location_phone: str
    position: int
    dropped_at: datetime | None
    inquiry_id: UUID | None
    state: InquiryState | None
    round: int
    send_from_on: date | None
    answer_from_on: date | None
    sent_at: datetime | None
    due_on: date | None
    overdue: bool
    seen_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    asked: Asked | None
    answers: tuple[GivenAnswer, ...]
    differences: tuple[Difference, ...]
    placements: tuple[SeenPlacement, ...]
    moves: AnnouncedMove | None

    @property
    def answer(self) -> GivenAnswer | None:
        """The answer that counts: the last one."""
        return self.answers[-1] if self.answers else None

    @property
    def open_offer(self) -> GivenAnswer | None:
        """The answer whose offer still waits for the family, or None."""
        last = self.answer
        return last if last and last.offer and last.offer.state is OfferState.OPEN else None

    @property
    def closed_on(self) -> date | None:
        """The day on which it was taken back or closed without an answer, or None."""
        return brussels_date(self.closed_at) if self.closed_at and self.state in ENDED_UNANSWERED else None

    @property
    def placement(self) -> SeenPlacement | None:
        """The place that stands at this location, or None."""
        standing = [one for one in self.placements if one.state is not PlacementState.UNDONE]
        return standing[-1] if standing else None


def lines_of_request(request_id: UUID, *, today: date) -> tuple[RequestLine, ...]:
    """Return the lines of one request in the family's order; none for a request outside the scope."""
    return lines_of_requests([request_id], today=today).get(request_id, ())


def lines_of_requests(request_ids: Collection[UUID], *, today: date) -> dict[UUID, tuple[RequestLine, ...]]:
    """Return the lines of several requests, each in its family's order, dropped locations last."""
    chosen = list(
        RequestedLocation.objects.filter(request_id__in=request_ids)
        .select_related("location")
        .order_by(Coalesce("preference", "position"))
    )
    inquiries = _inquiries(request_ids)
    answers = answers_of([inquiry.id for asked in inquiries.values() for inquiry in asked], today=today)
    placements = _placements(request_ids)
    found: defaultdict[UUID, list[RequestLine]] = defaultdict(list)
    moves = announced_moves({row.location_id for row in chosen})
    for row in chosen:
        key = (row.request_id, row.location_id)
        story = [(inquiry, answers.get(inquiry.id, ())) for inquiry in inquiries.get(key, ())]
        found[row.request_id].append(_line(row, story, placements.get(key, ()), moves.get(row.location_id), today))
    return {request_id: tuple(sorted(lines, key=_order)) for request_id, lines in found.items()}


def _order(line: RequestLine) -> tuple[bool, int]:
    return line.dropped_at is not None, line.position


def _inquiries(request_ids: Collection[UUID]) -> Mapping[tuple[UUID, UUID], list[Inquiry]]:
    """Return the inquiries of each location of each request, the latest last, with the wish that each asks."""
    found: defaultdict[tuple[UUID, UUID], list[Inquiry]] = defaultdict(list)
    for row in Inquiry.objects.filter(request_id__in=request_ids).select_related("wish").order_by("round", "id"):
        found[row.request_id, row.location_id].append(row)
    return found


def _placements(request_ids: Collection[UUID]) -> Mapping[tuple[UUID, UUID], tuple[SeenPlacement, ...]]:
    found: defaultdict[tuple[UUID, UUID], tuple[SeenPlacement, ...]] = defaultdict(tuple)
    rows = with_care(Placement.objects.filter(request_id__in=request_ids))
    for row in rows.order_by("agreed_at", "id"):
        care = care_of(row)
        found[row.request_id, row.location_id] += (
            SeenPlacement(
                id=row.id,
                state=PlacementState(row.state),
                agreed_at=row.agreed_at,
                start_on=row.start_on,
                end_on=row.end_on,
                pattern=WeekPattern(row.parts),
                is_direct=row.offer_id is None and not care.moved_from,
                confirmed_at=row.confirmed_at,
                confirmed_start_on=row.confirmed_start_on,
                confirmed_pattern=WeekPattern(row.confirmed_parts) if row.confirmed_parts else None,
                care=care,
            ),
        )
    return found


def _line(
    row: RequestedLocation,
    story: Sequence[tuple[Inquiry, tuple[GivenAnswer, ...]]],
    placements: tuple[SeenPlacement, ...],
    moves: AnnouncedMove | None,
    today: date,
) -> RequestLine:
    inquiry = story[-1][0] if story else None
    state = InquiryState(inquiry.state) if inquiry else None
    question = asked(inquiry.wish) if inquiry else None
    return RequestLine(
        location_id=row.location_id,
        location_slug=row.location.slug,
        location_name=row.location.name,
        location_type=LocationType(row.location.type),
        location_phone=row.location.phone,
        position=row.preference or row.position,
        dropped_at=row.dropped_at,
        inquiry_id=inquiry.id if inquiry else None,
        state=state,
        round=inquiry.round if inquiry else 0,
        send_from_on=inquiry.send_from_on if inquiry else None,
        answer_from_on=inquiry.answer_from_on if inquiry else None,
        sent_at=inquiry.sent_at if inquiry else None,
        due_on=inquiry.due_on if inquiry else None,
        overdue=state is not None and is_overdue(state, due_on=inquiry.due_on if inquiry else None, today=today),
        seen_at=inquiry.seen_at if inquiry else None,
        answered_at=inquiry.answered_at if inquiry else None,
        closed_at=inquiry.closed_at if inquiry else None,
        asked=question,
        answers=tuple(answer for _, answers in story for answer in answers),
        differences=_differences(story),
        placements=placements,
        moves=moves,
    )


def _differences(story: Sequence[tuple[Inquiry, tuple[GivenAnswer, ...]]]) -> tuple[Difference, ...]:
    """Compare the latest offer of a location with what it was asked then."""
    for inquiry, answers in reversed(story):
        if answers:
            last = answers[-1]
            if last.start_on is None or last.pattern is None:
                return ()
            return differences(asked(inquiry.wish), start_on=last.start_on, pattern=last.pattern)
    return ()
