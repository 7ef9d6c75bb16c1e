"""What we ask a family about itself: plain questions, why we ask, and what each answer means (SPEC §7).

Nobody has to answer. A question that stays open, or *rather not say*, counts as no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from opvangloket.rules.characteristics import RULE_SETS, Characteristic, UrgentReason, rule_set_for


class Reply(StrEnum):
    """What a family can say to such a question."""

    YES = "yes"
    NO = "no"
    RATHER_NOT = "rather_not"


REPLY_LABELS: Final[Mapping[Reply, str]] = {
    Reply.YES: "Ja",
    Reply.NO: "Nee",
    Reply.RATHER_NOT: "Dat zeg ik liever niet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its reason, the file name of its pictogram, and the reply that gives the characteristic."""

    characteristic: Characteristic
    text: str
    why: str
    pictogram: str
    help: str = ""
    given_by: Reply = Reply.YES


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        characteristic=Characteristic.WORK_OR_TRAINING,
        text="Heb je opvang nodig om te werken, werk te zoeken of een opleiding te volgen?",
        help="Ook inburgering en lessen Nederlands tellen mee.",
        why="Wie opvang nodig heeft voor werk of opleiding, krijgt in sommige opvang voorrang.",
        pictogram="work",
    ),
    Question(
        characteristic=Characteristic.FOUR_FIFTHS,
        text="Werken of leren de ouders gemiddeld minstens vier vijfde?",
        help="Met twee ouders telt het gemiddelde. Drie vijfde en voltijds samen is genoeg.",
        why="Wie zoveel werkt of leert, krijgt in sommige opvang voorrang.",
        pictogram="calendar_month",
    ),
    Question(
        characteristic=Characteristic.SINGLE_PARENT,
        text="Sta je er als ouder alleen voor?",
        help="Je bent niet getrouwd en je woont niet samen met een partner.",
        why="Alleenstaande ouders krijgen in sommige opvang voorrang.",
        pictogram="family",
    ),
    Question(
        characteristic=Characteristic.LOW_INCOME,
        text="Is het inkomen van je gezin lager dan {low_income_limit} euro per jaar?",
        help="Tel het belastbare loon van de ouders samen. Je vindt het op je belastingbrief.",
        why="Gezinnen met een laag inkomen krijgen in sommige opvang voorrang. We vragen nooit je loon.",
        pictogram="money",
    ),
    Question(
        characteristic=Characteristic.LOW_EDUCATION,
        text="Heeft een van de ouders een diploma secundair onderwijs?",
        help="Een diploma van een ander land telt ook.",
        why="Soms krijgt een gezin zonder dit diploma sneller een plaats.",
        pictogram="school",
        given_by=Reply.NO,
    ),
    Question(
        characteristic=Characteristic.FOSTER_CHILD,
        text="Is je kind een pleegkind?",
        why="Pleegkinderen krijgen in sommige opvang voorrang.",
        pictogram="parents",
    ),
    Question(
        characteristic=Characteristic.SIBLING,
        text="Gaat een broer of zus al naar een opvang die je koos?",
        why="Broers en zussen mogen vaak bij elkaar in de opvang.",
        pictogram="brother",
    ),
    Question(
        characteristic=Characteristic.DISABILITY_IN_FAMILY,
        text="Heeft iemand in je gezin een handicap?",
        why="Een gezin met extra zorg krijgt soms sneller een plaats. We vragen niet welke handicap.",
        pictogram="wheelchair",
    ),
    Question(
        characteristic=Characteristic.REDUCED_SELF_CARE,
        text="Heeft iemand in je gezin veel hulp nodig om voor zichzelf te zorgen?",
        help="Bijvoorbeeld om zich te wassen, te eten of buiten te komen.",
        why="Een gezin met extra zorg krijgt soms sneller een plaats.",
        pictogram="care_assistant_1a",
    ),
    Question(
        characteristic=Characteristic.SOCIAL_OR_PEDAGOGICAL,
        text="Krijgt je gezin hulp, en raadt je begeleider opvang aan?",
        help="Bijvoorbeeld van het OCMW, het CAW of bij je inburgering.",
        why="Opvang kan je gezin of je kind dan vooruithelpen.",
        pictogram="help",
    ),
)

SPECIAL_NEED_TEXT: Final = "Heeft je kind extra ondersteuning nodig?"
SPECIAL_NEED_WHY: Final = "We zoeken dan een opvang die dat goed kan. Je hoeft niet te zeggen waarom."
SPECIAL_NEED_PICTOGRAM: Final = "teddy_bear"

URGENT_TEXT: Final = "Heb je heel snel opvang nodig?"
URGENT_WHY: Final = "Het loket volgt een dringende vraag extra op."
URGENT_PICTOGRAM: Final = "clock"
URGENT_OPTIONS: Final[Mapping[UrgentReason, str]] = {
    UrgentReason.START_WORK: "Ja, ik begin te werken",
    UrgentReason.START_TRAINING: "Ja, ik begin een opleiding",
    UrgentReason.CARE_FELL_AWAY: "Ja, mijn opvang valt weg",
    UrgentReason.CRISIS_WITHOUT_CARE: "Ja, er is een crisis en ik krijg nog geen hulp",
    UrgentReason.CRISIS_WITH_CARE: "Ja, er is een crisis en ik krijg hulp",
}
URGENT_NONE: Final = "Nee"


def questions_for(registered_on: date, *, low_income_limit: int) -> tuple[Question, ...]:
    """Return the questions that make sense under the rules of that date, with the limit of the desk filled in."""
    amount = f"{low_income_limit:,}".replace(",", ".")
    return tuple(
        replace(question, text=question.text.format(low_income_limit=amount))
        for question in QUESTIONS
        if _is_of_use(question.characteristic, registered_on)
    )


def declared(replies: Mapping[Characteristic, Reply]) -> frozenset[Characteristic]:
    """Return the characteristics that a family declares by its replies."""
    return frozenset(
        question.characteristic for question in QUESTIONS if replies.get(question.characteristic) is question.given_by
    )


def _is_of_use(characteristic: Characteristic, registered_on: date) -> bool:
    """Tell whether the characteristic decides anything: only the rules of 2024 look at four fifths."""
    if characteristic is not Characteristic.FOUR_FIFTHS:
        return True
    return characteristic in RULE_SETS[rule_set_for(registered_on)].absolute
