"""The stage of a demonstration: acts at their moments, played in order of time through the real actions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.answering.answers import NewAnswer
from opvangloket.domains.distribution.answering.giving import answer, mark_seen
from opvangloket.domains.distribution.asking.questions import ask, confirm_contact
from opvangloket.domains.distribution.models import AnswerDoor, Inquiry
from opvangloket.domains.distribution.sweeps import run_sweeps
from opvangloket.domains.providers.addressees import organisers_of_desk
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.actions import NewQuestion
from opvangloket.domains.requests.models import Channel
from opvangloket.domains.requests.sweeps import sweep_unverified
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, scope
from opvangloket.rules.periods import BRUSSELS, brussels_date
from opvangloket.simulation.chance import stream
from opvangloket.simulation.supply import ninove
from opvangloket.simulation.supply.town import Town

_PARENT, _VISITOR = Actor(ActorKind.PARENT), Actor(ActorKind.VISITOR)
_SWEPT_DAYS: Final = 18

Act = Callable[[UUID, Actor, datetime], None]
_SWEPT_AT: Final = time(6)


@dataclass(slots=True)
class Family:
    """A family of the scene; its request exists once its moment has come."""

    question: NewQuestion
    request_id: UUID | None = None

    @property
    def asked_id(self) -> UUID:
        """The id of its request; the family has asked by now."""
        assert self.request_id is not None  # noqa: S101 - acts are played in order of time
        return self.request_id


@dataclass(slots=True)
class Stage:
    """What is to be played in Ninove; days are counted back from today."""

    town: Town
    _acts: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)

    def play(self) -> None:
        """Play everything that was planned, with the sweeps of each morning."""
        for days_ago in range(_SWEPT_DAYS, 0, -1):
            self._plan(days_ago, _SWEPT_AT, self._sweep)
        for now, _number, act in sorted(self._acts, key=lambda planned: planned[:2]):
            act(now)

    def asks(self, days_ago: int, of_day: time, question: NewQuestion, *, confirms: bool = True) -> Family:
        """Plan that a family asks, and confirms its address some minutes later when it asked online."""
        family = Family(question)

        def register(now: datetime) -> None:
            actor = _VISITOR if family.question.channel is Channel.ONLINE else self._worker
            with scope(DeskScope(self.desk_id)):
                [registered] = ask(
                    desk_id=self.desk_id,
                    questions=[family.question],
                    actor=actor,
                    now=now,
                    randomness=stream(self.town.seed, "scene", now),
                )
            family.request_id = registered.request_id

        def confirm(now: datetime) -> None:
            with scope(DeskScope(self.desk_id)):
                confirm_contact(request_ids=[family.asked_id], actor=_PARENT, now=now)

        self._plan(days_ago, of_day, register)
        if question.channel is Channel.ONLINE and confirms:
            self._plan(days_ago, (datetime.combine(date.min, of_day) + timedelta(minutes=6)).time(), confirm)
        return family

    def sees(self, family: Family, location: str, days_ago: int, of_day: time) -> None:
        """Plan that a location looks at a question in its inbox."""

        def see(now: datetime) -> None:
            with scope(self._scope_of(location)):
                mark_seen(inquiry_id=self._inquiry(family, location), actor=self._organiser(location), now=now)

        self._plan(days_ago, of_day, see)

    def answers(
        self,
        family: Family,
        location: str,
        days_ago: int,
        of_day: time,
        given: Callable[[date], NewAnswer],
    ) -> None:
        """Plan what a location answers in its inbox; `given` gets the day of the answer."""

        def give(now: datetime) -> None:
            with scope(self._scope_of(location)):
                answer(
                    inquiry_id=self._inquiry(family, location),
                    given=given(now.astimezone(BRUSSELS).date()),
                    door=AnswerDoor.INBOX,
                    actor=self._organiser(location),
                    now=now,
                )

        self._plan(days_ago, of_day, give)

    def at_location(self, location: str, days_ago: int, of_day: time, act: Act) -> None:
        """Plan what a location does by itself; the act gets its id."""

        def play(now: datetime) -> None:
            with scope(self._scope_of(location)):
                act(self._location(location).id, self._organiser(location), now)

        self._plan(days_ago, of_day, play)

    def at_desk(self, days_ago: int, of_day: time, act: Act) -> None:
        """Plan what the worker of the desk does; the act gets the id of the desk."""

        def play(now: datetime) -> None:
            with scope(DeskScope(self.desk_id)):
                act(self.desk_id, self._worker, now)

        self._plan(days_ago, of_day, play)

    def by_lead(self, days_ago: int, of_day: time, act: Act) -> None:
        """Plan what the lead of the desk does; the act gets the id of the desk."""

        def play(now: datetime) -> None:
            with scope(DeskScope(self.desk_id)):
                act(self.desk_id, self._lead, now)

        self._plan(days_ago, of_day, play)

    def by_organisers(self, days_ago: int, of_day: time, act: Act, *, but: Collection[str]) -> None:
        """Plan what the manager of each organiser at home in Ninove does, these left out; the act gets its id."""

        def play(now: datetime) -> None:
            with scope(DeskScope(self.desk_id)):
                everyone = organisers_of_desk(self.desk_id, today=brussels_date(now), at_home=True)
            for organiser in (one.organiser for one in everyone if one.organiser.name not in but):
                rows = (planned.row for planned in self.town.locations)
                own = frozenset(row.id for row in rows if row.organiser_id == organiser.id)
                with scope(OrganiserScope(organiser.id, own)):
                    act(organiser.id, self._manager(organiser.id), now)

        self._plan(days_ago, of_day, play)

    def by_family(self, family: Family, days_ago: int, of_day: time, act: Act) -> None:
        """Plan what a family does on its own page; the act gets the id of its request."""

        def play(now: datetime) -> None:
            with scope(FamilyScope(self.desk_id, frozenset({family.asked_id}))):
                act(family.asked_id, _PARENT, now)

        self._plan(days_ago, of_day, play)

    def _sweep(self, now: datetime) -> None:
        run_sweeps(now=now)
        sweep_unverified(now=now)

    def _plan(self, days_ago: int, of_day: time, act: Callable[[datetime], None]) -> None:
        self._acts.append((self._at(days_ago, of_day), len(self._acts), act))

    def _at(self, days_ago: int, of_day: time) -> datetime:
        return datetime.combine(self.town.today - timedelta(days=days_ago), of_day, BRUSSELS)

    def moment(self, days_ahead: int, of_day: time) -> datetime:
        """Return a moment so many days ahead; a negative number is a day that was."""
        return self._at(-days_ahead, of_day)

    def monday(self, days_ahead: int) -> date:
        """Return the first Monday so many days ahead."""
        day = self.town.today + timedelta(days=days_ahead)
        return day + timedelta(days=-day.weekday() % 7)

    def _inquiry(self, family: Family, location: str) -> UUID:
        return Inquiry.objects.values_list("id", flat=True).get(
            request_id=family.request_id, location_id=self._location(location).id
        )

    def ids(self, *names: str) -> tuple[UUID, ...]:
        """Return the ids of named locations."""
        return tuple(self._location(name).id for name in names)

    def _location(self, name: str) -> Location:
        return next(
            planned.row
            for planned in self.town.locations
            if planned.row.name == name and planned.row.nis_code == ninove.NIS
        )

    def _scope_of(self, location: str) -> OrganiserScope:
        row = self._location(location)
        return OrganiserScope(row.organiser_id, frozenset({row.id}))

    def _organiser(self, location: str) -> Actor:
        return self._manager(self._location(location).organiser_id)

    def _manager(self, organiser_id: UUID) -> Actor:
        position = next(n for n, row in enumerate(self.town.organisers) if row.id == organiser_id)
        account = self.town.staff.managers[position]
        return Actor(ActorKind.ORGANISER, account.id, account.name)

    @property
    def _desk_position(self) -> int:
        return self.town.desk_of_municipality[ninove.NIS]

    @property
    def desk_id(self) -> UUID:
        """The desk of Ninove."""
        return self.town.desks[self._desk_position].row.id

    @property
    def _worker(self) -> Actor:
        account = self.town.staff.workers[self._desk_position]
        return Actor(ActorKind.DESK_WORKER, account.id, account.name)

    @property
    def _lead(self) -> Actor:
        account = self.town.staff.leads[self._desk_position]
        return Actor(ActorKind.DESK_LEAD, account.id, account.name)
