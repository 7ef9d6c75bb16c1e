"""What families do: ask, confirm, choose, wait, look elsewhere, stop; and what the desk does with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from opvangloket.domains.distribution.notices import CALL_FAMILY
from opvangloket.domains.distribution.sweeps import SILENT_DAYS
from opvangloket.domains.requests.models import Channel, TaskKind
from opvangloket.domains.requests.questions import SPOKEN_WITH
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.characteristics import is_urgent, is_vulnerable
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.reasons import DeclineReason, ElsewhereReason, LapseReason
from opvangloket.simulation.acts import DESK, ORGANISER, PARENT, SYSTEM, Acts, part_indexes, stay_of
from opvangloket.simulation.agenda import Agenda
from opvangloket.simulation.chance import Weighted, happens
from opvangloket.simulation.course import Course, Inquiry, Offer, Placement, Subject
from opvangloket.simulation.moments import NIGHTLY, as_date, at, at_home, at_work, day_of
from opvangloket.simulation.questions import Question

_VERIFIED_AT_ONCE, _VERIFIED_LATER = 0.93, 0.99
_NOT_GENUINE_WHEN_SILENT: Final = 0.8
_LAPSES, _FINDS_ELSEWHERE, _WITHDRAWS = 0.035, 0.06, 0.022
_CONFIRMS: Final = 0.72
_NEVER_ANSWERS: Final = 0.07
_TAKES_A_YES: Final = 0.9
_SEARCHES_FURTHER, _CHANGES_WISH = 0.4, 0.1
_UNDONE_BEFORE_START: Final = 0.03
_START_CONFIRMED, _STARTS_DIFFERENTLY = 0.8, 0.09
_CORRECTED: Final = 0.008
_MOST_ATTEMPTS: Final = 2
_LAPSE_REASONS = Weighted({LapseReason.NO_LONGER_NEEDED: 0.45, LapseReason.MOVED: 0.3, LapseReason.MISCARRIAGE: 0.25})
_LAPSE_REASONS_ONCE_BORN = Weighted({LapseReason.NO_LONGER_NEEDED: 0.6, LapseReason.MOVED: 0.4})
_WHERE = Weighted({
    ElsewhereReason.OWN_MUNICIPALITY: 0.45, ElsewhereReason.OTHER_MUNICIPALITY: 0.35, ElsewhereReason.UNKNOWN: 0.2,
})  # fmt: skip
_AFTER_THE_START = Weighted({"ended": 0.62, "searching": 0.15, "elsewhere": 0.1, "withdrawn": 0.03, "silent": 0.1})
_IN_JANUARY = Weighted({"ended": 0.5, "searching": 0.1, "elsewhere": 0.25, "silent": 0.15})
_DECLINES_BECAUSE = Weighted({
    DeclineReason.DISTANCE: 0.25, DeclineReason.PRICE: 0.2, DeclineReason.OTHER: 0.25,
    DeclineReason.FOUND_ELSEWHERE: 0.2, DeclineReason.NO_LONGER_NEEDED: 0.1,
})  # fmt: skip

Sent = Callable[[Course, list[Inquiry]], None]


class FamiliesAct:
    """The families of a town and their desk; `sent` is told of every question that goes out."""

    def __init__(self, acts: Acts, agenda: Agenda, random: Random) -> None:
        self._acts, self._town, self._agenda, self._random = acts, acts.town, agenda, random
        self.sent: Sent = lambda _course, _inquiries: None

    # Asking -------------------------------------------------------------------------------------------------------

    def ask(self, course: Course, minute: int) -> None:
        """Register a question, and send it out as soon as the contact is verified."""
        random, question = self._random, course.question
        spoken = question.channel in SPOKEN_WITH
        by = {Channel.ONLINE: "visitor", Channel.ORGANISER: ORGANISER}.get(question.channel, DESK)
        self._acts.register(course, minute, by=by, verified=spoken)
        self._foresee(course, minute)
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
                self.place_directly(course, location, minute)
                return True
        return False

    def place_directly(self, course: Course, location: int, minute: int) -> None:
        """Record that a location placed the child at its own door, as asked."""
        when = stay_of(course, course.question.start, course.question.end)
        self._placed(course, self._acts.place_directly(course, location, minute, when), minute)

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

    def _task_for_days(self, course: Course, kind: TaskKind, subject: Subject, minute: int, *, longest: int) -> None:
        self._acts.task(course, kind, subject, minute)
        done = at_work(self._random, day_of(minute) + self._random.randint(1, longest))
        self._agenda.plan(done, course, self._task_done, kind, subject)

    def _task_done(self, course: Course, minute: int, kind: TaskKind, subject: Subject) -> None:
        self._acts.task_done(course, kind, subject, minute, by_desk=True)

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
        self._follow_inquiries(course)
        self._plan_reconfirmation(course, minute)
        if happens(self._random, _CORRECTED):
            self._agenda.plan(
                at_work(self._random, day_of(minute) + self._random.randint(2, 20)), course, self._corrected
            )

    def _follow_inquiries(self, course: Course) -> None:
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

    def _corrected(self, course: Course, minute: int) -> None:
        """The desk finds a wrongly typed start, by one month, and sets it right."""
        start = course.question.start + self._random.choice((-28, 28, 35))
        if course.state is RequestState.OPEN and len(course.wishes) == 1 and start > day_of(minute):
            self._acts.correct(course, minute, start=start)

    # What life brings before the start ------------------------------------------------------------------------------

    def _foresee(self, course: Course, minute: int) -> None:
        """Plan what may happen whatever the locations say, and what happens when the start has passed."""
        random, question = self._random, course.question
        today, start = day_of(minute), question.start
        if question.due is not None and happens(random, 0.8):
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
            reason = (_LAPSE_REASONS if unborn else _LAPSE_REASONS_ONCE_BORN).draw(self._random)
            self._acts.close(course, EventKind.LAPSED, minute, by=PARENT, reason=reason)

    def _elsewhere(self, course: Course, minute: int) -> None:
        if course.state in (RequestState.OPEN, RequestState.REGISTERED):
            self._acts.close(course, EventKind.FOUND_ELSEWHERE, minute, by=PARENT, reason=_WHERE.draw(self._random))

    def _withdraw(self, course: Course, minute: int) -> None:
        if course.state in (RequestState.OPEN, RequestState.REGISTERED):
            self._acts.close(course, EventKind.WITHDRAWN, minute, by=PARENT)

    def _care_started(self, course: Course, minute: int) -> bool:
        return any(
            placement.undone is None and (placement.confirmed_start or placement.start) <= day_of(minute)
            for placement in course.placements
        )

    def _plan_reconfirmation(self, course: Course, minute: int) -> None:
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
            self._plan_reconfirmation(course, minute)

    # Choosing -----------------------------------------------------------------------------------------------------

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
            self._look_further(course, minute)

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
            self._placed(course, self._acts.accept(course, best, minute), minute)
            return
        reason = self._why_not(course, offer)
        self._acts.end_offer(course, offer, OfferState.DECLINED, minute, by=PARENT, reason=reason)
        if reason is DeclineReason.FOUND_ELSEWHERE:
            where = _WHERE.draw(self._random)
            self._acts.close(course, EventKind.FOUND_ELSEWHERE, minute, by=PARENT, reason=where)
        elif reason is DeclineReason.NO_LONGER_NEEDED:
            why = LapseReason.NO_LONGER_NEEDED
            self._acts.close(course, EventKind.LAPSED, minute, by=PARENT, reason=why)
        else:
            self._look_further(course, minute)

    def _why_not(self, course: Course, offer: Offer) -> DeclineReason:
        fewer = offer.parts.bit_count() < course.question.week.parts.bit_count()
        if fewer and happens(self._random, 0.8):
            return DeclineReason.DAYS
        if offer.start > course.question.start + 20 and happens(self._random, 0.8):
            return DeclineReason.START
        return _DECLINES_BECAUSE.draw(self._random)

    def hear_no(self, course: Course, minute: int) -> None:
        """See whether anything is left after a no; when nothing is, the desk helps to look further."""
        if self._acts.all_said_no(course, minute):
            done = at_work(self._random, day_of(minute) + self._random.randint(1, 8))
            self._agenda.plan(done, course, self._task_done, TaskKind.ALL_SAID_NO, course.sendings[-1])
            self._look_further(course, minute)

    def _look_further(self, course: Course, minute: int) -> None:
        """Plan a second attempt for families that go on: more locations, or another start."""
        nothing_open = not course.open_inquiries and not course.open_offers
        if course.state is not RequestState.OPEN or not nothing_open or course.attempts >= _MOST_ATTEMPTS:
            return
        course.attempts += 1
        day = day_of(minute) + self._random.randint(1, 9)
        if day + 14 > course.question.start:
            return
        if happens(self._random, _SEARCHES_FURTHER + 0.2 * course.question.other_location_ok):
            self._agenda.plan(at_home(self._random, day), course, self._add_locations)
        elif happens(self._random, _CHANGES_WISH):
            self._agenda.plan(at_home(self._random, day + 14), course, self._change_wish)

    def _add_locations(self, course: Course, minute: int) -> None:
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
            self._follow_inquiries(course)

    def _change_wish(self, course: Course, minute: int) -> None:
        if course.state is not RequestState.OPEN or course.open_offers:
            return
        wish = course.wish
        start = wish.start + 7 * self._random.randint(5, 13)
        if wish.end is None or wish.end > start + 60:
            self._acts.new_round(course, minute, start=start, end=wish.end, week=wish.week, by=PARENT)
            self._follow_inquiries(course)

    # After a place, or without one -----------------------------------------------------------------------------------

    def _placed(self, course: Course, placement: Placement, minute: int) -> None:
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
            self._agenda.plan(minute + 1500, course, self._add_locations)
        else:
            self._acts.close(course, EventKind.FOUND_ELSEWHERE, minute, by=PARENT, reason=_WHERE.draw(self._random))

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
            self._acts.close(course, EventKind.FOUND_ELSEWHERE, minute, by=PARENT, reason=_WHERE.draw(random))
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


def _worth(course: Course, offer: Offer) -> float:
    """Return how well an offer answers the question, from 0 to 1."""
    question = course.question
    share = min(1.0, offer.parts.bit_count() / question.week.parts.bit_count())
    months_late = max(0, offer.start - question.start) / 30
    patience = 0.06 if question.later_start_months else 0.12
    return max(0.03, (1 - 1.6 * (1 - share)) * (1 - patience * months_late))


def _days(parts: int) -> list[int]:
    return [day for day in range(7) if parts >> 2 * day & 0b11]


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
