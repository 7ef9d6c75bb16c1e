"""What life brings while a family waits: a birth, another solution, silence, and a start that passes."""

from __future__ import annotations

from random import Random
from typing import Final

from opvangloket.domains.distribution.asking.reconfirming import SILENT_DAYS
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.simulation.chance import Weighted, happens
from opvangloket.simulation.life.acts import DESK, PARENT, Acts
from opvangloket.simulation.life.agenda import Agenda
from opvangloket.simulation.life.course import Course
from opvangloket.simulation.life.ends import LAPSE_REASONS, LAPSE_REASONS_ONCE_BORN, WHERE
from opvangloket.simulation.moments import NIGHTLY, as_date, at, at_home, at_work, day_of

_LAPSES, _FINDS_ELSEWHERE, _WITHDRAWS = 0.035, 0.06, 0.022
_TELLS_BIRTH: Final = 0.8
_CONFIRMS: Final = 0.72
_AFTER_THE_START = Weighted({"ended": 0.62, "searching": 0.15, "elsewhere": 0.1, "withdrawn": 0.03, "silent": 0.1})
_IN_JANUARY = Weighted({"ended": 0.5, "searching": 0.1, "elsewhere": 0.25, "silent": 0.15})


class Waiting:
    """Everything that happens to a request whatever the locations say."""

    def __init__(self, acts: Acts, agenda: Agenda, random: Random) -> None:
        self._acts, self._town, self._agenda, self._random = acts, acts.town, agenda, random

    def foresee(self, course: Course, minute: int) -> None:
        """Plan what may happen whatever the locations say, and what happens when the start has passed."""
        random, question = self._random, course.question
        today, start = day_of(minute), question.start
        if question.due is not None and happens(random, _TELLS_BIRTH):
            told = at_home(random, max(question.born, today) + random.randint(1, 35))
            self._agenda.plan(told, course, self._born)
        some_day = random.randint(today + 3, max(today + 4, start))
        dice = random.random()
        if dice < _LAPSES:
            self._agenda.plan(at_home(random, some_day), course, self._lapse)
        elif dice < _LAPSES + _FINDS_ELSEWHERE:
            self._agenda.plan(at_home(random, some_day), course, self._elsewhere)
        elif dice < _LAPSES + _FINDS_ELSEWHERE + _WITHDRAWS:
            self._agenda.plan(at_home(random, some_day), course, self._withdraw)
        self._agenda.plan(
            at_work(random, max(start, today + 20) + random.randint(3, 70)),
            course,
            self._start_passed,
            _AFTER_THE_START,
        )

    def _born(self, course: Course, _minute: int) -> None:
        course.born_told = True

    def _lapse(self, course: Course, minute: int) -> None:
        question = course.question
        unborn = question.born > day_of(minute)
        waits = course.state in (RequestState.OPEN, RequestState.REGISTERED)
        placed_soon = course.state is RequestState.PLACED and not self._care_started(course, minute)
        if waits or placed_soon:
            reason = (LAPSE_REASONS if unborn else LAPSE_REASONS_ONCE_BORN).draw(self._random)
            self._acts.close(course, EventKind.LAPSED, minute, by=PARENT, reason=reason)

    def _elsewhere(self, course: Course, minute: int) -> None:
        if course.state in (RequestState.OPEN, RequestState.REGISTERED):
            self._acts.close(course, EventKind.FOUND_ELSEWHERE, minute, by=PARENT, reason=WHERE.draw(self._random))

    def _withdraw(self, course: Course, minute: int) -> None:
        if course.state in (RequestState.OPEN, RequestState.REGISTERED):
            self._acts.close(course, EventKind.WITHDRAWN, minute, by=PARENT)

    def _care_started(self, course: Course, minute: int) -> bool:
        return any(
            placement.undone is None and (placement.confirmed_start or placement.start) <= day_of(minute)
            for placement in course.placements
        )

    def plan_reconfirmation(self, course: Course, minute: int) -> None:
        """Plan the day on which the family is asked whether its question still holds."""
        _number, procedure = self._town.procedure(course.desk, day_of(minute))
        again = course.confirmed_current + procedure.reconfirm_weeks * 7
        self._agenda.plan(at(max(again, day_of(minute) + 7), NIGHTLY), course, self._reconfirm)

    def _reconfirm(self, course: Course, minute: int) -> None:
        """Ask whether all still holds: most click, some are called, a few stay silent."""
        if course.state is not RequestState.OPEN:
            return
        random, today = self._random, day_of(minute)
        self._acts.ask_to_confirm(course, minute)
        if happens(random, _CONFIRMS):
            self._agenda.plan(at_home(random, today + random.randint(0, 6)), course, self._says_still_searching, PARENT)
        else:
            self._agenda.plan(at(today + SILENT_DAYS, NIGHTLY + 1), course, self._silent)
            called = at_work(random, today + SILENT_DAYS + random.randint(1, 18))
            self._agenda.plan(called, course, self._says_still_searching, DESK)

    def _silent(self, course: Course, minute: int) -> None:
        if course.state is RequestState.OPEN:
            self._acts.silent(course, minute)

    def _says_still_searching(self, course: Course, minute: int, by: str) -> None:
        if course.state is RequestState.OPEN:
            self._acts.still_searching(course, minute, by=by)
            self.plan_reconfirmation(course, minute)

    def _start_passed(self, course: Course, minute: int, chances: Weighted[str]) -> None:
        """The wanted start has passed without a place: the desk asks, and the family says how it stands."""
        if course.state not in (RequestState.OPEN, RequestState.REGISTERED) or course.open_offers:
            if course.open_offers:
                self._agenda.plan(minute + 12 * 1440, course, self._start_passed, chances)
            return
        random, day = self._random, day_of(minute)
        what = chances.draw(random)
        if course.state is RequestState.REGISTERED:
            self._acts.close(course, EventKind.WITHDRAWN, minute, by=DESK)
        elif what == "ended":
            by = random.choice((PARENT, PARENT, DESK))
            self._acts.close(course, EventKind.SEARCH_ENDED, minute, by=by)
        elif what == "elsewhere":
            self._acts.close(course, EventKind.FOUND_ELSEWHERE, minute, by=PARENT, reason=WHERE.draw(random))
        elif what == "withdrawn" or (what == "silent" and chances is _IN_JANUARY):
            self._acts.close(course, EventKind.WITHDRAWN, minute, by=PARENT if what == "withdrawn" else DESK)
        elif what == "searching":
            self._acts.still_searching(course, minute)
            later = at_work(random, day + random.randint(25, 90))
            self._agenda.plan(later, course, self._start_passed, _AFTER_THE_START)
        else:
            year = as_date(course.question.start).year + 1
            january = as_date(day).replace(year=year, month=1, day=random.randint(8, 31)).toordinal()
            self._agenda.plan(at_work(random, max(january, day + 20)), course, self._start_passed, _IN_JANUARY)
