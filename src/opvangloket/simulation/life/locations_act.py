"""What locations do with a question: answer sooner, later or not at all, and say what their places allow."""

from __future__ import annotations

from random import Random
from typing import Final

from opvangloket.domains.distribution.models import AnswerDoor
from opvangloket.domains.requests.models import TaskKind
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.inquiries import AnswerKind, InquiryState
from opvangloket.rules.patterns import WEEKDAYS, CareHours
from opvangloket.rules.periods import add_months
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.reasons import NoReason
from opvangloket.simulation.chance import happens
from opvangloket.simulation.life.acts import Acts
from opvangloket.simulation.life.agenda import Agenda
from opvangloket.simulation.life.bookkeeping import known_birth, part_indexes, stay_of
from opvangloket.simulation.life.care import Care
from opvangloket.simulation.life.choosing import Choosing
from opvangloket.simulation.life.course import Answer, Course, Inquiry
from opvangloket.simulation.life.searching import Searching
from opvangloket.simulation.moments import NIGHTLY, as_date, at, at_work, day_of
from opvangloket.simulation.supply.ledger import school_from

_LONGEST_DELAY_DAYS: Final = 40
_WORTH_PROPOSING: Final = 0.6
_LAST_MONTH_OFFERED: Final = 3
_LAST_MONTH_TOLD: Final = 10
_CANNOT_GIVE_SUPPORT: Final = 0.35
_TAKES_WHEN_FREE: Final = 0.9
_TAKES_ONE_DAY: Final = 0.5
_PROPOSES: Final = 0.4
_PLACED_AT_THE_DOOR: Final = 0.05
_MESSAGES_WITH_YES: Final = ("", "", "", "Je bent welkom om eens te komen kijken.", "We leren jullie graag kennen.")
_MESSAGES_WITH_NO: Final = (
    "",
    "",
    "",
    "",
    "Het spijt ons. Hopelijk vind je snel iets.",
    "Vraag het later gerust nog eens.",
)


