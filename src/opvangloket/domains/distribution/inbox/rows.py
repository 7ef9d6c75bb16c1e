"""The inbox of an organiser: the questions that lie with its locations, across desks (SPEC §5).

Everything looks from the scope in force. The number of queries does not depend on the number of questions.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q

from opvangloket.domains.distribution.answering.given import GivenAnswer, answers_of
from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion, organiser_question
from opvangloket.domains.distribution.lines.facts import born_on
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.distribution.models import Answer, Inquiry
from opvangloket.domains.providers.place_hours import place_hours_of
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.foundation.tenancy.queries import procedures_numbered
from opvangloket.rules.capacity import free_parts
from opvangloket.rules.inquiries import ANSWERED_STATES, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.place_hours import HoursApart, days_apart
from opvangloket.rules.references import normalise
from opvangloket.rules.school_entry import care_period

PER_PAGE: Final = 50
_WAITS: Final = Q(state=InquiryState.SENT)
_BY_DAYS_LEFT: Final = ("due_on", "sent_at", "location__name", "id")


class InboxFilter(StrEnum):
    """Which questions to show."""

    OPEN = "open"
    ANSWERED = "answered"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A question with the answer that counts now.

    `free` are the day parts that are free during the whole care that is asked; None when the location keeps no
    places here. Where all that is needed is free, `apart` are the days on which it has other hours than those asked.
    """

    question: OrganiserQuestion
    free: WeekPattern | None
    apart: tuple[HoursApart, ...]
    answer: GivenAnswer | None

    @property
    def fits(self) -> bool:
        """Whether all that is needed is free, at the hours that are asked too."""
        return self.free is not None and not self.apart and self.question.care.needed.issubset(self.free)

    @property
    def fitting(self) -> WeekPattern | None:
        """The day parts that are free at the hours that are asked; None when the location keeps no places here."""
        return None if self.free is None else self.free - days_apart(self.apart)


