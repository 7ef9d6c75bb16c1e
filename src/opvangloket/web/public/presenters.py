"""From what the domain knows to what a family sees: cards, distances, words about price and free places."""

from datetime import date

from django.urls import reverse

from opvangloket.domains.providers.search import FoundLocation, FreePlaces
from opvangloket.domains.providers.types import LocationType
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.wording import dutch_time
from opvangloket.web.locations.shown import PRICE_WORDS, drawn_photo
from opvangloket.web.ui.components import Chip, Photo, ResultCard, Tone, WeekStrip, free_strip
from opvangloket.web.ui.components.cards import Drawing

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_KM, _STEP = 1000, 50  # metres


def distance_words(metres: float | None) -> str:
    """Return a distance as people say it: "350 m", "1,2 km"."""
    if metres is None:
        return ""
    steps = max(1, round(metres / _STEP)) * _STEP
    if steps < _KM:
        return f"{steps} m"
    return f"{metres / _KM:.1f}".removesuffix(".0").replace(".", ",") + " km"


def hours_words(opening: CareHours) -> str:
    """Return the widest opening hours in a few words: "7 tot 18 uur"."""
    if not opening.days:
        return ""
    first, last = min(day.start for day in opening.days), max(day.end for day in opening.days)
    return f"{dutch_time(first).removesuffix(' uur')} tot {dutch_time(last)}"


def free_chip(free: FreePlaces | None, *, tells_places: bool, today: date) -> Chip:
    """Return the one thing to know about free places, never more sure than the location was."""
    if free is None:
        return (
            Chip("Nu geen vrije plaatsen gemeld", Tone.PLAIN) if tells_places else Chip("Plaatsen op vraag", Tone.PLAIN)
        )
    if not free.is_fresh:
        return Chip("Niet bevestigd", Tone.PLAIN)
    if free.from_on <= today:
        return Chip("Nu plaats", Tone.LEAF)
    year = f" {free.from_on.year}" if free.from_on.year != today.year else ""
    return Chip(f"Plaats vanaf {free.from_on.day} {_MONTHS[free.from_on.month - 1]}{year}", Tone.LEAF)


def places_strip(free: FreePlaces | None, opened: WeekPattern) -> WeekStrip | None:
    """Return the week with what is free, when the location told so recently."""
    if free is None or not free.is_fresh:
        return None
    return free_strip(free.pattern, opened | free.pattern)


def card(found: FoundLocation, *, desk: str, today: date, with_town: bool) -> ResultCard:
    """Return a result as a card."""
    photo = drawn_photo(found.photo)
    is_family = found.type is LocationType.FAMILY
    facts = (
        "Gezinsopvang" if is_family else "Groepsopvang",
        distance_words(found.distance_m),
        found.town if with_town else "",
        str(PRICE_WORDS[found.tariff]),
        hours_words(found.opening),
        "Extra zorg welkom" if found.inclusive else "",
    )
    return ResultCard(
        name=found.name,
        url=reverse("public:location", kwargs={"desk": desk, "slug": found.slug}),
        drawing=Drawing.FAMILY if is_family else Drawing.GROUP,
        facts=tuple(fact for fact in facts if fact),
        photo=Photo(photo.small_url, photo.text, photo.is_logo) if photo else None,
        strip=places_strip(found.free, found.opened),
        chip=free_chip(found.free, tells_places=found.tells_places, today=today),
        confirmed_on=found.free.confirmed_on if found.free else None,
    )
