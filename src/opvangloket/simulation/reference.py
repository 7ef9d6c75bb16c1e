"""The packaged facts about real municipalities, and the names that fictional people are made of."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from opvangloket.foundation.geography import municipalities
from opvangloket.foundation.geography.files import rows as geography_rows

DATA: Final = Path(__file__).resolve().parent / "data"
FLEMISH: Final = "flemish"
_FLANDERS: Final = "Vlaams Gewest"
_USUAL_DEPRIVATION: Final = 12.0
_WEIGHT_OF_THE_CENTRE: Final = 6.0


@dataclass(frozen=True, slots=True)
class Village:
    """A part of a municipality; `weight` says how many of its people live there, compared with the other parts."""

    name: str
    postcode: str
    nis_code: str
    lat: float
    lon: float
    weight: float


@dataclass(frozen=True, slots=True)
class Names:
    """What people of one origin are called."""

    mothers: tuple[str, ...]
    fathers: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def flemish_codes() -> tuple[str, ...]:
    """Return the codes of the 285 Flemish municipalities, in order."""
    return tuple(sorted(town.nis_code for town in municipalities() if town.region == _FLANDERS))


def births(nis_code: str, year: int) -> int:
    """Return the births of a year; for a year that is not known yet, or missing, those of the nearest one."""
    known = _births().get(nis_code, {})
    nearest = min(known, key=lambda other: (abs(other - year), -other), default=None)
    return known[nearest] if nearest is not None else 0


def share_of_births(nis_code: str) -> float:
    """Return which part of the Flemish children is born in this municipality."""
    return _recent_births(nis_code) / sum(_recent_births(code) for code in flemish_codes())


def deprivation(nis_code: str) -> float:
    """Return the share of children that are born in a deprived family, from 0 to 1."""
    return _deprivation().get(nis_code, _USUAL_DEPRIVATION) / 100


def villages(nis_code: str) -> tuple[Village, ...]:
    """Return the parts of a municipality, the one that carries its name first."""
    return _villages()[nis_code]


@lru_cache(maxsize=1)
def streets() -> tuple[str, ...]:
    """Return street names that many villages have."""
    return tuple(row["street"] for row in _rows("streets.csv"))


@lru_cache(maxsize=1)
def names() -> Mapping[str, Names]:
    """Return the names of each origin."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows("names.csv"):
        found[row["origin"]][row["kind"]].append(row["name"])
    kinds = ("parent_f", "parent_m", "child_f", "child_m", "family")
    return {origin: Names(*(tuple(lists[kind]) for kind in kinds)) for origin, lists in found.items()}


@lru_cache(maxsize=1)
def _villages() -> Mapping[str, tuple[Village, ...]]:
    found: defaultdict[str, list[Village]] = defaultdict(list)
    for row in geography_rows("plaatsen_postcodes.csv"):
        weight = _WEIGHT_OF_THE_CENTRE if row["plaats"] == row["gemeente"] else 1.0
        village = Village(row["plaats"], row["postcode"], row["nis_code"], float(row["lat"]), float(row["lon"]), weight)
        found[village.nis_code].append(village)
    return {
        code: tuple(sorted(those, key=lambda village: (-village.weight, village.postcode, village.name)))
        for code, those in found.items()
    }


@lru_cache(maxsize=1024)
def _recent_births(nis_code: str) -> int:
    return births(nis_code, 2025)


@lru_cache(maxsize=1)
def _births() -> Mapping[str, Mapping[int, int]]:
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for row in _rows("births.csv"):
        found[row["nis_code"]][int(row["year"])] = int(row["births"])
    return found


@lru_cache(maxsize=1)
def _deprivation() -> Mapping[str, float]:
    return {row["nis_code"]: float(row["percent"]) for row in _rows("deprivation.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
