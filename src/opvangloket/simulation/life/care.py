"""A place: agreed, begun and confirmed, or never begun."""

from __future__ import annotations

from random import Random
from typing import Final

from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.simulation.chance import happens
from opvangloket.simulation.life.acts import DESK, ORGANISER, PARENT, Acts
from opvangloket.simulation.life.agenda import Agenda
from opvangloket.simulation.life.bookkeeping import stay_of
from opvangloket.simulation.life.course import Course, Placement
from opvangloket.simulation.life.ends import WHERE
from opvangloket.simulation.life.searching import Searching
from opvangloket.simulation.moments import at_work, day_of

_UNDONE_BEFORE_START: Final = 0.03
_START_CONFIRMED, _STARTS_DIFFERENTLY = 0.8, 0.09
_ASKED_AGAIN_AFTER_MINUTES: Final = 1_500


class Care:
    """What follows once a child has a place."""

    def __init__(self, acts: Acts, agenda: Agenda, searching: Searching, random: Random) -> None:
        self._acts, self._agenda, self._searching, self._random = acts, agenda, searching, random

    def place_directly(self, course: Course, location: int, minute: int) -> None:
        """Record that a location placed the child at its own door, as asked."""
        when = stay_of(course, course.question.start, course.question.end)
        self.placed(course, self._acts.place_directly(course, location, minute, when), minute)

    def placed(self, course: Course, placement: Placement, minute: int) -> None:
        """Plan what follows a placement: a confirmed start, or a start that never comes."""
        random, today = self._random, day_of(minute)
        course.question.household.child_goes_to = [placement.location]
        if placement.start > today + 20 and happens(random, _UNDONE_BEFORE_START):
            when = at_work(random, random.randint(today + 5, placement.start - 3))
            self._agenda.plan(when, course, self._falls_through, placement)
        elif happens(random, _START_CONFIRMED):
            when = at_work(random, max(placement.start, today) + random.randint(0, 21))
            self._agenda.plan(when, course, self._confirm_start, placement)

    def _falls_through(self, course: Course, minute: int, placement: Placement) -> None:
        """Care does not go on: the search goes on, or the family found something else."""
        if course.state is not RequestState.PLACED or placement.undone is not None or placement.start <= day_of(minute):
            return
        if happens(self._random, 0.5):
            self._acts.reopen(course, minute, by=DESK)
            self._agenda.plan(minute + _ASKED_AGAIN_AFTER_MINUTES, course, self._searching.add_locations)
        else:
            self._acts.close(course, EventKind.FOUND_ELSEWHERE, minute, by=PARENT, reason=WHERE.draw(self._random))

    def _confirm_start(self, course: Course, minute: int, placement: Placement) -> None:
        if course.state is not RequestState.PLACED or placement.undone is not None:
            return
        random, start, parts = self._random, None, None
        if happens(random, _STARTS_DIFFERENTLY):
            if happens(random, 0.5):
                start = min(placement.start + 7 * random.randint(1, 6), day_of(minute))
            elif placement.parts.bit_count() >= 6:
                parts = placement.parts & ~(0b11 << 2 * random.choice(_days(placement.parts)))
        by = random.choice((ORGANISER, ORGANISER, PARENT))
        self._acts.confirm_start(course, placement, minute, start=start, parts=parts, by=by)


def _days(parts: int) -> list[int]:
    return [day for day in range(7) if parts >> 2 * day & 0b11]
