"""Families ask: their question is registered, their contact verified, and it goes out."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

from opvangloket.domains.requests.models import Channel, TaskKind
from opvangloket.domains.requests.questions import SPOKEN_WITH
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.characteristics import is_urgent
from opvangloket.rules.procedure import DeskMode
from opvangloket.simulation.chance import happens
from opvangloket.simulation.demand.questions import Question
from opvangloket.simulation.life.acts import DESK, ORGANISER, Acts
from opvangloket.simulation.life.agenda import Agenda
from opvangloket.simulation.life.bookkeeping import part_indexes, stay_of
from opvangloket.simulation.life.care import Care
from opvangloket.simulation.life.course import Course
from opvangloket.simulation.life.searching import Searching
from opvangloket.simulation.life.waiting import Waiting
from opvangloket.simulation.moments import NIGHTLY, as_date, at, at_home, at_work, day_of

_VERIFIED_AT_ONCE, _VERIFIED_LATER = 0.93, 0.99
_NOT_GENUINE_WHEN_SILENT: Final = 0.8
_CORRECTED: Final = 0.008


class Asking:
    """How requests come in at the desks of a town."""

    def __init__(
        self, acts: Acts, agenda: Agenda, searching: Searching, care: Care, waiting: Waiting, random: Random
    ) -> None:
        self._acts, self._town, self._agenda, self._random = acts, acts.town, agenda, random
        self._searching, self._care, self._waiting = searching, care, waiting

    def ask(self, course: Course, minute: int) -> None:
        """Register a question, and send it out as soon as the contact is verified."""
        random, question = self._random, course.question
        spoken = question.channel in SPOKEN_WITH
        by = {Channel.ONLINE: "visitor", Channel.ORGANISER: ORGANISER}.get(question.channel, DESK)
        self._acts.register(course, minute, by=by, verified=spoken)
        self._waiting.foresee(course, minute)
        self._give_desk_work(course, minute)
        _number, procedure = self._town.procedure(course.desk, day_of(minute))
        if (
            question.channel is Channel.ORGANISER
            and procedure.mode is DeskMode.CENTRAL
            and self._at_the_door(course, minute)
        ):
            return
        if spoken:
            self._send_out(course, minute)
        elif happens(random, _VERIFIED_AT_ONCE):
            self._agenda.plan(minute + random.randint(2, 200), course, self._verify)
        elif happens(random, _VERIFIED_LATER):
            self._agenda.plan(at_home(random, day_of(minute) + random.randint(1, 6)), course, self._verify)
            self._unverified_task(course, minute, procedure.verify_within_days)
        else:
            self._unverified_task(course, minute, procedure.verify_within_days)
            self._agenda.plan(at_work(random, day_of(minute) + random.randint(5, 15)), course, self._not_reached)

    def _at_the_door(self, course: Course, minute: int) -> bool:
        """Place a family that asks at the door of a location with a free place, at once."""
        for location, _added in course.chosen[:1]:
            parts, when = (
                part_indexes(course.question.week.parts),
                stay_of(course, course.question.start, course.question.end),
            )
            if self._town.ledgers[location].free(parts, when):
                self._care.place_directly(course, location, minute)
                return True
        return False

    def _give_desk_work(self, course: Course, minute: int) -> None:
        """Put own words and an urgent question on the desk's list; most are dealt with within days."""
        question = course.question
        _number, procedure = self._town.procedure(course.desk, day_of(minute))
        if question.own_words:
            self._task_for_days(course, TaskKind.OWN_WORDS, course, minute, longest=5)
        if is_urgent(
            question.urgent_reason,
            as_date(question.start),
            as_date(day_of(minute)),
            within_days=procedure.urgent_within_days,
        ):
            self._task_for_days(course, TaskKind.URGENT, course, minute, longest=9)

    def _task_for_days(self, course: Course, kind: TaskKind, subject: Course, minute: int, *, longest: int) -> None:
        self._acts.task(course, kind, subject, minute)
        done = at_work(self._random, day_of(minute) + self._random.randint(1, longest))
        self._agenda.plan(done, course, self._searching.task_done, kind, subject)

    def _unverified_task(self, course: Course, minute: int, days: int) -> None:
        self._agenda.plan(at(day_of(minute) + days + 1, NIGHTLY), course, self._still_unverified)

    def _still_unverified(self, course: Course, minute: int) -> None:
        if course.verified is None and course.state is RequestState.REGISTERED:
            self._acts.task(course, TaskKind.CONTACT_UNVERIFIED, course, minute)

    def _not_reached(self, course: Course, minute: int) -> None:
        """The desk rings somebody who never confirmed: often it was no real request."""
        if course.state is not RequestState.REGISTERED:
            return
        if happens(self._random, _NOT_GENUINE_WHEN_SILENT):
            self._acts.set_aside(course, minute)
        else:
            self._verify(course, minute)

    def _verify(self, course: Course, minute: int) -> None:
        if course.state is RequestState.REGISTERED:
            course.verified = minute
            self._acts.task_done(course, TaskKind.CONTACT_UNVERIFIED, course, minute, by_desk=False)
            self._send_out(course, minute)

    def _send_out(self, course: Course, minute: int) -> None:
        self._acts.send_out(course, minute)
        self._searching.follow(course)
        self._waiting.plan_reconfirmation(course, minute)
        if happens(self._random, _CORRECTED):
            self._agenda.plan(
                at_work(self._random, day_of(minute) + self._random.randint(2, 20)), course, self._corrected
            )

    def _corrected(self, course: Course, minute: int) -> None:
        """The desk finds a wrongly typed start, by one month, and sets it right."""
        start = course.question.start + self._random.choice((-28, 28, 35))
        if course.state is RequestState.OPEN and len(course.wishes) == 1 and start > day_of(minute):
            self._acts.correct(course, minute, start=start)


def altered(question: Question, random: Random) -> Question:
    """Return the same question as somebody else would register it: another spelling, another channel."""
    household = question.household
    again = replace(
        household, last_name=_respelt(household.last_name), email="" if happens(random, 0.5) else household.email
    )
    return replace(
        question, household=again, channel=random.choice((Channel.PHONE, Channel.COUNTER)), own_words="", message=""
    )


def _respelt(name: str) -> str:
    return name.replace(" ", "").capitalize() if " " in name else name.replace("ck", "k").replace("ae", "aa")
