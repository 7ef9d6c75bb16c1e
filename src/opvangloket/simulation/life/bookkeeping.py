"""Writing down what happens to a request: events, tasks, and the lines that close with them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from opvangloket.domains.requests.models import TaskKind
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.reasons import DeclineReason
from opvangloket.simulation.life.course import Course, Event, Offer, Subject, Task
from opvangloket.simulation.moments import day_of
from opvangloket.simulation.supply.ledger import Stay, school_from, stay
from opvangloket.simulation.supply.town import Town

_TASKS_ABOUT_A_LINE: Final = frozenset(
    {TaskKind.ANSWER_OVERDUE, TaskKind.CALL_ORGANISER, TaskKind.OFFER_EXPIRING, TaskKind.OTHER}
)
_TASKS_ABOUT_THE_SEARCH: Final = frozenset(
    {TaskKind.ALL_SAID_NO, TaskKind.CONFIRM_CURRENT, TaskKind.URGENT, TaskKind.TAKE_OVER}
)
_EVENT_OF_ENDING: Final = {
    OfferState.DECLINED: EventKind.OFFER_DECLINED,
    OfferState.EXPIRED: EventKind.OFFER_EXPIRED,
    OfferState.WITHDRAWN: EventKind.OFFER_WITHDRAWN,
}


@lru_cache(maxsize=1 << 14)
def part_indexes(mask: int) -> tuple[int, ...]:
    """Return the positions of the day parts of a mask."""
    return WeekPattern(mask).indexes


def known_birth(course: Course) -> int:
    """Return the birth as the desk knows it: the due date until somebody tells."""
    question = course.question
    return question.born if course.born_told or question.due is None else question.due


def stay_of(course: Course, start: int, end: int | None) -> Stay:
    """Return the time that a place is taken: until the end that was asked, else until school."""
    born = known_birth(course)
    school = school_from(born)
    last = end if end is not None else (school if school > start else start + 366)
    return stay(start, last, born=born)


class Bookkeeping:
    """The book of one town: what every act writes beside its own state."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.last_taken = [0] * len(town.locations)  # when each location last gave a place away

    def task(
        self,
        course: Course,
        kind: TaskKind,
        subject: Subject,
        minute: int,
        *,
        due: int | None = None,
        location: int | None = None,
        note: str = "",
    ) -> None:
        """Put a task on the desk's list, once per kind and subject."""
        if not any(task.kind is kind and task.subject is subject for task in course.tasks):
            due = day_of(minute) if due is None else due
            course.tasks.append(Task(kind, subject, due, minute, location, note))

    def task_done(self, course: Course, kind: TaskKind, subject: Subject, minute: int, *, by_desk: bool) -> None:
        """Tick off a task that is still open."""
        for task in course.tasks:
            if task.kind is kind and task.subject is subject and task.done is None:
                task.done, task.by_desk = minute, by_desk

    def _event(
        self,
        course: Course,
        minute: int,
        kind: EventKind,
        location: int | None = None,
        *,
        start: int | None = None,
        parts: int | None = None,
        reply_by: int | None = None,
        reason: str = "",
        by: str,
    ) -> None:
        course.events.append(Event(minute, kind, location, start, parts, reply_by, reason, by))

    def _take(self, location: int, parts: int, when: Stay, minute: int) -> None:
        self.town.ledgers[location].take(part_indexes(parts), when)
        self.last_taken[location] = minute

    def _settle(self, course: Course, subject: Subject, minute: int) -> None:
        """Close the desk's tasks about an inquiry or an offer: what they waited for has happened."""
        for task in course.tasks:
            if task.subject is subject and task.kind in _TASKS_ABOUT_A_LINE and task.done is None:
                task.done = minute

    def _settle_search(self, course: Course, minute: int) -> None:
        for task in course.tasks:
            if task.kind in _TASKS_ABOUT_THE_SEARCH and task.done is None:
                task.done = minute

    def _withdraw_inquiries(self, course: Course, minute: int) -> None:
        for inquiry in course.open_inquiries:
            inquiry.state, inquiry.closed = InquiryState.WITHDRAWN, minute
            self._settle(course, inquiry, minute)

    def _close_lines(self, course: Course, minute: int, reason: DeclineReason, by: str) -> None:
        self._withdraw_inquiries(course, minute)
        for offer in course.open_offers:
            self.end_offer(course, offer, OfferState.DECLINED, minute, by=by, reason=reason)

    def end_offer(
        self, course: Course, offer: Offer, state: OfferState, minute: int, *, by: str, reason: str = ""
    ) -> None:
        """End an open offer without a placement: its places are free again."""
        offer.state, offer.closed, offer.decline_reason = state, minute, reason
        location = offer.inquiry.location
        self.town.ledgers[location].give_back(part_indexes(offer.parts), offer.stay)
        self._event(course, minute, _EVENT_OF_ENDING[state], location, reason=reason, by=by)
        self._settle(course, offer, minute)

    def _undo_placements(self, course: Course, minute: int) -> None:
        """Undo the placements of which care had not started."""
        for placement in course.placements:
            start = placement.confirmed_start or placement.start
            if placement.undone is None and start > day_of(minute):
                placement.undone = minute
                parts = part_indexes(placement.confirmed_parts or placement.parts)
                self.town.ledgers[placement.location].give_back(parts, placement.stay)
