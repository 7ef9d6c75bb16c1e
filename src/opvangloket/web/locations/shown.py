"""The page of a location as families see it: the facts in words, each with the day on which it was confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.location_page import PublicLocation
from opvangloket.domains.providers.shown_photos import ShownPhoto
from opvangloket.domains.providers.types import LocationType, SubsidyStep, Tariff
from opvangloket.foundation.files.pictures import WIDTHS
from opvangloket.rules.location_order import OWN_CRITERIA
from opvangloket.rules.location_page import PageFact
from opvangloket.rules.patterns import WEEKEND, CareHours
from opvangloket.rules.periods import Period
from opvangloket.rules.procedure import LANGUAGES
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.installation.pictures import picture_url
from opvangloket.web.locations.moving import moving_words
from opvangloket.web.locations.point_words import shown_on_map

EARLY, LATE = 7 * 60, 18 * 60  # SPEC §7: what is before or after is atypical
PRICE_WORDS = {
    Tariff.INCOME: gettext_lazy("Prijs volgens je inkomen"),
    Tariff.FREE: gettext_lazy("Vaste prijs"),
    Tariff.MIXED: gettext_lazy("Prijs volgens je inkomen of vaste prijs"),
}
SUBSIDY_WORDS = {
    SubsidyStep.T0: gettext_lazy("Geen subsidie"),
    SubsidyStep.T1: gettext_lazy("Basissubsidie"),
    SubsidyStep.T2A: gettext_lazy("Subsidie voor inkomenstarief"),
    SubsidyStep.T2B: gettext_lazy("Subsidie voor inkomenstarief"),
    SubsidyStep.T3: gettext_lazy("Plussubsidie: extra aandacht voor gezinnen die het moeilijk hebben"),
}


@dataclass(frozen=True, slots=True)
class ShownFact:
    """One line of the page: what, in words, and since when that was confirmed."""

    label: str
    words: str
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class DrawnPhoto:
    """A photo with its addresses: as wide as a page, and as small as a card."""

    url: str
    small_url: str
    text: str
    is_logo: bool


def page_context(found: PublicLocation) -> dict[str, Any]:
    """Return what `locations/page_body.html` and its aside need to draw the page of a location."""
    return {
        "location": found,
        "closes_words": dutch_date(found.closes_on) if found.closes_on else "",
        "opens_words": dutch_date(found.opens_on) if found.opens_on else "",
        "moving_words": moving_words(found.moves),
        "photo": drawn_photo(found.photo),
        "is_family_care": found.type is LocationType.FAMILY,
        "facts": facts(found),
        "closings": [closing_words(closed.period) for closed in found.closings],
        "closings_confirmed_on": found.confirmed[PageFact.CLOSING_DAYS],
        "policy_criteria": [OWN_CRITERIA[key].label for key in found.policy.criteria] if found.policy else (),
        "policy_confirmed_on": found.confirmed[PageFact.POLICY],
        "text_confirmed_on": found.confirmed[PageFact.TEXT],
        "contact_confirmed_on": found.confirmed[PageFact.CONTACT],
        "map_confirmed_on": found.confirmed[PageFact.MAP_POINT],
    } | shown_on_map(found)


def drawn_photo(photo: ShownPhoto | None) -> DrawnPhoto | None:
    """Return a photo as it is drawn; None when the location gave none."""
    if photo is None:
        return None
    url, small_url = (picture_url(photo.name, width) for width in WIDTHS)
    return DrawnPhoto(url, small_url, photo.text, photo.is_logo)


def facts(found: PublicLocation) -> tuple[ShownFact, ...]:
    """Return every fact that the location told, in the order in which families ask."""
    organiser = found.organiser_name if found.organiser_name != found.name else ""
    lines = (
        (_("Soort"), _kind_words(found.type), PageFact.REGISTER),
        (_("Organisator"), organiser, None),
        (_("Open"), found.opening.hours_words(), PageFact.OPENING_HOURS),
        (_("Ook open"), unusual_hours_words(found.opening, night=found.night_care), PageFact.OPENING_HOURS),
        (_("Prijs"), price_words(found), PageFact.PRICE),
        (_("Subsidie"), str(SUBSIDY_WORDS[found.subsidy_step]), PageFact.REGISTER),
        (_("Plaatsen"), _("%(count)s kinderen tegelijk") % {"count": found.licensed_places}, PageFact.REGISTER),
        (_("Extra zorg"), inclusive_words(found.inclusive), PageFact.INCLUSIVE),
        (_("Toegankelijk"), accessible_words(found.accessible), PageFact.ACCESSIBLE),
        (_("Talen"), languages_words(found.languages), PageFact.LANGUAGES),
    )
    return tuple(
        ShownFact(label, capfirst(words), found.confirmed[fact] if fact else None)
        for label, words, fact in lines
        if words
    )


def unusual_hours_words(opening: CareHours, *, night: bool) -> str:
    """Write what lies outside the usual day: "vroeg (voor 7 uur), laat (na 18 uur), in het weekend en 's nachts"."""
    told = (
        (_("vroeg (voor 7 uur)"), any(day.start < EARLY for day in opening.days)),
        (_("laat (na 18 uur)"), any(day.end > LATE for day in opening.days)),
        (_("in het weekend"), any(day.weekday in WEEKEND for day in opening.days)),
        (_("’s nachts"), night),
    )
    return dutch_list([words for words, holds in told if holds])


def price_words(found: PublicLocation) -> str:
    """Write the kind of price, with the amounts of a fixed one."""
    words = str(PRICE_WORDS[found.tariff])
    if found.price_day:
        words += _(", %(amount)s per dag") % {"amount": _euro(found.price_day)}
    if found.price_half_day:
        words += _(", %(amount)s per halve dag") % {"amount": _euro(found.price_half_day)}
    return words


def inclusive_words(inclusive: bool | None) -> str:
    """Say that children with an extra care need are welcome; nothing when they are not, or when it was not told."""
    return _("Kinderen die extra zorg nodig hebben, zijn welkom") if inclusive else ""


def accessible_words(accessible: bool | None) -> str:
    """Say whether a wheelchair can come in; nothing when it was not told."""
    if accessible is None:
        return ""
    return _("Ja, ook met een rolstoel") if accessible else _("Niet met een rolstoel")


def languages_words(codes: tuple[str, ...]) -> str:
    """Write the languages that are spoken; a code that has no name here stays a code."""
    names: Mapping[str, str] = {language.value: words for language, words in LANGUAGES.items()}
    return dutch_list([names.get(code, code) for code in codes])


def closing_words(period: Period) -> str:
    """Write the days on which it is closed: "maandag 5 april tot en met vrijdag 9 april 2027"."""
    last = period.last_day
    if last is None or last <= period.start:
        return dutch_date(period.start)
    return f"{dutch_date(period.start, year=False)} tot en met {dutch_date(last)}"


def _kind_words(kind: LocationType) -> str:
    if kind is LocationType.FAMILY:
        return _("Gezinsopvang: een begeleider vangt een kleine groep op")
    return _("Groepsopvang: enkele begeleiders vangen samen een groep op")


def _euro(amount: Decimal) -> str:
    return f"{amount:.2f} euro".replace(".", ",")
