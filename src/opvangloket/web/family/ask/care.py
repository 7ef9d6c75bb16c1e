"""Which care: a neutral list to choose from, nearest first, and the family's own order of what it chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from opvangloket.domains.providers.askable import AskableLocation, with_room
from opvangloket.foundation import geography
from opvangloket.foundation.geography.places import folded
from opvangloket.rules.neutrality import DISTANCE_STEP_M, Listed, Point, search_order
from opvangloket.rules.patterns import WeekPattern

PER_PAGE: Final = 8
_METRES_PER_KM: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A location in the list: its facts in words, and whether it is chosen."""

    id: UUID
    slug: str
    name: str
    facts: tuple[str, ...]
    address: str
    is_chosen: bool
    has_room: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was looked for, what was found, and how many more there are."""

    text: str
    nearest_to: str
    candidates: tuple[Candidate, ...]
    more: int

    @property
    def found_nothing(self) -> bool:
        """Whether nothing answers to the text."""
        return not self.candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A chosen location in the family's order; the ends of the list cannot go further."""

    slug: str
    name: str
    place: int
    is_first: bool
    is_last: bool


def search(
    locations: Sequence[AskableLocation],
    text: str,
    *,
    chosen: Collection[str],
    today: date,
    territory: Collection[str],
    shown: int = PER_PAGE,
) -> Search:
    """Return the locations nearest to the place in `text`, or those with these words in their name.

    Without a text the order changes every day and is the same for everyone (SPEC §12).
    """
    words = text.strip()
    point = geography.place_point(words, prefer=territory) if words else None
    named = [] if point or not words else [one for one in locations if _is_named(one, words)]
    listed = named if words and not point else list(locations)
    origin = Point(point.lat, point.lon) if point else None
    ordered = search_order([Listed(one.id, one.point) for one in listed], day=today, origin=origin)
    by_id = {one.id: one for one in listed}
    return Search(
        text=words,
        nearest_to=point.label if point else "",
        candidates=tuple(_candidate(by_id[s.location_id], s.distance_m, chosen) for s in ordered[:shown]),
        more=max(0, len(ordered) - shown),
    )


def marked(found: Search, *, pattern: WeekPattern, start_on: date | None, today: date, fresh_days: int) -> Search:
    """Return the same list with a mark at who says to have room for this week; the order stays (SPEC §12)."""
    ids = [one.id for one in found.candidates]
    room = with_room(ids, pattern=pattern, start_on=start_on or today, today=today, fresh_days=fresh_days)
    return replace(found, candidates=tuple(replace(one, has_room=one.id in room) for one in found.candidates))


def picks(chosen: Sequence[str], locations: Mapping[str, AskableLocation]) -> tuple[Pick, ...]:
    """Return what is chosen, in order; a location that no longer belongs to the desk falls away."""
    known = [slug for slug in chosen if slug in locations]
    return tuple(
        Pick(slug=slug, name=locations[slug].name, place=place, is_first=place == 1, is_last=place == len(known))
        for place, slug in enumerate(known, start=1)
    )


def rearranged(chosen: Sequence[str], act: str, slug: str, *, known: Collection[str], most: int) -> list[str]:
    """Return the chosen slugs after an act on one of them: add, drop, up or down; what cannot be changes nothing."""
    order = list(chosen)
    if act == "add" and slug in known and slug not in order and len(order) < most:
        return [*order, slug]
    if slug not in order:
        return order
    place = order.index(slug)
    if act == "drop":
        order.remove(slug)
    elif act == "up" and place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    elif act == "down" and place < len(order) - 1:
        order[place], order[place + 1] = order[place + 1], order[place]
    return order


def distance_words(metres: float | None) -> str:
    """Write a distance as people say it: "1,2 km", "300 m"."""
    if metres is None:
        return ""
    if metres < _METRES_PER_KM:
        return _("%(metres)s m") % {"metres": max(DISTANCE_STEP_M, round(metres / DISTANCE_STEP_M) * DISTANCE_STEP_M)}
    return _("%(km)s km") % {"km": f"{metres / _METRES_PER_KM:.1f}".replace(".", ",")}


def _is_named(location: AskableLocation, words: str) -> bool:
    return folded(words) in folded(location.name)


def _candidate(location: AskableLocation, metres: float | None, chosen: Collection[str]) -> Candidate:
    facts = (location.type_words, distance_words(metres), location.price_words)
    return Candidate(
        id=location.id,
        slug=location.slug,
        name=location.name,
        facts=tuple(fact for fact in facts if fact),
        address=location.address,
        is_chosen=location.slug in chosen,
    )
