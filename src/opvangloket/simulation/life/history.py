"""The history of a town, month after month: families ask, locations answer, places fill, until today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from opvangloket.domains.requests.models import Channel, TaskKind
from opvangloket.foundation.ids import new_id
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.periods import add_months
from opvangloket.simulation.chance import happens, stream
from opvangloket.simulation.demand.questions import Families, Question, Submission
from opvangloket.simulation.life.acts import Acts
from opvangloket.simulation.life.agenda import Agenda
from opvangloket.simulation.life.asking import Asking, altered
from opvangloket.simulation.life.care import Care
from opvangloket.simulation.life.choosing import Choosing
from opvangloket.simulation.life.course import Course, Pair, Siblings
from opvangloket.simulation.life.locations_act import LocationsAct
from opvangloket.simulation.life.outside import Declared, OutsideDesk
from opvangloket.simulation.life.searching import Searching
from opvangloket.simulation.life.waiting import Waiting
from opvangloket.simulation.moments import at, at_work, day_of
from opvangloket.simulation.references import References
from opvangloket.simulation.supply.town import Town

_ASKED_TWICE = 0.012
_STILL_THERE = frozenset({RequestState.REGISTERED, RequestState.OPEN, RequestState.PLACED})


class History:
    """Makes the requests of a town; `finished` gets each of them once, when nothing happens to it any more.

    Nothing is kept of a finished request, so the memory depends on how many are on their way and not on the years.
    """

    def __init__(
        self,
        town: Town,
        *,
        finished: Callable[[Course], None],
        declare: Callable[[Declared], None],
        requests_scale: float = 1.0,
    ) -> None:
        self._town = town
        self._random = stream(town.seed, "history")
        self._finished = finished
        self._agenda = Agenda(finished)
        self.acts = Acts(town)
        searching = Searching(self.acts, self._agenda, self._random)
        care = Care(self.acts, self._agenda, searching, self._random)
        waiting = Waiting(self.acts, self._agenda, self._random)
        choosing = Choosing(self.acts, self._agenda, searching, care, self._random)
        locations = LocationsAct(self.acts, self._agenda, searching, choosing, care, self._random)
        searching.sent = locations.expect_answers
        self._asking = Asking(self.acts, self._agenda, searching, care, waiting, self._random)
        self._references = References(town.seed)
        self._outside = OutsideDesk(town, declare)
        self._families = [Families(code, town.seed, requests_scale) for code in sorted(town.desk_of_municipality)]

    def run(self) -> None:
        """Live through all months, up to the first minute of today."""
        now = at(self._town.today.toordinal(), 0)
        self._outside.fill()
        month = self._town.since
        while month <= self._town.today:
            self._live_through(month, now)
            month = add_months(month, 1)
        for course in self._agenda.unfinished():
            if course.wishes:  # else it would only be asked after today
                self._finished(course)

    def _live_through(self, month: date, now: int) -> None:
        self._outside.month(month)
        for families in self._families:
            for submission in families.submissions(month.year, month.month, before=now):
                self._plan(submission)
        self._agenda.run_until(min(now, at(add_months(month, 1).toordinal(), 0)))

    def _plan(self, submission: Submission) -> None:
        siblings = Siblings(new_id(), submission.together) if len(submission.questions) > 1 else None
        chosen: list[int] | None = None
        for question in submission.questions:
            course = self._course(question, chosen)
            course.siblings = siblings
            chosen = [location for location, _added in course.chosen]
            self._agenda.plan(question.registered, course, self._asking.ask)
            if siblings is None and happens(self._random, _ASKED_TWICE):
                self._plan_again(course)

    def _course(self, question: Question, chosen: list[int] | None = None) -> Course:
        """Return the course of a question with its chosen locations; brothers and sisters choose the same ones."""
        desk = self._town.desk_of_municipality[question.residence_nis]
        day = day_of(question.registered)
        if chosen is None:
            _number, procedure = self._town.procedure(desk, day)
            count = min(question.how_many_locations, procedure.max_locations)
            village = question.household.village
            chosen = self._town.choose(self._random, desk, village, day, count, question.sibling_goes_to)
        if not chosen and question.channel is Channel.ONLINE:
            question = replace(question, channel=Channel.COUNTER)
        asked = [(location, question.registered) for location in chosen]
        return Course(new_id(), self._references.next(), desk, question, chosen=asked)

    def _plan_again(self, first: Course) -> None:
        """Let the same family ask a second time, in another spelling; a person at the desk merges the two."""
        random, question = self._random, first.question
        again = altered(question, random)
        registered = at_work(random, day_of(question.registered) + random.randint(2, 40))
        course = self._course(replace(again, registered=registered), [location for location, _added in first.chosen])
        pair = Pair(first, course)
        self._agenda.plan(registered, course, self._asking.ask)
        self._agenda.plan(registered + 1, course, self._looks_alike, pair)
        self._agenda.plan(at_work(random, day_of(registered) + random.randint(1, 12)), course, self._merge, pair)

    def _looks_alike(self, course: Course, minute: int, pair: Pair) -> None:
        if pair.older.state in _STILL_THERE:
            self.acts.task(course, TaskKind.LIKELY_DUPLICATE, pair, minute)

    def _merge(self, course: Course, minute: int, pair: Pair) -> None:
        if course.state in (RequestState.OPEN, RequestState.REGISTERED) and pair.older.state in _STILL_THERE:
            self.acts.set_aside(course, minute, into=pair.older)
        else:
            self.acts.task_done(course, TaskKind.LIKELY_DUPLICATE, pair, minute, by_desk=True)
