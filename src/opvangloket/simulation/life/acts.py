"""What happens to a request, as the real actions write it: the same states, terms, events and places.

Each function here stands for one action of `domains.requests` or `domains.distribution` and changes a `Course` as that
action changes rows. Whether and when it happens is decided elsewhere (`families_act`, `locations_act`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Final

from opvangloket.domains.distribution.models import AnswerDoor
from opvangloket.domains.requests.models import TaskKind
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.inquiries import STATE_OF_ANSWER, AnswerKind, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import DeclineReason
from opvangloket.rules.terms import Release, Term, release_for, term_for
from opvangloket.simulation.demand.weeks import AskedWeek
from opvangloket.simulation.life.bookkeeping import Bookkeeping, part_indexes, stay_of
from opvangloket.simulation.life.course import (
    Answer,
    Course,
    Inquiry,
    Offer,
    Placement,
    Sending,
    Silence,
    Wish,
)
from opvangloket.simulation.moments import as_date, day_of
from opvangloket.simulation.supply.ledger import Stay

PARENT, ORGANISER, DESK, SYSTEM = "parent", "organiser", "desk_worker", "system"

_STATE_AFTER: Final = {
    EventKind.FOUND_ELSEWHERE: RequestState.FOUND_ELSEWHERE,
    EventKind.LAPSED: RequestState.LAPSED,
    EventKind.WITHDRAWN: RequestState.WITHDRAWN,
    EventKind.SEARCH_ENDED: RequestState.CLOSED_UNANSWERED,
}
_DECLINED_WHEN: Final = {
    EventKind.FOUND_ELSEWHERE: DeclineReason.FOUND_ELSEWHERE,
    EventKind.LAPSED: DeclineReason.NO_LONGER_NEEDED,
}
_EVENT_OF_ANSWER: Final = {
    AnswerKind.YES: EventKind.ANSWERED_YES,
    AnswerKind.ALTERNATIVE: EventKind.ANSWERED_ALTERNATIVE,
    AnswerKind.NO: EventKind.ANSWERED_NO,
}
_SPOKEN_DOORS: Final = frozenset({AnswerDoor.PHONE, AnswerDoor.PAPER})


class Acts(Bookkeeping):
    """The acts on requests of one town."""

    # Asking and sending -----------------------------------------------------------------------------------------

    def register(self, course: Course, minute: int, *, by: str, verified: bool) -> None:
        """Register a question: its first wish is the original question."""
        question = course.question
        course.wishes.append(Wish(minute, by, question.start, question.end, question.week))
        course.confirmed_current = day_of(minute)
        if verified:
            course.verified = minute

    def send_out(self, course: Course, minute: int) -> None:
        """Open a request and put its question with every chosen location that does not have it yet."""
        course.state = RequestState.OPEN
        asked = {inquiry.location for inquiry in course.inquiries}
        self.ask(course, minute, [location for location, _added in course.chosen if location not in asked], 1)

    def ask(self, course: Course, minute: int, locations: Collection[int], round_number: int) -> None:
        """Put the current wish with these locations: sent at once when its day has come, else waiting for it."""
        today = day_of(minute)
        open_today = [location for location in locations if self.town.is_open(location, today)]
        if not open_today:
            return
        number, procedure = self.town.procedure(course.desk, today)
        released = _release(course.wish.start, procedure)
        send_from = max(_ordinal(released.send_from_on, today), today)
        answer_from = max(_ordinal(released.answer_from_on, send_from), send_from)
        inquiries = [
            Inquiry(location, round_number, len(course.wishes), send_from, answer_from, number)
            for location in open_today
        ]
        course.inquiries += inquiries
        if send_from <= today:
            self.send(course, minute, inquiries)

    def send(self, course: Course, minute: int, inquiries: list[Inquiry]) -> None:
        """Send waiting inquiries of one round at one moment, with one set of dates."""
        first = inquiries[0]
        sending = Sending(first.round, minute, [inquiry.location for inquiry in inquiries], first.procedure_number)
        course.sendings.append(sending)
        procedure = self.town.procedure_numbered(course.desk, first.procedure_number)
        term = _term(procedure, day_of(minute), first.answer_from)
        for inquiry in inquiries:
            inquiry.state, inquiry.sending, inquiry.sent = InquiryState.SENT, sending, minute
            inquiry.due, inquiry.remind, inquiry.call = term

    def add_locations(self, course: Course, minute: int, locations: Collection[int]) -> None:
        """Add locations to the family's list, and send the question to them alone."""
        course.chosen += [(location, minute) for location in locations]
        self.ask(course, minute, locations, max(inquiry.round for inquiry in course.inquiries))

    def new_round(self, course: Course, minute: int, *, start: int, end: int | None, week: AskedWeek, by: str) -> None:
        """Change the wish, and put it anew with every listed location at one moment."""
        course.wishes.append(Wish(minute, by, start, end, week))
        self._withdraw_inquiries(course, minute)
        last = max((inquiry.round for inquiry in course.inquiries), default=0)
        self.ask(course, minute, [location for location, _added in course.chosen], last + 1)

    # Answering --------------------------------------------------------------------------------------------------

    def answer(self, course: Course, inquiry: Inquiry, answer: Answer, *, reply_by: int = 0) -> Offer | None:
        """Write down an answer; a yes and an alternative make an offer that holds its place."""
        minute, by = answer.at, DESK if answer.door in _SPOKEN_DOORS else ORGANISER
        answer.late = inquiry.due is not None and day_of(minute) > inquiry.due
        inquiry.answers.append(answer)
        inquiry.answered, inquiry.state = minute, STATE_OF_ANSWER[answer.kind]
        self._settle(course, inquiry, minute)
        if answer.kind is AnswerKind.NO:
            self._event(course, minute, EventKind.ANSWERED_NO, inquiry.location, reason=answer.reason, by=by)
            return None
        assert answer.start is not None  # noqa: S101 - an offer has a start and days
        assert answer.parts is not None  # noqa: S101
        end = course.wishes[inquiry.wish - 1].end
        when = stay_of(course, answer.start, end)
        offer = Offer(inquiry, answer, answer.start, end, answer.parts, reply_by, when)
        self._take(inquiry.location, answer.parts, when, minute)
        course.offers.append(offer)
        question = course.question
        as_asked = answer.kind is AnswerKind.YES and (answer.start, answer.parts) == (
            question.start,
            question.week.parts,
        )
        self._event(
            course,
            minute,
            _EVENT_OF_ANSWER[answer.kind],
            inquiry.location,
            start=None if as_asked else answer.start,
            parts=None if as_asked else answer.parts,
            reply_by=reply_by,
            by=by,
        )
        return offer

    def close_without_answer(self, course: Course, inquiry: Inquiry, minute: int) -> None:
        """Let the desk stop waiting for an answer."""
        inquiry.state, inquiry.closed = InquiryState.CLOSED_NO_ANSWER, minute
        self._settle(course, inquiry, minute)

    def all_said_no(self, course: Course, minute: int) -> bool:
        """Give the desk a task when nothing is open any more; return whether that is so."""
        if course.state is not RequestState.OPEN or course.open_inquiries or course.open_offers or not course.sendings:
            return False
        self.task(course, TaskKind.ALL_SAID_NO, course.sendings[-1], minute)
        return True

    # Offers and placements ----------------------------------------------------------------------------------------

    def accept(self, course: Course, offer: Offer, minute: int, *, by: str = PARENT) -> Placement:
        """Turn an offer into a placement, and close every other line."""
        offer.state, offer.closed = OfferState.ACCEPTED, minute
        location = offer.inquiry.location
        self._event(course, minute, EventKind.OFFER_ACCEPTED, location, by=by)
        self._settle(course, offer, minute)
        return self._placed(
            course, minute, Placement(location, offer, minute, offer.start, offer.end, offer.parts, offer.stay), by=by
        )

    def place_directly(self, course: Course, location: int, minute: int, when: Stay) -> Placement:
        """Record that a location placed the child at its own door, as asked; the place has to be free."""
        question = course.question
        self._take(location, question.week.parts, when, minute)
        self._event(course, minute, EventKind.PLACED_DIRECTLY, location, by=ORGANISER)
        placement = Placement(location, None, minute, question.start, question.end, question.week.parts, when)
        return self._placed(course, minute, placement, by=ORGANISER)

    def confirm_start(
        self, course: Course, placement: Placement, minute: int, *, start: int | None, parts: int | None, by: str
    ) -> bool:
        """Write down the real start and days; return whether the real days fit, for else nothing is written."""
        ledger = self.town.ledgers[placement.location]
        ledger.give_back(part_indexes(placement.parts), placement.stay)
        real_parts = part_indexes(parts or placement.parts)
        real_stay = stay_of(course, start or placement.start, placement.end)
        if not ledger.free(real_parts, real_stay):
            ledger.take(part_indexes(placement.parts), placement.stay)
            return False
        self._take(placement.location, parts or placement.parts, real_stay, minute)
        placement.stay, placement.confirmed = real_stay, minute
        placement.confirmed_start, placement.confirmed_parts = start, parts
        self._event(course, minute, EventKind.START_CONFIRMED, placement.location, start=start, parts=parts, by=by)
        return True

    # Ending and going on ------------------------------------------------------------------------------------------

    def close(self, course: Course, kind: EventKind, minute: int, *, by: str, reason: str = "") -> None:
        """Close a request with everything that hangs on it."""
        self._close_lines(course, minute, _DECLINED_WHEN.get(kind, DeclineReason.OTHER), by)
        course.state, course.closed = _STATE_AFTER[kind], minute
        self._event(course, minute, kind, reason=reason, by=by)
        self._undo_placements(course, minute)
        self._settle_search(course, minute)

    def still_searching(self, course: Course, minute: int, *, by: str = PARENT) -> None:
        """Remember that the family still searches."""
        course.confirmed_current, course.asked_to_confirm = day_of(minute), None
        self._event(course, minute, EventKind.STILL_SEARCHING, by=by)
        for task in course.tasks:
            if task.kind is TaskKind.CONFIRM_CURRENT and task.done is None:
                task.done = minute

    def reopen(self, course: Course, minute: int, *, by: str) -> None:
        """Let a search go on: the care of a placement never started."""
        course.state, course.closed = RequestState.OPEN, None
        self._event(course, minute, EventKind.REOPENED, by=by)
        self._undo_placements(course, minute)

    def correct(self, course: Course, minute: int, *, start: int) -> None:
        """Set a wrongly registered start right; the wish follows."""
        self._event(course, minute, EventKind.CORRECTED, start=start, by=DESK)
        wish = course.wish
        course.wishes.append(Wish(minute, DESK, start, wish.end, wish.week))

    def set_aside(self, course: Course, minute: int, *, into: Course | None = None) -> None:
        """Leave a request out of every count: a duplicate of another one, or no real request."""
        self._close_lines(course, minute, DeclineReason.OTHER, DESK)
        course.set_aside_from = (course.state, course.closed)
        course.merged_into = into
        course.state = RequestState.MERGED if into else RequestState.NOT_GENUINE
        course.closed = minute
        self._event(course, minute, EventKind.MERGED_INTO if into else EventKind.NOT_GENUINE, by=DESK)
        for task in course.tasks:
            task.done = task.done or minute

    def ask_to_confirm(self, course: Course, minute: int) -> None:
        """Ask a family whether its question still holds."""
        course.asked_to_confirm = minute

    def silent(self, course: Course, minute: int) -> None:
        """Ask the desk to call a family that did not answer that."""
        self.task(course, TaskKind.CONFIRM_CURRENT, Silence(course.confirmed_current), minute)

    def _placed(self, course: Course, minute: int, placement: Placement, *, by: str) -> Placement:
        course.placements.append(placement)
        self._close_lines(course, minute, DeclineReason.FOUND_ELSEWHERE, by)
        course.state, course.closed = RequestState.PLACED, None
        self._settle_search(course, minute)
        return placement


def _ordinal(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()


@lru_cache(maxsize=10_000)
def _release(start: int, procedure: Procedure) -> Release:
    return release_for(
        as_date(start), send_from_months=procedure.send_from_months, answer_from_months=procedure.answer_from_months
    )


@lru_cache(maxsize=10_000)
def _term(procedure: Procedure, sent: int, answer_from: int) -> tuple[int, int, int]:
    """Return due, remind and call day."""
    term: Term = term_for(
        as_date(sent),
        answer_from_on=as_date(answer_from),
        answer_term_days=procedure.answer_term_days,
        remind_after_days=procedure.remind_after_days,
        call_after_days=procedure.call_after_days,
    )
    return term.due_on.toordinal(), term.remind_on.toordinal(), term.call_on.toordinal()
