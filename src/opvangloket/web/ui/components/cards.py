"""Things that stand on their own: a location in the results, an offer beside the question, checked answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.rules.patterns import WeekPattern
from opvangloket.web.ui.components.marks import Chip
from opvangloket.web.ui.components.week_strip import NO_PARTS, CellKind, WeekStrip, asked_strip, offer_strip


class Drawing(StrEnum):
    """The line drawing of a location without a photo, different per type."""

    FAMILY = "family"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that the organiser uploaded; `text` says what is on it."""

    url: str
    text: str
    is_logo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCard:
    """A location in the search results; `facts` are short: type, distance, price kind, hours."""

    name: str
    url: str
    drawing: Drawing
    facts: tuple[str, ...]
    strip: WeekStrip | None = None
    photo: Photo | None = None
    chip: Chip | None = None
    confirmed_on: date | None = None
    choose_name: str = ""
    choose_value: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One line under an offer: what fits, what is missing or what comes with it, in words."""

    words: str
    kind: CellKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCompare:
    """What was asked beside what is offered, with every difference in words."""

    asked: WeekStrip
    offered: WeekStrip
    asked_from: date
    offered_from: date
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryItem:
    """One answer to check, in words or as a strip, with the page where it can be changed.

    `url` is where the answer itself leads: a number that is called, an address that is written to.
    """

    question: str
    answer: str = ""
    url: str = ""
    strip: WeekStrip | None = None
    change_url: str = ""


def compare_offer(
    *,
    asked: WeekPattern,
    offered: WeekPattern,
    asked_from: date,
    offered_from: date,
    also: WeekPattern = NO_PARTS,
    starts: str = "",
) -> OfferCompare:
    """Return an offer beside the question; `starts` replaces the sentence about the start date."""
    same_start = offered_from <= asked_from
    fitting, missing, extra = offered & (asked | also), asked - offered, offered - asked - also
    lines = [
        (fitting, _("%(days)s past."), CellKind.FIT),
        (missing, _("%(days)s lukt niet."), CellKind.MISS),
        (extra, _("%(days)s komt erbij."), CellKind.EXTRA),
    ]
    differences = [Difference(capfirst(words % {"days": part.words()}), kind) for part, words, kind in lines if part]
    start_words = starts or (_("De start past.") if same_start else _("De start is later."))
    differences.append(Difference(start_words, CellKind.FIT if same_start else CellKind.MISS))
    return OfferCompare(
        asked=asked_strip(asked, also, caption=_("Jij vroeg")),
        offered=offer_strip(asked, offered, also=also, caption=_("Zij bieden")),
        asked_from=asked_from,
        offered_from=offered_from,
        differences=tuple(differences),
    )
