"""Whatever people do at the same moment: no act waits for ever, states follow from events, no place is overbooked."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from tests.cast import PARENT, Town, plan_places, town

from opvangloket.domains.distribution import sweeps
from opvangloket.domains.distribution.answering import giving
from opvangloket.domains.distribution.answering.answers import Alternative, No, Yes
from opvangloket.domains.distribution.asking import choosing, questions
from opvangloket.domains.distribution.care import changes, end, start
from opvangloket.domains.distribution.change_proposals import proposing, replying
from opvangloket.domains.distribution.closing import searches
from opvangloket.domains.distribution.models import (
    AnswerDoor,
    ChangeProposal,
    Inquiry,
    Offer,
    Placement,
    PlacementState,
)
from opvangloket.domains.distribution.placing import direct, offers
from opvangloket.domains.distribution.replay import replay_check
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.supply import supply_of
from opvangloket.domains.requests.models import Channel
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import DeskScope, across_desks, scope
from opvangloket.rules.capacity import free_timeline
from opvangloket.rules.change_proposals import ProposalState, Proposer
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import DeclineReason, ElsewhereReason, EndReason, NoReason

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
THREADS, ACTS, REQUESTS = 12, 600, 10
Act = Callable[["Chance"], object]


class Chance:
    """What one act picks: a request, a location, a moment. Each act has a seed of its own."""

    def __init__(self, here: Town, request_ids: list[UUID], seed: int) -> None:
        self.here, self.random = here, Random(seed)
        self.request_id = self.random.choice(request_ids)
        self.location: Location = self.random.choice(here.locations)
        self.now = NOW + timedelta(seconds=seed)

    def inquiry(self) -> UUID:
        found = Inquiry.objects.filter(request_id=self.request_id, location=self.location).order_by("-round", "-id")
        return found.values_list("id", flat=True)[0]

    def offer(self) -> UUID:
        found = Offer.objects.filter(request_id=self.request_id).order_by("state", "id")
        return self.random.choice(found.values_list("id", flat=True))

    def placement(self) -> Placement:
        """Return a place that stands, at this moment, of any request."""
        return self.random.choice(Placement.objects.exclude(state=PlacementState.UNDONE).order_by("id"))

    def own_location_beside(self, placement: Placement) -> Location:
        own = (self.here.regenboog_centrum, self.here.regenboog_denderhof)
        return next(location for location in own if location.id != placement.location_id)

    def proposal(self) -> UUID:
        """Return a change that a location asked of a care and that waits for an answer, at this moment."""
        waiting = ChangeProposal.objects.filter(state=ProposalState.OPEN).order_by("id")
        return self.random.choice(waiting.values_list("id", flat=True))

    @property
    def in_care(self) -> datetime:
        """A moment at which the care has begun."""
        return self.now + timedelta(days=150)

    def agreed(self, days: int) -> dict[str, Any]:
        """A change from so many days after the start, agreed with the family."""
        from_on = self.here.today + timedelta(days=150 + days)
        return {"from_on": from_on, "family_agreed_on": self.here.today, "actor": self.here.worker, "now": self.in_care}

    def week(self) -> WeekPattern:
        return WeekPattern.full_days(*self.random.sample(("ma", "di", "wo"), k=2))

    def answer(self) -> Yes | Alternative | No:
        start_on = self.here.today + timedelta(days=120)
        other = Alternative(start_on=start_on, pattern=self.week())
        return self.random.choice((Yes(), other, other, No(reason=NoReason.FULL)))


def _answers(one: Chance) -> object:
    act = one.random.choice((giving.answer, giving.correct))
    return act(inquiry_id=one.inquiry(), given=one.answer(), door=AnswerDoor.PHONE, actor=one.here.worker, now=one.now)


def _declines(one: Chance) -> object:
    return offers.decline(offer_id=one.offer(), reason=DeclineReason.DAYS, actor=PARENT, now=one.now)


def _places(one: Chance) -> object:
    return direct.place_request_directly(
        request_id=one.request_id, location_id=one.location.id, actor=one.here.worker, now=one.now
    )


def _ends(one: Chance) -> object:
    return searches.found_elsewhere(request_id=one.request_id, where=ElsewhereReason.UNKNOWN, actor=PARENT, now=one.now)


def _drops(one: Chance) -> object:
    return choosing.drop_location(request_id=one.request_id, location_id=one.location.id, actor=PARENT, now=one.now)


def _adds(one: Chance) -> object:
    return choosing.add_location(request_id=one.request_id, location_id=one.location.id, actor=PARENT, now=one.now)


def _confirms(one: Chance) -> object:
    return start.confirm_start(placement_id=one.placement().id, actor=one.here.worker, now=one.now)


def _changes_days(one: Chance) -> object:
    agreed = one.agreed(one.random.randint(1, 90))
    return changes.change_days(placement_id=one.placement().id, pattern=one.week(), **agreed)


def _moves(one: Chance) -> object:
    placement, agreed = one.placement(), one.agreed(one.random.randint(1, 90))
    there = one.own_location_beside(placement).id
    return changes.move_to(placement_id=placement.id, location_id=there, **agreed)


def _ends_care(one: Chance) -> object:
    end_on, placement = one.here.today + timedelta(days=160 + one.random.randint(1, 90)), one.placement()
    facts = {"reason": EndReason.MOVED, "actor": one.here.worker, "now": one.in_care}
    return end.end_care(placement_id=placement.id, end_on=end_on, **facts)


def _goes_on(one: Chance) -> object:
    return end.go_on(placement_id=one.placement().id, actor=one.here.worker, now=one.in_care)


def _proposes(one: Chance) -> object:
    """Ask the family for other days: it holds what is needed, until somebody answers or changes something else."""
    from_on = one.here.today + timedelta(days=150 + one.random.randint(1, 90))
    facts = {"asked_by": Proposer.ORGANISER, "pattern": one.week(), "actor": one.here.manager, "now": one.in_care}
    return proposing.propose_days(placement_id=one.placement().id, from_on=from_on, **facts)


def _proposes_a_move(one: Chance) -> object:
    placement, from_on = one.placement(), one.here.today + timedelta(days=150 + one.random.randint(1, 90))
    facts = {"from_on": from_on, "actor": one.here.manager, "now": one.in_care}
    there = one.own_location_beside(placement).id
    return proposing.propose_move(placement_id=placement.id, location_id=there, **facts)


def _agrees_to_a_change(one: Chance) -> object:
    return replying.agree(proposal_id=one.proposal(), actor=PARENT, now=one.in_care)


def _refuses_a_change(one: Chance) -> object:
    return replying.refuse(proposal_id=one.proposal(), actor=PARENT, now=one.in_care)


def _sweeps(one: Chance) -> object:
    return sweeps.run_sweeps(now=one.now + timedelta(days=one.random.choice((0, 11, 18))))


ACTIONS: tuple[tuple[int, Act], ...] = (
    (10, _answers),
    (5, lambda one: offers.accept(offer_id=one.offer(), actor=PARENT, now=one.now)),
    (2, _declines),
    (2, lambda one: offers.withdraw(offer_id=one.offer(), actor=one.here.worker, now=one.now)),
    (2, _places),
    (1, _ends),
    (3, lambda one: searches.reopen(request_id=one.request_id, actor=one.here.worker, now=one.now)),
    (2, _drops),
    (3, _adds),
    (1, _sweeps),
    (4, _confirms),
    (4, _changes_days),
    (4, _moves),
    (4, _proposes),
    (3, _proposes_a_move),
    (10, _agrees_to_a_change),
    (2, _refuses_a_change),
    (4, _ends_care),
    (3, _goes_on),
)


def test_everything_at_once_leaves_everything_right() -> None:
    here = town(NOW)
    here.choose(Procedure(may_stay_listed=True))
    for location in here.locations:
        plan_places(location, 2, from_on=here.today)
    request_ids = [_asks(here) for _ in range(REQUESTS)]

    outcomes = _all_at_once(here, request_ids)

    assert outcomes.total() == ACTS
    assert outcomes["done"] > ACTS // 10, outcomes
    assert replay_check(here.ninove.id) == ()
    with across_desks("a test looks at what was stored"):
        for supply in supply_of([location.id for location in here.locations]).values():
            year = Period(here.today, here.today + timedelta(days=730))
            for one in free_timeline(supply.supply, supply.occupations, year):
                assert min(one.places) >= 0


def _asks(here: Town) -> UUID:
    question = here.noor(channel=Channel.PHONE, location_ids=tuple(where.id for where in here.locations))
    with here.at_desk():
        [registered] = questions.ask(
            desk_id=here.ninove.id, questions=[question], actor=here.worker, now=NOW, randomness=here.randomness
        )
    return registered.request_id


def _all_at_once(here: Town, request_ids: list[UUID]) -> Counter[str]:
    """Do all acts, some at a time, each on a connection of its thread; count what came of them."""
    weights, acts = zip(*ACTIONS, strict=True)
    chosen = Random(11).choices(acts, weights, k=ACTS)
    gate = threading.Barrier(THREADS)

    def work(share: range) -> list[str]:
        gate.wait(timeout=30)
        try:
            with scope(DeskScope(here.ninove.id)):
                return [_outcome(chosen[number], Chance(here, request_ids, number)) for number in share]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        workers = [pool.submit(work, range(first, ACTS, THREADS)) for first in range(THREADS)]
        return Counter(outcome for worker in workers for outcome in worker.result(timeout=120))


def _outcome(act: Act, chance: Chance) -> str:
    try:
        act(chance)
    except OpvangloketError as refusal:
        return refusal.code
    except IndexError:  # there is nothing to pick yet
        return "nothing"
    return "done"
