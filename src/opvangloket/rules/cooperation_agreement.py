"""The cooperation agreement of a desk with its organisers: its text, and what a signature on it is worth (SPEC §11).

The text follows from the procedure in force and from what desk and organisers agreed besides. Engagement may differ by
subsidy step, so a part can be for some steps only: an organiser reads and signs what holds for its own locations.
Sources: nota samenwerking Opgroeien (2.3 and 3.1), samenwerkingsovereenkomst Lokaal Loket Kinderopvang Ninove.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from opvangloket.rules.periods import add_months
from opvangloket.rules.procedure import PAGE_FIELDS, DeskMode, Procedure
from opvangloket.rules.wording import count_words, dutch_list

LONGEST_POINT: Final = 300
MOST_POINTS: Final = 20
# Income tariff and plus subsidy: the steps that the law asks more of (BVR of 22 November 2013).
INCOME_TARIFF_STEPS: Final = frozenset({"T2A", "T2B", "T3"})
PLUS_STEPS: Final = frozenset({"T3"})
# How long an organiser has before the desk calls about its signature.
SIGN_WITHIN: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the agreement: its title, what it says first, and its points; `steps` empty is for every organiser."""

    title: str
    lead: str
    points: tuple[str, ...]
    steps: frozenset[str] = frozenset()

    def holds_for(self, steps: Collection[str]) -> bool:
        """Return whether it holds for an organiser with locations of these subsidy steps."""
        return not self.steps or bool(self.steps & {*steps})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPoints:
    """What desk and organisers agreed besides, each point one sentence or two."""

    desk: tuple[str, ...] = ()
    everyone: tuple[str, ...] = ()
    income_tariff: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()


def agreement_text(procedure: Procedure, *, desk_name: str, own: OwnPoints) -> tuple[Part, ...]:
    """Return the whole agreement, part by part; a part without points is left out."""
    parts = (
        Part("Waarom deze overeenkomst?", "", tuple(_why(procedure, desk_name))),
        Part(
            "Wat vraagt de wet van elke opvang?",
            "Wie vergund is, werkt samen met het loket. Dat is een voorwaarde van de vergunning.",
            LAW,
        ),
        Part("Wat doet het loket?", "Het loket belooft:", (*_desk(procedure), *own.desk)),
        Part("Wat doet de organisator?", "De organisator belooft:", (*_organiser(procedure), *own.everyone)),
        Part(
            "Opvang met inkomenstarief",
            "Wie met inkomenstarief werkt, belooft ook:",
            own.income_tariff,
            INCOME_TARIFF_STEPS,
        ),
        Part("Opvang met plussubsidie", "Wie plussubsidie krijgt, belooft ook:", (*PLUS, *own.plus), PLUS_STEPS),
        Part("Als het moeilijk loopt", "", FOLLOWING_UP),
        Part("Hoelang geldt dit?", "", LASTING),
    )
    return tuple(part for part in parts if part.points)


LAW: Final = (
    "De opvang kijkt na of ze een open vraag van het loket kan beantwoorden, en laat het loket weten wat ze kan.",
    "Ze geeft het loket alle informatie over de opvang die gezinnen nodig hebben.",
    "De organisator informeert zich over het lokale beleid kinderopvang.",
)
PLUS: Final = (
    "Minstens 30 procent van de kinderen komt uit een kwetsbaar gezin.",
    "De opvang zoekt zelf mee naar gezinnen die het moeilijk hebben.",
    "Ze werkt daarvoor samen met het loket, met andere opvang met plussubsidie en met wie gezinnen steunt.",
)
FOLLOWING_UP: Final = (
    "Loopt iets niet goed? Dan praten loket en organisator eerst met elkaar.",
    "Het loket schrijft op wat gevraagd werd, wanneer, en wat er geantwoord werd. De organisator kan dat lezen.",
    "Blijft het moeilijk? Dan kan het loket de feiten doorgeven aan Opgroeien.",
    "Het lokaal bestuur kan er dan rekening mee houden in een advies.",
)
LASTING: Final = (
    "Deze overeenkomst geldt tot er een nieuwe versie is.",
    "Loket en organisatoren bekijken ze elk jaar samen op het lokaal overleg kinderopvang.",
    "Staat in de manier van werken van het loket iets anders? Dan geldt de manier van werken die het loket publiceert.",
)


def _why(procedure: Procedure, desk_name: str) -> Iterator[str]:
    yield f"Dit is de overeenkomst tussen {desk_name} en de organisatoren van kinderopvang in zijn werkingsgebied."
    yield "Ze zegt wat we van elkaar mogen verwachten, en hoe we bekijken of het goed loopt."
    if procedure.mode is DeskMode.CENTRAL:
        yield "We werken met een centrale aanmelding: elke vraag naar opvang komt in het loket."
    else:
        yield "Ouders kiezen zelf of ze hun vraag aan het loket stellen."


