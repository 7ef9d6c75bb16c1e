"""The page of one location."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.urls import reverse

from opvangloket.domains.providers.location_page import LocationNotShown, PublicLocation, public_location
from opvangloket.domains.providers.types import LocationType, SubsidyStep
from opvangloket.rules.periods import Period
from opvangloket.rules.wording import dutch_date
from opvangloket.web.guards import PublicVisit, public_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.public.presenters import PRICE_WORDS, free_chip, places_strip

_LANGUAGES = {
    "nl": "Nederlands", "fr": "Frans", "en": "Engels", "de": "Duits", "tr": "Turks", "ar": "Arabisch",
    "es": "Spaans", "pl": "Pools", "ro": "Roemeens", "uk": "Oekraïens",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the page: what, and in words."""

    label: str
    words: str


@public_page("location.search")
def location(request: Request, visit: PublicVisit, slug: str) -> HttpResponse:
    """Show what every family may know of a location."""
    try:
        found = public_location(visit.desk.id, slug, today=visit.today, fresh_days=visit.procedure.vacancy_fresh_days)
    except LocationNotShown as error:
        raise Http404(error.message) from error
    context = {
        "location": found,
        "is_family_care": found.type is LocationType.FAMILY,
        "facts": _facts(found),
        "strip": places_strip(found.free, found.opened),
        "chip": free_chip(found.free, tells_places=found.tells_places, today=visit.today),
        "closings": [_closing_words(period) for period in found.closings],
        "ask_url": f"/{visit.desk.slug}/vraag/?opvang={found.slug}",
        "search_url": reverse("public:search", kwargs={"desk": visit.desk.slug}),
        "answer_days": visit.procedure.answer_term_days,
    }
    return page(request, "public/location.html", context)


def _facts(found: PublicLocation) -> tuple[Fact, ...]:
    kind = (
        "Gezinsopvang: een begeleider vangt een kleine groep op"
        if found.type is LocationType.FAMILY
        else ("Groepsopvang: enkele begeleiders vangen samen een groep op")
    )
    lines = (
        ("Soort", kind),
        ("Organisator", found.organiser_name if found.organiser_name != found.name else ""),
        ("Open", found.opening.hours_words()),
        ("Prijs", _price(found)),
        ("Plaatsen", f"{found.licensed_places} kinderen tegelijk"),
        (
            "Voorrang",
            "Plussubsidie: extra aandacht voor gezinnen die het moeilijk hebben"
            if found.subsidy_step is SubsidyStep.T3
            else "",
        ),
        (
            "Extra zorg",
            {True: "Kinderen die extra zorg nodig hebben, zijn welkom", False: "", None: ""}[found.inclusive],
        ),
        (
            "Toegankelijk",
            {True: "Ja, ook met een rolstoel", False: "Niet met een rolstoel", None: ""}[found.accessible],
        ),
        ("Talen", ", ".join(_LANGUAGES.get(code, code) for code in found.languages)),
        ("Nacht", "Ook ’s nachts open" if found.night_care else ""),
    )
    return tuple(Fact(label, words[:1].upper() + words[1:]) for label, words in lines if words)


def _price(found: PublicLocation) -> str:
    words = PRICE_WORDS[found.tariff]
    if found.price_day:
        words += f", {_euro(found.price_day)} per dag"
    if found.price_half_day:
        words += f", {_euro(found.price_half_day)} per halve dag"
    return words


def _euro(amount: Decimal) -> str:
    return f"{amount:.2f} euro".replace(".", ",")


def _closing_words(period: Period) -> str:
    last = period.last_day
    if last is None or last <= period.start:
        return dutch_date(period.start)
    return f"{dutch_date(period.start, year=False)} tot en met {dutch_date(last)}"