class LocationsAct:
    """The locations of a town, each with its own pace."""

    def __init__(
        self, acts: Acts, agenda: Agenda, searching: Searching, choosing: Choosing, care: Care, random: Random
    ) -> None:
        self._acts, self._town, self._agenda, self._random = acts, acts.town, agenda, random
        self._searching, self._choosing, self._care = searching, choosing, care

    def expect_answers(self, course: Course, inquiries: list[Inquiry]) -> None:
        """Plan when each location answers a question that was just sent, and what the desk does when it is late."""
        random = self._random
        for inquiry in inquiries:
            assert inquiry.sent is not None  # noqa: S101 - sent just now
            assert inquiry.due is not None  # noqa: S101
            assert inquiry.call is not None  # noqa: S101
            behaviour = self._town.behaviours[inquiry.location]
            starts = max(day_of(inquiry.sent), inquiry.answer_from)
            if happens(random, behaviour.forgets):
                when = at_work(random, inquiry.call + random.randint(0, 9))
                self._agenda.plan(when, course, self._called, inquiry)
            else:
                delay = min(int(random.gammavariate(2, behaviour.days / 2)), _LONGEST_DELAY_DAYS)
                when = max(at_work(random, starts + delay), inquiry.sent + 30)
                self._agenda.plan(when, course, self._answers, inquiry)
            if day_of(when) > inquiry.due:
                self._agenda.plan(at(inquiry.due + 1, NIGHTLY), course, self._overdue, inquiry, TaskKind.ANSWER_OVERDUE)
            if day_of(when) > inquiry.call:
                self._agenda.plan(at(inquiry.call, NIGHTLY), course, self._overdue, inquiry, TaskKind.CALL_ORGANISER)
            if not behaviour.on_paper and happens(random, 0.75):
                inquiry.seen = random.randint(inquiry.sent + 20, max(when - 5, inquiry.sent + 21))

    def _overdue(self, course: Course, minute: int, inquiry: Inquiry, kind: TaskKind) -> None:
        if inquiry.state is not InquiryState.SENT:
            return
        if kind is TaskKind.CALL_ORGANISER:
            self._acts.task_done(course, TaskKind.ANSWER_OVERDUE, inquiry, minute, by_desk=False)
        self._acts.task(course, kind, inquiry, minute, location=inquiry.location)

    def _called(self, course: Course, minute: int, inquiry: Inquiry) -> None:
        """The desk rings a location that forgot: most answer on the phone, some never do."""
        if inquiry.state is not InquiryState.SENT:
            return
        if happens(self._random, 0.65):
            self._answers(course, minute, inquiry, AnswerDoor.PHONE)
        elif happens(self._random, 0.5):
            self._acts.close_without_answer(course, inquiry, minute)
            self._searching.hear_no(course, minute)

    def _answers(self, course: Course, minute: int, inquiry: Inquiry, door: AnswerDoor | None = None) -> None:
        if inquiry.state is not InquiryState.SENT or course.state is not RequestState.OPEN:
            return
        door = door or self._door(inquiry.location)
        if door not in {AnswerDoor.INBOX, AnswerDoor.FILE}:
            inquiry.seen = None
        elif inquiry.seen is None or inquiry.seen > minute:
            inquiry.seen = minute - self._random.randint(1, 15)
        answer = self._answer(course, minute, inquiry, door)
        if answer.kind is AnswerKind.YES and self._places_at_the_door(course, inquiry, minute):
            return
        _number, procedure = self._town.procedure(course.desk, day_of(minute))
        reply_by = day_of(minute) + procedure.reply_by_days
        offer = self._acts.answer(course, inquiry, answer, reply_by=reply_by)
        if offer:
            self._choosing.consider(course, offer, minute)
        else:
            self._searching.hear_no(course, minute)

    def _places_at_the_door(self, course: Course, inquiry: Inquiry, minute: int) -> bool:
        """Sometimes the family stood at the door already: in central mode the location records that it placed it."""
        _number, procedure = self._town.procedure(course.desk, day_of(minute))
        asks_so = procedure.mode is DeskMode.CENTRAL and len(course.wishes) == 1
        if not asks_so or not happens(self._random, _PLACED_AT_THE_DOOR):
            return False
        self._care.place_directly(course, inquiry.location, minute)
        return True

    def _door(self, location: int) -> AnswerDoor:
        behaviour = self._town.behaviours[location]
        if behaviour.on_paper:
            return AnswerDoor.PHONE if happens(self._random, 0.7) else AnswerDoor.PAPER
        drawn = self._random.random()
        if drawn < behaviour.by_mail:
            return AnswerDoor.MAIL
        return AnswerDoor.FILE if drawn >= 1 - behaviour.by_file else AnswerDoor.INBOX

    def _answer(self, course: Course, minute: int, inquiry: Inquiry, door: AnswerDoor) -> Answer:
        """Return what the places of a location allow: yes, something else, or no with what is possible."""
        if refused := self._cannot(course, inquiry.location):
            return Answer(minute, AnswerKind.NO, door, reason=refused)
        wish = course.wishes[inquiry.wish - 1]
        ledger = self._town.ledgers[inquiry.location]
        parts = part_indexes(wish.week.parts)
        when = stay_of(course, wish.start, wish.end)
        takes = _TAKES_ONE_DAY if len(parts) <= 2 else _TAKES_WHEN_FREE
        if ledger.free(parts, when) and happens(self._random, takes):
            return Answer(
                minute,
                AnswerKind.YES,
                door,
                wish.start,
                wish.week.parts,
                message=self._random.choice(_MESSAGES_WITH_YES),
            )
        return self._alternative(course, minute, inquiry, door) or self._no(course, minute, inquiry, door)

    def _cannot(self, course: Course, location: int) -> str:
        """Return why a location cannot help this child at all, whatever its places."""
        planned, question = self._town.locations[location], course.question
        closes = planned.row.closed_on
        if closes and closes.toordinal() <= course.wish.start + 30:
            return NoReason.CLOSING
        if question.special_need and not planned.row.inclusive and happens(self._random, _CANNOT_GIVE_SUPPORT):
            return NoReason.SUPPORT_IMPOSSIBLE
        if question.week.hours and planned.hours and happens(self._random, 0.8):
            open_hours = {WEEKDAYS[row.weekday]: (row.opens, row.closes) for row in planned.hours}
            for day in CareHours.parse("|".join(question.week.hours)).days:
                opens, closes_at = open_hours.get(day.weekday, (0, 0))
                if day.start < opens or day.end > closes_at:
                    return NoReason.HOURS_IMPOSSIBLE
        return ""

    def _alternative(self, course: Course, minute: int, inquiry: Inquiry, door: AnswerDoor) -> Answer | None:
        """Propose fewer or other days, or a later start, when that is free and the location is willing."""
        random, wish, question = self._random, course.wishes[inquiry.wish - 1], course.question
        if not happens(random, _PROPOSES):
            return None
        ledger = self._town.ledgers[inquiry.location]
        when = stay_of(course, wish.start, wish.end)
        wanted = part_indexes(wish.week.parts)
        free = ledger.free_parts(part_indexes(wish.week.parts | wish.week.also), when)
        enough = free[: len(wanted)]
        if (
            len(enough) >= max(2, len(wanted) * _WORTH_PROPOSING)
            and sum(1 << part for part in enough) != wish.week.parts
        ):
            return Answer(minute, AnswerKind.ALTERNATIVE, door, wish.start, sum(1 << part for part in enough))
        if later := self._first_start(course, inquiry, _LAST_MONTH_OFFERED):
            patience = 1.0 if question.later_start_months else 0.6
            if happens(random, patience):
                return Answer(minute, AnswerKind.ALTERNATIVE, door, later, wish.week.parts)
        return None

    def _no(self, course: Course, minute: int, inquiry: Inquiry, door: AnswerDoor) -> Answer:
        """Return a no with its reason, and what is possible where something is."""
        random, wish = self._random, course.wishes[inquiry.wish - 1]
        when = stay_of(course, wish.start, wish.end)
        wanted = part_indexes(wish.week.parts)
        free = self._town.ledgers[inquiry.location].free_parts(wanted, when)
        message = random.choice(_MESSAGES_WITH_NO)
        if len(free) == len(wanted):  # free, but not for this family: kept for another, or staff falls out
            return Answer(minute, AnswerKind.NO, door, reason=NoReason.OTHER, message=message)
        if free:
            parts = sum(1 << part for part in free)
            return Answer(minute, AnswerKind.NO, door, reason=NoReason.DAYS_FULL, possible_parts=parts, message=message)
        later = self._first_start(course, inquiry, _LAST_MONTH_TOLD) if happens(random, 0.6) else None
        if later and later - wish.start <= 92:
            reason = NoReason.START_TOO_EARLY
        else:
            reason = NoReason.AGE_GROUP if happens(random, 0.07) else NoReason.FULL
        return Answer(minute, AnswerKind.NO, door, reason=reason, possible_from=later, message=message)

    def _first_start(self, course: Course, inquiry: Inquiry, months: int) -> int | None:
        """Return the first day of a month on which the whole week is free until school, within so many months."""
        wish = course.wishes[inquiry.wish - 1]
        ledger, parts = self._town.ledgers[inquiry.location], part_indexes(wish.week.parts)
        school = school_from(known_birth(course))
        for month in range(1, months + 1):
            start = add_months(as_date(wish.start).replace(day=1), month).toordinal()
            last = wish.end if wish.end is not None else school
            if start + 60 >= last:
                return None
            if ledger.free(parts, stay_of(course, start, wish.end)):
                return start
        return None
