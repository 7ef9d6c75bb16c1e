"""A place can never be promised twice (SPEC §5): 1,000 mixed acts at once on one place, exactly one success.

Two desks ask one location with one place. At the first an offer holds its place; at the second who accepts first wins,
so its open offers hold nothing. At the same moment the location says yes, offers something else and places families
directly, and families of the second desk accept: each over a real connection, with real commits.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.db import connections, models
from tests.cast import PARENT, Town, plan_places, town

from opvangloket.domains.distribution.answering import giving
from opvangloket.domains.distribution.answering.answers import Alternative, Yes
from opvangloket.domains.distribution.asking import questions
from opvangloket.domains.distribution.models import Answer, AnswerDoor, Inquiry, Offer, Placement
from opvangloket.domains.distribution.placing import direct, offers
from opvangloket.domains.distribution.replay import replay_check
from opvangloket.domains.providers.models import DeskRelation, LocationInDesk, Occupation
from opvangloket.domains.requests.models import CareRequest, CaseEvent, Channel, RequestedLocation, WishVersion
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.tenancy.models import Desk, ProcedureVersion
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, across_desks, scope
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.references import new_reference

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
THREADS = 16
ACTS = 1_000
ORGANISER = Actor(ActorKind.ORGANISER)
Act = Callable[[], object]
Row = TypeVar("Row", bound=models.Model)


def test_a_thousand_acts_on_one_place_have_one_success() -> None:
    here = town(NOW)
    plan_places(here.mias_nestje, 1, from_on=here.today)
    each = ACTS // 4
    asked = _copies(_asked_at(here, here.ninove), 2 * each)
    offered = _copies(_offered_at_the_other_desk(here), each)
    acts = [
        *(_say_yes(here, request_id) for request_id in asked[:each]),
        *(_say_something_else(here, request_id) for request_id in asked[each:]),
        *(_place(here, number) for number in range(each)),
        *(_accept(here, request_id) for request_id in offered),
    ]
    Random(5).shuffle(acts)
    assert len(acts) == ACTS

    outcomes = _all_at_once(acts)

    refusals = Counter(outcome.code for outcome in outcomes if isinstance(outcome, OpvangloketError))
    successes = [outcome for outcome in outcomes if not isinstance(outcome, OpvangloketError)]
    assert len(successes) == 1, successes
    assert refusals.keys() == {"place_taken", "offer_just_taken"}
    assert refusals.total() == ACTS - 1
    with across_desks("a test looks at what was stored"):
        [subject] = set(Occupation.objects.values_list("subject_id", flat=True))
        holders = Offer.objects.filter(id=subject, held=True).count() + Placement.objects.filter(id=subject).count()
        placed_directly = Placement.objects.filter(offer=None).count()
        assert CareRequest.objects.count() == 3 * each + placed_directly + len(_TEMPLATES)
        withdrawn = Offer.objects.filter(state="withdrawn").count()
    assert (holders, withdrawn) == (1, refusals["offer_just_taken"])
    for desk in (here.ninove, here.overstroom):
        assert replay_check(desk.id) == ()


def _all_at_once(acts: Sequence[Act]) -> list[object]:
    """Do every act, sixteen at a time from one start, each thread over a connection of its own."""
    start = threading.Barrier(THREADS)
    queue = iter(acts)
    taking = threading.Lock()

    def work() -> list[object]:
        done: list[object] = []
        start.wait(timeout=30)
        try:
            while True:
                with taking:
                    act = next(queue, None)
                if act is None:
                    return done
                try:
                    done.append(act())
                except OpvangloketError as refusal:
                    done.append(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        workers = [pool.submit(work) for _ in range(THREADS)]
        return [outcome for worker in workers for outcome in worker.result(timeout=120)]


def _say_yes(here: Town, request_id: UUID) -> Act:
    return lambda: _answer(here, request_id, Yes())


def _say_something_else(here: Town, request_id: UUID) -> Act:
    return lambda: _answer(here, request_id, Alternative(start_on=_start(here), pattern=WeekPattern.full_days("ma")))


def _answer(here: Town, request_id: UUID, given: Yes | Alternative) -> object:
    with scope(OrganiserScope(here.mia.id, frozenset({here.mias_nestje.id}))):
        inquiry_id = Inquiry.objects.values_list("id", flat=True).get(request_id=request_id)
        return giving.answer(inquiry_id=inquiry_id, given=given, door=AnswerDoor.INBOX, actor=ORGANISER, now=NOW)


def _place(here: Town, number: int) -> Act:
    question = here.noor(channel=Channel.ORGANISER, location_ids=(), start_on=_start(here))

    def act() -> object:
        with scope(OrganiserScope(here.mia.id, frozenset({here.mias_nestje.id}))):
            return direct.place_directly(
                desk_id=here.ninove.id,
                location_id=here.mias_nestje.id,
                question=question,
                actor=ORGANISER,
                now=NOW,
                randomness=Random(number),
            )

    return act


def _accept(here: Town, request_id: UUID) -> Act:
    def act() -> object:
        with scope(FamilyScope(here.overstroom.id, frozenset({request_id}))):
            offer_id = Offer.objects.values_list("id", flat=True).get(request_id=request_id)
            return offers.accept(offer_id=offer_id, actor=PARENT, now=NOW)

    return act


_TEMPLATES = ("asked at Ninove", "offered at Overstroom")


def _start(here: Town) -> Any:
    return here.today + timedelta(days=120)


def _asked_at(here: Town, desk: Desk) -> UUID:
    """Let a family ask the location through a desk, and return its request."""
    question = here.noor(channel=Channel.PHONE, location_ids=(here.mias_nestje.id,), start_on=_start(here))
    with scope(DeskScope(desk.id)):
        [registered] = questions.ask(
            desk_id=desk.id, questions=[question], actor=here.worker, now=NOW, randomness=here.randomness
        )
    return registered.request_id


def _offered_at_the_other_desk(here: Town) -> UUID:
    """Let the location offer its place through a desk where who accepts first wins; return the request."""
    with scope(DeskScope(here.overstroom.id)):
        LocationInDesk.objects.create(
            location=here.mias_nestje, desk=here.overstroom, relation=DeskRelation.VIEW, start_on=here.today
        )
        ProcedureVersion.objects.create(
            desk=here.overstroom,
            number=1,
            valid_from=here.today,
            values=Procedure(offer_holds_place=False).to_mapping(),
            reason="wie eerst antwoordt",
            made_at=NOW,
        )
    request_id = _asked_at(here, here.overstroom)
    _answer(here, request_id, Yes())
    return request_id


def _copies(request_id: UUID, number: int) -> list[UUID]:
    """Return this many more requests like one, with all that lies with it: acting them all out would take minutes."""
    references = Random(str(request_id))
    with across_desks("a test copies what was stored"):
        requests = _copied(CareRequest.objects.filter(id=request_id), [{} for _ in range(number)], references)
        ids = [request.id for request in requests]
        wishes = _copied(WishVersion.objects.filter(request_id=request_id), _each("request_id", ids))
        _copied(RequestedLocation.objects.filter(request_id=request_id), _each("request_id", ids))
        wish_of = [{"request_id": wish.request_id, "wish_id": wish.id} for wish in wishes]
        inquiries = _copied(Inquiry.objects.filter(request_id=request_id), wish_of)
        answers = _copied(
            Answer.objects.filter(inquiry__request_id=request_id), _each("inquiry_id", [one.id for one in inquiries])
        )
        answered = [
            {"request_id": inquiry.request_id, "inquiry_id": inquiry.id, "answer_id": answer.id}
            for inquiry, answer in zip(inquiries, answers, strict=False)
        ]
        _copied(Offer.objects.filter(request_id=request_id), answered)
        _copied(CaseEvent.objects.filter(request_id=request_id), _each("request_id", ids))
    return ids


def _each(name: str, ids: Iterable[UUID]) -> list[dict[str, UUID]]:
    return [{name: identifier} for identifier in ids]


def _copied(
    rows: models.QuerySet[Row], changes: Sequence[dict[str, UUID]], references: Random | None = None
) -> list[Row]:
    """Insert a copy of the one row for each set of changes; none when there is no row."""
    original = rows.first()
    if original is None:
        return []
    columns = {field.attname: getattr(original, field.attname) for field in original._meta.concrete_fields}
    made = [type(original)(**(columns | {"id": new_id()} | change)) for change in changes]
    if references:
        for row in made:
            row.reference = new_reference(references)  # type: ignore[attr-defined]
    return type(original)._base_manager.bulk_create(made)
