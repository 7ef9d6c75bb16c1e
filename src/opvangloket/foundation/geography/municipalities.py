"""Municipalities and their codes over time: the mergers of 2019 and 2025 ended codes and made new ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from opvangloket.foundation.geography.files import rows
from opvangloket.rules.municipalities import Merger, successors


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """One code of the national register with its name, valid on the days `[valid_from, valid_to)`.

    None means: since or until further than this list goes. `successor` is the code after the merger. The point, the
    postcodes and the population of an ended code are those of its successor; `population` 0 is not known.
    """

    nis_code: str
    name: str
    name_fr: str
    province: str
    region: str
    postcodes: tuple[str, ...]
    lat: float
    lon: float
    population: int
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


@lru_cache(maxsize=1)
def mergers() -> tuple[Merger, ...]:
    """Return every merger of municipalities, in the order of their dates; one that kept its code is listed too."""
    listed = (
        Merger(date.fromisoformat(row["datum"]), row["oud_nis"], row["nieuw_nis"]) for row in rows("gemeentefusies.csv")
    )
    return tuple(sorted(listed, key=lambda merger: (merger.on, merger.old)))


@lru_cache(maxsize=1)
def municipalities() -> tuple[Municipality, ...]:
    """Return the municipalities of today, by name."""
    today = (found for found in _by_code().values() if found.valid_to is None)
    return tuple(sorted(today, key=lambda found: found.name))


def municipality(nis_code: str) -> Municipality | None:
    """Return the municipality with a code of today or of before a merger, or None for an unknown code."""
    return _by_code().get(nis_code)


def is_known_code(nis_code: str) -> bool:
    """Tell whether a code is or was that of a Flemish or Brussels municipality."""
    return nis_code in _by_code()


def name_of_code(nis_code: str) -> str:
    """Return the name that goes with a code, the old name for an ended code; the code itself when it is unknown."""
    found = _by_code().get(nis_code)
    return found.name if found else nis_code


@lru_cache(maxsize=1)
def names_by_code() -> Mapping[str, str]:
    """Return the name of every code, ended codes with their old names (EXCHANGE, "Report rules")."""
    return MappingProxyType({code: found.name for code, found in _by_code().items()})


def code_in_year(nis_code: str, year: int) -> str:
    """Return the code after every merger dated up to 31 December of the year; unknown codes stay as they are.

    Codes are not carried back: a code made by a later merger stays too (EXCHANGE, "Report rules").
    """
    return _carried(year).get(nis_code, nis_code)


def name_in_year(nis_code: str, year: int) -> str:
    """Return the name under which a municipality is reported in a year."""
    return name_of_code(code_in_year(nis_code, year))


@lru_cache(maxsize=64)
def _carried(year: int) -> Mapping[str, str]:
    return successors(mergers(), date(year, 12, 31))


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, Municipality]:
    old_names = {row["oud_nis"]: row["oud_naam"] for row in rows("gemeentefusies.csv")}
    kept = {merger.old for merger in mergers() if merger.old == merger.new}
    made_on = {merger.new: merger.on for merger in mergers() if merger.new not in kept}
    found = {row["nis_code"]: _of_today(row, made_on.get(row["nis_code"])) for row in rows("gemeenten_2025.csv")}
    # From the latest merger back, so that the successor of a successor is there already.
    for merger in reversed(mergers()):
        if merger.old != merger.new:
            found[merger.old] = replace(
                found[merger.new],
                nis_code=merger.old,
                name=old_names[merger.old],
                name_fr="",
                valid_from=made_on.get(merger.old),
                valid_to=merger.on,
                successor=merger.new,
            )
    return MappingProxyType(found)


def _of_today(row: Mapping[str, str], valid_from: date | None) -> Municipality:
    return Municipality(
        nis_code=row["nis_code"],
        name=row["naam_nl"],
        name_fr=row["naam_fr"],
        province=row["provincie"],
        region=row["gewest"],
        postcodes=tuple(row["postcodes"].split("|")),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=int(row["inwoners_2025"] or 0),
        valid_from=valid_from,
    )