@dataclass(frozen=True, slots=True)
class InboxCount:
    """How many questions wait for an answer, and the first day on which one of them is due."""

    waiting: int
    first_due_on: date | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of the inbox, and how many questions there are on all pages."""

    rows: tuple[InboxRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WaitingQuestions:
    """Questions that wait for an answer, and how many wait in all."""

    questions: tuple[OrganiserQuestion, ...]
    total: int


def waiting_questions(
    location_ids: Collection[UUID], *, today: date, most: int, among: Collection[UUID] | None = None
) -> WaitingQuestions:
    """Return the questions that wait at these locations by days left, at most so many; `among` keeps these inquiries.

    Without what is free for each, which `inbox` tells: for whoever works that out for all of them together.
    """
    inquiries = _sent_to(location_ids).filter(_WAITS)
    if among is not None:
        inquiries = inquiries.filter(id__in=among)
    found = list(inquiries.order_by(*_BY_DAYS_LEFT)[:most])
    return WaitingQuestions(tuple(_questions(found, (), today)), inquiries.count())


def inbox_count(location_ids: Collection[UUID]) -> InboxCount:
    """Count the questions that wait for an answer of these locations."""
    waiting = Inquiry.objects.filter(_WAITS, location_id__in=location_ids)
    counted = waiting.aggregate(waiting=Count("id"), first=Min("due_on"))
    return InboxCount(counted["waiting"], counted["first"])


def inbox(
    location_ids: Collection[UUID],
    *,
    show: InboxFilter = InboxFilter.OPEN,
    today: date,
    page: int = 1,
    per_page: int = PER_PAGE,
    among: Collection[UUID] | None = None,
) -> InboxPage:
    """Return the questions that lie with these locations: open ones by days left, the others the newest first.

    `among` keeps only these inquiries.
    """
    inquiries = _sent_to(location_ids)
    if among is not None:
        inquiries = inquiries.filter(id__in=among)
    if show is InboxFilter.OPEN:
        inquiries = inquiries.filter(_WAITS).order_by(*_BY_DAYS_LEFT)
    elif show is InboxFilter.ANSWERED:
        inquiries = inquiries.filter(state__in=ANSWERED_STATES).order_by("-answered_at", "-id")
    else:
        inquiries = inquiries.order_by("-sent_at", "-id")
    total = inquiries.count()
    rows = list(inquiries[(page - 1) * per_page : page * per_page])
    return InboxPage(_inbox_rows(rows, today), total)


def inbox_row(reference: str, location_slug: str, *, today: date) -> InboxRow:
    """Return the latest question of a family to one location; raise InquiryNotFound outside the scope."""
    inquiries = _sent_to(None).filter(request__reference=normalise(reference), location__slug=location_slug)
    inquiry = inquiries.order_by("-round", "-sent_at").first()
    if inquiry is None:
        raise InquiryNotFound
    return _inbox_rows([inquiry], today)[0]


def inbox_row_of(inquiry_id: UUID, *, today: date) -> InboxRow:
    """Return one question by its inquiry; raise InquiryNotFound outside the scope."""
    inquiry = _sent_to(None).filter(id=inquiry_id).first()
    if inquiry is None:
        raise InquiryNotFound
    return _inbox_rows([inquiry], today)[0]


def _sent_to(location_ids: Collection[UUID] | None) -> Any:
    """Return the inquiries that locations have received, with all that a page shows of them."""
    answered = Answer.objects.filter(
        inquiry__request_id=OuterRef("request_id"), inquiry__location_id=OuterRef("location_id")
    )
    inquiries = Inquiry.objects.filter(~Q(state=InquiryState.WAITING_RELEASE), sent_at__isnull=False)
    if location_ids is not None:
        inquiries = inquiries.filter(location_id__in=location_ids)
    return inquiries.select_related("desk", "location", "wish", "request__child", "request__applicant").annotate(
        answered_before=Exists(answered)
    )


def _inbox_rows(inquiries: Sequence[Any], today: date) -> tuple[InboxRow, ...]:
    answers = answers_of([inquiry.id for inquiry in inquiries], today=today)
    own_offers = [answer.offer.id for given in answers.values() for answer in given if answer.offer]
    supply = supply_of({inquiry.location_id for inquiry in inquiries}, from_on=today, except_subjects=own_offers)
    free = {inquiry.id: _free(inquiry, supply[inquiry.location_id]) for inquiry in inquiries}
    apart = _apart(inquiries, free, supply, today)
    accepted = {inquiry_id for inquiry_id, given in answers.items() if _is_accepted(given)}
    return tuple(
        InboxRow(
            question=question,
            free=free[inquiry.id],
            apart=apart.get(inquiry.id, ()),
            answer=answers[inquiry.id][-1] if inquiry.id in answers else None,
        )
        for inquiry, question in zip(inquiries, _questions(inquiries, accepted, today), strict=True)
    )


def _questions(inquiries: Sequence[Any], accepted: Collection[UUID], today: date) -> list[OrganiserQuestion]:
    """Return the question of each inquiry; `accepted` are those of which the family took the offer."""
    procedures = procedures_numbered([(inquiry.desk_id, inquiry.procedure_number) for inquiry in inquiries])
    return [
        organiser_question(
            inquiry,
            procedures[(inquiry.desk_id, inquiry.procedure_number)],
            answered_before=inquiry.answered_before,
            accepted_here=inquiry.id in accepted,
            today=today,
        )
        for inquiry in inquiries
    ]


def _is_accepted(answers: Sequence[GivenAnswer]) -> bool:
    """Tell whether the family took an offer of this location."""
    return any(answer.offer is not None and answer.offer.state is OfferState.ACCEPTED for answer in answers)


def _free(inquiry: Inquiry, supply: LocationSupply) -> WeekPattern | None:
    """Return the day parts on which a child can be there for the whole of its care."""
    if not supply.is_counted:
        return None
    return free_parts(_period(inquiry), supply.supply, supply.occupations, born_on=born_on(inquiry.request))


def _period(inquiry: Inquiry) -> Period:
    return care_period(inquiry.wish.start_on, inquiry.wish.end_on, born_on=born_on(inquiry.request))


def _apart(
    inquiries: Iterable[Inquiry],
    free: Mapping[UUID, WeekPattern | None],
    supply: Mapping[UUID, LocationSupply],
    today: date,
) -> dict[UUID, tuple[HoursApart, ...]]:
    """Return for the inquiries of which every part is free the days with other hours; hours are read where it matters."""
    by_parts = [
        inquiry
        for inquiry in inquiries
        if (parts := free[inquiry.id]) is not None and WeekPattern(inquiry.wish.parts).issubset(parts)
    ]
    hours_of = place_hours_of({one.location_id: supply[one.location_id] for one in by_parts}, today=today)
    return {
        inquiry.id: hours_of[inquiry.location_id].apart(
            WeekPattern(inquiry.wish.parts), _period(inquiry), CareHours.parse("|".join(inquiry.wish.hours))
        )
        for inquiry in by_parts
    }
