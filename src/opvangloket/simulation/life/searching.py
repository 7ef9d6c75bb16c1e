"""A search that goes on: questions that lie with locations, a second attempt, another wish."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from opvangloket.domains.requests.models import TaskKind
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.inquiries import InquiryState
from opvangloket.simulation.chance import happens
from opvangloket.simulation.life.acts import PARENT, Acts
from opvangloket.simulation.life.agenda import Agenda
from opvangloket.simulation.life.course import Course, Inquiry, Subject
from opvangloket.simulation.moments import NIGHTLY, at, at_home, at_work, day_of

_SEARCHES_FURTHER, _CHANGES_WISH = 0.4, 0.1
_MOST_ATTEMPTS: Final = 2
_LONGEST_HELP_DAYS: Final = 8

Sent = Callable[[Course, list[Inquiry]], None]


class Searching:
    """Families that search, with the help of their desk; `sent` is told of every question that goes out."""

    def __init__(self, acts: Acts, agenda: Agenda, random: Random) -> None:
        self._acts, self._town, self._agenda, self._random = acts, acts.town, agenda, random
        self.sent: Sent = lambda _course, _inquiries: None

    def follow(self, course: Course) -> None:
        """Let locations know what was sent just now, and plan the release of what waits."""
        newest = max((inquiry.round for inquiry in course.inquiries), default=0)
        sent = [one for one in course.inquiries if one.state is InquiryState.SENT and not one.planned]
        waiting = [one for one in course.inquiries if one.state is InquiryState.WAITING_RELEASE and not one.planned]
        for inquiry in (*sent, *waiting):
            inquiry.planned = True
        if sent:
            self.sent(course, sent)
        if waiting:
            self._agenda.plan(at(waiting[0].send_from, NIGHTLY), course, self._release, newest)

    def _release(self, course: Course, minute: int, round_number: int) -> None:
        waiting = [
            inquiry
            for inquiry in course.inquiries
            if inquiry.state is InquiryState.WAITING_RELEASE and inquiry.round == round_number
        ]
        if waiting:
            self._acts.send(course, minute, waiting)
            self.sent(course, waiting)

    def hear_no(self, course: Course, minute: int) -> None:
        """See whether anything is left after a no; when nothing is, the desk helps to look further."""
        if self._acts.all_said_no(course, minute):
            done = at_work(self._random, day_of(minute) + self._random.randint(1, _LONGEST_HELP_DAYS))
            self._agenda.plan(done, course, self.task_done, TaskKind.ALL_SAID_NO, course.sendings[-1])
            self.look_further(course, minute)

    def look_further(self, course: Course, minute: int) -> None:
        """Plan a second attempt for families that go on: more locations, or another start."""
        nothing_open = not course.open_inquiries and not course.open_offers
        if course.state is not RequestState.OPEN or not nothing_open or course.attempts >= _MOST_ATTEMPTS:
            return
        course.attempts += 1
        day = day_of(minute) + self._random.randint(1, 9)
        if day + 14 > course.question.start:
            return
        if happens(self._random, _SEARCHES_FURTHER + 0.2 * course.question.other_location_ok):
            self._agenda.plan(at_home(self._random, day), course, self.add_locations)
        elif happens(self._random, _CHANGES_WISH):
            self._agenda.plan(at_home(self._random, day + 14), course, self._change_wish)

    def add_locations(self, course: Course, minute: int) -> None:
        """Add locations that the family did not ask yet, as far as the procedure lets it."""
        if course.state is not RequestState.OPEN or not course.inquiries:
            return
        question, day = course.question, day_of(minute)
        have = {location for location, _added in course.chosen}
        _number, procedure = self._town.procedure(course.desk, day)
        room = procedure.max_locations - len(have)
        found = self._town.choose(self._random, course.desk, question.household.village, day, len(have) + 3, None)
        more = [location for location in found if location not in have][: min(room, self._random.randint(1, 3))]
        if more:
            self._acts.add_locations(course, minute, more)
            self.follow(course)

    def _change_wish(self, course: Course, minute: int) -> None:
        if course.state is not RequestState.OPEN or course.open_offers:
            return
        wish = course.wish
        start = wish.start + 7 * self._random.randint(5, 13)
        if wish.end is None or wish.end > start + 60:
            self._acts.new_round(course, minute, start=start, end=wish.end, week=wish.week, by=PARENT)
            self.follow(course)

    def task_done(self, course: Course, minute: int, kind: TaskKind, subject: Subject) -> None:
        """Let the desk tick off a task."""
        self._acts.task_done(course, kind, subject, minute, by_desk=True)
