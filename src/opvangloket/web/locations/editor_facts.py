"""The parts of a location's page for whoever keeps them up: what is there, how old it is, what is still empty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.providers.location_page import PublicLocation, WaitingText
from opvangloket.rules.location_page import FACTS_OF_PART, PageFact, PagePart
from opvangloket.rules.wording import count_words, dutch_list
from opvangloket.web.locations import shown
from opvangloket.web.locations.point_words import origin_words

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_FIRST_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: its name, what the page tells, and since when that is confirmed."""

    label: str
    words: str
    confirmed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSection:
    """A part of the page; without an address it is not filled in here."""

    title: str
    lines: tuple[FactLine, ...]
    url: str = ""
    note: str = ""


def part_sections(
    page: PublicLocation,
    *,
    titles: Mapping[PagePart, "StrPromise"],
    address: Callable[[PagePart], str],
    waiting: WaitingText | None,
) -> tuple[PartSection, ...]:
    """Return the parts in the order of the page, and at the end what comes from the official register."""
    told = _told(page)
    parts = tuple(
        PartSection(
            title=str(titles[part]),
            lines=tuple(FactLine(*told[fact], page.confirmed[fact]) for fact in facts),
            url=address(part),
            note=_note(part, page, waiting),
        )
        for part, facts in FACTS_OF_PART.items()
    )
    label, words = told[PageFact.REGISTER]
    register = PartSection(
        title=_("Uit het officiële register"),
        lines=(FactLine(label, words, page.confirmed[PageFact.REGISTER]),),
        note=_("Klopt dit niet? Zeg het aan het loket. Dat past het aan."),
    )
    return (*parts, register)


def _note(part: PagePart, page: PublicLocation, waiting: WaitingText | None) -> str:
    """Return what there is to do or to wait for with a part."""
    if part is PagePart.MAP and page.map_point.is_unset:
        return _("Zet het punt bij je deur. Zo klopt de afstand die gezinnen zien.")
    return _waiting_words(waiting) if part is PagePart.TEXT else ""


def _told(page: PublicLocation) -> dict[PageFact, tuple[str, str]]:
    """Return each fact with its label, in words; an empty one has no words."""
    contact = ", ".join(word for word in (page.phone, page.email) if word)
    inclusive = {True: _("Welkom"), False: _("Niet mogelijk"), None: _("Per kind bekeken")}
    accessible = {True: _("Ja, ook met een rolstoel"), False: _("Niet met een rolstoel"), None: ""}
    kind = dutch_list(
        [
            page.type.label,
            str(shown.SUBSIDY_WORDS[page.subsidy_step]).partition(":")[0].lower(),
            count_words(page.licensed_places, "vergunde plaats", "vergunde plaatsen"),
        ]
    )
    return {
        PageFact.NAME: (_("Naam"), page.name),
        PageFact.CONTACT: (_("Bereikbaar via"), contact),
        PageFact.MAP_POINT: (_("Op de kaart"), origin_words(page.map_point)),
        PageFact.LINKS: (_("Links"), _links_words(page)),
        PageFact.OPENING_HOURS: (_("Open"), capfirst(page.opening.hours_words())),
        PageFact.NIGHT: (_("Nacht"), _("Kinderen kunnen hier slapen") if page.night_care else _("Geen nachtopvang")),
        PageFact.CLOSING_DAYS: (_("Gesloten"), _closings_words(page)),
        PageFact.PRICE: (_("Prijs"), shown.price_words(page)),
        PageFact.INCLUSIVE: (_("Extra zorg"), inclusive[page.inclusive]),
        PageFact.ACCESSIBLE: (_("Toegankelijk"), accessible[page.accessible]),
        PageFact.LANGUAGES: (_("Talen"), shown.languages_words(page.languages)),
        PageFact.TEXT: (_("Uitleg"), Truncator(page.text).words(_FIRST_WORDS)),
        PageFact.PHOTO: (_("Foto of logo"), page.photo.text if page.photo else ""),
        PageFact.POLICY: (_("Voorrang"), Truncator(page.policy.text).words(_FIRST_WORDS) if page.policy else ""),
        PageFact.REGISTER: (_("Opvang"), capfirst(kind)),
    }


def _links_words(page: PublicLocation) -> str:
    named = (
        (_("website"), page.website),
        (_("huishoudelijk reglement"), page.house_rules_url),
        (_("Opgroeien"), page.agency_url),
    )
    return capfirst(dutch_list([words for words, address in named if address]))


def _closings_words(page: PublicLocation) -> str:
    if not page.closings:
        return ""
    first = shown.closing_words(page.closings[0].period)
    more = len(page.closings) - 1
    rest = " " + _("En nog %(number)s keer.") % {"number": more} if more else ""
    return f"{capfirst(first)}.{rest}"


def _waiting_words(waiting: WaitingText | None) -> str:
    if waiting is None:
        return ""
    if waiting.returned_because:
        return _("Het loket vraagt om je nieuwe tekst aan te passen: %(words)s") % {"words": waiting.returned_because}
    return _("Je nieuwe tekst wacht op het loket. Gezinnen zien nog de vorige.")
