"""Finding a place by what people type: a municipality, a part of one, a postcode, or "straat, gemeente".

Accents, capitals, hyphens and "st." make no difference. There is no register of streets: an address gives the point of
its postcode or place, which is near enough to sort locations by distance.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Final
from unicodedata import combining, normalize

from opvangloket.foundation.geography.files import rows
from opvangloket.foundation.geography.municipalities import mergers, municipalities, municipality

EARTH_RADIUS_KM: Final = 6371.0088
DEFAULT_LIMIT: Final = 8
_POSTCODE = re.compile(r"\b[1-9]\d{3}\b")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_SAINT = re.compile(r"\bst\b")


class PlaceKind(StrEnum):
    """What a name stands for; the order is that in which equal names are offered."""

    MUNICIPALITY = "municipality"
    PART = "part"
    FORMER = "former"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Place:
    """Something that a family can name as where it lives or looks; `label` is how a list shows it."""

    kind: PlaceKind
    name: str
    label: str
    postcode: str
    nis_code: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class PlacePoint:
    """The point that a text stands for, in degrees, with the code of its municipality of today."""

    lat: float
    lon: float
    nis_code: str
    label: str


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance in kilometres between two points in degrees, as the crow flies (haversine)."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    chord = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def postcode(code: str) -> Place | None:
    """Return the place of a postcode, or None when there is no such postcode in Flanders or Brussels."""
    return _by_postcode().get(code.strip())


def suggest(text: str, limit: int = DEFAULT_LIMIT, *, prefer: Collection[str] = ()) -> tuple[Place, ...]:
    """Return the places that a few typed letters or digits may mean, the likeliest first.

    Names that begin with the text come before names with a later word that does; on a tie the municipalities with a
    code in `prefer` (a desk's territory) come first, then whole municipalities before parts of one, then by name.
    """
    typed = folded(text)
    if not typed:
        return ()
    ranked: list[tuple[int, bool, int, str, Place]] = []
    for name, place in _index():
        if name.startswith(typed):
            ranked.append((name != typed, place.nis_code not in prefer, _KIND_ORDER[place.kind], place.label, place))
        elif f" {typed}" in name:
            ranked.append((2, place.nis_code not in prefer, _KIND_ORDER[place.kind], place.label, place))
    ranked.sort(key=lambda row: row[:-1])
    return tuple(dict.fromkeys(row[-1] for row in ranked))[:limit]


def place_point(text: str, *, prefer: Collection[str] = ()) -> PlacePoint | None:
    """Return the point of a place, a postcode or an address, or None when nothing in the text is known.

    Of an address the postcode and the place behind it count: "Centrumlaan 100, 9400 Ninove", "Dorp 1, Denderhoutem".
    Of places with one name the one in `prefer` is taken, else the municipality.
    """
    place = (
        _named(text, prefer)
        or _by_postcode_in(text)
        or _by_words_at_the_end(text, prefer)
        or next((found for line in text.split(",") if (found := _named(line, prefer))), None)
    )
    return PlacePoint(place.lat, place.lon, place.nis_code, place.label) if place else None


def folded(text: str) -> str:
    """Return a text as names are compared: small letters without accents, words parted by one space."""
    plain = "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
    return _SAINT.sub("sint", _NOT_A_WORD.sub(" ", plain).strip())


_KIND_ORDER = {kind: number for number, kind in enumerate(PlaceKind)}


def _named(text: str, prefer: Collection[str] = ()) -> Place | None:
    """Return the place with exactly this name."""
    candidates = _by_name().get(folded(text), ())
    return min(candidates, key=lambda place: place.nis_code not in prefer, default=None)


def _by_postcode_in(text: str) -> Place | None:
    """Return the place of the last postcode in the text: the part named behind it, else the whole postcode."""
    for found in reversed(list(_POSTCODE.finditer(text))):
        if area := _by_postcode().get(found[0]):
            behind = folded(text[found.end() :]).split()
            names = (" ".join((area.postcode, *behind[:last])) for last in range(len(behind), 0, -1))
            return next((place for name in names if (place := _named(name))), area)
    return None


def _by_words_at_the_end(text: str, prefer: Collection[str]) -> Place | None:
    """Return the place named by the last words of the text, the longest name first: after a street comes a place."""
    words = folded(text).split()
    for first in range(len(words)):
        if place := _named(" ".join(words[first:]), prefer):
            return place
    return None


@lru_cache(maxsize=1)
def _by_postcode() -> dict[str, Place]:
    return {
        row["postcode"]: Place(
            PlaceKind.POSTCODE, row["postcode"], f"{row['postcode']} {row['gemeente']}", row["postcode"],
            row["nis_code"], float(row["lat"]), float(row["lon"]),
        )
        for row in rows("postcodes.csv")
    }  # fmt: skip


@lru_cache(maxsize=1)
def _index() -> tuple[tuple[str, Place], ...]:
    """List every name in its compared form with its place, names of the same place as often as it has them."""
    listed: list[tuple[str, Place]] = []
    for town in municipalities():
        place = Place(PlaceKind.MUNICIPALITY, town.name, town.name, "", town.nis_code, town.lat, town.lon)
        listed += [(folded(name), place) for name in dict.fromkeys((town.name, town.name_fr)) if name]
    for row in rows("plaatsen_postcodes.csv"):
        label = f"{row['postcode']} {row['plaats']}"
        if row["plaats"] != row["gemeente"]:
            label += f" ({row['gemeente']})"
        part = Place(
            PlaceKind.PART, row["plaats"], label, row["postcode"], row["nis_code"],
            float(row["lat"]), float(row["lon"]),
        )  # fmt: skip
        listed += [(folded(row["plaats"]), part), (folded(f"{row['postcode']} {row['plaats']}"), part)]
    listed += [(code, place) for code, place in _by_postcode().items()]
    return (*listed, *_former(known={name for name, _place in listed}))


def _former(known: Collection[str]) -> list[tuple[str, Place]]:
    """List the municipalities that merged away and of which no place has kept the name ("Meeuwen-Gruitrode")."""
    former = []
    for merger in mergers():
        was, now = municipality(merger.old), municipality(merger.new)
        if was and now and folded(was.name) not in known:
            place = Place(PlaceKind.FORMER, was.name, f"{was.name} ({now.name})", "", now.nis_code, now.lat, now.lon)
            former.append((folded(was.name), place))
    return former


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for name, place in sorted(_index(), key=lambda entry: _KIND_ORDER[entry[1].kind]):
        found.setdefault(name, []).append(place)
    return {name: tuple(those) for name, those in found.items()}