def _desk(procedure: Procedure) -> Iterator[str]:
    yield "Het is neutraal: elke opvang krijgt dezelfde kans om een vraag te beantwoorden."
    yield "Alle gekozen opvang krijgt een vraag op hetzelfde moment, met dezelfde gegevens. Daar is een bewijs van."
    called = count_words(procedure.call_after_days, "dag", "dagen")
    yield f"Het volgt op of elke vraag antwoord krijgt, en belt na {called} stilte."
    yield "Het toont elk jaar op het lokaal overleg de cijfers, en wat er verandert in de regels."
    yield "Het vraagt het overleg om advies over de manier van werken, en bezorgt die aan alle opvang."


def _organiser(procedure: Procedure) -> Iterator[str]:
    fields = ", en ".join(PAGE_FIELDS[field] for field in procedure.page_minimum)
    yield f"De eigen pagina klopt. Daarop staat minstens: {fields}."
    term = count_words(procedure.answer_term_days, "dag", "dagen")
    yield f"Elke vraag krijgt antwoord binnen {term}."
    yield (
        "Gaat het niet zoals gevraagd? Dan zegt het antwoord wat wel kan: andere dagen of een latere start, met de "
        "dagen en uren, en tot wanneer de ouders kunnen antwoorden."
    )
    if procedure.mode is DeskMode.CENTRAL:
        yield "Wie zelf een plaats geeft aan een gezin, meldt dat aan het loket als rechtstreekse plaatsing."
    else:
        yield "Elk kwartaal krijgt het loket een lijst van de gezinnen voor wie er geen plaats was."
    yield "Een gezin waarvoor er geen plaats is, wordt met zijn akkoord doorverwezen naar het loket."
    yield "Elke vrije plaats wordt gemeld, ook een korte, een tijdelijke of een deeltijdse."
    yield "Wat het loket voor ouders bezorgt, wordt bij ouders bekendgemaakt."


def own_points(text: str) -> tuple[str, ...]:
    """Return the points in a text with one on each line; blank lines and dashes before a point do not count.

    Raises ValueError with what to do, in Dutch, when there are too many or one is too long.
    """
    points = tuple(point for line in text.splitlines() if (point := " ".join(line.strip(" \t-•*").split())))
    if len(points) > MOST_POINTS:
        raise ValueError(f"Dit zijn {len(points)} afspraken. Zet er hoogstens {MOST_POINTS} in dit vak.")
    if too_long := [number for number, point in enumerate(points, start=1) if len(point) > LONGEST_POINT]:
        lines = dutch_list([str(number) for number in too_long])
        raise ValueError(f"Maak afspraak {lines} korter: hoogstens {LONGEST_POINT} tekens.")
    return points


def parts_for(parts: Iterable[Part], steps: Collection[str]) -> tuple[Part, ...]:
    """Return the parts that hold for an organiser with locations of these subsidy steps."""
    return tuple(part for part in parts if part.holds_for(steps))


def digest_of(parts: Sequence[Part]) -> str:
    """Return the SHA-256 of what is signed, as hexadecimal: other words, or other parts, give another one."""
    signed = [[part.title, part.lead, part.points] for part in parts]
    return sha256(json.dumps(signed, ensure_ascii=False).encode()).hexdigest()


def plain_parts(parts: Iterable[Part]) -> list[dict[str, object]]:
    """Return the parts as JSON knows them."""
    return [
        {"title": part.title, "lead": part.lead, "points": list(part.points), "steps": sorted(part.steps)}
        for part in parts
    ]


def read_parts(plain: Iterable[Mapping[str, object]]) -> tuple[Part, ...]:
    """Return the parts that `plain_parts` wrote."""
    return tuple(
        Part(str(one["title"]), str(one["lead"]), _strings(one["points"]), frozenset(_strings(one["steps"])))
        for one in plain
    )


def _strings(values: object) -> tuple[str, ...]:
    assert isinstance(values, list)  # noqa: S101 - written by plain_parts
    return tuple(map(str, values))


class Signing(StrEnum):
    """How an organiser stands towards the newest version."""

    SIGNED = "signed"
    EARLIER = "earlier"  # it signed a version before this one
    NEVER = "never"


def signing_of(signed: Collection[int], newest: int) -> Signing:
    """Return how an organiser stands that signed the versions with these numbers."""
    if newest in signed:
        return Signing.SIGNED
    return Signing.EARLIER if signed else Signing.NEVER


def call_from(published_on: date) -> date:
    """Return from which day the desk calls an organiser that did not sign."""
    return published_on + SIGN_WITHIN


def review_due_on(last: date) -> date:
    """Return by which day the agreement is looked at again: a year after it was made or last looked at."""
    return add_months(last, 12)
