"""An offer as a letter: what was asked beside what is offered, with every difference in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opvangloket.domains.distribution.answering.given import GivenAnswer
from opvangloket.domains.distribution.request_lines import RequestLine
from opvangloket.rules.differences import Asked, DifferenceKind
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.wording import dutch_date
from opvangloket.web.locations.moving import moving_words
from opvangloket.web.ui.components import DaysLeft, OfferCompare, asked_strip, days_left, offer_strip
from opvangloket.web.ui.components.cards import Difference
from opvangloket.web.ui.components.week_strip import CellKind

_KINDS = {
    DifferenceKind.LATER: CellKind.MISS,
    DifferenceKind.MISSING: CellKind.MISS,
    DifferenceKind.EARLIER: CellKind.EXTRA,
    DifferenceKind.OTHER: CellKind.EXTRA,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLetter:
    """An open offer: who offers, until when, and everything that a family needs to decide."""

    slug: str
    location_name: str
    compare: OfferCompare
    start_on: date
    until_on: date | None
    days_words: str
    hours_words: str
    price_words: str
    message: str
    reply_by_on: date
    left: DaysLeft
    is_held: bool
    moving_words: str


def letters(lines: tuple[RequestLine, ...], *, today: date, holds: bool) -> tuple[OfferLetter, ...]:
    """Return the open offers of a request, the one that ends first on top."""
    found = [letter for line in lines if (letter := letter_of(line, today=today, holds=holds))]
    return tuple(sorted(found, key=lambda letter: (letter.reply_by_on, letter.location_name)))


def letter_of(line: RequestLine, *, today: date, holds: bool) -> OfferLetter | None:
    """Return the open offer of one location as a letter; None when it has none.

    `holds` is whether an offer holds its place at this desk, also where no places are counted.
    """
    answer = line.open_offer
    if answer is None or answer.offer is None or answer.pattern is None or answer.start_on is None:
        return None
    asked = line.asked or Asked(start_on=answer.start_on, needed=answer.pattern)
    return OfferLetter(
        slug=line.location_slug,
        location_name=line.location_name,
        compare=_compare(line, asked, answer.start_on, answer.pattern),
        start_on=answer.start_on,
        until_on=answer.end_on,
        days_words=answer.pattern.words(),
        hours_words=answer.hours.hours_words(),
        price_words=_price(answer),
        message=answer.message,
        reply_by_on=answer.offer.reply_by_on,
        left=days_left(answer.offer.reply_by_on, today=today),
        is_held=answer.offer.held or holds,
        moving_words=moving_words(line.moves),
    )


def _price(answer: GivenAnswer) -> str:
    return str(answer.tariff.label).capitalize() if answer.tariff else ""


def _compare(line: RequestLine, asked: Asked, start_on: date, offered: WeekPattern) -> OfferCompare:
    """Lay the offer over the question; of "any so many day parts" nothing misses that was not asked by name."""
    named = asked.needed | asked.also
    needed = offered & named if asked.parts_wanted is not None else asked.needed
    fitting = offered & named
    lines = [Difference(_("%(days)s past.") % {"days": _capital(fitting.words())}, CellKind.FIT)] if fitting else []
    if start_on == asked.start_on:
        day = dutch_date(start_on, year=False)
        lines.append(Difference(_("De start past: %(day)s.") % {"day": day}, CellKind.FIT))
    lines += [Difference(one.words, _KINDS[one.kind]) for one in line.differences]
    return OfferCompare(
        asked=asked_strip(asked.needed, asked.also, caption=_("Jij vroeg")),
        offered=offer_strip(needed, offered, also=named, caption=_("Zij bieden")),
        asked_from=asked.start_on,
        offered_from=start_on,
        differences=tuple(lines),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
