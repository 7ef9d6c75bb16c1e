"""Families choose: the best of what lies open, or nothing of it, or too late."""

from __future__ import annotations

from random import Random
from typing import Final

from opvangloket.domains.distribution.lines.notices import CALL_FAMILY
from opvangloket.domains.requests.models import TaskKind
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.characteristics import is_vulnerable
from opvangloket.rules.offers import OfferState
from opvangloket.rules.reasons import DeclineReason, LapseReason
from opvangloket.simulation.chance import Weighted, happens
from opvangloket.simulation.life.acts import PARENT, SYSTEM, Acts
from opvangloket.simulation.life.agenda import Agenda
from opvangloket.simulation.life.care import Care
from opvangloket.simulation.life.course import Course, Offer
from opvangloket.simulation.life.ends import WHERE
from opvangloket.simulation.life.searching import Searching
from opvangloket.simulation.moments import NIGHTLY, at, at_home, day_of

_NEVER_ANSWERS: Final = 0.07
_TAKES_A_YES: Final = 0.9
_DECLINES_BECAUSE = Weighted({
    DeclineReason.DISTANCE: 0.25, DeclineReason.PRICE: 0.2, DeclineReason.OTHER: 0.25,
    DeclineReason.FOUND_ELSEWHERE: 0.2, DeclineReason.NO_LONGER_NEEDED: 0.1,
})  # fmt: skip


class Choosing:
    """How families answer the offers that they get."""

    def __init__(self, acts: Acts, agenda: Agenda, searching: Searching, care: Care, random: Random) -> None:
        self._acts, self._agenda, self._searching, self._care, self._random = acts, agenda, searching, care, random

    def consider(self, course: Course, offer: Offer, minute: int) -> None:
        """Plan when a family decides on an offer, or that it lets its time pass."""
        random, today = self._random, day_of(minute)
        if not course.question.household.email:
            self._acts.task(course, TaskKind.OTHER, offer, minute, note=CALL_FAMILY)
        self._agenda.plan(at(offer.reply_by + 1, NIGHTLY), course, self._expire, offer)
        if is_vulnerable(frozenset(course.question.characteristics)):
            self._agenda.plan(at(max(offer.reply_by - 3, today + 1), NIGHTLY), course, self._warn_desk, offer)
        if not happens(random, _NEVER_ANSWERS):
            longest = max(1, offer.reply_by - today)
            waits = min(longest, int(random.gammavariate(1.6, 2.2)))
            moment = at_home(random, today + waits)
            self._agenda.plan(max(moment, minute + 45), course, self._decide, offer)

    def _warn_desk(self, course: Course, minute: int, offer: Offer) -> None:
        if offer.state is OfferState.OPEN:
            location = offer.inquiry.location
            self._acts.task(course, TaskKind.OFFER_EXPIRING, offer, minute, due=offer.reply_by, location=location)

    def _expire(self, course: Course, minute: int, offer: Offer) -> None:
        if offer.state is OfferState.OPEN:
            self._acts.end_offer(course, offer, OfferState.EXPIRED, minute, by=SYSTEM)
            self._searching.look_further(course, minute)

    def _decide(self, course: Course, minute: int, offer: Offer) -> None:
        """Take the best of what lies open, or leave this offer and say why."""
        if (
            offer.state is not OfferState.OPEN
            or course.state is not RequestState.OPEN
            or day_of(minute) > offer.reply_by
        ):
            return
        best = max(course.open_offers, key=lambda other: _worth(course, other))
        chance = _TAKES_A_YES * _worth(course, best)
        if happens(self._random, chance):
            self._care.placed(course, self._acts.accept(course, best, minute), minute)
            return
        reason = self._why_not(course, offer)
        self._acts.end_offer(course, offer, OfferState.DECLINED, minute, by=PARENT, reason=reason)
        if reason is DeclineReason.FOUND_ELSEWHERE:
            where = WHERE.draw(self._random)
            self._acts.close(course, EventKind.FOUND_ELSEWHERE, minute, by=PARENT, reason=where)
        elif reason is DeclineReason.NO_LONGER_NEEDED:
            why = LapseReason.NO_LONGER_NEEDED
            self._acts.close(course, EventKind.LAPSED, minute, by=PARENT, reason=why)
        else:
            self._searching.look_further(course, minute)

    def _why_not(self, course: Course, offer: Offer) -> DeclineReason:
        fewer = offer.parts.bit_count() < course.question.week.parts.bit_count()
        if fewer and happens(self._random, 0.8):
            return DeclineReason.DAYS
        if offer.start > course.question.start + 20 and happens(self._random, 0.8):
            return DeclineReason.START
        return _DECLINES_BECAUSE.draw(self._random)


def _worth(course: Course, offer: Offer) -> float:
    """Return how well an offer answers the question, from 0 to 1."""
    question = course.question
    share = min(1.0, offer.parts.bit_count() / question.week.parts.bit_count())
    months_late = max(0, offer.start - question.start) / 30
    patience = 0.06 if question.later_start_months else 0.12
    return max(0.03, (1 - 1.6 * (1 - share)) * (1 - patience * months_late))
