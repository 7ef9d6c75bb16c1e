"""The families that a demonstration knows by name: the last two weeks in Ninove, lived through the real actions.

Everything a desk meets is there: an offer to choose, a location that forgot to answer, an offer that expires tomorrow,
two requests for one child, a family that everybody said no to, words to read, an urgent question, an address that
nobody confirmed. The sweeps run each morning, so reminders, tasks and mails are exactly those of a living desk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.answering import answer, mark_seen
from opvangloket.domains.distribution.answers import Alternative, NewAnswer, No
from opvangloket.domains.distribution.asking import ask, confirm_contact
from opvangloket.domains.distribution.models import AnswerDoor, Inquiry
from opvangloket.domains.distribution.sweeps import run_sweeps
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.actions import Applicant, AskedChild, NewQuestion
from opvangloket.domains.requests.models import CareRequest, Channel
from opvangloket.domains.requests.sweeps import sweep_unverified
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, scope
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import BRUSSELS, add_months
from opvangloket.rules.reasons import NoReason
from opvangloket.simulation import ninove
from opvangloket.simulation.chance import stream
from opvangloket.simulation.town import Town

SARA_EMAIL: Final = "sara.peeters@post.example"
_PARENT, _VISITOR = Actor(ActorKind.PARENT), Actor(ActorKind.VISITOR)
_DAYS = WeekPattern.full_days
_SWEPT_DAYS: Final = 18
_CODE = Characteristic


@dataclass(slots=True)
class Family:
    """A family of the scene; its request exists once its moment has come."""

    question: NewQuestion
    request_id: UUID | None = None


@dataclass(slots=True)
class Scene:
    """The scene of one town: acts at their moments, played in order of time."""

    town: Town
    _acts: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)

    def play(self) -> None:
        """Write the scene into the database, between two weeks ago and yesterday evening."""
        self._noor()
        self._questions_for_the_rainbow()
        self._speelkuil_forgets()
        self._yusuf()
        self._lina_twice()
        self._everybody_said_no()
        self._things_to_read_and_do()
        for days_ago in range(_SWEPT_DAYS, 0, -1):
            self._plan(days_ago, time(6), self._sweep)
        for now, _number, act in sorted(self._acts, key=lambda planned: planned[:2]):
            act(now)

    # The families ---------------------------------------------------------------------------------------------------

    def _noor(self) -> None:
        """Sara Peeters asks for Noor: one offer to choose, one answer to come, one no with what is possible."""
        start = self._monday(47)
        noor = self._asks(
            7,
            time(20, 15),
            NewQuestion(
                applicant=_applicant("Sara", "Peeters", email=SARA_EMAIL, phone="0470 00 12 34", street="Centrumlaan"),
                child=AskedChild(first_name="Noor", last_name="Peeters", birth_on=start - timedelta(days=160)),
                start_on=start,
                pattern=_DAYS("ma", "di") | WeekPattern.of("wo_vm"),
                characteristics=frozenset({_CODE.WORK_OR_TRAINING, _CODE.SIBLING}),
                later_start_months=1,
                part_of_week_ok=True,
                message_to_locations="Onze oudste gaat naar De Regenboog en is er heel graag.",
                location_ids=self._ids(ninove.REGENBOOG, ninove.MIA, ninove.KLAVERTJE),
            ),
        )
        self._sees(noor, ninove.MIA, 6, time(9, 5))
        self._sees(noor, ninove.REGENBOOG, 6, time(10, 20))
        possible_from = add_months(start.replace(day=1), 2)
        self._answers(
            noor,
            ninove.KLAVERTJE,
            4,
            time(11, 30),
            lambda _day: No(reason=NoReason.START_TOO_EARLY, possible_from_on=possible_from),
        )
        self._answers(
            noor,
            ninove.REGENBOOG,
            1,
            time(16, 10),
            lambda day: Alternative(
                start_on=start,
                pattern=_DAYS("ma", "di"),
                reply_by_on=day + timedelta(days=10),
                message="Op woensdag zijn we volzet. Kom gerust eens kijken met Noor.",
            ),
        )

    def _questions_for_the_rainbow(self) -> None:
        """Three questions wait at De Regenboog: one until tomorrow, one with priority, one with any three days."""
        tomorrow = self._asks(
            13,
            time(12, 40),
            self._question(
                _applicant("Joke", "De Backer"), "Vic", _DAYS("ma", "di") | WeekPattern.of("wo_vm"), starts_in=44
            ),
        )
        self._answers(tomorrow, ninove.DENDERHOF, 9, time(15), lambda _day: No(reason=NoReason.FULL))
        self._asks(
            6,
            time(10, 30),
            replace(
                self._question(
                    _applicant("Elif", "Yılmaz", language="tr", street="Beverstraat"),
                    "",
                    _DAYS("ma", "di", "wo", "do", "vr"),
                    starts_in=190,
                    due_in=70,
                ),
                channel=Channel.COUNTER,
                characteristics=frozenset({_CODE.WORK_OR_TRAINING, _CODE.SINGLE_PARENT, _CODE.LOW_INCOME}),
            ),
        )
        self._asks(
            3,
            time(21, 5),
            replace(
                self._question(_applicant("Wouter", "Claeys"), "Fien", _DAYS("ma", "di", "do"), starts_in=80),
                also=_DAYS("wo", "vr"),
                parts_wanted=6,
                other_days_ok=True,
            ),
        )

    def _speelkuil_forgets(self) -> None:
        """De Speelkuil let the term of four questions pass; the others said no."""
        for number, (first, last, child) in enumerate(
            (
                ("Lies", "Moens", "Otis"),
                ("Tom", "Verhulst", "Nora"),
                ("Hanne", "Bogaert", "Finn"),
                ("An", "Raes", "Liv"),
            )
        ):
            question = self._question(
                _applicant(first, last), child, _DAYS("ma", "do", "vr"), starts_in=70 + 9 * number
            )
            family = self._asks(
                17, time(13, 10 * number), replace(question, location_ids=self._ids(ninove.SPEELKUIL, ninove.DENDERHOF))
            )
            self._answers(
                family, ninove.DENDERHOF, 12, time(16, 10 * number), lambda _day: No(reason=NoReason.DAYS_FULL)
            )

    def _yusuf(self) -> None:
        """An offer to a vulnerable family expires tomorrow; the family has not reacted yet."""
        yusuf = self._asks(
            14,
            time(14, 30),
            replace(
                self._question(
                    _applicant("Naima", "El Amrani", language="ar", street="Stationsstraat"),
                    "Yusuf",
                    _DAYS("di", "wo", "do"),
                    starts_in=75,
                ),
                channel=Channel.HELPER,
                characteristics=frozenset({_CODE.SINGLE_PARENT, _CODE.LOW_INCOME, _CODE.LOW_EDUCATION}),
                location_ids=self._ids(ninove.KLAVERTJE, ninove.DENDERHOF),
            ),
        )
        self._answers(yusuf, ninove.DENDERHOF, 11, time(9, 50), lambda _day: No(reason=NoReason.FULL))
        self._answers(
            yusuf,
            ninove.KLAVERTJE,
            9,
            time(11, 20),
            lambda day: Alternative(
                start_on=self._monday(82),
                pattern=_DAYS("di", "do"),
                reply_by_on=day + timedelta(days=10),
                message="We helpen je graag met het attest voor het inkomenstarief.",
            ),
        )

    def _lina_twice(self) -> None:
        """The same child came in online, and again by phone in another spelling."""
        question = self._question(
            _applicant("Els", "De Smet", phone="0471 00 65 43"), "Lina", _DAYS("ma", "di"), starts_in=120
        )
        self._asks(12, time(19, 20), question)
        by_phone = replace(
            question,
            applicant=replace(question.applicant, last_name="Desmet", email=""),
            child=replace(question.child, first_name="Leena", last_name="Desmet"),
            channel=Channel.PHONE,
        )
        self._asks(2, time(11, 15), by_phone)

    def _everybody_said_no(self) -> None:
        """All three locations said no yesterday, and the start is near."""
        family = self._asks(
            5,
            time(18, 45),
            self._question(_applicant("Kevin", "Van Damme"), "Lou", _DAYS("ma", "wo", "vr"), starts_in=38),
        )
        for number, name in enumerate((ninove.REGENBOOG, ninove.DENDERHOF, ninove.KLAVERTJE)):
            self._answers(family, name, 1, time(9, 20 + 15 * number), lambda _day: No(reason=NoReason.DAYS_FULL))

    def _things_to_read_and_do(self) -> None:
        """Own words to read, an urgent question, and an address that was never confirmed."""
        self._asks(
            1,
            time(13, 30),
            replace(
                self._question(
                    _applicant("Oksana", "Kovalenko", language="uk"), "Artem", _DAYS("ma", "di", "wo"), starts_in=64
                ),
                own_words="Ik begin met Nederlandse les in de voormiddag. Mijn uren liggen nog niet vast. Kan iemand me bellen?",
            ),
        )
        self._asks(
            1,
            time(15, 45),
            replace(
                self._question(_applicant("Ruth", "Simons"), "Jack", _DAYS("ma", "di", "do", "vr"), starts_in=12),
                channel=Channel.PHONE,
                urgent_reason=UrgentReason.START_WORK,
                characteristics=frozenset({_CODE.WORK_OR_TRAINING, _CODE.SINGLE_PARENT}),
            ),
        )
        self._asks(
            5,
            time(22, 10),
            self._question(_applicant("Bram", "Nijs"), "Ella", _DAYS("di", "do"), starts_in=150),
            confirms=False,
        )

    # How it is played ------------------------------------------------------------------------------------------------

    def _asks(self, days_ago: int, of_day: time, question: NewQuestion, *, confirms: bool = True) -> Family:
        """Plan that a family asks, and confirms its address some minutes later when it asked online."""
        family = Family(question)
        if not question.location_ids:
            chosen = self._ids(ninove.REGENBOOG, ninove.DENDERHOF, ninove.KLAVERTJE)
            family.question = replace(question, location_ids=chosen)

        def register(now: datetime) -> None:
            actor = _VISITOR if family.question.channel is Channel.ONLINE else self._worker
            with scope(DeskScope(self._desk_id)):
                [registered] = ask(
                    desk_id=self._desk_id,
                    questions=[family.question],
                    actor=actor,
                    now=now,
                    randomness=stream(self.town.seed, "scene", now),
                )
            family.request_id = registered.request_id

        def confirm(now: datetime) -> None:
            assert family.request_id is not None  # noqa: S101 - the family asked a moment ago
            with scope(DeskScope(self._desk_id)):
                confirm_contact(request_ids=[family.request_id], actor=_PARENT, now=now)

        self._plan(days_ago, of_day, register)
        if question.channel is Channel.ONLINE and confirms:
            self._plan(days_ago, (datetime.combine(date.min, of_day) + timedelta(minutes=6)).time(), confirm)
        return family

    def _sees(self, family: Family, location: str, days_ago: int, of_day: time) -> None:
        def see(now: datetime) -> None:
            with scope(self._scope_of(location)):
                mark_seen(inquiry_id=self._inquiry(family, location), actor=self._organiser(location), now=now)

        self._plan(days_ago, of_day, see)

    def _answers(
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

    def _sweep(self, now: datetime) -> None:
        run_sweeps(now=now)
        sweep_unverified(now=now)

    def _plan(self, days_ago: int, of_day: time, act: Callable[[datetime], None]) -> None:
        now = datetime.combine(self.town.today - timedelta(days=days_ago), of_day, BRUSSELS)
        self._acts.append((now, len(self._acts), act))

    def _question(
        self,
        applicant: Applicant,
        child: str,
        pattern: WeekPattern,
        *,
        starts_in: int,
        due_in: int | None = None,
    ) -> NewQuestion:
        """Return a question for a baby of some months at the start, or for one that is expected."""
        start = self._monday(starts_in)
        due_on = self.town.today + timedelta(days=due_in) if due_in else None
        born_on = None if due_on else min(start - timedelta(days=150), self.town.today - timedelta(days=25))
        return NewQuestion(
            applicant=applicant,
            child=AskedChild(first_name=child, last_name=applicant.last_name, birth_on=born_on, due_on=due_on),
            start_on=start,
            pattern=pattern,
            characteristics=frozenset({_CODE.WORK_OR_TRAINING}),
        )

    def _monday(self, days_ahead: int) -> date:
        """Return the first Monday so many days ahead."""
        day = self.town.today + timedelta(days=days_ahead)
        return day + timedelta(days=-day.weekday() % 7)

    def _inquiry(self, family: Family, location: str) -> UUID:
        return Inquiry.objects.values_list("id", flat=True).get(
            request_id=family.request_id, location_id=self._location(location).id
        )

    def _ids(self, *names: str) -> tuple[UUID, ...]:
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
        organiser_id = self._location(location).organiser_id
        position = next(n for n, row in enumerate(self.town.organisers) if row.id == organiser_id)
        account = self.town.staff.managers[position]
        return Actor(ActorKind.ORGANISER, account.id, account.name)

    @property
    def _desk_position(self) -> int:
        return self.town.desk_of_municipality[ninove.NIS]

    @property
    def _desk_id(self) -> UUID:
        return self.town.desks[self._desk_position].row.id

    @property
    def _worker(self) -> Actor:
        account = self.town.staff.workers[self._desk_position]
        return Actor(ActorKind.DESK_WORKER, account.id, account.name)


def _applicant(
    first_name: str,
    last_name: str,
    *,
    email: str = "",
    phone: str = "",
    language: str = "nl",
    street: str = "Weggevoerdenstraat",
) -> Applicant:
    return Applicant(
        first_name=first_name,
        last_name=last_name,
        email=email or f"{_plain(first_name)}.{_plain(last_name)}@post.example",
        phone=phone or f"0472 00 {10 + len(first_name):02} {10 + len(last_name):02}",
        language=language,
        street=street,
        house_number=str(2 + len(first_name) * 3),
        postcode="9400",
        residence_nis=ninove.NIS,
    )


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())


def family_requests(email: str) -> Sequence[CareRequest]:
    """Return the requests of a family of the scene, in the scope of the caller."""
    return list(CareRequest.objects.filter(applicant__email=email).order_by("registered_at"))
