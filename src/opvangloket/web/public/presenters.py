"""From what the domain knows to what a family sees: cards, distances, words about price and free places."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst

from opvangloket.domains.providers.free_places import CountedPlaces, FreePlace, FreePlaces
from opvangloket.domains.providers.search import FoundLocation
from opvangloket.domains.providers.types import AgeGroup, LocationType, Tariff
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.wording import dutch_time
from opvangloket.web.locations.shown import PRICE_WORDS, drawn_photo
from opvangloket.web.ui.components import Chip, Photo, ResultCard, Tone, WeekStrip, free_strip
from opvangloket.web.ui.components.cards import Drawing

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_GROUPS = {AgeGroup.BABY: " voor een baby", AgeGroup.TODDLER: " voor een peuter"}
_KM, _STEP = 1000, 50  # metres


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A free place in words: its days, the hours of some of them, when it is free, and for whom."""

    days: str
    hours: str
    when: str
    is_temporary: bool
    words: str


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
    since = "Nu plaats" if free.from_on <= today else f"Plaats vanaf {_day_words(free.from_on, today)}"
    until = f" tot en met {_day_words(free.until_on - ONE_DAY, today)}" if free.until_on else ""
    return Chip(f"{since}{until}", Tone.LEAF)


def _day_words(day: date, today: date) -> str:
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def _moves_words(found: FoundLocation, today: date) -> str:
    """Say in a few words that a location moves, and whereto when that is another town."""
    if found.moves is None:
        return ""
    town = f" naar {found.moves.town}" if found.moves.town != found.town else ""
    return f"Verhuist op {_day_words(found.moves.from_on, today)}{town}"


def place_lines(free: FreePlaces | None, *, tariff: Tariff, today: date) -> tuple[PlaceLine, ...]:
    """Return the free places one by one, when there is more to tell of them than the week already shows."""
    if free is None:
        return ()
    fresh = [place for place in free.declared if place.is_fresh]
    lines = tuple(_place_line(place, tariff=tariff, today=today) for place in fresh)
    if free.counted:
        return (_counted_line(free.counted, today), *lines) if lines else ()
    whole = all(not place.hours and place.age_group is AgeGroup.MIXED for place in fresh)
    return () if len(fresh) < 2 and whole and not any(place.end_on for place in fresh) else lines


def _counted_line(counted: CountedPlaces, today: date) -> PlaceLine:
    return PlaceLine(
        days=capfirst(counted.pattern.words()),
        hours="",
        when=_since(counted.from_on, today),
        is_temporary=False,
        words="Blijft vrij volgens de planning van de opvang",
    )


def _since(from_on: date, today: date) -> str:
    return "Nu" if from_on <= today else f"Vanaf {_day_words(from_on, today)}"


def _place_line(place: FreePlace, *, tariff: Tariff, today: date) -> PlaceLine:
    since = _since(place.from_on, today)
    until = f", tot en met {_day_words(place.end_on - ONE_DAY, today)}" if place.end_on else ""
    count = "Eén plaats" if place.places == 1 else f"{place.places} plaatsen"
    group = _GROUPS.get(place.age_group, "")
    price = str(PRICE_WORDS[place.tariff]) if tariff is Tariff.MIXED else ""
    hours = place.hours.hours_words()
    hours_tell_all = {day.weekday for day in place.hours.days} == set(place.pattern.weekdays)
    return PlaceLine(
        days=capfirst(hours if hours_tell_all else place.pattern.words()),
        hours="" if hours_tell_all else capfirst(hours),
        when=f"{since}{until}",
        is_temporary=place.end_on is not None,
        words=". ".join(part for part in (f"{count}{group}", price) if part),
    )


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
        _moves_words(found, today),
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
