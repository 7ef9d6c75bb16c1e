"""Organisers: childminders on their own, services of childminders, associations, municipalities, regional ones."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Final

from django.utils.text import slugify

from opvangloket.domains.providers.models import Organiser
from opvangloket.simulation.chance import stream
from opvangloket.simulation.reference import FLEMISH, names
from opvangloket.simulation.supply.blueprints import RunBy
from opvangloket.simulation.supply.location_texts import CHILDMINDER

_ASSOCIATIONS: Final = (
    "Kinderland", "De Tuimelaar", "Kleine Wereld", "De Vrolijke Kring", "Speelgoed", "Samen Groot", "De Bloesem",
    "Kindervreugd", "Kleine Helden", "De Ankerplaats", "Groeikracht", "De Wilg", "Het Warme Huis", "Klein Geluk",
)  # fmt: skip
_REGIONAL: Final = ("Kinderopvang Vlaanderland", "De Grote Beer", "Opgroeien Samen", "Kinderkracht", "De Brug")
_SERVICES: Final = ("'t Wiegje", "De Wieg", "Het Kinderhuis", "Thuisnest", "De Ooievaar", "De Kring", "Het Kompas")
# Enterprise numbers this high are not given out; the last two digits are the real check.
_FICTIONAL_ENTERPRISE: Final = 9_990_000


class Organisers:
    """Hands each location its organiser, making organisers as they are needed."""

    def __init__(self, *, seed: int, created_at: datetime) -> None:
        self._random = stream(seed, "organisers")
        self._created_at = created_at
        self._by_key: dict[tuple[str, str], Organiser] = {}
        self.rows: list[Organiser] = []
        self.managers: list[str] = []

    def for_location(self, run_by: RunBy, *, town: str, province: str, location_name: str) -> Organiser:
        """Return who runs a location; the same association, service or municipality for several in one town."""
        key = {
            RunBy.MUNICIPALITY: ("municipality", town),
            RunBy.SERVICE: ("service", town),
            RunBy.ASSOCIATION: ("association", f"{town}/{self._random.randrange(2)}"),
            RunBy.REGIONAL: ("regional", f"{province}/{self._random.randrange(3)}"),
        }.get(run_by)
        if key is None:
            name = self._name_of_one(run_by, location_name)
            return self.add(name, manager=name if run_by is RunBy.CHILDMINDER else "")
        if key not in self._by_key:
            self._by_key[key] = self.add(self._name_of_many(run_by, town))
        return self._by_key[key]

    def add(self, name: str, *, manager: str = "") -> Organiser:
        """Make an organiser of this name, with who manages it."""
        number = len(self.rows)
        row = Organiser(
            name=name,
            kbo=_enterprise_number(number),
            email=f"{slugify(name)[:40]}-{number}@organisator.example",
            phone=f"05{number // 10_000 % 10} 00 {number // 100 % 100:02} {number % 100:02}",
            created_at=self._created_at,
        )
        self.rows.append(row)
        self.managers.append(manager or person_name(self._random))
        return row

    def _name_of_one(self, run_by: RunBy, location_name: str) -> str:
        if run_by is RunBy.CHILDMINDER:
            first_name = location_name.removeprefix(CHILDMINDER)
            return person_name(self._random, first_name if first_name != location_name else "")
        return f"{location_name} {self._random.choice(('vzw', 'vzw', 'bv', 'comm.v'))}"

    def _name_of_many(self, run_by: RunBy, town: str) -> str:
        if run_by is RunBy.MUNICIPALITY:
            return f"Lokaal bestuur {town}, dienst kinderopvang"
        if run_by is RunBy.SERVICE:
            return f"Dienst voor onthaalouders {self._random.choice(_SERVICES)} {town}"
        if run_by is RunBy.REGIONAL:
            return f"{self._random.choice(_REGIONAL)} vzw"
        return f"{self._random.choice(_ASSOCIATIONS)} {town} vzw"


def person_name(random: Random, first_name: str = "") -> str:
    """Return the name of a grown woman: most childminders and managers are."""
    pool = names()[FLEMISH]
    return f"{first_name or random.choice(pool.mothers)} {random.choice(pool.families)}"


def _enterprise_number(number: int) -> str:
    first = _FICTIONAL_ENTERPRISE + number % 10_000
    digits = f"{first:08}{97 - first % 97:02}"
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
