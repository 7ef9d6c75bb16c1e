"""What a location answered, each answer with what became of its offer: the newest last, nothing overwritten."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opvangloket.domains.distribution.models import Answer, AnswerDoor, Offer
from opvangloket.domains.providers.models import Tariff
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.offers import OfferState, is_expired
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.reasons import DeclineReason, NoReason

__all__ = ["AnswerDoor", "GivenAnswer", "GivenOffer", "answers_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOffer:
    """What became of an offer; one whose reply-by date is over reads as expired, whatever job has run."""

    id: UUID
    state: OfferState
    reply_by_on: date
    held: bool
    closed_at: datetime | None
    decline_reason: DeclineReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer: of a no the reason and what is possible, of the others what they propose."""

    id: UUID
    at: datetime
    kind: AnswerKind
    door: AnswerDoor
    late: bool
    message: str
    start_on: date | None
    end_on: date | None
    pattern: WeekPattern | None
    hours: CareHours
    tariff: Tariff | None
    reason: NoReason | None
    possible_pattern: WeekPattern | None
    possible_from_on: date | None
    offer: GivenOffer | None


def answers_of(inquiry_ids: Collection[UUID], *, today: date) -> dict[UUID, tuple[GivenAnswer, ...]]:
    """Return the answers to each inquiry in two queries, the newest last; an inquiry without answer is left out."""
    offers = {offer.answer_id: _given_offer(offer, today) for offer in Offer.objects.filter(inquiry_id__in=inquiry_ids)}
    found: defaultdict[UUID, list[GivenAnswer]] = defaultdict(list)
    for answer in Answer.objects.filter(inquiry_id__in=inquiry_ids).order_by("at", "id"):
        found[answer.inquiry_id].append(_given_answer(answer, offers.get(answer.id)))
    return {inquiry_id: tuple(answers) for inquiry_id, answers in found.items()}


def _given_answer(row: Answer, offer: GivenOffer | None) -> GivenAnswer:
    return GivenAnswer(
        id=row.id,
        at=row.at,
        kind=AnswerKind(row.kind),
        door=AnswerDoor(row.door),
        late=row.late,
        message=row.message,
        start_on=row.start_on,
        end_on=row.end_on,
        pattern=WeekPattern(row.parts) if row.parts else None,
        hours=CareHours.parse("|".join(row.hours)),
        tariff=Tariff(row.tariff) if row.tariff else None,
        reason=NoReason(row.reason) if row.reason else None,
        possible_pattern=WeekPattern(row.possible_parts) if row.possible_parts else None,
        possible_from_on=row.possible_from_on,
        offer=offer,
    )


def _given_offer(row: Offer, today: date) -> GivenOffer:
    state = OfferState(row.state)
    if is_expired(state, reply_by_on=row.reply_by_on, today=today):
        state = OfferState.EXPIRED
    return GivenOffer(
        id=row.id,
        state=state,
        reply_by_on=row.reply_by_on,
        held=row.held,
        closed_at=row.closed_at,
        decline_reason=DeclineReason(row.decline_reason) if row.decline_reason else None,
    )
