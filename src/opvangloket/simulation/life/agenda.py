"""What is still to happen, in order of time. A request whose agenda is empty is finished."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from opvangloket.simulation.life.course import Course

Act = Callable[..., None]


class Agenda:
    """Acts on requests, each at its minute; equal minutes keep the order in which they were planned."""

    def __init__(self, finished: Callable[[Course], None]) -> None:
        self._finished = finished
        self._planned: list[tuple[int, int, Course, Act, tuple[Any, ...]]] = []
        self._number = 0
        self._now = 0

    def plan(self, minute: int, course: Course, act: Act, *arguments: object) -> None:
        """Let `act(course, minute, *arguments)` happen at a minute, or now when that minute has passed."""
        self._number += 1
        course.pending += 1
        heappush(self._planned, (max(minute, self._now), self._number, course, act, arguments))

    def run_until(self, minute: int) -> None:
        """Let everything happen that lies before a minute."""
        planned = self._planned
        while planned and planned[0][0] < minute:
            at, _number, course, act, arguments = heappop(planned)
            self._now = at
            act(course, at, *arguments)
            course.pending -= 1
            if not course.pending:
                self._finished(course)

    def unfinished(self) -> list[Course]:
        """Return the requests that still have something before them, in the order of their next act."""
        in_order = sorted(self._planned, key=lambda planned: planned[:2])
        return list(dict.fromkeys(course for _at, _number, course, _act, _arguments in in_order))
