"""The families that a demonstration knows by name, and what they lived through in the last two weeks.

Everything a desk meets is there: an offer to choose, a location that forgot to answer, an offer that expires tomorrow,
two requests for one child, a family that everybody said no to, words to read, an urgent question, an address that
nobody confirmed. The sweeps run each morning, so reminders, tasks and mails are exactly those of a living desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Final

from opvangloket.domains.distribution.answering.answers import Alternative, No
from opvangloket.domains.requests.actions import Applicant, AskedChild, NewQuestion
from opvangloket.domains.requests.models import Channel
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import add_months
from opvangloket.rules.reasons import NoReason
from opvangloket.simulation.daily_life import DailyLife, Families
from opvangloket.simulation.partners import Partners
from opvangloket.simulation.stage import Family, Stage
from opvangloket.simulation.supply import ninove
from opvangloket.simulation.supply.town import Town

SARA_EMAIL: Final = "sara.peeters@post.example"
_DAYS = WeekPattern.full_days
_CODE = Characteristic


def play_scene(town: Town) -> None:
    """Write the scene of Ninove into the database, between two weeks ago and yesterday evening."""
    stage = Stage(town)
    DailyLife(stage, Scene(stage).plan()).plan()
    Partners(stage).plan()
    stage.play()


@dataclass(slots=True)
class Scene:
    """The stories of the scene."""

    _stage: Stage

    def plan(self) -> Families:
        """Plan every story, and return the families with which more happens."""
        self._questions_for_the_rainbow()
        self._yusuf()
        self._lina_twice()
        self._things_to_read_and_do()
        at_the_door = self._question(_applicant("Joris", "Van Lierde"), "Mats", _DAYS("wo", "do"), starts_in=40)
        return Families(
            noor=self._noor(),
            refused=self._everybody_said_no(),
            forgotten=self._speelkuil_forgets(),
            at_the_door=replace(at_the_door, location_ids=()),
        )

    def _noor(self) -> Family:
        """Sara Peeters asks for Noor: one offer to choose, one answer to come, one no with what is possible."""
        start = self._stage.monday(47)
        noor = self._stage.asks(
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
                location_ids=self._stage.ids(ninove.REGENBOOG, ninove.MIA, ninove.KLAVERTJE),
            ),
        )
        self._stage.sees(noor, ninove.MIA, 6, time(9, 5))
        self._stage.sees(noor, ninove.REGENBOOG, 6, time(10, 20))
        possible_from = add_months(start.replace(day=1), 2)
        self._stage.answers(
            noor,
            ninove.KLAVERTJE,
            4,
            time(11, 30),
            lambda _day: No(reason=NoReason.START_TOO_EARLY, possible_from_on=possible_from),
        )
        self._stage.answers(
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
        return noor

    def _questions_for_the_rainbow(self) -> None:
        """Three questions wait at De Regenboog: one until tomorrow, one with priority, one with any three days."""
        tomorrow = self._stage.asks(
            13,
            time(12, 40),
            self._question(
                _applicant("Joke", "De Backer"),
                "Vic",
                _DAYS("ma", "di") | WeekPattern.of("wo_vm"),
                starts_in=44,
                chosen=(ninove.REGENBOOG, ninove.DENDERHOF),
            ),
        )
        self._stage.answers(tomorrow, ninove.DENDERHOF, 9, time(15), lambda _day: No(reason=NoReason.FULL))
        self._stage.asks(
            6,
            time(10, 30),
            replace(
                self._question(
                    _applicant("Elif", "Yılmaz", language="tr", street="Beverstraat"),
                    "",
                    _DAYS("ma", "di", "wo", "do", "vr"),
                    starts_in=190,
                    due_in=70,
                    chosen=(ninove.REGENBOOG, ninove.KLAVERTJE),
                ),
                channel=Channel.COUNTER,
                characteristics=frozenset({_CODE.WORK_OR_TRAINING, _CODE.SINGLE_PARENT, _CODE.LOW_INCOME}),
            ),
        )
        self._stage.asks(
            3,
            time(21, 5),
            replace(
                self._question(
                    _applicant("Wouter", "Claeys"),
                    "Fien",
                    _DAYS("ma", "di", "do"),
                    starts_in=80,
                    chosen=(ninove.REGENBOOG, ninove.KLAVERTJE),
                ),
                also=_DAYS("wo", "vr"),
                parts_wanted=6,
                other_days_ok=True,
            ),
        )

    def _speelkuil_forgets(self) -> Family:
        """De Speelkuil let the term of four questions pass; the others said no. Returns the last family."""
        for number, (first, last, child) in enumerate(
            (
                ("Lies", "Moens", "Otis"),
                ("Tom", "Verhulst", "Nora"),
                ("Hanne", "Bogaert", "Finn"),
                ("An", "Raes", "Liv"),
            )
        ):
            question = self._question(
                _applicant(first, last),
                child,
                _DAYS("ma", "do", "vr"),
                starts_in=70 + 9 * number,
                chosen=(ninove.SPEELKUIL, ninove.DENDERHOF),
            )
            family = self._stage.asks(17, time(13, 10 * number), question)
            self._stage.answers(
                family, ninove.DENDERHOF, 12, time(16, 10 * number), lambda _day: No(reason=NoReason.DAYS_FULL)
            )
        return family

    def _yusuf(self) -> None:
        """An offer to a vulnerable family expires tomorrow; the family has not reacted yet."""
        yusuf = self._stage.asks(
            14,
            time(14, 30),
            replace(
                self._question(
                    _applicant("Naima", "El Amrani", language="ar", street="Stationsstraat"),
                    "Yusuf",
                    _DAYS("di", "wo", "do"),
                    starts_in=75,
                    chosen=(ninove.KLAVERTJE, ninove.DENDERHOF),
                ),
                channel=Channel.HELPER,
                characteristics=frozenset({_CODE.SINGLE_PARENT, _CODE.LOW_INCOME, _CODE.LOW_EDUCATION}),
            ),
        )
        self._stage.answers(yusuf, ninove.DENDERHOF, 11, time(9, 50), lambda _day: No(reason=NoReason.FULL))
        self._stage.answers(
            yusuf,
            ninove.KLAVERTJE,
            9,
            time(11, 20),
            lambda day: Alternative(
                start_on=self._stage.monday(82),
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
        self._stage.asks(12, time(19, 20), question)
        by_phone = replace(
            question,
            applicant=replace(question.applicant, last_name="Desmet", email=""),
            child=replace(question.child, first_name="Leena", last_name="Desmet"),
            channel=Channel.PHONE,
        )
        self._stage.asks(2, time(11, 15), by_phone)

    def _everybody_said_no(self) -> Family:
        """All three locations said no yesterday, and the start is near."""
        everybody = (ninove.REGENBOOG, ninove.DENDERHOF, ninove.KLAVERTJE)
        family = self._stage.asks(
            5,
            time(18, 45),
            self._question(
                _applicant("Kevin", "Van Damme"), "Lou", _DAYS("ma", "wo", "vr"), starts_in=38, chosen=everybody
            ),
        )
        for number, name in enumerate(everybody):
            self._stage.answers(family, name, 1, time(9, 20 + 15 * number), lambda _day: No(reason=NoReason.DAYS_FULL))
        return family

    def _things_to_read_and_do(self) -> None:
        """Own words to read, an urgent question, and an address that was never confirmed."""
        self._stage.asks(
            1,
            time(13, 30),
            replace(
                self._question(
                    _applicant("Oksana", "Kovalenko", language="uk"), "Artem", _DAYS("ma", "di", "wo"), starts_in=64
                ),
                own_words="Ik begin met Nederlandse les in de voormiddag. Mijn uren liggen nog niet vast. Kan iemand me bellen?",
            ),
        )
        self._stage.asks(
            1,
            time(15, 45),
            replace(
                self._question(_applicant("Ruth", "Simons"), "Jack", _DAYS("ma", "di", "do", "vr"), starts_in=12),
                channel=Channel.PHONE,
                urgent_reason=UrgentReason.START_WORK,
                characteristics=frozenset({_CODE.WORK_OR_TRAINING, _CODE.SINGLE_PARENT}),
            ),
        )
        self._stage.asks(
            5,
            time(22, 10),
            self._question(_applicant("Bram", "Nijs"), "Ella", _DAYS("di", "do"), starts_in=150),
            confirms=False,
        )

    def _question(
        self,
        applicant: Applicant,
        child: str,
        pattern: WeekPattern,
        *,
        starts_in: int,
        due_in: int | None = None,
        chosen: Sequence[str] = (ninove.KLAVERTJE, ninove.MIA),
    ) -> NewQuestion:
        """Return a question for a baby of some months at the start, or for one that is expected."""
        start = self._stage.monday(starts_in)
        due_on = self._stage.town.today + timedelta(days=due_in) if due_in else None
        born_on = None if due_on else min(start - timedelta(days=150), self._stage.town.today - timedelta(days=25))
        return NewQuestion(
            applicant=applicant,
            child=AskedChild(first_name=child, last_name=applicant.last_name, birth_on=born_on, due_on=due_on),
            start_on=start,
            pattern=pattern,
            characteristics=frozenset({_CODE.WORK_OR_TRAINING}),
            location_ids=self._stage.ids(*chosen),
        )


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
