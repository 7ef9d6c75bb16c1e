"""Fictional families: names that go together, an address near a village, and what they would declare."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from django.utils.text import slugify

from opvangloket.rules.characteristics import Characteristic
from opvangloket.simulation.chance import Weighted, happens
from opvangloket.simulation.reference import FLEMISH, Village, deprivation, names, streets, villages

_SPREAD_DEGREES = 0.008
_MOTHER_ASKS = 0.86
_NO_EMAIL, _NO_EMAIL_WHEN_DEPRIVED = 0.03, 0.12
_OTHER_FAMILY_NAME = 0.45  # most children carry the name of the other parent

# Origin and, for whoever would rather read another language than Dutch, that language and how often.
_LANGUAGE = {
    "turkish": ("tr", 0.5), "moroccan": ("ar", 0.35), "french": ("fr", 0.7), "ukrainian": ("uk", 0.75),
    "polish": ("pl", 0.6), "romanian": ("ro", 0.6), "spanish": ("es", 0.6), "english": ("en", 0.8),
}  # fmt: skip
_ORIGINS = Weighted({
    FLEMISH: 82.0, "turkish": 3.5, "moroccan": 4.5, "french": 3.0, "ukrainian": 1.2, "polish": 1.6,
    "romanian": 1.4, "spanish": 0.8, "english": 2.0,
})  # fmt: skip
_ORIGINS_WHEN_DEPRIVED = Weighted({
    FLEMISH: 46.0, "turkish": 10.0, "moroccan": 15.0, "french": 7.0, "ukrainian": 6.0, "polish": 4.0,
    "romanian": 6.0, "spanish": 2.0, "english": 4.0,
})  # fmt: skip

_CODE = Characteristic
# How often a family declares a characteristic: (not deprived, deprived).
_DECLARED: dict[Characteristic, tuple[float, float]] = {
    _CODE.WORK_OR_TRAINING: (0.86, 0.5),
    _CODE.SINGLE_PARENT: (0.06, 0.3),
    _CODE.LOW_INCOME: (0.04, 0.72),
    _CODE.FOSTER_CHILD: (0.006, 0.01),
    _CODE.DISABILITY_IN_FAMILY: (0.012, 0.05),
    _CODE.REDUCED_SELF_CARE: (0.004, 0.03),
    _CODE.SOCIAL_OR_PEDAGOGICAL: (0.015, 0.14),
    _CODE.LOW_EDUCATION: (0.02, 0.38),
}
_FOUR_FIFTHS_WHEN_WORKING = 0.68


@dataclass(slots=True)
class Household:
    """A family that asks; `characteristics` are those that hold whatever the child."""

    first_name: str
    last_name: str
    child_last_name: str
    origin: str
    language: str
    email: str
    phone: str
    street: str
    house_number: str
    village: Village
    lat: float
    lon: float
    deprived: bool
    characteristics: tuple[Characteristic, ...]
    works_four_fifths: bool
    last_child_born: int = 0
    child_goes_to: list[int] = field(default_factory=list)


def make_household(random: Random, nis_code: str) -> Household:
    """Return a family living in a municipality, as often deprived as families there are."""
    deprived = happens(random, deprivation(nis_code))
    origin = (_ORIGINS_WHEN_DEPRIVED if deprived else _ORIGINS).draw(random)
    pool = names()[origin]
    first = random.choice(pool.mothers if happens(random, _MOTHER_ASKS) else pool.fathers)
    last = random.choice(pool.families)
    declared = tuple(characteristic for characteristic, rates in _DECLARED.items() if happens(random, rates[deprived]))
    language, how_often = _LANGUAGE.get(origin, ("nl", 1.0))
    those = villages(nis_code)
    village = random.choices(those, weights=[village.weight for village in those])[0]
    return Household(
        first_name=first,
        last_name=last,
        child_last_name=random.choice(pool.families) if happens(random, _OTHER_FAMILY_NAME) else last,
        origin=origin,
        language=language if happens(random, how_often) else "nl",
        email=_email(random, first, last, deprived=deprived),
        phone=f"04{random.randint(60, 99)} 0{random.randrange(10)} {random.randrange(100):02} {random.randrange(100):02}",
        street=random.choice(streets()),
        house_number=_house_number(random),
        village=village,
        lat=village.lat + random.gauss(0, _SPREAD_DEGREES),
        lon=village.lon + random.gauss(0, _SPREAD_DEGREES * 1.6),
        deprived=deprived,
        characteristics=declared,
        works_four_fifths=_CODE.WORK_OR_TRAINING in declared and happens(random, _FOUR_FIFTHS_WHEN_WORKING),
    )


def child_name(random: Random, origin: str) -> str:
    """Return a first name for a baby of a family of this origin."""
    pool = names()[origin]
    return random.choice(pool.girls if happens(random, 0.49) else pool.boys)


def _email(random: Random, first: str, last: str, *, deprived: bool) -> str:
    if happens(random, _NO_EMAIL_WHEN_DEPRIVED if deprived else _NO_EMAIL):
        return ""
    return f"{slugify(first)}.{slugify(last).replace('-', '')}{random.randint(1, 9999)}@post.example"


def _house_number(random: Random) -> str:
    number = str(random.randint(1, 160))
    return f"{number} bus {random.randint(1, 12)}" if happens(random, 0.15) else number
